"""Moving house: a backup and its restoring, and what happens when it is killed at any point."""

import os
import random
import sys
import tarfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import fields
from datetime import datetime, timedelta
from io import StringIO
from pathlib import Path

import pytest

from rig.killing import at_any_time, at_every_point
from rig.kills import PIECES
from tests.support.program import hearthside, home_of_two
from voice.commands.backup import backup, restore
from voice.commands.export import export
from voice.config import Home, load_config
from voice.edges.home import sole_use
from voice.edges.journal import Journal
from voice.errors import HearthsideError
from voice.messages.actions import (
    Forget,
    Keep,
    KeepPrompt,
    KeepVoices,
    MarkAsked,
    MarkDone,
    ReminderStatus,
    SetReminder,
    SetSetting,
    SetTimer,
    TimerStatus,
)
from voice.messages.records import Asked, LearnedVoice, Note, OwnPrompt, Records, Reminder, Timer, TimerKind

WORD = "three blind mice"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    directory = home_of_two(tmp_path / "home")
    now = datetime.now().astimezone()
    with closing(Journal(directory / "journal.sqlite3")) as journal:
        journal.store(Keep(Note("Alex", "Sam", "Sam found the purple umbrella", "that", now)))
        journal.store(Keep(Note("Sam", "", "I was proud", "line", now, kind="journal")))
        journal.store(SetTimer(Timer(TimerKind.TIMER, "tea", 240.0, now + timedelta(minutes=4)), TimerStatus.STARTED))
        journal.store(SetReminder(Reminder("water the plants", now + timedelta(days=1), now), ReminderStatus.SET))
        journal.store(MarkAsked(Asked("daily-life-01", "daily life", now)))
        journal.store(KeepPrompt(OwnPrompt("What now?")))
        journal.store(KeepVoices((LearnedVoice("Alex", (0.6, 0.8)), LearnedVoice("Sam", (0.8, -0.6)))))
        journal.store(MarkDone("nightly recap", "2026-11-23"))
        journal.store(SetSetting("began last", "Sam"))
    own = directory / "prompts" / "decks" / "ours.yaml"
    own.parent.mkdir(parents=True)
    own.write_text("name: ours\ntitle: Ours\nprompts:\n  - {id: ours-1, text: What now?, depth: 1}\n", encoding="utf-8")
    return directory


@pytest.fixture
def passphrase(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Gives a line to whoever asks for a passphrase next."""
    return lambda word: monkeypatch.setattr(sys, "stdin", StringIO(f"{word}\n"))


def exported(home: Path, to: Path) -> bytes:
    to.unlink(missing_ok=True)
    export(home, to)
    return to.read_bytes() if to.exists() else b""


def records(home: Path) -> Records:
    """All that is kept there; of every kind there is something."""
    with closing(Journal(home / "journal.sqlite3")) as journal:
        kept = journal.records()
    assert all(getattr(kept, field.name) for field in fields(kept)), "some kind of record is compared nowhere"
    return kept


def test_another_machine_has_everything(home: Path, tmp_path: Path, passphrase: Callable[[str], None]) -> None:
    file, other = tmp_path / "ours.tar.age", tmp_path / "other"
    passphrase(WORD)
    assert backup(home, to=file, plain=False) == 0
    content = file.read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n")
    assert b"umbrella" not in content
    assert file.stat().st_mode & 0o777 == 0o600
    passphrase("three blind cats")
    with pytest.raises(HearthsideError, match="another passphrase, or a damaged file"):
        restore(other, source=file, yes=False)
    assert not other.exists()
    passphrase(WORD)
    assert restore(other, source=file, yes=False) == 0
    assert exported(other, tmp_path / "there.yaml") == exported(home, tmp_path / "here.yaml") != b""
    assert records(other) == records(home)
    for name in ("config.yaml", "prompts/decks/ours.yaml"):
        assert (other / name).read_bytes() == (home / name).read_bytes()
    assert sorted(each.name for each in other.iterdir()) == ["config.yaml", "journal.sqlite3", "lock", "prompts"]


def test_the_restored_evening_goes_on_where_the_other_one_was(home: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "ours.tar", tmp_path / "other"
    assert hearthside("backup", "--plain", file, "--home", home).code == 0
    assert hearthside("restore", file, "--home", other).code == 0
    evening = hearthside("type", "--json", "--home", other, lines=("read tonight's appreciations",))
    assert any("purple umbrella" in line for line in evening.said())


def test_a_short_passphrase_is_refused(home: Path, tmp_path: Path, passphrase: Callable[[str], None]) -> None:
    passphrase("mice")
    with pytest.raises(HearthsideError, match="needs 8 characters"):
        backup(home, to=tmp_path / "ours.tar.age", plain=False)
    assert not (tmp_path / "ours.tar.age").exists()


def test_plain_by_choice_is_an_ordinary_archive(home: Path, tmp_path: Path) -> None:
    file = tmp_path / "ours.tar"
    assert backup(home, to=file, plain=True) == 0
    with tarfile.open(file) as archive:
        assert sorted(archive.getnames()) == ["config.yaml", "journal.sqlite3", "prompts/decks/ours.yaml"]
    with pytest.raises(HearthsideError, match="of this name already"):
        backup(home, to=file, plain=True)


def test_lines_are_not_lost_unasked(home: Path, tmp_path: Path, passphrase: Callable[[str], None]) -> None:
    file = tmp_path / "ours.tar"
    backup(home, to=file, plain=True)
    with closing(Journal(home / "journal.sqlite3")) as journal:
        journal.store(Forget(journal.records().notes[0]))
        journal.copy(journal.records().notes[0].said_at)
    passphrase("")
    before = exported(home, tmp_path / "before.yaml")
    with pytest.raises(HearthsideError, match="1 kept lines would be lost"):
        restore(home, source=file, yes=False)
    assert exported(home, tmp_path / "still.yaml") == before
    assert restore(home, source=file, yes=True) == 0
    assert b"umbrella" in exported(home, tmp_path / "after.yaml")
    assert not (home / "copies").exists()


@pytest.mark.parametrize(("here", "there"), [("yml", "yaml"), ("yaml", "yml"), ("yml", "yml"), ("yml", "")])
def test_settings_come_along_under_either_name(home: Path, tmp_path: Path, here: str, there: str) -> None:
    """There may be settings where they go, under either name; those of the backup alone are left."""
    file, other = tmp_path / "ours.tar", tmp_path / "other"
    settings = (home / "config.yaml").rename(home / f"config.{here}").read_bytes()
    if there:
        other.mkdir()
        (other / f"config.{there}").write_text("partners: [Bo, Ana]\n", encoding="utf-8")
    backup(home, to=file, plain=True)
    assert restore(other, source=file, yes=True) == 0
    assert {each.name: each.read_bytes() for each in other.glob("config.*")} == {f"config.{here}": settings}
    assert load_config(Home(other)).partners == ("Alex", "Sam")


def a_letter(file: Path) -> None:
    file.write_text("Dear grandma", encoding="utf-8")


def nothing(file: Path) -> None:
    file.write_bytes(b"")


def cut_short(file: Path) -> None:
    file.write_bytes(file.read_bytes()[:20_000])


def damaged_inside(file: Path) -> None:
    content = bytearray(file.read_bytes())
    at = content.index(b"SQLite format 3")
    content[at + 5000 : at + 9000] = b"\xaa" * 4000
    file.write_bytes(content)


def leads_outside(file: Path) -> None:
    with tarfile.open(file, "a") as archive:
        archive.addfile(tarfile.TarInfo("prompts/../../outside"))


def holds_a_link(file: Path) -> None:
    with tarfile.open(file, "a") as archive:
        entry = tarfile.TarInfo("prompts/link")
        entry.type, entry.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(entry)


def half_an_age_file(file: Path) -> None:
    file.write_bytes(b"age-encryption.org/v1\n-> scrypt")


BROKEN = (a_letter, nothing, cut_short, damaged_inside, leads_outside, holds_a_link, half_an_age_file, os.unlink)


@pytest.mark.parametrize("break_it", BROKEN)
def test_what_is_broken_replaces_nothing(
    home: Path, tmp_path: Path, passphrase: Callable[[str], None], break_it: Callable[[Path], object]
) -> None:
    file = tmp_path / "ours.tar"
    backup(home, to=file, plain=True)
    before = exported(home, tmp_path / "before.yaml")
    break_it(file)
    passphrase(WORD)
    with pytest.raises(HearthsideError) as caught:
        restore(home, source=file, yes=True)
    assert "\n" not in caught.value.line()
    assert exported(home, tmp_path / "after.yaml") == before
    with sole_use(Home(home)):
        assert not (home / ".restoring").exists()


@pytest.mark.parametrize("what", [each for each in PIECES if each != "keep, encrypted"])
def test_killed_at_any_point_nothing_is_lost_or_half_done(tmp_path: Path, what: str) -> None:
    """The short form of `make kill`."""
    piece = PIECES[what](tmp_path)
    assert at_every_point(piece) > 10
    assert at_any_time(piece, 4, random.Random(7)) > 0
