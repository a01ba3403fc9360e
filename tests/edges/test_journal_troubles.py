"""A journal on a full disk, in two programs, of a later version, in a file that is none."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.journals import change, opened
from tests.support.kept import keep, reopened
from voice.edges.journal import Journal
from voice.edges.journal.file import GO_ON, MIGRATIONS
from voice.errors import JournalError
from voice.messages.actions import SetSetting
from voice.messages.records import Records

# ---- troubles -------------------------------------------------------------------------------------


def test_a_full_disk_loses_nothing(path: Path, journal: Journal) -> None:
    keep(journal, "kept before")
    pages = journal._connection.execute("PRAGMA page_count").fetchone()[0]
    journal._connection.execute(f"PRAGMA max_page_count = {pages}")  # SQLite's own way to try a full disk
    with pytest.raises(JournalError, match="the disk is full"):
        keep(journal, "x" * 20_000)
    assert [note.text for note in journal.records().notes] == ["kept before"]
    journal._connection.execute("PRAGMA max_page_count = 100000")
    keep(journal, "x" * 20_000)
    assert len(reopened(path).notes) == 2


FILLING = """
import resource, sys
from datetime import datetime
from pathlib import Path
from tests.support.journals import opened
from voice.errors import JournalError
from voice.messages.actions import Keep
from voice.messages.records import Note
journal = opened(Path(sys.argv[1]))
limit = Path(sys.argv[1]).stat().st_size + 20_000
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
try:
    while True:
        journal.store(Keep(Note("Alex", "Sam", "x" * 3000, "that", datetime.now().astimezone())))
        print("kept", flush=True)
except JournalError as error:
    print(error, len(journal.records().notes), flush=True)
"""


def test_a_write_that_the_system_refuses_loses_nothing(path: Path) -> None:
    child = subprocess.run([sys.executable, "-c", FILLING, str(path)], capture_output=True, text=True, check=True)
    *kept, last = child.stdout.splitlines()
    assert len(kept) > 1
    assert last == f"{path}: the disk refused. Check the disk; what was kept before is safe. {len(kept)}"
    assert len(reopened(path).notes) == len(kept)


def test_two_programs_take_turns(path: Path, journal: Journal) -> None:
    other = opened(path)
    keep(other, "one")
    keep(journal, "two")
    assert [note.text for note in other.records().notes] == ["one", "two"]
    other._connection.execute("BEGIN IMMEDIATE")
    with pytest.raises(JournalError, match="another program is using the journal"):
        keep(journal, "three")
    other._connection.execute("ROLLBACK")
    other.close()
    keep(journal, "three")
    assert len(journal.records().notes) == 3


def test_a_journal_of_a_later_hearthside(path: Path) -> None:
    opened(path).close()
    change(path, f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    known = len(MIGRATIONS)
    assert refused(path) == (
        f"{path}: the journal is of a later Hearthside (version {known + 1}, known are {known}). "
        "Install the newest Hearthside."
    )


def test_a_database_of_another_program(plain_path: Path) -> None:
    plain_path.parent.mkdir()
    change(plain_path, "CREATE TABLE photos (id)")
    fix = "Move the file away to begin a new one."
    assert refused(plain_path) == f"{plain_path}: this is the database of another program. {fix}"


def test_a_file_that_is_no_database(path: Path) -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_text("a letter to grandma\n" * 100)
    assert refused(path) == f"{path}: this is no journal. {GO_ON}"


@pytest.mark.parametrize("damage", ["cut short", "overwritten", "a wrong time"])
def test_a_damaged_journal(path: Path, damage: str) -> None:
    journal = opened(path)
    for number in range(10):
        journal.store(SetSetting(f"{number}", "x" * 2000))
    keep(journal, "one")
    journal.close()
    content = path.read_bytes()
    if damage == "a wrong time":
        change(path, "UPDATE notes SET said_at = replace(said_at, '2026-11-23', '2026-99-23')")
        with pytest.raises(JournalError, match="the journal is damaged"):
            reopened(path)
        return
    path.write_bytes(content[:9000] if damage == "cut short" else content[:5000] + b"\xaa" * 9000 + content[14000:])
    assert refused(path) == f"{path}: the journal is damaged. {GO_ON}"


@pytest.mark.parametrize("name", ["a directory", "a file/journal.sqlite3"])
def test_a_place_that_cannot_be_used(tmp_path: Path, name: str) -> None:
    (tmp_path / "a directory").mkdir()
    (tmp_path / "a file").touch()
    with pytest.raises(JournalError, match="the journal cannot be opened") as caught:
        Journal(tmp_path / name)
    assert caught.value.fix == "Make the file and its directory yours."


def test_an_empty_file_becomes_a_journal(plain_path: Path) -> None:
    """It is what is left when the first start is cut off."""
    plain_path.parent.mkdir()
    plain_path.touch()
    assert reopened(plain_path) == Records()


def refused(path: Path) -> str:
    """The one line about a file that cannot be opened, which stays as it was."""
    before = path.read_bytes()
    with pytest.raises(JournalError) as caught:
        opened(path)
    assert path.read_bytes() == before
    assert os.listdir(path.parent) == [path.name]
    return caught.value.line()
