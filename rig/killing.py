"""Kills a piece of work at every point and at any time, and has what is left looked at."""

import os
import random
import shutil
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TOUCHES = ("os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "shutil.", "sqlite3.", "tempfile.", "rig.")
"""Names of Python's audit events, or their beginnings, at which something may change on a disk; "rig.": our own."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some work, and what must hold whenever it is killed."""

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
        assert os.waitstatus_to_exitcode(status) == 0, "it failed by itself"
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
