"""The copies of the journal: one an evening, seven of them; and the damaged journals that were put aside."""

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from voice.dialogue.night import evening_of
from voice.edges.journal.cipher import Cipher
from voice.edges.journal.file import connect, errors, forget_row, open_file, transaction, write_file
from voice.edges.journal.keys import PLAIN, Keys
from voice.edges.journal.renaming import write_names
from voice.errors import JournalError, LockedJournal
from voice.files import private_directory, private_file
from voice.messages.actions import Rename

KEPT = 7  # copies
FOLDER = "copies"
_NAME = "%Y-%m-%d-%H%M.sqlite3"  # of a copy: when it was made, in local time
_DAMAGED = "damaged-%Y-%m-%d-%H%M%S.sqlite3"
_PART = "part.sqlite3"  # of what is not yet whole
_WORDS = "SELECT EXISTS (SELECT 1 FROM notes) OR EXISTS (SELECT 1 FROM own_prompts) OR EXISTS (SELECT 1 FROM reminders)"


class Copies:
    """The copies of one journal, in the folder `copies` beside it, encrypted as it is; made when the first one is.

    What is forgotten is forgotten in them too. A damaged journal cannot be searched for it, so that goes as a whole.
    """

    def __init__(self, journal: Path, keys: Keys = PLAIN) -> None:
        self._journal, self._folder, self._keys = journal, journal.parent / FOLDER, keys
        self._looked_at: datetime | None = None

    def newest_first(self, now: datetime) -> list[Path]:
        """The copies there are; one from the future, made while the clock was wrong, comes last."""
        made = {file: moment for file in self._folder.glob("*.sqlite3") if (moment := made_at(file))}
        return sorted(made, key=lambda file: (made[file] <= now.replace(tzinfo=None), made[file]), reverse=True)

    def make_nightly(self, connection: sqlite3.Connection, now: datetime) -> None:
        """Copy the journal when that was not yet done this evening and there are words in it. Raises JournalError."""
        evening = evening_of(now.replace(tzinfo=None))
        if evening == self._looked_at:
            return
        self._looked_at = evening
        there = (made_at(file) for file in self.newest_first(now))
        if any(moment and evening_of(moment) == evening for moment in there):
            return
        with errors(self._journal):
            if not connection.execute(_WORDS).fetchone()[0]:
                return
        self._make(connection, now)
        for file in self.newest_first(now)[KEPT:]:
            file.unlink(missing_ok=True)

    def _make(self, connection: sqlite3.Connection, now: datetime) -> None:
        """A copy that was looked through before it got its name."""
        with self._file_errors():
            private_directory(self._folder)
            part = self._folder / _PART
            part.unlink(missing_ok=True)
            write_file(connection, part, self._keys.known, self._journal)
            os.replace(part, self._folder / now.strftime(_NAME))

    def forget(self, table: str, key: int) -> None:
        """Remove a row for good; a copy in which that is not possible goes as a whole. Raises JournalError."""

        def remove(connection: sqlite3.Connection) -> None:
            if connection.execute(f"SELECT 1 FROM {table} WHERE id = ?", (key,)).fetchone():
                forget_row(connection, table, key)

        self._change(remove)

    def rename(self, action: Rename) -> None:
        """Put new names in the place of old ones; a copy where that is not possible goes as a whole. Raises
        JournalError.
        """
        self._change(lambda connection: write_names(connection, action))

    def _change(self, do: Callable[[sqlite3.Connection], None]) -> None:
        with self._file_errors():
            for file in list(self._folder.glob("*.sqlite3")):
                if made_at(file) is None or not self._changed(file, do):
                    file.unlink(missing_ok=True)

    def _changed(self, file: Path, do: Callable[[sqlite3.Connection], None]) -> bool:
        """Change a copy; False where the copy is not sound.

        What may have to be undone is held in memory: after a power cut the copy may be damaged, but holds no forgotten
        words beside it.
        """
        try:
            with errors(file), closing(connect(file, self._keys.of_file(file))) as connection:
                connection.execute("PRAGMA journal_mode = MEMORY")
                connection.execute("PRAGMA secure_delete = ON")
                with transaction(connection, file, "BEGIN IMMEDIATE"):
                    do(connection)
        except JournalError:
            return False
        return True

    def clear(self) -> None:
        """Remove all of them. Raises JournalError."""
        with self._file_errors():
            if self._folder.exists():
                shutil.rmtree(self._folder)

    def put_aside(self, now: datetime) -> Path:
        """Move the journal, which is damaged, here; the place where it is now. Raises JournalError."""
        with self._file_errors():
            aside = private_directory(self._folder) / now.strftime(_DAMAGED)
            hot = self._journal.with_name(f"{self._journal.name}-journal")
            if hot.exists():  # it would be taken for that of the file which comes next
                os.replace(hot, aside.with_name(f"{hot.stem}-{aside.name}"))
            os.replace(self._journal, aside)
        return aside

    def ready(self, now: datetime) -> Path | None:
        """Make the newest copy that is whole ready to be brought back; None: there is none.

        Raises JournalError; LockedJournal when the key of a copy is not at hand, and no key has fitted before.
        """
        part = self._folder / _PART
        for file in self.newest_first(now):
            with self._file_errors():
                shutil.copyfile(file, private_file(part))
            try:
                open_file(part, self._keys).close()
            except LockedJournal:
                if self._keys.known is None:
                    part.unlink()
                    raise
            except JournalError:
                continue
            else:
                return file
        return None

    def bring_back(self) -> None:
        """Put the copy that is ready in the journal's place. Raises JournalError."""
        with self._file_errors():
            os.replace(self._folder / _PART, self._journal)

    def damaged(self) -> list[Path]:
        """The damaged journals that were put aside."""
        return sorted(file for file in self._folder.glob("*damaged-*") if file.is_file())

    def write_anew(self, place: Path, now: datetime, cipher: Cipher | None) -> None:
        """Write those that are whole into a folder of the same name at another place, encrypted with another cipher.

        Raises JournalError, OSError.
        """
        for file in self.newest_first(now):
            try:
                copy = open_file(file, self._keys)
            except JournalError:
                continue
            with closing(copy):
                write_file(copy, private_directory(place / FOLDER) / file.name, cipher, file)

    @contextmanager
    def _file_errors(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            what = f"the copies cannot be written: {error.strerror or error}"
            raise JournalError(
                what, str(error.filename or self._folder), "Make room, and make the folder yours."
            ) from error


def made_at(file: Path) -> datetime | None:
    """When a copy was made, in local time; None for a file that is none."""
    try:
        return datetime.strptime(file.name, _NAME)
    except ValueError:
        return None
