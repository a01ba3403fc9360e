"""Journals that are no file, or on a disk that is full or may only be read."""

import os
import signal
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.journal_copies import DAMAGES, LATER, SECRET
from tests.support.journals import HOW, begin, keys_at, opened
from tests.support.kept import NOW, keep, note
from tests.support.program import hearthside, home_of_two
from voice.commands.encrypt import encrypt
from voice.edges.journal import Journal
from voice.edges.journal.file import connect
from voice.edges.journal.rescue import open_journal
from voice.errors import DamagedJournal, JournalError
from voice.messages.actions import Keep, SetSetting


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
