"""Journals that are damaged or gone, and their copies."""

import errno
import os
import shutil
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.journal_copies import DAMAGES, LATER, SECRET
from tests.support.journals import HOW, begin, keys_at, opened
from tests.support.kept import NOW, files_with, keep, reopened
from voice.edges.journal import Journal
from voice.edges.journal.copies import KEPT
from voice.edges.journal.rescue import open_journal
from voice.errors import DamagedJournal, JournalError
from voice.messages.actions import Forget, ForgetEverything, SetSetting
from voice.messages.records import Records


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
