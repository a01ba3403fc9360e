"""Kept lines that are read and handed over, and the bucket list, by keyboard through the real house."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.evening import DINNER, Evening
from tests.support.lines import keep, kept, note, texts
from tests.support.typed_program import files_with
from voice.language.times import speak_day
from voice.messages.actions import Say
from voice.messages.events import Understood
from voice.messages.meaning import Match
from voice.messages.records import Note

LINE = Match("words", {"text": "the cake is yours"}, "the cake is yours", "")


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


# ---- recaps -------------------------------------------------------------------------------------------


def test_what_was_logged_is_read_five_at_a_time(evening: Evening) -> None:
    keep(evening, *(note(f"tea {n}", who="Alex", for_whom="Sam") for n in "abcdefg"))
    first = evening.type("what did we log this week")
    assert sum("tea" in line for line in first) == 5
    rest = evening.type("yes")
    assert sum("tea" in line for line in rest) == 2
    assert not rest[-1].endswith("?")
    evening.type("what did we log this week")
    assert len(evening.type("no")) == 1


def test_the_month_has_its_small_wins(evening: Evening) -> None:
    keep(evening, note("making soup", days=20, who="Alex", for_whom="Sam"), note("we ran a mile", "win", days=12))
    keep(evening, note("long ago", days=40, who="Alex", for_whom="Sam"))
    read = " ".join(evening.type("read the appreciations of this month"))
    assert "making soup" in read
    assert "we ran a mile" in read
    assert "long ago" not in read


def test_on_this_day_prefers_other_years(evening: Evening) -> None:
    keep(evening, Note("", "", "the first snow", "line", DINNER.replace(month=9), kind="moment"))
    read = " ".join(evening.type("on this day"))
    assert "the first snow" in read
    assert "twenty-third of September" in read
    keep(evening, Note("", "", "the big storm", "line", DINNER.replace(year=2025), kind="moment"))
    read = " ".join(evening.type("on this day"))
    assert "the big storm" in read
    assert "last year" in read
    assert "snow" not in read


def test_an_old_appreciation_and_an_old_memory(evening: Evening) -> None:
    keep(evening, note("yesterday's tea", days=1, who="Alex", for_whom="Sam"))
    assert "tea" not in " ".join(evening.type("read us an old appreciation"))
    keep(evening, note("carrying the boxes", days=30, who="Alex", for_whom="Sam"), note("the lake", "moment", days=50))
    assert "carrying the boxes" in " ".join(evening.type("read us an old appreciation"))
    assert "the lake" in " ".join(evening.type("an old memory please"))


@pytest.mark.parametrize(
    ("day", "spoken"),
    [
        (DINNER, "today"),
        (DINNER - timedelta(days=1), "yesterday"),
        (DINNER.replace(month=5, day=3), "the third of May"),
        (DINNER.replace(year=2025, month=12, day=31), "the thirty-first of December, last year"),
        (DINNER.replace(year=2023), "the twenty-third of November, twenty twenty-three"),
    ],
)
def test_days_as_people_say_them(day: datetime, spoken: str) -> None:
    assert speak_day(day, DINNER) == spoken


# ---- notes for the partner ----------------------------------------------------------------------------


def test_a_note_is_handed_over_once_at_the_next_hello(evenings: Callable[[datetime], Evening], tmp_path: Path) -> None:
    evening = evenings(DINNER)
    evening.type("leave a note for Sam", "the cake in the tin is all yours", "yes")
    assert "cake" not in " ".join(evening.type("hello hearthside it's Alex"))
    later = evenings(DINNER + timedelta(hours=2))
    assert "cake" in later.type("hi hearthside it's Sam")[0]
    later.type("no")
    assert "cake" not in " ".join(later.type("hi hearthside it's Sam"))
    assert "cake" in later.type("any notes for Sam")[0]
    later.wait(60)
    morning = evenings(DINNER + timedelta(hours=12))
    assert kept(morning).notes == ()
    assert morning.said == []
    assert files_with("cake in the tin", tmp_path) == []


def test_a_note_is_read_back_in_a_low_voice(evening: Evening) -> None:
    def register() -> str:
        decided = evening.loop.assistant.decide(
            evening.loop.state, Understood(LINE, evening.clock.at()), evening.loop.records, DINNER
        )
        return next(action.register for action in decided.actions if isinstance(action, Say))

    evening.type("remember this moment")
    assert register() == "dinner"
    evening.type("never mind", "leave a note for Sam")
    assert register() == "bedtime"


@pytest.mark.parametrize("answer", ["yes", "thank you", "thanks for the note"])
def test_a_yes_keeps_a_note_and_so_do_thanks(evening: Evening, answer: str) -> None:
    evening.type("leave a note for Sam", "you make me laugh", "yes", "hello hearthside it's Sam", answer)
    assert texts(evening, "letter") == ["you make me laugh"]
    assert "you make me laugh" in " ".join(evening.type("read the notes we kept"))


def test_a_note_is_read_to_nobody_else(evening: Evening) -> None:
    evening.type("leave a note for Sam", "the cake is all yours", "yes")
    asked = evening.type("good morning hearthside")
    assert "Sam" in asked[0]
    assert asked[0].endswith((".", "?"))
    assert "cake" not in " ".join([*asked, *evening.type("no")])
    evening.type("any notes for me")
    assert "cake" in evening.type("yes")[0]


def test_silence_after_a_note_is_called_hands_nothing_over(evening: Evening) -> None:
    evening.type("leave a note for Sam", "the cake is all yours", "yes", "hello hearthside")
    assert "cake" not in " ".join(evening.wait(60))


def test_a_morning_note_waits_for_the_morning(evenings: Callable[[datetime], Evening]) -> None:
    evening = evenings(DINNER)
    evening.type("leave a morning note for Sam", "sleep was made for you", "yes")
    assert "sleep" not in " ".join(evening.type("hello hearthside it's Sam"))
    morning = evenings(DINNER + timedelta(hours=12))
    assert "sleep was made" in morning.type("good morning hearthside it's Sam")[0]


def test_a_hello_without_a_note_is_a_hello(evening: Evening) -> None:
    assert len(evening.type("good morning hearthside")) == 1
    assert len(evening.type("hi hearthside it's Sam")) == 1


# ---- the bucket list ----------------------------------------------------------------------------------


def test_the_bucket_list(evening: Evening) -> None:
    for wish in ("skydiving", "a night in a tree house", "seeing the northern lights", "learning to sail"):
        assert wish in evening.type(f"add {wish} to our bucket list")[0]
        evening.type("yes")
    first = evening.type("read our bucket list")
    assert len(first) == 5  # an opening, three, and whether to go on
    assert "learning to sail" in " ".join(evening.type("yes"))
    evening.type("check off skydiving")
    assert "skydiving" in evening.said[-1]
    assert "skydiving" not in " ".join(evening.type("read our bucket list"))
    evening.type("no")
    assert "tree house" in evening.type("take the tree house off our bucket list")[0]
    evening.type("yes")
    assert texts(evening, "bucket") == ["skydiving", "seeing the northern lights", "learning to sail"]


def test_what_is_on_no_list_is_talk_unless_a_list_was_named(evening: Evening) -> None:
    assert evening.type("check off the oven light") == []
    assert len(evening.type("check skydiving off our bucket list")) == 1
    assert len(evening.address("check off the oven light")) == 1  # somebody speaks to it, and is answered


def test_one_of_our_old_memories(evening: Evening) -> None:
    """The sentence names no kind of line; it once ended the program."""
    assert len(evening.type("read us one of our old memories")) == 1


def test_an_appreciation_that_no_frame_has_is_the_whole_sentence(evening: Evening) -> None:
    """The head knows what is meant, and no frame says for what: "gold star for Sam" once ended the program."""
    evening.address("gold star for Sam she babysat my niece")
    assert "babysat my niece" in evening.said[-1]
    evening.type("yes")
    assert [(note.who, note.for_whom) for note in evening.loop.journal.records().notes] == [("Alex", "Sam")]
