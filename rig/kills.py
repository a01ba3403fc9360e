"""Kills pieces of work at every point and at any time, and looks at what is left: `make kill`, one line at the end.

Each piece starts from the same home. What is left must be the old or the new, what was told to be kept is there, what
is forgotten is in no file, and in an encrypted home no line is.
"""

import argparse
import random
import shutil
import time
from collections.abc import Callable
from contextlib import closing
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from rig.kept_evening import FORGOTTEN, live, rehearse
from rig.killing import Piece, at_any_time, at_every_point, silence
from voice.commands.backup import backup, restore
from voice.commands.encrypt import decrypt, encrypt
from voice.commands.export import export
from voice.config import OFF, Config, Home, load_config, save_config
from voice.dialogue.consent import setting_of
from voice.edges.home import settled
from voice.edges.journal import Journal
from voice.edges.journal.keys import keys_in, keys_of
from voice.edges.journal.rescue import open_journal
from voice.messages.actions import Forget, Keep
from voice.messages.records import CarrierPhrase, Note

MEMORY = Path("/dev/shm")
"""Where files are written without a disk, on Linux: a kill, unlike a power cut, takes nothing from those."""
NOW = datetime(2026, 11, 23, 21, 30).astimezone()
SECRET = "Sam hid the purple umbrella"
SOUP = "made soup"


def a_home(machine: Path, names: tuple[str, str], lines: int, *, encrypted: bool = False) -> Path:
    """A home of two with so many lines, and SECRET after them; its key, if it is encrypted, lies beside it."""
    place = Home(machine / "home")
    save_config(place, Config(partners=names))
    with closing(Journal(place.database)) as journal:
        for text in (*(f"{names[0]} {SOUP} {number}" for number in range(lines)), SECRET):
            journal.store(Keep(Note(*names, text, CarrierPhrase.THAT, NOW)))
    if encrypted:
        encrypt_it(place.directory)
    return place.directory


def encrypt_it(home: Path) -> None:
    """Encrypt it, or give it another key."""
    with silence():
        encrypt(home, where="file", key_file=home.with_name("journal.key"))


def opened(home: Path) -> Journal:
    """What is kept there."""
    place = settled(Home(home))
    return Journal(place.database, keys_of(place))


def nightly(home: Path, days: int) -> None:
    """Copy it on so many evenings."""
    with closing(opened(home)) as journal:
        for day in range(days):
            journal.copy(NOW + timedelta(days=day))


def exported(home: Path) -> bytes:
    """What an export of it holds."""
    file = home.parent.with_name(f"{home.parent.name}-lines.yaml")
    with silence():
        export(home, file)
    return file.read_bytes()


def assert_dark(home: Path) -> None:
    """Raise AssertionError if an encrypted home has a line in the clear, in whatever file."""
    if load_config(settled(Home(home))).encryption == OFF:
        return
    files = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    clear = [file.name for file, content in files.items() if SECRET.encode() in content or SOUP.encode() in content]
    assert not clear, f"lines in the clear in {clear}"


def keeping(workplace: Path, *, encrypted: bool = False) -> Piece:
    """Lines, a timer, a reminder and a setting are kept and some end; whatever was acknowledged is there."""
    names = ("Alex", "Sam")
    home = a_home(workplace / "evening", names, 20, encrypted=encrypted)
    with closing(opened(home)) as journal:
        journal.store(setting_of(names))
    shutil.copytree(home.parent, workplace / "rehearsal")
    held, promised = rehearse(workplace / "rehearsal" / home.name, NOW)
    acknowledged = home.parent / "acknowledged"

    def look() -> None:
        told = acknowledged.read_text(encoding="utf-8").split() if acknowledged.exists() else []
        with closing(opened(home)) as journal:
            there = journal.records()
        assert there in held[int(told[-1]) if told else 0 :], "what was acknowledged is lost, or half done"
        texts = " ".join(note.text for note in there.notes)
        holders = [file.name for file in home.rglob("*") if file.is_file() and FORGOTTEN.encode() in file.read_bytes()]
        assert FORGOTTEN in texts or not holders, f"forgotten, and still in {holders}"
        assert_dark(home)

    return Piece(lambda: live(home, NOW, promised, acknowledged), home.parent, look)


def restoring(workplace: Path, *, encrypted: bool = False) -> Piece:
    """A backup of one couple takes the place of what another one kept."""
    file = workplace / "ours.tar"
    source = a_home(workplace / "source", ("Alex", "Sam"), 20)
    target = a_home(workplace / "target", ("Bo", "Ana"), 30, encrypted=encrypted)
    with silence():
        backup(source, to=file, plain=True)
    new, old = exported(source), exported(target)

    def look() -> None:
        there = exported(target)
        assert there in (old, new), "neither the old nor the new"
        assert (b"Alex" in (target / "config.yaml").read_bytes()) is (there == new), "half the old, half the new"
        assert (load_config(Home(target)).encryption != OFF) is encrypted, "encrypted in another way"
        assert_dark(target)

    return Piece(lambda: restore(target, source=file, yes=True), target.parent, look)


def backing_up(workplace: Path) -> Piece:
    """The file of a backup is whole or not there."""
    home, place = a_home(workplace / "source", ("Alex", "Sam"), 20), workplace / "place"
    place.mkdir()
    other = workplace / "other" / "home"

    def look() -> None:
        assert [file.name for file in place.iterdir()] in ([], ["ours.tar"]), "something is left beside the backup"
        if (place / "ours.tar").exists():
            with silence():
                restore(other, source=place / "ours.tar", yes=True)
            assert exported(other) == exported(home), "not whole"

    return Piece(lambda: backup(home, to=place / "ours.tar", plain=True), place, look)


def exporting(workplace: Path) -> Piece:
    """The lines are written in the place of those that were written before."""
    home, place = a_home(workplace / "source", ("Alex", "Sam"), 20), workplace / "place"
    place.mkdir()
    file, new = place / "lines.yaml", exported(home)
    file.write_bytes(exported(a_home(workplace / "earlier", ("Alex", "Sam"), 10)))
    old = file.read_bytes()

    def look() -> None:
        assert [each.name for each in place.iterdir()] in ([], ["lines.yaml"]), "something is left beside the lines"
        assert not file.exists() or file.read_bytes() in (old, new), "neither the old nor the new"

    return Piece(lambda: export(home, file), place, look)


def forgetting(workplace: Path, *, encrypted: bool = False) -> Piece:
    """A line is forgotten in the journal and its copies."""
    home = a_home(workplace / "forgetting", ("Alex", "Sam"), 20, encrypted=encrypted)
    nightly(home, 3)

    def work() -> None:
        with closing(open_journal(home / "journal.sqlite3", NOW + timedelta(days=4), keys_of(Home(home)))) as journal:
            journal.copy(NOW + timedelta(days=4))
            journal.store(Forget(journal.records().notes[-1]))

    def look() -> None:
        with closing(opened(home)) as journal:
            texts = [note.text for note in journal.records().notes]
        assert len(texts) in (20, 21), "another line is lost"
        holders = [file.name for file in home.rglob("*") if file.is_file() and SECRET.encode() in file.read_bytes()]
        assert SECRET in texts or not holders, f"forgotten, and still in {holders}"
        assert_dark(home)

    return Piece(work, home.parent, look)


def mending(workplace: Path, *, encrypted: bool = False) -> Piece:
    """A damaged journal is put aside and its copy goes on."""
    home = a_home(workplace / "mending", ("Alex", "Sam"), 20, encrypted=encrypted)
    nightly(home, 1)
    path = home / "journal.sqlite3"
    path.write_bytes(path.read_bytes()[:9000])

    def mend() -> Journal:
        return open_journal(path, NOW, keys_of(Home(home)))

    def look() -> None:
        with closing(mend()) as journal:
            assert len(journal.records().notes) == 21, "the copy is lost"
        assert_dark(home)

    return Piece(lambda: mend().close(), home.parent, look)


def changing(workplace: Path, change: Callable[[Path], object], *, before: bool = False, after: bool = True) -> Piece:
    """The lines and their copies are encrypted, get another key, or are plain again."""
    home = a_home(workplace / "machine", ("Alex", "Sam"), 20, encrypted=before)
    nightly(home, 2)
    kept = exported(home)

    def look() -> None:
        assert exported(home) == kept, "something is lost"
        assert_dark(home)
        place = Home(home)
        for copy in (home / "copies").iterdir():
            with closing(Journal(copy, keys_in(load_config(place).encryption))) as journal:
                assert len(journal.records().notes) == 21, "a copy is lost"
        assert (load_config(place).encryption != OFF) in (before, after)

    return Piece(lambda: change(home), home.parent, look)


PIECES = {
    "keep": keeping,
    "keep, encrypted": partial(keeping, encrypted=True),
    "restore": restoring,
    "backup": backing_up,
    "export": exporting,
    "forget": forgetting,
    "mend": mending,
    "encrypt": partial(changing, change=encrypt_it),
    "another key": partial(changing, change=encrypt_it, before=True),
    "decrypt": partial(changing, change=decrypt, before=True, after=False),
    "restore, encrypted": partial(restoring, encrypted=True),
    "forget, encrypted": partial(forgetting, encrypted=True),
    "mend, encrypted": partial(mending, encrypted=True),
}
"""What is done -> what makes the piece in an empty folder."""


def main() -> None:
    """Kill as often as asked for, and print one line."""
    options = argparse.ArgumentParser(prog="python -m rig.kills", description=__doc__)
    options.add_argument("--kills", type=int, default=1000, help="how many, about")
    wanted = options.parse_args().kills
    share = wanted // len(PIECES)
    chance, began = random.Random(wanted), time.monotonic()
    counts = dict[str, int]()
    with TemporaryDirectory(prefix="hearthside-kills-", dir=MEMORY if MEMORY.exists() else None) as directory:
        for name, make in PIECES.items():
            workplace = Path(directory) / name
            workplace.mkdir()
            piece = make(workplace)
            counts[name] = at_every_point(piece, share // 2)
            while counts[name] < share:
                counts[name] += at_any_time(piece, 30, chance)
    each = ", ".join(f"{name} {count}" for name, count in counts.items())
    print(f"kill: {sum(counts.values())} kills ({each}), nothing lost or half done, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
