"""Opens the journal of a home; when it is damaged, puts it aside and goes on with the newest copy."""

from datetime import datetime
from pathlib import Path

from voice.edges.journal import Journal
from voice.edges.journal.copies import Copies, made_at
from voice.edges.journal.keys import PLAIN, Keys
from voice.errors import DamagedJournal


def open_journal(path: Path, now: datetime, keys: Keys = PLAIN) -> Journal:
    """The journal, sound; `told` of it says what happened and what is missing.

    To be called by the one program that works in this home. An empty file, or none, where there are copies counts as
    damaged. Raises JournalError, with the file as it was: also when it is encrypted and its key is not at hand.
    """
    copies = Copies(path, keys)
    if not _is_empty(path) or not copies.newest_first(now):
        try:
            return Journal(path, keys)
        except DamagedJournal:
            pass
    copy = copies.ready(now)
    if copy is None:
        keys.of_new_file(path)
    aside = copies.put_aside(now) if path.exists() else None
    if copy is not None:
        copies.bring_back()
    journal = Journal(path, keys)
    journal.told = _line(aside, copy)
    return journal


def _is_empty(path: Path) -> bool:
    return not path.exists() or (path.is_file() and not path.stat().st_size)


def _line(aside: Path | None, copy: Path | None) -> str:
    what = "The journal was damaged" if aside else "The journal was gone"
    if aside:
        what += f"; it lies in {aside} until something is deleted"
    moment = made_at(copy) if copy else None
    if moment is None:
        return f"{what}. There is no copy of it, so what was kept is missing, and a new one begins."
    return f"{what}. The copy of {moment:%A %d %B, %H:%M} goes on; what was kept or changed since then is missing."
