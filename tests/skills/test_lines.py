"""Everything the couple ask to keep, by keyboard through the real house: said, read back, kept, exported."""

import itertools
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml

from tests.support.evening import DINNER, Evening
from tests.support.lines import EVERYTHING, keep, kept, note, texts
from tests.support.program import hearthside, home_of_two
from tests.support.typed_program import files_with
from voice.config import Home
from voice.dialogue.note_kinds import KINDS
from voice.edges.journal import Journal
from voice.edges.journal.file import MIGRATIONS
from voice.messages.recognition import Mode


@pytest.fixture
def evenings(tmp_path: Path) -> Iterator[Callable[[datetime], Evening]]:
    """Evenings in one home, each after the one before is over."""
    opened: list[Evening] = []

    def open_one(now: datetime) -> Evening:
        if opened:
            opened[-1].close()
        opened.append(Evening(tmp_path, now=now, seed=len(opened)))
        return opened[-1]

    yield open_one
    opened[-1].close()


# ---- every kind: asked for, read back, kept, read -----------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "opening", "line", "reading"),
    [
        ("win", "we have a small win", "we finished the shed", "read our small wins"),
        ("jar", "put this in the jar", "the way the rain sounded", "open the jar"),
        ("moment", "remember this moment", "the whole balcony smells of basil", "read our moments"),
        ("bucket", "add something to our bucket list", "a night in a tree house", "read our bucket list"),
        ("project", "write down our project", "learning Italian together", "what's our project"),
    ],
)
def test_a_line_of_both(evening: Evening, kind: str, opening: str, line: str, reading: str) -> None:
    assert len(evening.type(opening)) == 1
    assert evening.loop.listening.mode is Mode.WORDS
    (read_back,) = evening.type(line)
    assert line in read_back
    assert read_back.endswith("?")
    assert kept(evening).notes == ()
    evening.type("yes")
    (one,) = kept(evening).notes
    assert (one.kind, one.text, one.who, one.for_whom) == (kind, line, "", "")
    assert any(line in answer for answer in evening.type(reading))


def test_a_line_may_come_in_the_same_breath(evening: Evening) -> None:
    read_back = evening.address("put in our jar that we slept until nine")[-1]
    assert "we slept until nine" in read_back
    evening.type("yes")
    assert [(one.kind, one.text) for one in kept(evening).notes] == [("jar", "we slept until nine")]


@pytest.mark.parametrize(
    ("kind", "opening", "reading"),
    [
        ("need", "note a need for Sam", "what did we need this week"),
        ("wish", "write down a wish for Sam", "read our wishes"),
        ("journal", "a journal entry from Sam", "read Sam's entry"),
    ],
)
def test_a_line_of_one_of_them(evening: Evening, kind: str, opening: str, reading: str) -> None:
    evening.type(opening)
    (read_back,) = evening.type("an hour to myself")
    assert "Sam" in read_back
    evening.type("yes")
    (one,) = kept(evening).notes
    assert (one.kind, one.who) == (kind, "Sam")
    answer = " ".join(evening.type(reading))
    assert "Sam" in answer
    assert "an hour to myself" in answer


@pytest.mark.parametrize(("answer", "who"), [("yes", "Sam"), ("no", "Alex")])
def test_whose_a_line_is_gets_asked(evening: Evening, answer: str, who: str) -> None:
    evening.type("journal for us")
    assert "Sam" in evening.type("today was long and good")[0]
    evening.type(answer, "yes")
    assert [entry.who for entry in kept(evening).notes] == [who]


def test_recording_has_a_sound_at_its_beginning_and_end_and_a_win_its_own(evening: Evening) -> None:
    evening.type("log a small win", "we ran five miles", "yes")
    chimes = [chime["name"] for chime in evening.events("chime")]
    assert chimes == ["recording on", "recording off", "win"]


@pytest.mark.parametrize("answers", [("no",), ("never mind",), ("stop",)])
def test_without_a_yes_nothing_is_kept(evening: Evening, answers: tuple[str, ...]) -> None:
    evening.type("remember this moment", "the candles went out", *answers)
    assert kept(evening).notes == ()


def test_silence_keeps_nothing(evening: Evening) -> None:
    evening.type("remember this moment", "the candles went out")
    evening.wait(60)
    assert kept(evening).notes == ()


def test_a_line_can_be_said_again(evening: Evening) -> None:
    evening.type("log a small win", "we fixed the bite", "change it", "we fixed the bike", "yes")
    assert texts(evening, "win") == ["we fixed the bike"]


def test_there_is_no_kind_for_complaints() -> None:
    assert not {"complaint", "puzzle", "repair", "draft", "score"} & set(KINDS)


# ---- needs --------------------------------------------------------------------------------------------


def test_a_need_is_gone_after_its_week_from_every_file(evenings: Callable[[datetime], Evening], tmp_path: Path) -> None:
    evenings(DINNER).type("note a need for Sam", "a quiet saturday morning", "yes")
    assert "quiet" in " ".join(evenings(DINNER + timedelta(days=7)).type("read our needs"))
    late = evenings(DINNER + timedelta(days=9))
    assert kept(late).notes == ()
    assert late.said == []  # without a word
    assert files_with("quiet saturday", tmp_path) == []


# ---- the jar ------------------------------------------------------------------------------------------


def test_the_jar_is_sealed_until_jar_night(evening: Evening) -> None:
    assert evening.type("is there anything in the jar")[0].startswith("No")
    for line in ("Sam whistled all day", "Alex found my keys", "the walk by the canal"):
        evening.type("put this in the jar", line, "yes")
    for asking in ("read tonight's appreciations", "what did we log this week", "this month's appreciations"):
        assert "whistled" not in " ".join(evening.type(asking))
    (answer,) = evening.type("is there anything in the jar")
    assert answer.startswith("Yes")
    assert not set("0123456789") & set(answer)
    assert "three" not in answer
    read = " ".join(evening.type("open the jar"))
    assert "you whistled all day" in read
    assert "you found my keys" in read
    assert "the walk by the canal" in read
    assert all(one.done_at for one in kept(evening).notes)
    assert "whistled" not in " ".join(evening.type("open the jar"))
    assert "whistled" in " ".join(evening.type("this month's appreciations"))


def test_the_jar_is_read_in_turn_for_one_and_the_other(evening: Evening) -> None:
    lines = [note(f"line {n}", "jar", for_whom="Sam", who="Alex") for n in "abc"]
    lines += [note(f"line {n}", "jar", for_whom="Alex", who="Sam") for n in "de"]
    keep(evening, *lines)
    read = [line for line in evening.type("jar night") if ": line " in line]
    assert len(read) == 5
    for_sam = [line.index("Sam") < line.index("Alex") for line in read]  # whoever it is for is named first
    assert all(one != other for one, other in itertools.pairwise(for_sam))


def test_a_full_jar_is_read_a_few_at_a_time(evening: Evening) -> None:
    keep(evening, *(note(f"pebble {n}", "jar") for n in "abcdefg"))
    first = evening.type("open the jar")
    assert sum("pebble" in line for line in first) == 5
    assert first[-1].endswith("?")
    assert sum(one.done_at is None for one in kept(evening).notes) == 2
    assert sum("pebble" in line for line in evening.type("yes")) == 2


# ---- restarts, other versions, export -----------------------------------------------------------------


def test_lines_outlive_a_restart(evenings: Callable[[datetime], Evening]) -> None:
    evenings(DINNER).type("put this in the jar", "a marzipan sunset", "yes", "add skydiving to our bucket list", "yes")
    again = evenings(DINNER + timedelta(days=3))
    assert "marzipan" in " ".join(again.type("open the jar"))
    assert "skydiving" in " ".join(again.type("read our bucket list"))


def test_the_notes_of_an_older_journal_are_appreciations(tmp_path: Path) -> None:
    file = Home(tmp_path).database
    code = (
        "import sys, pathlib, voice.edges.journal.file as journal\n"
        "from voice.edges.journal.file import APPLICATION_ID\n"
        "import sqlite3\n"
        "connection = sqlite3.connect(sys.argv[1])\n"
        "[connection.execute(line) for version in journal.MIGRATIONS[:2] for line in version]\n"
        "connection.execute(\"INSERT INTO notes VALUES (1, 'Alex', 'Sam', 'Sam made tea', 'that',"
        " '2026-11-23T19:00:00+01:00')\")\n"
        "connection.execute(f'PRAGMA application_id = {APPLICATION_ID}')\n"
        "connection.execute('PRAGMA user_version = 2')\n"
        "connection.commit()\n"
    )
    subprocess.run([sys.executable, "-c", code, str(file)], check=True)
    journal = Journal(file)
    (old,) = journal.records().notes
    journal.close()
    assert len(MIGRATIONS) > 2
    assert (old.text, old.kind, old.done_at, old.id) == ("Sam made tea", "appreciation", None, 1)


def test_export_writes_every_line_for_people(tmp_path: Path) -> None:
    home, file = home_of_two(tmp_path / "home"), tmp_path / "ours.yaml"
    hearthside("type", "--home", home, "--now", "2026-11-23T20:00", lines=EVERYTHING)
    done = hearthside("export", "--home", home, "--to", file)
    assert (done.code, done.err) == (0, "")
    assert str(file) in done.out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    written = yaml.safe_load(file.read_text("utf-8"))
    assert written["appreciations"] == [
        {"from": "Alex", "for": "Sam", "text": "Sam sang a barcarolle", "said": "2026-11-23 20:00"}
    ]
    assert written["bucket list"][0]["text"] == "skydiving"
    assert written["our own questions"] == ["Which umbrella was yours?"]
    assert "id" not in file.read_text("utf-8").split()


def test_export_of_nothing_is_a_clear_line(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    done = hearthside("export", "--home", home_of_two(tmp_path / "home"), "--to", file)
    assert (done.code, done.err) == (0, "")
    assert "nothing is kept" in done.out.lower()
    assert not file.exists()
