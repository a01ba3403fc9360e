"""Replaces the contents of a home: staged beside it, and put in its place as one.

The folder `restored` is the decision: once it is there, all of it takes the place of what was there before, at once or,
after a kill or a power cut, when the home is used next. Until then nothing has changed.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from voice.config import Home
from voice.files import overwrite, private_directory, sync

MOVED = ("journal.sqlite3", "config.yaml", "config.yml", "intents", "prompts")
"""The files that a couple take along: the journal, their settings under either name, their own packs."""
SIDE_FILES = ("journal.sqlite3-journal", "journal.sqlite3-wal", "journal.sqlite3-shm")
"""Files that would be taken for those of a new journal."""
_STAGED = ".restoring"
_LIST = "list"  # the file that names what is put in its place, after a +, and what is removed, after a -


@contextmanager
def stage(home: Home) -> Iterator[Path]:
    """An empty folder for what is to be put in its place; gone afterwards unless that was decided. Raises OSError."""
    folder = home.directory / _STAGED
    _remove(folder)
    try:
        yield private_directory(folder)
    finally:
        _remove(folder)


def decide(home: Home, staged: Path, names: Iterable[str]) -> None:
    """From here on these files and folders are replaced by the staged ones, or removed where none is staged, whatever
    happens. Raises OSError, with nothing changed.
    """
    lines = [f"{'+' if (staged / name).exists() else '-'}{name}" for name in names]
    (staged / _LIST).write_text("\n".join(lines), encoding="utf-8")
    for path in [*staged.rglob("*"), staged]:
        sync(path)
    os.replace(staged, home.directory / "restored")
    sync(home.directory)


def is_decided(home: Home) -> bool:
    """Whether something is still to be put in its place."""
    return (home.directory / "restored").exists()


def is_staged(home: Home) -> bool:
    """Whether something was, or is being, made ready."""
    return (home.directory / _STAGED).exists()


def finish(home: Home) -> None:
    """Put in its place what was decided on. Raises OSError; to be tried again then."""
    _remove(home.directory / _STAGED)
    folder = home.directory / "restored"
    if (folder / _LIST).exists():
        for name in SIDE_FILES:
            _remove(home.directory / name)
        for line in (folder / _LIST).read_text(encoding="utf-8").splitlines():
            _replace(home.directory / line[1:], folder / line[1:], only_remove=line[0] == "-")
        sync(home.directory)
        (folder / _LIST).unlink()
    _remove(folder)


def _replace(old: Path, new: Path, *, only_remove: bool) -> None:
    """Put the new one in the place of the old one, unless that was done before a kill."""
    if only_remove or new.is_dir():
        _remove(old)
    if new.exists():
        with suppress(OSError):
            overwrite(old)
        os.replace(new, old)


def _remove(path: Path) -> None:
    """Remove a file or folder; its words are overwritten where that can be done."""
    is_folder = path.is_dir() and not path.is_symlink()
    for file in (*path.rglob("*"),) if is_folder else (path,):
        with suppress(OSError):
            overwrite(file)
    if is_folder:
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
