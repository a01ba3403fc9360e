"""Makes directories and files that only their owner can read.

POSIX permissions; on Windows the user's own folders are private already and the modes do nothing.
"""

import os
import stat
import sys
import tempfile
from pathlib import Path
from typing import BinaryIO


def cache_directory() -> Path:
    """Where what can be made again is kept, for all homes of a user. Makes nothing."""
    import platformdirs

    return platformdirs.user_cache_path("hearthside", appauthor=False)


def private_directory(path: Path) -> Path:
    """Make the directory (0700) and what is missing above it, and return it.

    One that is there already is made private when it is empty; with files in it, it may serve others too.
    Raises OSError when it cannot be made.
    """
    if not path.parent.exists():
        private_directory(path.parent)  # mkdir(parents=True) would let others look into these
    try:
        path.mkdir(mode=0o700)
    except FileExistsError:
        shared = path.stat().st_mode & stat.S_ISVTX  # such as /tmp
        if shared or any(path.iterdir()):
            return path
    path.chmod(0o700)
    return path


def private_file(path: Path) -> Path:
    """Make the empty file (0600) unless it is there, and return it. Raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    return path


def write_private(path: Path, text: str) -> None:
    """Write the file anew (0600) in one step: after a crash the old text or the new one is there.

    Raises OSError; the old file is untouched then.
    """
    directory = private_directory(path.parent)
    descriptor, name = tempfile.mkstemp(dir=directory, prefix=f".{path.name}.")  # mkstemp makes it 0600
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def overwrite(path: Path) -> None:
    """Write zeros over what an ordinary file holds, so that removing it leaves no words where it lay.

    A link, or a file that has another name too, is let be. Raises OSError.
    """
    if path.is_symlink() or not path.is_file() or path.stat().st_nlink > 1:
        return
    with path.open("r+b", buffering=0) as stream:
        stream.write(bytes(path.stat().st_size))
        os.fsync(stream.fileno())


def sync(path: Path) -> None:
    """Have a file or a folder on the disk; Windows opens no folder for that. Raises OSError."""
    if sys.platform == "win32" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_new(path: Path, content: bytes, *, replace: bool = False) -> None:
    """Write a file (0600) that has no name until it is whole: a kill leaves it, or not, and nothing beside it.

    Where every file needs a name (FAT, NFS, other systems than Linux), it has this one from the first byte: then a kill
    may leave a part of it, but nothing hidden.
    replace: whether one that is there is removed for it. Raises OSError, also where there is one that is not.
    """
    descriptor = _nameless(path.parent)
    if descriptor is None:
        _write_named(path, content, replace=replace)
        return
    with os.fdopen(descriptor, "wb") as stream:
        _write(stream, content)
        if replace:
            path.unlink(missing_ok=True)
        _name(descriptor, path)


def _name(descriptor: int, path: Path) -> None:
    folder = os.open(path.parent, os.O_RDONLY)  # Python follows the link in /proc only with a descriptor of the folder
    try:
        os.link(f"/proc/self/fd/{descriptor}", path.name, dst_dir_fd=folder, follow_symlinks=True)
        os.fsync(folder)
    finally:
        os.close(folder)


def _nameless(folder: Path) -> int | None:
    """The descriptor of a file (0600) without a name; None where there is no such thing."""
    if not hasattr(os, "O_TMPFILE"):
        return None
    try:
        return os.open(folder, os.O_TMPFILE | os.O_WRONLY, 0o600)
    except OSError:
        return None


def _write_named(path: Path, content: bytes, *, replace: bool) -> None:
    if replace:
        path.unlink(missing_ok=True)
    with open(path, "xb", opener=lambda name, flags: os.open(name, flags, 0o600)) as stream:
        try:
            _write(stream, content)
        except BaseException:
            path.unlink()
            raise


def _write(stream: BinaryIO, content: bytes) -> None:
    stream.write(content)
    stream.flush()
    os.fsync(stream.fileno())
