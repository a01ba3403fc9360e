"""Feeds the program what nobody would write, by Hypothesis: `make fuzz`, one line at the end.

Whatever is read from a disk or a keyboard ends in a value or in one of our own errors, without a warning of a library.
"""

import argparse
import io
import sqlite3
import sys
import traceback
import warnings
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import soundfile
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from rig.typed_evening import TypedEvening
from voice.composition import open_house
from voice.config import Config, Home, load_config, save_config
from voice.dialogue.consent import setting_of
from voice.edges.journal import Journal
from voice.edges.sound_files import read_sound_file
from voice.engines.vosk.model.fetch import install
from voice.errors import HearthsideError
from voice.files.strict_yaml import Mistakes
from voice.messages.actions import Keep, SetTimer, TimerStatus
from voice.messages.records import CarrierPhrase, Note, Timer, TimerKind
from voice.packs import load_intents, pack_root
from voice.packs.home_assistant import read_home_assistant
from voice.packs.prompts import PromptReader
from voice.packs.rhasspy import read_rhasspy
from voice.packs.scripts import ScriptReader

CASES = 10_000
PARTNERS = ("Alex", "Sam")
NOW = datetime(2026, 11, 23, 19, 30).astimezone()
LONGEST_TEXT, MOST_CHANGES, LONGEST_SOUND = 200, 6, 3000  # characters, of a file, samples

HOME_ASSISTANT = """\
language: en
intents: {Volume: {data: [{sentences: ["set {player} to {volume:level} [percent]", "turn it (up;now)"]}]}}
lists: {player: {values: [kitchen, {in: "[the] bed room", out: bed}]}, volume: {range: {from: 0, to: 100, step: 10}}}
expansion_rules: {please: "[please]"}
"""
RHASSPY = """\
[Light]
lamp = ((living room lamp):lamp1 | [the] garage light){lamp}
turn <lamp> (on | off){state}
set <Light.lamp> to (0..100){brightness!int} percent
"""
INTENTS = """\
rules: {please: "[please]"}
lists: {depth: {light: [light, easy], deep: deep}}
intents:
  ask: {when: [idle], sentences: ["<please> ask us (a|another) [{depth}] question"], say: ask us, not: [she asked]}
  note: {sentences: ["note {text}", "wake us in {duration}"], frames: ['note (?P<text>.+)']}
"""


@dataclass(frozen=True, slots=True)
class Target:
    """Something that reads what people or disks give it."""

    share: int
    """Of a hundred cases."""
    cases: st.SearchStrategy[bytes]
    read: Callable[[bytes, Path], object]
    """Reads a case, in an empty folder; a HearthsideError is an answer."""


def changed(whole: bytes) -> st.SearchStrategy[bytes]:
    """The bytes of a file in order with a few pieces cut, doubled, or replaced by other ones."""
    place = st.integers(0, len(whole))
    odd = st.one_of(st.binary(max_size=8), st.sampled_from(ODD), st.text(max_size=4).map(str.encode))
    return st.lists(st.tuples(place, st.integers(0, 30), odd), min_size=1, max_size=MOST_CHANGES).map(
        lambda changes: _with(whole, changes)
    )


SIGNS = r"""[ ] { } ( ) < > | ; : $ ! - # & * &a *a ' " \ --- .. {text} !!python/object:os.system"""
ODD = tuple(map(str.encode, (*SIGNS.split(), "\n", "\t", "\0", "\u202e")))


def _with(whole: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for place, length, other in sorted(changes, reverse=True):
        whole = whole[:place] + other + whole[place + length :]
    return whole


def _texts(words: str) -> st.SearchStrategy[bytes]:
    """Words from a text in any order, with other letters among them."""
    known = st.sampled_from(sorted(set(words.split())))
    return st.lists(st.one_of(known, known, known, st.text(max_size=12)), max_size=30).map(
        lambda found: " ".join(found)[:LONGEST_TEXT].encode(errors="replace")
    )


def _example(kind: str) -> bytes:
    """A short file of the packs that ship."""
    files = sorted((pack_root() / "prompts" / "en" / kind).glob("*.yaml"), key=lambda file: file.stat().st_size)
    return files[0].read_bytes()


def _written(data: bytes, folder: Path, name: str) -> Path:
    (folder / name).write_bytes(data)
    return folder / name


# ---- what is read -----------------------------------------------------------------------------------


def _config(data: bytes, folder: Path) -> None:
    home = Home(folder)
    _written(data, folder, "config.yaml")
    config = load_config(home)
    save_config(home, config)  # what can be read can be written, and is read the same
    assert load_config(home) == config


def _intents(data: bytes, folder: Path) -> None:
    _written(data, folder, "all.yaml")
    load_intents(folder)


def _deck(data: bytes, folder: Path) -> None:
    PromptReader(Mistakes()).deck(_written(data, folder, "deck.yaml"))


def _script(data: bytes, folder: Path) -> None:
    mistakes = Mistakes()
    ScriptReader((_written(data, folder, "tea.yaml"),), PromptReader(mistakes), mistakes).scripts()


def _imported(name: str) -> Callable[[bytes, Path], None]:
    def read(data: bytes, folder: Path) -> None:
        file = _written(data, folder, name)
        found = read_rhasspy(file) if file.suffix == ".ini" else read_home_assistant(file)
        file.unlink()
        if found.intents:  # what is printed must load
            _intents("\n".join(found.as_yaml()).encode(), folder)

    return read


def _sound(data: bytes, folder: Path) -> None:
    for _ in read_sound_file(_written(data, folder, "a.wav")):
        pass


def _zip(data: bytes, folder: Path) -> None:
    install(_written(data, folder, "a.zip"), folder / "models")
    assert sorted(each.name for each in folder.iterdir()) == ["a.zip", "models"]


def _journal(data: bytes, folder: Path) -> None:
    with closing(Journal(_written(data, folder, "journal.sqlite3"))) as journal:
        journal.records()


def _a_sound() -> bytes:
    written = io.BytesIO()
    soundfile.write(written, np.sin(np.arange(LONGEST_SOUND) / 9), 44_100, format="WAV", subtype="FLOAT")
    return written.getvalue()


def _a_zip() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("am/final.mdl", "conf/mfcc.conf", "graph/phones/word_boundary.int"):
            archive.writestr(f"vosk-model/{name}", "words " * 20)
    return written.getvalue()


def _a_journal() -> bytes:
    with TemporaryDirectory() as directory:
        file = Path(directory) / "journal.sqlite3"
        with closing(Journal(file)) as journal:
            journal.store(Keep(Note("Alex", "Sam", "Sam made soup", CarrierPhrase.THAT, NOW)))
            journal.store(SetTimer(Timer(TimerKind.TIMER, "tea", 60.0, NOW), TimerStatus.STARTED))
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("VACUUM")
        return file.read_bytes()


@contextmanager
def _evening() -> Iterator[Callable[[bytes, Path], object]]:
    """An evening by keyboard that all lines are typed into, one after the other."""
    with TemporaryDirectory() as directory:
        home = Home(Path(directory))
        save_config(home, Config(partners=PARTNERS))
        with closing(open_house(home)) as house:
            house.journal.store(setting_of(PARTNERS))
            evening = TypedEvening(house, NOW, lambda caption: None)
            yield lambda data, folder: evening.interrupt(data.decode(errors="replace"))


def targets(lines: Callable[[bytes, Path], object]) -> Mapping[str, Target]:
    """Everything that is fed. lines: takes what is typed."""
    couple = Config(partners=("Maya", "Tomás"), heard_as={"Maya": ("my a",)}, code_word="red umbrella")
    with TemporaryDirectory() as directory:
        save_config(Home(Path(directory)), couple)
        config = Home(Path(directory)).config_file.read_bytes()
    spoken = "ask us a question thank you Sam for that yes no stop set a timer ten minutes remind me at nine delete"
    return {
        "settings": Target(14, changed(config), _config),
        "intents": Target(16, changed(INTENTS.encode()), _intents),
        "decks": Target(10, changed(_example("decks")[:3000]), _deck),
        "sessions": Target(10, changed(_example("sessions")), _script),
        "Home Assistant": Target(8, changed(HOME_ASSISTANT.encode()), _imported("a.yaml")),
        "Rhasspy": Target(8, changed(RHASSPY.encode()), _imported("a.ini")),
        "lines": Target(10, _texts(f"{spoken} /wait /stop 20 1e9 nan"), lines),
        "sounds": Target(10, changed(_a_sound()), _sound),
        "zips": Target(6, changed(_a_zip()), _zip),
        "journals": Target(8, changed(_a_journal()), _journal),
    }


# ---- how it is fed ----------------------------------------------------------------------------------


@dataclass(slots=True)
class Fed:
    """How many cases a target got, and what went wrong: the smallest such case with its traceback; "" for nothing."""

    cases: int = 0
    why: str = ""


def feed(target: Target, cases: int, number: int) -> Fed:
    """Feed a target so many cases, or all that there are."""
    fed = Fed()

    @seed(number)
    @settings(
        max_examples=cases, database=None, deadline=None, suppress_health_check=list(HealthCheck),
        phases=(Phase.generate, Phase.shrink), print_blob=False,
    )  # fmt: skip
    @given(target.cases)
    def one(data: bytes) -> None:
        fed.cases += 1
        with TemporaryDirectory(prefix="hearthside-fuzz-") as folder, warnings.catch_warnings():
            warnings.simplefilter("error")
            with suppress(HearthsideError):
                target.read(data, Path(folder))

    try:
        one()
    except Exception:  # whatever it is: that is what is looked for
        fed.why = traceback.format_exc()
    return fed


def fuzz(cases: int, number: int, progress: Callable[[str], None]) -> Mapping[str, Fed]:
    """Feed all targets their shares; target -> what became of it."""
    fed = dict[str, Fed]()
    with _evening() as lines:
        for name, target in targets(lines).items():
            progress(name)
            fed[name] = feed(target, max(1, cases * target.share // 100), number)
    return fed


def line(fed: Mapping[str, Fed]) -> str:
    """Everything in one line."""
    found = [name for name, each in fed.items() if each.why]
    broken = f"broken: {', '.join(found)}" if found else "all answered with a value or in one line"
    return f"fuzz: {sum(each.cases for each in fed.values())} cases of {len(fed)} kinds, {broken}"


def main() -> int:
    """Feed everything and tell; 1 where something went wrong."""
    parser = argparse.ArgumentParser(prog="python -m rig.fuzz", description=__doc__)
    parser.add_argument("--cases", type=int, default=CASES)
    parser.add_argument("--seed", type=int, default=1, help="chooses the cases")
    options = parser.parse_args()
    fed = fuzz(options.cases, options.seed, lambda text: print(f"\r\x1b[Kfuzz: {text}", end="", file=sys.stderr))
    print(file=sys.stderr)
    for name, each in fed.items():
        if each.why:
            print(f"{name}:\n{each.why}")
    print(line(fed))
    return 1 if any(each.why for each in fed.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
