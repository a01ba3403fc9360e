"""Kills pieces of work at every point and at any time, and looks at what is left: `make kill`, one line at the end.

Each piece starts from the same home. What is left must be the old or the new, what was told to be kept is there, and
what is forgotten is in no file.
"""

import argparse
import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, redirect_stdout
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from voice.commands.backup import backup, restore
from voice.commands.export import export
from voice.config import Config, Home, save_config
from voice.edges.home import settled
from voice.edges.journal import Journal
from voice.edges.journal.rescue import open_journal
from voice.messages.actions import Forget, Keep
from voice.messages.records import Note

TOUCHES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "shutil.", "sqlite3.", "tempfile.")
"""Names of Python's audit events, or their beginnings, at which something may change on a disk."""
MEMORY = Path("/dev/shm")
"""Where files are written without a disk, on Linux: a kill, unlike a power cut, takes nothing from those."""
NOW = datetime(2026, 11, 23, 21, 30).astimezone()
SECRET = "Sam hid the purple umbrella"


@dataclass(frozen=True, slots=True)
class Piece:
    """Some work, and what must hold whenever it is killed."""

    name: str
    work: Callable[[], object]
    directory: Path
    """What the work changes; as it was at first before each try."""
    look: Callable[[], None]
    """Raises AssertionError when something is amiss."""


def at_every_point(piece: Piece, at_most: int = sys.maxsize) -> int:
    """Kill it at its first, second, third ... touch of a file, until it ends by itself; the number of kills."""
    for number in range(1, at_most + 1):
        if not _killed(piece, lambda number=number: _count_down(number)):  # type: ignore[misc]
            return number - 1
    return at_most


def at_any_time(piece: Piece, times: int, chance: random.Random) -> int:
    """Kill it so many times, at any time; the number of kills that came before its end."""
    _set_back(piece)
    began = time.monotonic()
    _in_child(piece)
    whole = time.monotonic() - began
    return sum(_killed(piece, seconds=chance.uniform(0.0, whole)) for _ in range(times))


def _killed(piece: Piece, arm: Callable[[], None] | None = None, seconds: float | None = None) -> bool:
    """Do the work in a process of its own, and look; False: it came to its end.

    What arms it makes the process kill itself; after so many seconds it is killed from outside.
    """
    _set_back(piece)
    status = _in_child(piece, arm, seconds)
    piece.look()
    if not os.WIFSIGNALED(status):
        assert os.waitstatus_to_exitcode(status) == 0, f"{piece.name} failed by itself"
    return os.WIFSIGNALED(status)


def _set_back(piece: Piece) -> None:
    """Put its directory back to what it was at first."""
    first = piece.directory.with_name(f"{piece.directory.name}-at-first")
    if not first.exists():
        shutil.copytree(piece.directory, first)
    shutil.rmtree(piece.directory)
    shutil.copytree(first, piece.directory)


def _in_child(piece: Piece, arm: Callable[[], None] | None = None, seconds: float | None = None) -> int:
    """The status with which a process that does the work ends."""
    child = os.fork()
    if not child:
        _work(piece, arm)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)  # of one that has ended, nothing comes
    _, status = os.waitpid(child, 0)
    return status


def _work(piece: Piece, arm: Callable[[], None] | None) -> None:
    """In the child."""
    with silence():
        if arm is not None:
            arm()
        try:
            piece.work()
        except BaseException:
            os._exit(1)
        os._exit(0)


def _count_down(left: int) -> None:
    def count(event: str, arguments: tuple[Any, ...]) -> None:
        nonlocal left
        if event.startswith(TOUCHES) or (event == "open" and arguments[2] & (os.O_WRONLY | os.O_RDWR)):
            left -= 1
            if not left:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)


@contextmanager
def silence() -> Iterator[None]:
    """What is printed meanwhile is lost."""
    with open(os.devnull, "w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        yield


# ---- the pieces of work ----------------------------------------------------------------------------


def a_home(directory: Path, names: tuple[str, str], lines: int) -> Path:
    """A home of two with so many lines, and SECRET after them."""
    save_config(Home(directory), Config(partners=names))
    with closing(Journal(directory / "journal.sqlite3")) as journal:
        for text in (*(f"{names[0]} made soup {number}" for number in range(lines)), SECRET):
            journal.store(Keep(Note(*names, text, "that", NOW)))
    return directory


def exported(home: Path) -> bytes:
    """What an export of it holds."""
    file = home.with_name(f"{home.name}-lines.yaml")
    with silence():
        export(home, file)
    return file.read_bytes()


def restoring(workplace: Path) -> Piece:
    """A backup of one couple takes the place of what another one kept."""
    file = workplace / "ours.tar"
    source = a_home(workplace / "source", ("Alex", "Sam"), 20)
    target = a_home(workplace / "target", ("Bo", "Ana"), 30)
    with silence():
        backup(source, to=file, plain=True)
    new, old = exported(source), exported(target)

    def look() -> None:
        there = exported(target)
        assert there in (old, new), "neither the old nor the new"
        assert (b"Alex" in (target / "config.yaml").read_bytes()) is (there == new), "half the old, half the new"

    return Piece("restore", lambda: restore(target, source=file, yes=True), target, look)


def backing_up(workplace: Path) -> Piece:
    """The file of a backup is whole or not there."""
    home, place = a_home(workplace / "home", ("Alex", "Sam"), 20), workplace / "place"
    place.mkdir()
    other = workplace / "other"

    def look() -> None:
        assert [file.name for file in place.iterdir()] in ([], ["ours.tar"]), "something is left beside the backup"
        if (place / "ours.tar").exists():
            with silence():
                restore(other, source=place / "ours.tar", yes=True)
            assert exported(other) == exported(home), "not whole"

    return Piece("backup", lambda: backup(home, to=place / "ours.tar", plain=True), place, look)


def forgetting(workplace: Path) -> Piece:
    """A line is forgotten in the journal and its copies."""
    home = a_home(workplace / "forgetting", ("Alex", "Sam"), 20)
    with closing(Journal(home / "journal.sqlite3")) as journal:
        for day in range(3):
            journal.copy(NOW + timedelta(days=day))

    def work() -> None:
        with closing(open_journal(home / "journal.sqlite3", NOW + timedelta(days=4))) as journal:
            journal.copy(NOW + timedelta(days=4))
            journal.store(Forget(journal.records().notes[-1]))

    def look() -> None:
        with closing(Journal(settled(Home(home)).database)) as journal:
            texts = [note.text for note in journal.records().notes]
        assert len(texts) in (20, 21), "another line is lost"
        holders = [file.name for file in home.rglob("*") if file.is_file() and SECRET.encode() in file.read_bytes()]
        assert SECRET in texts or not holders, f"forgotten, and still in {holders}"

    return Piece("forget", work, home, look)


def mending(workplace: Path) -> Piece:
    """A damaged journal is put aside and its copy goes on."""
    home = a_home(workplace / "mending", ("Alex", "Sam"), 20)
    path = home / "journal.sqlite3"
    with closing(Journal(path)) as journal:
        journal.copy(NOW)
    path.write_bytes(path.read_bytes()[:9000])

    def look() -> None:
        with closing(open_journal(path, NOW)) as journal:
            assert len(journal.records().notes) == 21, "the copy is lost"

    return Piece("mend", lambda: open_journal(path, NOW).close(), home, look)


PIECES = (restoring, backing_up, forgetting, mending)


def main() -> None:
    """Kill as often as asked for, and print one line."""
    options = argparse.ArgumentParser(prog="python -m rig.kills", description=__doc__)
    options.add_argument("--kills", type=int, default=1000, help="how many, about")
    wanted = options.parse_args().kills
    chance, began = random.Random(wanted), time.monotonic()
    counts = dict[str, int]()
    with TemporaryDirectory(prefix="hearthside-kills-", dir=MEMORY if MEMORY.exists() else None) as directory:
        for make in PIECES:
            workplace = Path(directory) / make.__name__
            workplace.mkdir()
            piece = make(workplace)
            points = at_every_point(piece, wanted // len(PIECES))
            counts[piece.name] = points
            while counts[piece.name] < wanted // len(PIECES):
                counts[piece.name] += at_any_time(piece, 30, chance)
    each = ", ".join(f"{name} {count}" for name, count in counts.items())
    print(f"kill: {sum(counts.values())} kills ({each}), nothing lost or half done, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
