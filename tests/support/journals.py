"""Journals that are plain or encrypted, so that a test of the journal runs on both."""

from contextlib import closing
from pathlib import Path

from voice.edges.journal import Journal
from voice.edges.journal.file import connect, migrate, write_file
from voice.edges.journal.keys import PLAIN, FileKeys, Keys
from voice.files import private_directory

HOW = ("plain", "encrypted")


def keys_at(path: Path) -> Keys:
    """Those of the journal at this path: in a key file beside its home, else none."""
    file = path.parent.parent / "journal.key"
    return FileKeys(file) if file.exists() else PLAIN


def begin(path: Path, how: str) -> Path:
    """The path of a journal that is to be plain, or of an empty one that is encrypted."""
    if how == "encrypted":
        keys = FileKeys(path.parent.parent / "journal.key")
        private_directory(path.parent)
        with closing(connect(":memory:")) as empty:
            migrate(empty, path)
            write_file(empty, path, keys.new(), path)
    return path


def opened(path: Path) -> Journal:
    """The journal that `begin` began."""
    return Journal(path, keys_at(path))


def change(path: Path, statements: str) -> None:
    """Do in it what no journal does."""
    with closing(connect(path, keys_at(path).of_file(path))) as connection:
        connection.executescript(statements)
