"""Guests and the word of the couple: what private mode lets through, and what needs the word."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.english import english_content
from tests.support.evening import COUPLE, DINNER, Evening, as_said, is_reply
from voice.dialogue.private import GUESTS, TABLE

LOCKED = replace(COUPLE, lock="always", lock_word="red umbrella")
NIGHT = datetime(2026, 11, 23, 23, 30).astimezone()
MORNING = datetime(2026, 11, 24, 8, 0).astimezone()
SECRET = "danced in the kitchen"


def at_home(directory: Path, **options: object) -> Evening:
    evening = Evening(directory, **options)  # type: ignore[arg-type]
    evening.address(f"I appreciate that Sam {SECRET}")
    evening.address("yes")
    return evening


def test_every_intent_stands_in_the_table_once() -> None:
    listed = [intent for intents in TABLE.values() for intent in intents]
    assert sorted(listed) == sorted({intent.name for intent in english_content().intents.intents})


@pytest.mark.parametrize(
    "line",
    [
        "read tonight's appreciations",
        "what did we appreciate today",
        "open the jar",
        "what do you know about us",
        "delete the last one",
        "delete everything",
        "let's do a repair talk",
        "start our check-in",
        "pick the intimacy deck",
    ],
)
def test_with_guests_nothing_of_theirs_is_read_deleted_or_begun(tmp_path: Path, line: str) -> None:
    evening = at_home(tmp_path)
    assert is_reply(evening, evening.type("we have guests")[-1], "guests_on")
    (answer,) = evening.type(line)
    assert is_reply(evening, answer, "guests_wait")
    assert evening.type("yes") == []
    assert len(evening.loop.records.notes) == 1
    assert not [said for said in evening.said[3:] if SECRET in said]


def test_with_guests_questions_are_light(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    prompts = [prompt for deck in evening.house.content.decks for prompt in deck.prompts]
    depths = {text: prompt.depth for prompt in prompts for text in as_said(prompt.text)}
    evening.type("we have guests")
    asked = [evening.type(line)[-1] for line in ("ask us a deep question", "another one", "the question for tonight")]
    assert [depths.get(line, 1) for line in asked] == [1, 1, 1]


def test_the_mode_holds_over_a_restart_until_it_is_lifted(tmp_path: Path) -> None:
    evening = at_home(tmp_path)
    evening.type("private mode please")
    evening.close()
    evening = Evening(tmp_path)
    assert is_reply(evening, evening.type("read tonight's appreciations")[-1], "guests_wait")
    assert is_reply(evening, evening.type("the guests are gone")[-1], "guests_off")
    assert SECRET in " ".join(evening.type("read tonight's appreciations"))


def test_guests_who_come_in_the_middle_end_what_is_for_two(tmp_path: Path) -> None:
    evening = at_home(tmp_path)
    evening.type("start our check-in")
    evening.wait(25)
    evening.type("we have guests")
    assert evening.loop.state.walk is None
    assert evening.wait(120) == []
    evening.type("the guests are gone", "continue the check-in")
    assert evening.loop.state.walk is not None


def test_with_guests_nothing_is_offered_and_notes_wait(tmp_path: Path) -> None:
    evening = at_home(tmp_path, now=DINNER.replace(hour=21, minute=20))
    evening.type("we have guests")
    assert evening.wait(1800, step=5) == []
    assert GUESTS in evening.loop.records.settings


# ---- the word -------------------------------------------------------------------------------------------


def test_with_a_lock_the_word_comes_first(tmp_path: Path) -> None:
    evening = at_home(tmp_path, config=LOCKED)
    assert is_reply(evening, evening.type("read tonight's appreciations")[-1], "lock_word")
    assert is_reply(evening, evening.type("blue bicycle")[-1], "lock_wrong")
    assert SECRET in " ".join(evening.type("it's Red Umbrella"))
    assert SECRET in " ".join(evening.type("read tonight's appreciations"))  # it stays open for a while
    evening.wait(700)
    assert is_reply(evening, evening.type("delete everything")[-1], "lock_word")


def test_three_wrong_words_close_it_until_the_morning_but_not_for_the_keyboard(tmp_path: Path) -> None:
    evening = at_home(tmp_path, config=LOCKED)
    for wish in ("read tonight's appreciations", "forget that", "read tonight's appreciations"):
        evening.type(wish, "blue bicycle", "never mind")
    assert is_reply(evening, evening.type("read tonight's appreciations")[-1], "lock_closed")
    assert len(evening.loop.records.notes) == 1
    assert SECRET in " ".join(evening.address("read tonight's appreciations"))
    evening.close()
    tomorrow = Evening(tmp_path, config=LOCKED, now=MORNING)
    assert is_reply(tomorrow, tomorrow.type("read this week's appreciations")[-1], "lock_word")
    assert SECRET in " ".join(tomorrow.type("red umbrella"))


def test_a_lock_for_the_night_is_open_in_the_day(tmp_path: Path) -> None:
    config = replace(LOCKED, lock="night", recap_at=None)
    evening = at_home(tmp_path, config=config)
    assert SECRET in " ".join(evening.type("read tonight's appreciations"))
    evening.close()
    night = Evening(tmp_path, config=config, now=NIGHT)
    assert is_reply(night, night.type("read tonight's appreciations")[-1], "lock_word")
