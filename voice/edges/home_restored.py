"""What a backup brings into a home: staged beside what is there, and put in its place as one.

The folder `restored` is the decision: once it is there, all of it takes the place of what was there before, at once or,
after a kill or a power cut, when the home is used next. Until then nothing has changed.
"""

import os
import shutil
import sys
from pathlib import Path

from voice.config import Home
from voice.files import private_directory

MOVED = ("journal.sqlite3", "config.yaml", "intents", "prompts")
"""What a couple take along: what is kept, their settings, their own packs."""
_LIST = "list"  # the file that names those of MOVED that were in the backup


def stage(home: Home) -> Path:
    """An empty folder for what is to be restored. Raises OSError."""
    folder = home.directory / ".restoring"
    _remove(folder)
    return private_directory(folder)


def decide(home: Home, staged: Path) -> None:
    """From here on it is restored, whatever happens. Raises OSError, with nothing changed."""
    names = [name for name in MOVED if (staged / name).exists()]
    (staged / _LIST).write_text("\n".join(names), encoding="utf-8")
    for path in [*staged.rglob("*"), staged]:
        _sync(path)
    os.replace(staged, home.directory / "restored")
    _sync(home.directory)


def is_decided(home: Home) -> bool:
    """Whether something is still to be put in its place."""
    return (home.directory / "restored").exists()


def finish(home: Home) -> None:
    """Put in its place what was decided on, and remove what was not. Raises OSError; to be tried again then.

    The copies go: they are those of the journal that was there before.
    """
    _remove(home.directory / ".restoring")
    folder = home.directory / "restored"
    if (folder / _LIST).exists():
        wanted = (folder / _LIST).read_text(encoding="utf-8").splitlines()
        _remove(home.directory / "copies")
        _remove(home.directory / "journal.sqlite3-journal")  # it would be taken for that of the new one
        for name in MOVED:
            new, old = folder / name, home.directory / name
            if name not in wanted or new.is_dir():
                _remove(old)
            if new.exists():
                os.replace(new, old)
        _sync(home.directory)
        (folder / _LIST).unlink()
    _remove(folder)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    """Have it on the disk; Windows opens no folder for that."""
    if sys.platform == "win32" and path.is_dir():
        return
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
