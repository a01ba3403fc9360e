"""What Hearthside promises, each promise with a test that can fail: the program itself, its processes and its files."""

import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from tests.support.evening import DINNER
from tests.support.no_network import network_uses
from tests.support.program import Done, hearthside, home_of_two, record
from tests.support.room import line
from tests.support.typed_program import files_with, records
from voice.captions import Caption
from voice.composition import open_ears, open_house
from voice.config import Home
from voice.edges.clock import AudioClock
from voice.edges.loudspeaker import Tape
from voice.edges.sound_files import frames_of
from voice.edges.synthesizer import open_synthesizer
from voice.messages.sound import FRAME_SAMPLES, FRAME_SECONDS, RATE, Sound
from voice.runtime.audio_driver import AudioDriver
from voice.sound.resampling import from_pcm, resample, to_pcm
from voice.speaking.mouth import TapeMouth

SOCKET = re.compile(r"\bsocket\((\w+)")
WRITTEN = re.compile(r'\b(?:open|openat|creat)\((?:[^",]+, )?"([^"]*)", [^)<]*?(?:O_WRONLY|O_RDWR|O_CREAT)')
NOT_A_FILE = re.compile(r"\bmemfd_create\(")


@dataclass(frozen=True)
class Watched:
    """A command and all that it and its child processes did, as the kernel saw it."""

    done: Done
    trace: str
    home: Path
    user: Path
    scratch: Path

    @property
    def sockets(self) -> list[str]:
        """The families of all sockets that can leave the machine, or reach another program by a network's means."""
        return [family for family in SOCKET.findall(self.trace) if family != "AF_UNIX"]

    @property
    def written(self) -> set[str]:
        """The paths that were opened to write, those of files that are gone again too."""
        return set(WRITTEN.findall(self.trace))


def watched(directory: Path, *arguments: object, lines: tuple[str, ...] = ()) -> Watched:
    """Run it with a user's directory and a directory for temporary files of its own, both empty."""
    home, user, scratch = home_of_two(directory / "home"), directory / "user", directory / "scratch"
    user.mkdir()
    scratch.mkdir()
    log = directory / "trace"
    done = hearthside(
        *arguments,
        *("--home", home, "--json"),
        lines=lines,
        before=strace(log),
        environment={
            "HOME": str(user),
            "TMPDIR": str(scratch),
            "PYTHONDONTWRITEBYTECODE": "1",
            **{name: "" for name in os.environ if name.startswith("XDG_")},
        },
    )
    assert (done.code, done.err) == (0, "")
    return Watched(done, log.read_text(errors="replace"), home, user, scratch)


def strace(log: Path) -> tuple[str, ...]:
    """What runs a program and all its children with an eye on sockets and on files that are opened."""
    calls = "socket,socketpair,open,openat,creat,memfd_create"
    return ("strace", "-f", "--seccomp-bpf", "-qq", "-s", "500", "-o", str(log), "-e", f"trace={calls}")


# ---- no network, no sound and no transcript on the disk ---------------------------------------------


def test_the_watch_sees_a_socket_and_a_file_of_a_grandchild(tmp_path: Path) -> None:
    """The check that the next tests rest on."""
    inner = "import socket; socket.socket(); open('secret.txt', 'w').close(); import os; os.remove('secret.txt')"
    outer = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {inner!r}])"
    log = tmp_path / "trace"
    subprocess.run([*strace(log), sys.executable, "-c", outer], cwd=tmp_path, check=True)
    seen = Watched(Done(0, "", ""), log.read_text(), tmp_path, tmp_path, tmp_path)
    assert seen.sockets == ["AF_INET"]
    assert "secret.txt" in seen.written
    assert network_uses(), "the watch of all tests sees it too"


@pytest.fixture(scope="module")
def spoken(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """An evening from sound files, answered by the natural voice."""
    directory = tmp_path_factory.mktemp("spoken")
    lines = (
        ("Alex", "Ask us a question."),
        ("Sam", "The purple elephant danced on a marzipan piano."),
        ("Alex", "That's enough."),
        ("Alex", "I appreciate that Sam ironed the velvet curtains."),
        ("Sam", "No."),
        ("Alex", "I appreciate that Sam picked up the kids."),
        ("Alex", "Yes."),
        ("Sam", "Start our check-in."),
        ("Alex", "My grandmother lost her umbrella to a crocodile, and I am still a little sad about it."),
        ("Alex", "Stop."),
    )
    files = [record(directory / f"{number:02}.wav", words, who) for number, (who, words) in enumerate(lines)]
    return watched(directory, "hear", *files, "--speak", directory / "answers.wav", "--captions", "--seed", 1)


@pytest.fixture(scope="module")
def typed(tmp_path_factory: pytest.TempPathFactory) -> Watched:
    """An evening by keyboard."""
    lines = ("ask us a question", "thank you Alex for making dinner", "yes", "set a tea timer for five minutes")
    return watched(tmp_path_factory.mktemp("typed"), "type", lines=lines)


def test_the_evenings_are_what_they_should_be(spoken: Watched, typed: Watched) -> None:
    """Else the promises would be kept by doing nothing."""
    understood = ["ask", "enough", "appreciate_that", "no", "appreciate_that", "yes", "bedtime", "stop"]
    assert spoken.done.intents() == understood
    assert "elephant" in spoken.done.out
    assert typed.done.intents() == ["ask", "appreciate_for", "yes", "start_timer"]
    assert len(records(typed.home).notes) == len(records(spoken.home).notes) == 1


def test_no_socket_is_opened(spoken: Watched, typed: Watched) -> None:
    """By no process of ours; not even the loopback one that `requests`, which a recognizer imports, likes to try."""
    assert spoken.sockets == []
    assert typed.sockets == []


def test_nothing_is_written_but_the_journal_and_what_was_asked_for(spoken: Watched, typed: Watched) -> None:
    for evening in (spoken, typed):
        journal, lock = str(Home(evening.home).database), str(Home(evening.home).lock)
        answers = str(evening.home.parent / "answers.wav")
        cache = evening.user / ".cache" / "hearthside"  # the weights of the sentence encoder, unpacked
        written = {path for path in evening.written if not path.startswith(f"{cache}/")}
        assert written <= {journal, f"{journal}-journal", lock, answers, "/dev/null", "/dev/tty"}
        assert not NOT_A_FILE.search(evening.trace)
        left = {file for place in (evening.home, evening.user, evening.scratch) for file in place.rglob("*")}
        (weights,) = cache.iterdir()
        unpacked = {weights, cache, cache.parent}
        assert left - unpacked == {evening.home / name for name in ("config.yaml", "journal.sqlite3", "lock")}
        assert Home(evening.home).lock.stat().st_size == 0


def test_no_word_is_kept_that_nobody_asked_to_keep(spoken: Watched) -> None:
    places = (spoken.home, spoken.user, spoken.scratch)
    assert files_with("picked up the kids", *places) == [Home(spoken.home).database]
    for word in ("elephant", "marzipan", "velvet", "curtain", "grandmother", "umbrella", "crocodile"):
        assert files_with(word, *places) == []


def test_what_a_partner_tells_in_a_turn_is_not_even_shown(spoken: Watched) -> None:
    for word in ("grandmother", "umbrella", "crocodile", "sad"):
        assert word not in spoken.done.out.lower()


# ---- what is deleted is in no file ------------------------------------------------------------------


def test_what_is_forgotten_is_in_no_file(tmp_path: Path) -> None:
    home = home_of_two(tmp_path / "home")
    keep = ("I appreciate that Sam picked up the kids", "yes")
    hearthside("type", "--home", home, lines=(*keep, "I appreciate that Alex sang a barcarolle", "yes"))
    assert files_with("barcarolle", tmp_path) == [Home(home).database]
    done = hearthside(
        "type", "--json", "--home", home, lines=("forget that", "yes"), environment={"TMPDIR": str(tmp_path)}
    )
    assert len(done.of("forgotten")) == 1
    assert files_with("barcarolle", tmp_path) == []
    assert [note.text for note in records(home).notes] == ["Sam picked up the kids"]


def rows(database: Path) -> Iterator[tuple[str, dict[str, object]]]:
    """Every row of every table, with the table's name."""
    connection = sqlite3.connect(database)
    connection.row_factory = sqlite3.Row
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        for row in connection.execute(f"SELECT * FROM {table}"):
            yield table, dict(row)
    connection.close()


# ---- no scores --------------------------------------------------------------------------------------


def test_nothing_is_counted_per_partner(tmp_path: Path) -> None:
    """A one-sided evening: Sam is thanked three times, Alex never; Alex talks, Sam passes; a line is thrown away."""
    home = home_of_two(tmp_path)
    lines = [
        *("ask us a question", "another one", "skip", "that's enough"),
        *("I appreciate that Sam picked up the kids", "yes") * 3,
        *("thank you Alex for nothing at all", "no"),
        *("start our check-in", "done", "pass", "pass", "done", "done", "pass", "never mind", "never mind"),
        *("give me two minutes Sam", "cancel it", "read tonight's appreciations"),
    ]
    done = hearthside("type", "--json", "--home", home, "--now", "2026-11-23T20:00", lines=lines)
    for table, row in rows(Home(home).database):
        numbers = {name for name, value in row.items() if re.fullmatch(r"\d+(\.\d+)?", str(value))}
        about = {str(value) for value in row.values()} & {"Alex", "Sam"}
        assert not (about and numbers - {"id"}), (table, row)
    assert files_with("nothing at all", tmp_path) == []
    counts = re.compile(r"\d|\b(one|(?<!you )two|three|twice|times|more than|less|most|streak|score|points?)\b")
    recap = done.said()[-5:]
    assert sum("picked up the kids" in line for line in recap) == 3
    assert [line for line in recap if counts.search(line.lower())] == []


class Echo(Tape):
    """What was said comes back from the walls, half as loud and 64 ms later; no file is written."""

    def __init__(self) -> None:
        self._samples = np.zeros(0, dtype=np.float32)

    def play(self, sound: Sound, at: float) -> None:
        """As Tape.play."""
        samples = resample(from_pcm(sound.pcm), sound.rate, RATE) / 2
        begin = round((at + 2 * FRAME_SECONDS) * RATE)
        self._samples = np.pad(self._samples, (0, max(0, begin + len(samples) - len(self._samples))))
        self._samples[begin : begin + len(samples)] += samples

    def stop(self, at: float) -> None:
        """As Tape.stop."""
        self._samples = self._samples[: round(at * RATE)]

    def close(self) -> None:
        """As Tape.close."""

    def heard_with(self, pcm: bytes, at: float) -> bytes:
        """A frame of the room, together with what comes back at that moment."""
        begin = round(at * RATE)
        back = self._samples[begin : begin + FRAME_SAMPLES]
        return to_pcm(from_pcm(pcm) + np.pad(back, (0, FRAME_SAMPLES - len(back))))


# ---- it does not answer itself ----------------------------------------------------------------------


def test_its_own_voice_coming_back_from_the_room_is_no_answer(tmp_path: Path) -> None:
    """What it says holds commands: "Say: ask us a question", "Keep it?"."""
    house = open_house(Home(home_of_two(tmp_path)))
    ears, recognizer = open_ears(house)
    clock, echo, told = AudioClock(DINNER), Echo(), list[Caption]()
    mouth = TapeMouth(open_synthesizer("auto", "en"), clock.at, echo)
    loop = house.loop(mouth, clock, told.append, 1, ears.listen)
    evening = AudioDriver(loop, ears, clock)

    def room(frames: Iterable[bytes]) -> Iterator[bytes]:
        return (echo.heard_with(pcm, clock.at()) for pcm in frames)

    try:
        loop.start()
        said = ("What can I say?", "Ask us a question.", "I appreciate that Sam picked up the kids.")
        for words, answered_in in zip(said, (13, 9, 6), strict=True):  # seconds
            evening.play(room(frame.pcm for frame in frames_of(line(words, "Alex"))))
            evening.play(room([bytes(2 * FRAME_SAMPLES)] * round(answered_in / FRAME_SECONDS)))
    finally:
        recognizer.close()
        mouth.close()
        house.close()
    matched = [caption.fields["intent"] for caption in told if caption.event == "matched"]
    assert matched == ["help", "ask", "appreciate_that"], told
    assert "kept" not in [caption.event for caption in told]
    answers = [str(caption.fields["text"]) for caption in told if caption.event == "said"]
    assert len([text for text in answers if not text.endswith("first.")]) == 3, told
