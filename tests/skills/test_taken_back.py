"""What can be taken back for a minute: an item checked off, and the names that were forgotten."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.couple_faults import MAYA_AND_TOMAS, notes
from tests.support.evening import DINNER, Evening, is_reply, mode, told
from voice.composition import STAND_INS
from voice.config import Home, load_config
from voice.messages.actions import Keep, Rename, SetSetting
from voice.messages.recognition import Mode
from voice.messages.records import Note, NoteKind

# ---- an item of the bucket list ------------------------------------------------------------------------


@pytest.fixture
def skydiving(evening: Evening) -> Evening:
    """Where skydiving was checked off a moment ago."""
    evening.type("add skydiving to our bucket list", "yes", "check off skydiving")
    assert _done(evening) == ["skydiving"]
    return evening


def _done(evening: Evening) -> list[str]:
    return [note.text for note in notes(evening, NoteKind.BUCKET) if note.done_at]


@pytest.mark.parametrize("back", ["undo that", "bring it back", "untick that", "put skydiving back on our bucket list"])
def test_an_item_is_not_done_after_all(skydiving: Evening, back: str) -> None:
    said = told(skydiving, back)
    assert len(said) == 1
    assert is_reply(skydiving, said[0], "unchecked")
    assert _done(skydiving) == []
    assert [note.text for note in notes(skydiving, NoteKind.BUCKET)] == ["skydiving"]
    assert mode(skydiving) is Mode.IDLE  # nobody is asked whether it is to be deleted


def test_after_a_minute_only_its_name_brings_an_item_back(skydiving: Evening) -> None:
    skydiving.wait(61)
    assert is_reply(skydiving, told(skydiving, "bring it back")[0], "nothing_to_bring_back")
    assert _done(skydiving) == ["skydiving"]
    told(skydiving, "uncheck skydiving")
    assert _done(skydiving) == []


def test_what_was_never_checked_off_is_told_of(evening: Evening) -> None:
    assert is_reply(evening, told(evening, "uncheck skydiving")[0], "not_on_list")
    assert is_reply(evening, told(evening, "untick that")[0], "not_on_list")


# ---- the names -------------------------------------------------------------------------------------------


@pytest.fixture
def named(tmp_path: Path) -> Evening:
    evening = Evening(tmp_path, config=MAYA_AND_TOMAS, fresh=True)
    told(evening, "I appreciate that Tomás fed the cat", "yes", "we have a wish", "a week by the sea", "yes", "yes")
    return evening


def _written(directory: Path) -> bytes:
    return b"".join(file.read_bytes() for file in directory.rglob("*") if file.is_file())


def test_names_are_forgotten_on_a_yes_alone(named: Evening, tmp_path: Path) -> None:
    asked = told(named, "forget our names")
    assert "Maya" in asked[-1]
    told(named, "no")
    assert load_config(Home(tmp_path)).partners == ("Maya", "Tomás")
    said = told(named, "forget our names", "yes")
    assert load_config(Home(tmp_path)).partners is None
    assert not any(name in line for line in said for name in ("Maya", "Tomás", *STAND_INS))
    before = len(named.said)
    told(named, "ask us a question", "that's enough", "read tonight's appreciations")
    assert not any(name in line for line in named.said[before:] for name in ("Maya", *STAND_INS))
    assert is_reply(named, told(named, "forget our names")[0], "names_none")


def test_forgotten_names_are_in_no_file_and_come_back_on_a_word(named: Evening, tmp_path: Path) -> None:
    journal = named.loop.journal
    journal.copy(DINNER)
    before = [(note.who, note.for_whom) for note in notes(named)]
    assert any("Maya" in pair for pair in before)
    told(named, "forget our names", "yes")
    assert b"Maya" not in _written(tmp_path)
    assert len(notes(named)) == len(before)
    said = told(named, "bring it back")
    assert is_reply(named, said[-1], "names_back")
    assert load_config(Home(tmp_path)).partners == ("Maya", "Tomás")
    assert [(note.who, note.for_whom) for note in notes(named)] == before
    assert named.loop.records.settings["consent"] == "Maya\nTomás"


def test_new_names_are_in_every_row_that_named_somebody(evening: Evening) -> None:
    journal = evening.loop.journal
    journal.store(Keep(Note("Alex", "Sam", "Sam cooked", "line", DINNER - timedelta(days=1))))
    journal.store(SetSetting("began last", "Sam"))
    journal.store(Rename(("Alex", "Sam"), ("Lexi", "Kit")))
    records = journal.records()
    assert [(note.who, note.for_whom, note.text) for note in records.notes] == [("Lexi", "Kit", "Sam cooked")]
    assert records.settings["began last"] == "Kit"
