"""What is kept: real databases that are killed, filled up, damaged, shared, and searched byte by byte."""

import os
import random
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest

from tests.support.journals import HOW, begin, change, keys_at, opened
from voice.edges.journal import Journal
from voice.edges.journal.file import GO_ON, MIGRATIONS
from voice.errors import JournalError
from voice.messages.actions import EndTimer, Forget, Keep, MarkAsked, MarkDone, SetSetting, SetTimer
from voice.messages.records import Asked, Note, Records, Timer

NOW = datetime(2026, 11, 23, 21, 30, tzinfo=timezone(timedelta(hours=-5)))


@pytest.fixture
def plain_path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "journal.sqlite3"


@pytest.fixture(params=HOW)
def path(plain_path: Path, request: pytest.FixtureRequest) -> Path:
    return begin(plain_path, request.param)


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    one = opened(path)
    yield one
    one.close()


def note(text: str) -> Note:
    return Note("Alex", "Sam", text, "that", NOW)


def keep(journal: Journal, text: str) -> Note:
    kept = journal.store(Keep(note(text)))
    assert isinstance(kept, Keep)
    return kept.note


def set_timer(journal: Journal, timer: Timer) -> Timer:
    stored = journal.store(SetTimer(timer, "started"))
    assert isinstance(stored, SetTimer)
    return stored.timer


def files_with(words: str, directory: Path) -> list[str]:
    """The files under a directory that hold the words, in any byte of theirs or in their names."""
    files = [file for file in directory.rglob("*") if file.is_file()]
    return [file.name for file in files if words.encode() in file.read_bytes() or words in file.name]


def reopened(path: Path) -> Records:
    with closing(opened(path)) as journal:
        return journal.records()


# ---- keeping --------------------------------------------------------------------------------------


def test_everything_is_there_when_it_is_opened_again(path: Path) -> None:
    journal = opened(path)
    first, second = keep(journal, "Sam picked up the kids"), keep(journal, "Sam sang, 🎵 ünd 'laughed'; --")
    tea = set_timer(journal, Timer("timer", "tea", 240.0, NOW + timedelta(seconds=240)))
    hug = set_timer(journal, Timer("hug", "hug", 20.0, None, left=7.5))
    for prompt in ("day-1", "day-2", "day-1"):
        journal.store(MarkAsked(Asked(prompt, "day", NOW, round=1)))
    journal.store(MarkDone("nightly recap", "2026-11-23"))
    journal.store(MarkDone("nightly recap", "2026-11-23"))
    journal.store(SetSetting("began last", "Alex"))
    journal.store(SetSetting("began last", "Sam"))
    journal.close()
    records = reopened(path)
    assert records == Records(
        notes=(first, second),
        asked=tuple(Asked(prompt, "day", NOW, 1) for prompt in ("day-1", "day-2", "day-1")),
        timers=(tea, hug),
        done=frozenset({("nightly recap", "2026-11-23")}),
        settings={"began last": "Sam"},
    )
    assert records.notes[0].said_at.utcoffset() == timedelta(hours=-5)


def test_ids_are_never_given_twice(journal: Journal) -> None:
    kept = keep(journal, "one")
    journal.store(Forget(kept))
    assert keep(journal, "two").id > kept.id > 0


def test_a_timer_is_changed_and_ends(journal: Journal) -> None:
    tea = set_timer(journal, Timer("timer", "tea", 240.0, NOW))
    paused = replace(tea, ends_at=None, left=100.0)
    assert set_timer(journal, paused) == paused
    assert journal.records().timers == (paused,)
    journal.store(EndTimer(paused, "cancelled"))
    assert journal.records().timers == ()


def test_a_time_without_offset_is_refused(journal: Journal) -> None:
    with pytest.raises(ValueError, match="no offset"):
        journal.store(Keep(replace(note("x"), said_at=datetime(2026, 11, 23))))
    assert journal.records().notes == ()


def test_files_are_private_under_any_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        journal = opened(path)
        seen = set[str]()
        journal._connection.set_progress_handler(lambda: seen.update(modes_under(path.parent)), 1)
        keep(journal, "Sam picked up the kids")
        journal.close()
    finally:
        os.umask(before)
    assert seen == {"journal.sqlite3 600", "journal.sqlite3-journal 600"}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def modes_under(directory: Path) -> set[str]:
    return {f"{entry.name} {stat.S_IMODE(entry.stat().st_mode):o}" for entry in os.scandir(directory)}


# ---- forgetting -----------------------------------------------------------------------------------


def test_forgotten_words_are_in_no_file(path: Path, journal: Journal) -> None:
    words = "Sam remembered the blue umbrella"
    kept = keep(journal, words)
    keep(journal, "another one")
    assert files_with(words, path.parent) == ([] if keys_at(path).of_file(path) else [path.name])
    journal.store(Forget(kept))
    assert files_with(words, path.parent) == []
    assert [note.text for note in journal.records().notes] == ["another one"]


@pytest.mark.parametrize("seed", [6, 12, 20])
def test_forgotten_words_are_in_no_file_whatever_came_before(path: Path, seed: int) -> None:
    """Rows of all lengths come and go, so that SQLite moves them from page to page.

    These are histories after which secure_delete alone leaves words in the file (SQLite 3.40).
    """
    journal, chance = opened(path), random.Random(seed)
    journal._connection.execute("PRAGMA synchronous = OFF")  # nobody pulls the plug here
    kept, forgotten = list[Note](), list[str]()
    for number in range(300):
        if kept and chance.random() < 0.45:
            gone = kept.pop(chance.randrange(len(kept)))
            journal.store(Forget(gone))
            forgotten.append(gone.text[:12])
            on_disk = path.read_bytes()
            assert [words for words in forgotten if words.encode() in on_disk] == []
        else:
            kept.append(keep(journal, f"secret {number:04} " + "x" * chance.choice([20, 60, 400, 3000, 9000])))
    assert list(journal.records().notes) == kept
    journal.close()


KEEPING = """
import sys
from datetime import datetime
from pathlib import Path
from tests.support.journals import opened
from voice.messages.actions import Forget, Keep
from voice.messages.records import Note
journal = opened(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    kept = journal.store(Keep(Note("Alex", "Sam", f"kept {number:06}", "that", datetime.now().astimezone())))
    print(f"kept {number:06}", flush=True)
    if number % 3 == 0:
        journal.store(Forget(kept.note))
        print(f"forgot {number:06}", flush=True)
"""


@pytest.mark.parametrize("lines_before", [1, 20, 41, 100])
def test_a_kill_loses_nothing_acknowledged(path: Path, lines_before: int) -> None:
    child = subprocess.Popen([sys.executable, "-c", KEEPING, str(path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout
    lines = [child.stdout.readline() for _ in range(lines_before)]
    child.send_signal(signal.SIGKILL)
    lines += child.stdout.readlines()
    child.wait()
    child.stdout.close()
    kept = {int(number) for word, number in map(str.split, lines) if word == "kept"}
    forgotten = {int(number) for word, number in map(str.split, lines) if word == "forgot"}
    there = {int(note.text.removeprefix("kept ")) for note in reopened(path).notes}
    last = max(kept)  # what was under way when it was killed may have happened or not
    assert there - kept <= {last + 1}
    assert kept - forgotten - there <= ({last} if last % 3 == 0 else set())
    for number in forgotten | kept - there:
        assert files_with(f"kept {number:06}", path.parent) == []


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
