"""Keeps notes, asked prompts, timers and settings in one SQLite file, and really deletes what is to be forgotten."""

from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from voice.edges.journal.cipher import Cipher
from voice.edges.journal.copies import Copies
from voice.edges.journal.file import (
    NO_ROOM,
    TABLES,
    connect,
    errors,
    forget_row,
    open_file,
    pour,
    pragma,
    transaction,
    write_file,
)
from voice.edges.journal.keys import PLAIN, Keys
from voice.edges.journal.renaming import write_names
from voice.edges.journal.rows import as_text, read_records
from voice.errors import JournalError
from voice.language.visible import visible_lines
from voice.messages.actions import (
    EndReminder,
    EndTimer,
    Forget,
    ForgetEverything,
    ForgetPrompt,
    ForgetVoices,
    Keep,
    KeepPrompt,
    KeepVoices,
    MarkAsked,
    MarkDone,
    Rename,
    SetReminder,
    SetSetting,
    SetTimer,
    Storing,
)
from voice.messages.records import Note, Records, Reminder, Timer

DELETING = Forget | ForgetPrompt | ForgetVoices | EndReminder | EndTimer | ForgetEverything


class Journal:
    """The store of what is kept, in the file at `path` (0600; made, with its directory, when it is not there).

    To be used from one thread. One that may only be read is read. keys: where its key is, if it is encrypted. copy: a
    file that is read in its place. Raises JournalError when the file cannot be opened or is not one of ours,
    DamagedJournal when it is damaged, LockedJournal when its key is not at hand; it is left as it is then.
    """

    def __init__(self, path: Path, keys: Keys = PLAIN, *, copy: Path | None = None) -> None:
        self._path = path
        self.copies = Copies(path, keys)
        self.told = ""
        """A line for the couple about what happened to the file before it was opened; "" for nothing."""
        self._connection = open_file(copy or path, keys, only_read=copy is not None)
        self._is_read_only = bool(pragma(self._connection, "query_only"))

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    def records(self) -> Records:
        """Everything that is kept. Raises JournalError."""
        with transaction(self._connection, self._path, "BEGIN"):  # all tables as they are at one moment
            return read_records(self._connection)

    def copy(self, now: datetime) -> None:
        """Copy it, once an evening, to where it is looked for when it is damaged. Raises JournalError."""
        if not self._is_read_only:
            self.copies.make_nightly(self._connection, now)

    def snapshot(self) -> bytes:
        """The bytes of a plain file that holds all of it. Raises JournalError."""
        with errors(self._path), closing(connect(":memory:")) as memory:
            pour(self._connection, memory, self._path)
            return memory.serialize()

    def write_anew(self, place: Path, now: datetime, cipher: Cipher | None) -> None:
        """Write all of it, and its copies that are whole, into another folder, encrypted with another cipher; None:
        plain. Raises JournalError, OSError.
        """
        write_file(self._connection, place / self._path.name, cipher, self._path)
        self.copies.write_anew(place, now, cipher)

    def store(self, action: Storing) -> Storing:
        """Do what the action asks; it is on the disk when this returns.

        Returns the action, with its id where the note or the timer is new. What is to be forgotten is forgotten in
        the copies first, and so are old names. Raises JournalError when it was not done.
        """
        if isinstance(action, Rename):
            self.copies.rename(action)
        if not isinstance(action, DELETING):
            return self._store(action)
        self._forget_in_copies(action)
        try:
            return self._store(action)
        except JournalError as error:
            if error.what not in NO_ROOM:
                raise
        return self._store_without_room(action)

    def _forget_in_copies(self, action: DELETING) -> None:
        match action:
            case ForgetEverything():
                self.copies.clear()
            case Forget(note):
                self.copies.forget("notes", note.id)
            case ForgetPrompt(prompt):
                self.copies.forget("own_prompts", prompt.id)
            case ForgetVoices(voices):
                for voice in voices:
                    self.copies.forget("voices", voice.id)
            case EndReminder(reminder):
                self.copies.forget("reminders", reminder.id)

    def _store_without_room(self, action: DELETING) -> Storing:
        """Delete on a full disk: what may have to be undone is held in memory.

        A power cut within these milliseconds damages the file, and a copy has to go on; a line that cannot be deleted
        would be worse.
        """
        self._connection.execute("PRAGMA journal_mode = MEMORY")
        try:
            return self._store(action)
        finally:
            self._connection.execute("PRAGMA journal_mode = DELETE")

    def _store(self, action: Storing) -> Storing:
        with transaction(self._connection, self._path, "BEGIN IMMEDIATE"):
            match action:
                case Keep(note):
                    return Keep(replace(note, id=self._keep(note)))
                case Forget(note):
                    forget_row(self._connection, "notes", note.id)
                case KeepPrompt(prompt):
                    key = self._insert("own_prompts (text)", (prompt.text,))
                    return KeepPrompt(replace(prompt, id=key))
                case ForgetPrompt(prompt):
                    forget_row(self._connection, "own_prompts", prompt.id)
                case KeepVoices(voices):
                    for voice in voices:
                        self._insert("voices (who, embedding)", (voice.who, as_text(voice.embedding)))
                case ForgetVoices(voices):
                    for voice in voices:
                        forget_row(self._connection, "voices", voice.id)
                case MarkAsked(asked):
                    row = (asked.prompt, asked.deck, _iso(asked.asked_at), asked.round)
                    self._insert("asked (prompt, deck, asked_at, round)", row)
                case SetTimer(timer):
                    return replace(action, timer=replace(timer, id=self._set_timer(timer)))
                case EndTimer(timer):
                    self._connection.execute("DELETE FROM timers WHERE id = ?", (timer.id,))
                case SetReminder(reminder):
                    return replace(action, reminder=replace(reminder, id=self._set_reminder(reminder)))
                case EndReminder(reminder):
                    forget_row(self._connection, "reminders", reminder.id)
                case ForgetEverything():
                    for table in TABLES:  # secure_delete: a table that is emptied is overwritten with zeros
                        self._connection.execute(f"DELETE FROM {table}")
                case MarkDone(what, date):
                    self._insert("done (what, date)", (what, date))
                case SetSetting(key, value):
                    self._insert("settings (key, value)", (key, value))
                case Rename():
                    write_names(self._connection, action)
        return action

    # ---- writing ----------------------------------------------------------------------------------

    def _insert(self, table: str, row: tuple[str | float | None, ...]) -> int:
        """Add a row, in place of the one with the same key; returns its id."""
        marks = ", ".join("?" * len(row))
        clean = [visible_lines(value) if isinstance(value, str) else value for value in row]
        cursor = self._connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", clean)
        return cursor.lastrowid or 0

    def _keep(self, note: Note) -> int:
        done_at = _iso(note.done_at) if note.done_at else None
        row = (
            note.id or None,
            note.who,
            note.for_whom,
            note.text,
            note.carrier,
            _iso(note.said_at),
            note.kind,
            done_at,
        )
        return self._insert("notes (id, who, for_whom, text, frame, said_at, kind, done_at)", row)

    def _set_timer(self, timer: Timer) -> int:
        ends_at = _iso(timer.ends_at) if timer.ends_at else None
        row = (timer.id or None, timer.kind, timer.name, timer.seconds, ends_at, timer.left, timer.for_whom)
        return self._insert("timers (id, kind, name, seconds, ends_at, seconds_left, for_whom)", row)

    def _set_reminder(self, reminder: Reminder) -> int:
        row = (
            *(reminder.id or None, reminder.text, _iso(reminder.at), _iso(reminder.made_at), reminder.every),
            *(reminder.who, reminder.kind, reminder.offers, reminder.seconds),
        )
        return self._insert("reminders (id, text, at, made_at, every, who, kind, offers, seconds)", row)


def _iso(moment: datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no offset from UTC")
    return moment.isoformat()
