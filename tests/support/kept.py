"""Lines and timers for a journal, and the files in which words are found."""

from contextlib import closing
from datetime import datetime, timedelta, timezone
from pathlib import Path

from tests.support.journals import opened
from voice.edges.journal import Journal
from voice.messages.actions import Keep
from voice.messages.records import Note, Records

NOW = datetime(2026, 11, 23, 21, 30, tzinfo=timezone(timedelta(hours=-5)))


def note(text: str) -> Note:
    return Note("Alex", "Sam", text, "that", NOW)


def keep(journal: Journal, text: str) -> Note:
    kept = journal.store(Keep(note(text)))
    assert isinstance(kept, Keep)
    return kept.note


def files_with(words: str, directory: Path) -> list[str]:
    """The files under a directory that hold the words, in any byte of theirs or in their names."""
    files = [file for file in directory.rglob("*") if file.is_file()]
    return [file.name for file in files if words.encode() in file.read_bytes() or words in file.name]


def reopened(path: Path) -> Records:
    with closing(opened(path)) as journal:
        return journal.records()
