"""Opens the journal of a home; when it is damaged, puts it aside and goes on with the newest copy."""

import os
from datetime import datetime
from pathlib import Path

from voice.config import Home
from voice.edges.journal import Journal
from voice.edges.journal.cipher import YOURS
from voice.edges.journal.copies import FOLDER, Copies, made_at
from voice.edges.journal.file import GO_ON
from voice.edges.journal.keys import PLAIN, Keys, keys_of
from voice.errors import DamagedJournal, JournalError, LockedJournal


def open_journal(path: Path, now: datetime, keys: Keys = PLAIN, *, mend: bool = True) -> Journal:
    """The journal, sound; `told` of it says what happened and what is missing.

    An empty file, or none, where there are copies counts as damaged. In a home that may only be read, its newest copy
    is read, also where half a change stands in the file that SQLite may not undo there. mend: whether this is the one
    program that works in this home; others get DamagedJournal where it can be mended. Raises JournalError, with the
    file as it was: also when it is encrypted and its key is not at hand.
    """
    copies = Copies(path, keys)
    try:
        if _is_empty(path) and copies.newest_first(now):
            raise DamagedJournal("the journal is gone", str(path), GO_ON)
        return Journal(path, keys)
    except LockedJournal:
        raise
    except JournalError as error:
        is_damaged = isinstance(error, DamagedJournal)
        if _may_only_be_read(path.parent) and (is_damaged or copies.newest_first(now)):
            return _read(path, copies, now, keys)
        if not (is_damaged and mend):
            raise
    return _mended(path, copies, now, keys)


def journal_to_read(home: Home) -> Journal:
    """The journal of a home for a command that is not the one program that works in it; as `open_journal`."""
    return open_journal(home.database, datetime.now().astimezone(), keys_of(home), mend=False)


def _may_only_be_read(home: Path) -> bool:
    return not all(os.access(folder, os.W_OK) for folder in (home, home / FOLDER) if folder.exists())


def _read(path: Path, copies: Copies, now: datetime, keys: Keys) -> Journal:
    """The newest copy that is whole, for reading."""
    for copy in copies.newest_first(now):
        try:
            journal = Journal(path, keys, copy=copy)
        except LockedJournal:
            if keys.known is None:
                raise
        except JournalError:
            continue
        else:
            what = "The journal cannot be read" if path.exists() else "The journal is gone"
            journal.told = _line(f"{what}, and this home may only be read", copy)
            return journal
    raise JournalError("the journal is damaged, and no copy of it is whole", str(path), YOURS)


def _mended(path: Path, copies: Copies, now: datetime, keys: Keys) -> Journal:
    """The newest copy that is whole, or a new journal, in the place of the damaged one, which is put aside."""
    copy = copies.ready(now)
    if copy is None:
        keys.of_new_file(path)
    aside = copies.put_aside(now) if path.exists() else None
    if copy is not None:
        copies.bring_back()
    journal = Journal(path, keys)
    what = (
        f"The journal was damaged; it lies in {aside} until something is deleted" if aside else "The journal was gone"
    )
    journal.told = _line(what, copy)
    return journal


def _is_empty(path: Path) -> bool:
    return not path.exists() or (path.is_file() and not path.stat().st_size)


def _line(what: str, copy: Path | None) -> str:
    moment = made_at(copy) if copy else None
    if moment is None:
        return f"{what}. There is no copy of it, so what was kept is missing, and a new one begins."
    return f"{what}. The copy of {moment:%A %d %B, %H:%M} goes on; what was kept or changed since then is missing."
