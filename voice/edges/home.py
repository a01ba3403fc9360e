"""The lock of a home: one program at a time works in it. It ends with its process, however that ends."""

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from voice.config import Home
from voice.edges.home_restored import finish, is_decided, is_staged
from voice.errors import HearthsideError
from voice.files import private_directory

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_NO_PLACE = (errno.EROFS, errno.EACCES, errno.EPERM, errno.ENOSPC, errno.EDQUOT)


@contextmanager
def sole_use(home: Home) -> Iterator[None]:
    """Keep other programs from working in this home meanwhile. Raises HearthsideError when one does already.

    Where no file can be made, on a full disk or in a home that may only be read, there is nothing to lose and no lock.
    """
    try:
        private_directory(home.directory)
        descriptor = os.open(home.lock, os.O_CREAT | os.O_RDWR, 0o600)
    except OSError as error:
        if error.errno not in _NO_PLACE:
            what = f"this home cannot be used: {error.strerror or error}"
            raise HearthsideError(what, str(home.directory), "Choose another place with --home DIR.") from error
        yield
        return
    try:
        if not _taken(descriptor):
            fix = "Close it first, or choose another home with --home DIR."
            raise HearthsideError("another Hearthside is at work in this home", str(home.directory), fix)
        _finish_restoring(home)
        yield
    finally:
        os.close(descriptor)


def settled(home: Home) -> Home:
    """The home, with what was being restored when a program was killed in its place, or away where that was not
    decided yet: for those who only read.
    """
    if is_decided(home):
        with sole_use(home):
            pass
    elif is_staged(home):
        with suppress(HearthsideError), sole_use(home):  # a program that is at work there goes on
            pass
    return home


def _finish_restoring(home: Home) -> None:
    try:
        finish(home)
    except OSError as error:
        what = f"what was being restored cannot be put in its place: {error.strerror or error}"
        raise HearthsideError(what, str(home.directory), "Make room, and make the folder yours.") from error


def _taken(descriptor: int) -> bool:
    """Take the lock; False when another program has it."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EAGAIN, errno.EACCES)  # any other: a file system that knows no locks
    return True
