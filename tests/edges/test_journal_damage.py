"""Journals that are damaged, gone, no file, or on a disk that is full or may only be read."""

import errno
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.edges.test_journal import NOW, files_with, keep, note, reopened
from tests.support.journals import HOW, begin, change, keys_at, opened
from tests.support.program import hearthside, home_of_two
from voice.commands.encrypt import encrypt
from voice.edges.journal import Journal
from voice.edges.journal.copies import KEPT
from voice.edges.journal.file import connect
from voice.edges.journal.rescue import open_journal
from voice.errors import DamagedJournal, JournalError
from voice.messages.actions import Forget, ForgetEverything, Keep, SetSetting
from voice.messages.records import Records

SECRET = "Sam hid the blue umbrella"
LATER = NOW + timedelta(days=1)


@pytest.fixture(params=HOW)
def path(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A journal with a copy of yesterday, which does not have today's line."""
    file = begin(tmp_path / "home" / "journal.sqlite3", request.param)
    with closing(opened(file)) as journal:
        for number in range(10):
            journal.store(SetSetting(f"{number}", "x" * 2000))
        keep(journal, SECRET)
        journal.copy(NOW)
        keep(journal, "a line of today")
    return file


def copies(path: Path) -> list[str]:
    return sorted(file.name for file in (path.parent / "copies").glob("2*"))


def reopened_copy(path: Path, name: str) -> Records:
    with closing(Journal(path.parent / "copies" / name, keys_at(path))) as journal:
        return journal.records()


def in_sqlite(statements: str) -> Callable[[Path], None]:
    return lambda path: change(path, statements)


ANOTHER_PLACE_OF_A_KEY = (
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema"
    " WHERE name = 'sqlite_autoindex_done_1') WHERE name = 'sqlite_autoindex_settings_1'"
)
"""The index of the settings no longer fits the table; what is read by key is not found."""

DAMAGES = {
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:9000]),
    "overwritten": lambda path: path.write_bytes(path.read_bytes()[:5000] + b"\xaa" * 9000 + path.read_bytes()[14000:]),
    "no database": lambda path: path.write_text("Dear diary, " * 1000, encoding="utf-8"),
    "a wrong time": in_sqlite("UPDATE notes SET said_at = replace(said_at, '2026-11-23', '2026-99-23')"),
    "a time without offset": in_sqlite("UPDATE notes SET said_at = '2026-11-23T21:30:00'"),
    "no text": in_sqlite("UPDATE notes SET text = CAST(x'626c756520fffe756d6272656c6c61' AS TEXT)"),
    "a table is gone": in_sqlite("DROP TABLE asked"),
    "a column is gone": in_sqlite("ALTER TABLE notes DROP COLUMN frame"),
    "an unknown kind of timer": in_sqlite("INSERT INTO timers VALUES (1, 'x', 'tea', 1, NULL, 1, '')"),
    "a trigger": in_sqlite("CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM asked; END"),
    "a wrong index": in_sqlite(ANOTHER_PLACE_OF_A_KEY),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_found_and_told_without_a_kept_word(path: Path, damage: str) -> None:
    DAMAGES[damage](path)
    with pytest.raises(DamagedJournal) as caught:
        opened(path)
    line = caught.value.line()
    assert "umbrella" not in line
    assert "\n" not in line


@pytest.mark.parametrize("damage", [*DAMAGES, "emptied", "gone"])
def test_the_newest_copy_goes_on(path: Path, damage: str) -> None:
    {**DAMAGES, "emptied": lambda path: path.write_bytes(b""), "gone": Path.unlink}[damage](path)
    left = path.read_bytes() if path.exists() else b""
    with closing(open_journal(path, LATER, keys_at(path))) as journal:
        assert [each.text for each in journal.records().notes] == [SECRET]
        assert "Monday 23 November, 21:30" in journal.told
        assert "umbrella" not in journal.told
        put_aside = list((path.parent / "copies").glob("damaged-*"))
        assert [file.read_bytes() for file in put_aside] == ([left] if damage != "gone" else [])
        journal.store(Forget(journal.records().notes[0]))
    assert files_with("umbrella", path.parent) == []
    assert list((path.parent / "copies").glob("damaged-*")) == []
    with closing(open_journal(path, LATER, keys_at(path))) as journal:
        assert journal.told == ""


def test_a_copy_that_is_damaged_too_is_passed_over(path: Path) -> None:
    with closing(opened(path)) as journal:
        journal.copy(LATER)
    newest = path.parent / "copies" / copies(path)[-1]
    newest.write_bytes(newest.read_bytes()[:5000])
    path.write_bytes(path.read_bytes()[:9000])
    with closing(open_journal(path, LATER, keys_at(path))) as journal:
        assert [each.text for each in journal.records().notes] == [SECRET]
        assert "Monday 23 November, 21:30" in journal.told


def test_a_disk_without_room_for_the_copy_loses_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(path.read_bytes()[:9000])
    before = path.read_bytes()

    def full(source: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(target))

    monkeypatch.setattr(shutil, "copyfile", full)
    with pytest.raises(JournalError, match="No space left"):
        open_journal(path, LATER, keys_at(path))
    assert path.read_bytes() == before
    assert len(copies(path)) == 1


def test_without_a_copy_a_new_one_begins(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    path.write_text("Dear diary, " * 1000, encoding="utf-8")
    with closing(open_journal(path, NOW)) as journal:
        assert journal.records() == Records()
        assert "no copy" in journal.told
    assert [file.read_text()[:10] for file in (tmp_path / "copies").iterdir()] == ["Dear diary"]


# ---- copies ---------------------------------------------------------------------------------------


def test_one_copy_an_evening_and_seven_of_them(path: Path) -> None:
    with closing(opened(path)) as journal:
        for day in range(12):
            for hours in (0, 3, 8):  # 21:30, 00:30 and 05:30, which begins the next day
                journal.copy(NOW + timedelta(days=day, hours=hours))
    names = copies(path)
    assert len(names) == KEPT
    assert names[-1] == "2026-12-05-0530.sqlite3"
    assert reopened_copy(path, names[-1]) == reopened(path)


def test_a_journal_without_words_is_not_copied(tmp_path: Path) -> None:
    with closing(Journal(tmp_path / "journal.sqlite3")) as journal:
        journal.store(SetSetting("began last", "Sam"))
        journal.copy(NOW)
    assert not (tmp_path / "copies").exists()


def test_a_copy_from_the_future_is_not_the_newest(path: Path) -> None:
    with closing(opened(path)) as journal:
        journal.copy(datetime(2099, 1, 1).astimezone())
        assert [file.name for file in journal.copies.newest_first(NOW)] == copies(path)


def test_what_is_forgotten_is_in_no_copy(path: Path) -> None:
    with closing(opened(path)) as journal:
        journal.copy(LATER)
        journal.store(Forget(journal.records().notes[0]))
        assert files_with("umbrella", path.parent) == []
        assert [len(reopened_copy(path, name).notes) for name in copies(path)] == [0, 1]
        journal.store(ForgetEverything())
    assert os.listdir(path.parent) == [path.name]


# ---- what is no file, may only be read, or is full -------------------------------------------------


def test_a_pipe_in_the_place_of_the_journal_is_told(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    os.mkfifo(path)
    with pytest.raises(JournalError, match="no ordinary file"):
        Journal(path)


DROPPED = ("setpriv", "--bounding-set=-dac_override,-dac_read_search") if os.getuid() == 0 else ()
"""Before a command: takes from root what lets it write where nobody may."""


@pytest.mark.parametrize("how", HOW)
def test_a_home_that_may_only_be_read_still_reads_and_exports(tmp_path: Path, how: str) -> None:
    home = home_of_two(tmp_path / "home")
    with closing(Journal(home / "journal.sqlite3")) as journal:
        journal.store(Keep(replace(note(SECRET), said_at=datetime.now().astimezone())))
    if how == "encrypted":
        encrypt(home, where="file", key_file=tmp_path / "journal.key")
    for each, mode in ((home / "journal.sqlite3", 0o400), (home, 0o500)):
        each.chmod(mode)
    file = tmp_path / "lines.yaml"
    try:
        recap = hearthside("recap", "--quiet", "--home", home, before=DROPPED)
        export = hearthside("export", "--to", file, "--home", home, before=DROPPED)
        lines = ("thank you Sam for making dinner", "yes")
        evening = hearthside("type", "--json", "--home", home, before=DROPPED, lines=lines)
    finally:
        home.chmod(0o700)
    assert (recap.code, recap.err, export.code, export.err) == (0, "", 0, "")
    assert "umbrella" in recap.out
    assert "umbrella" in file.read_text(encoding="utf-8")
    assert evening.code == 0
    assert evening.of("kept") == []
    assert {"may not be written" in str(each["text"]) for each in evening.of("error")} == {True}


@pytest.mark.parametrize(("how", "damage"), [("plain", "cut short"), ("encrypted", "gone")])
def test_in_a_home_that_may_only_be_read_the_newest_copy_is_read(tmp_path: Path, how: str, damage: str) -> None:
    home, now = home_of_two(tmp_path / "home"), datetime.now().astimezone()
    path = home / "journal.sqlite3"
    with closing(Journal(path)) as journal:
        journal.store(Keep(replace(note(SECRET), said_at=now)))
        journal.copy(now)
        journal.store(Keep(replace(note("a later line"), said_at=now)))
    if how == "encrypted":
        encrypt(home, where="file", key_file=tmp_path / "journal.key")
    {**DAMAGES, "gone": Path.unlink}[damage](path)
    before = {file: file.read_bytes() for file in home.rglob("*") if file.is_file()}
    for each in (*before, home / "copies", home):
        each.chmod(0o400 if each in before else 0o500)
    file = tmp_path / "lines.yaml"
    try:
        recap = hearthside("recap", "--quiet", "--home", home, before=DROPPED)
        export = hearthside("export", "--to", file, "--home", home, before=DROPPED)
        evening = hearthside("type", "--home", home, before=DROPPED, lines=("read tonight's appreciations",))
    finally:
        for each in (home, home / "copies"):
            each.chmod(0o700)
    for done in (recap, export, evening):
        assert (done.code, "this home may only be read. The copy of" in done.out + done.err) == (0, True), done
    for read in (recap.out, file.read_text(encoding="utf-8"), evening.out):
        assert ("umbrella" in read, "a later line" in read) == (True, False)
    assert {file: file.read_bytes() for file in home.rglob("*") if file.is_file()} == before


def test_who_only_reads_leaves_a_journal_that_is_gone_to_the_next_evening(path: Path) -> None:
    """An empty one in its place would keep the newest copy from going on."""
    path.unlink()
    with pytest.raises(DamagedJournal, match="it goes on with the newest copy"):
        open_journal(path, LATER, keys_at(path), mend=False)
    assert not path.exists()


def kill_while_writing(path: Path) -> None:
    """Leave half a change in the file, and beside it what SQLite undoes that with."""
    child = os.fork()
    if not child:
        connection = connect(path, keys_at(path).of_file(path))
        connection.execute("PRAGMA cache_size = 2")  # pages: what does not fit is written before the end
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM notes")
        for number in range(40):
            connection.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (f"{number}", "y" * 3000))
        os.kill(os.getpid(), signal.SIGKILL)
    os.waitpid(child, 0)


@pytest.mark.parametrize("how", HOW)
def test_a_home_that_may_only_be_read_since_a_kill_reads_the_newest_copy(tmp_path: Path, how: str) -> None:
    """As when the system mounts a disk anew after a crash, for reading."""
    path, now = home_of_two(tmp_path / "home") / "journal.sqlite3", datetime.now().astimezone()
    with closing(Journal(path)) as journal:
        journal.store(Keep(replace(note(SECRET), said_at=now)))
        journal.copy(now)
    if how == "encrypted":
        encrypt(path.parent, where="file", key_file=tmp_path / "journal.key")
    kill_while_writing(path)
    assert path.with_name("journal.sqlite3-journal").exists()
    before = {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()}
    for each in (*before, path.parent / "copies", path.parent):
        each.chmod(0o400 if each in before else 0o500)
    try:
        recap = hearthside("recap", "--quiet", "--home", path.parent, before=DROPPED)
    finally:
        for each in (path.parent, path.parent / "copies"):
            each.chmod(0o700)
    assert (recap.code, "umbrella" in recap.out) == (0, True), recap
    assert "this home may only be read. The copy of" in recap.out + recap.err
    assert {file: file.read_bytes() for file in path.parent.rglob("*") if file.is_file()} == before


IN_A_SMALL_DISK = ("unshare", "-rm", "sh", "-c", 'mount -t tmpfs -o size=512k tmpfs "$1" && shift && exec "$@"', "sh")
DELETING = """
import sys
from datetime import datetime
from pathlib import Path
from tests.support.journals import begin, opened
from voice.errors import JournalError
from voice.messages.actions import Forget, Keep
from voice.messages.records import Note
home = Path(sys.argv[1])
journal = opened(begin(home / "home" / "journal.sqlite3", sys.argv[3]))
now = datetime.now().astimezone()
keep = lambda text: journal.store(Keep(Note("Alex", "Sam", text, "that", now)))
for number in range(20):
    keep("x" * 3000)
keep(sys.argv[2])
journal.copy(now)
try:
    with (home / "the rest").open("wb", buffering=0) as rest:
        while rest.write(bytes(1024)):
            pass
except OSError:
    pass
try:
    keep("no room for this")
except JournalError as error:
    print(error.what)
journal.store(Forget(journal.records().notes[-1]))
print(len(journal.records().notes))
print([file.name for file in home.rglob("*.sqlite3*") if sys.argv[2].encode() in file.read_bytes()])
"""


@pytest.mark.parametrize("how", HOW)
def test_a_full_disk_can_still_delete(tmp_path: Path, how: str) -> None:
    """There is no room for the file in which SQLite writes down what may have to be undone."""
    if subprocess.run([*IN_A_SMALL_DISK, str(tmp_path), "true"], check=False).returncode:
        pytest.skip("no disk of its own can be made here")
    command = [*IN_A_SMALL_DISK, str(tmp_path), sys.executable, "-c", DELETING, str(tmp_path), SECRET, how]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.stdout.splitlines(), done.stderr) == (["the disk is full", "20", "[]"], "")
