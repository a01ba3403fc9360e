"""Check-ins as a couple would tell them, by keyboard: from the first line to the end."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.check_ins import BEGINNINGS, begin, is_over, kept, speakers
from tests.support.evening import DINNER, Evening, mode, script
from voice.messages.recognition import Mode


def begun(evening: Evening) -> str:
    """The id of the session that is going on, "" for none."""
    walk = evening.loop.state.walk
    return walk.script.id if walk else ""


# ---- how each begins, and that talk does not begin it -------------------------------------------------


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, lines in BEGINNINGS.items() for line in lines])
def test_a_line_begins_it_and_stop_leaves_it_with_a_kind_word(evening: Evening, name: str, line: str) -> None:
    evening.type(line)
    assert begun(evening) == name
    if script(evening, name).calm:
        evening.type("yes")
    evening.loop.typed("stop")
    assert evening.said[-1] in script(evening, name).left
    assert mode(evening) is Mode.IDLE


@pytest.mark.parametrize("name", ["weekly", "temperature", "date_money", "date_trust", "date_conflict"])
def test_a_sensitive_one_asks_whether_the_moment_is_calm_and_a_no_ends_it_kindly(evening: Evening, name: str) -> None:
    (question,) = evening.type(BEGINNINGS[name][0])
    assert "calm" in question
    (kindly,) = evening.type("no")
    assert kindly in evening.house.content.replies["calm_no"]
    assert mode(evening) is Mode.IDLE
    assert evening.wait(600) == []


# ---- the check-ins of a day ---------------------------------------------------------------------------


def test_the_daily_check_in_hands_over_by_name_and_ends_with_a_thank_you_each(evening: Evening) -> None:
    begin(evening, "daily check-in")
    assert speakers(evening, 6) == ["Alex", "Sam", "Sam", "Alex", "Alex", "Sam"]
    assert mode(evening) is Mode.WORDS
    evening.type("Alex fixed the lamp", "yes", "pass")
    assert is_over(evening, "daily")
    assert [note[:2] for note in kept(evening)] == [("appreciation", "Sam")]


@pytest.mark.parametrize(
    ("line", "first_turn"),
    [("start a fifteen minute check-in", 120), ("thirty minute check-in", 240), ("ten minute daily check-in", 80)],
)
def test_the_length_of_a_check_in_is_said_as_it_begins(evening: Evening, line: str, first_turn: float) -> None:
    begin(evening, line)
    walk = evening.loop.state.walk
    assert walk is not None
    assert walk.length == pytest.approx(first_turn)
    evening.type("make it five minutes")
    walk = evening.loop.state.walk
    assert walk is not None
    assert walk.length == pytest.approx(40)


def test_a_check_in_can_say_who_begins(evening: Evening) -> None:
    begin(evening, "daily check-in Sam first")
    assert speakers(evening, 2) == ["Sam", "Alex"]


def test_the_short_check_in_is_two_rounds_and_keeps_nothing(evening: Evening) -> None:
    begin(evening, "short check-in")
    assert speakers(evening, 4) == ["Alex", "Sam", "Sam", "Alex"]
    assert is_over(evening, "short_check_in")
    assert kept(evening) == []


def test_over_coffee_it_is_the_night_the_day_and_what_helps(evening: Evening) -> None:
    coffee = begin(evening, "coffee check-in")
    asked = []
    for _ in range(3):
        asked.append(evening.said[-1].replace(begin_of(evening), "{name}").replace(other_of(evening), "{other}"))
        speakers(evening, 2)
    assert [line in step.wordings for line, step in zip(asked, coffee.steps, strict=False)] == [True, True, True]
    assert is_over(evening, "coffee")


def begin_of(evening: Evening) -> str:
    walk = evening.loop.state.walk
    assert walk is not None
    return walk.speaker


def other_of(evening: Evening) -> str:
    return "Sam" if begin_of(evening) == "Alex" else "Alex"


def test_just_a_hug_is_a_line_a_silence_and_a_line(evening: Evening) -> None:
    begin(evening, "just a hug tonight")
    said = len(evening.said)
    assert evening.wait(30) == []
    assert len(evening.wait(10)) == 1
    assert len(evening.said) == said + 1
    assert [chime["name"] for chime in evening.events("chime")] == ["hello", "time"]
    assert is_over(evening, "just_a_hug")


def test_a_shorter_hug_is_still_twenty_seconds_about(evening: Evening) -> None:
    begin(evening, "just a hug of ten seconds")
    assert evening.wait(15) == []
    assert len(evening.wait(5)) == 1


def test_feelings_are_told_back_before_the_other_one_tells(evening: Evening) -> None:
    begin(evening, "how are we really doing")
    assert "phone" in " ".join(evening.said).lower() or "screen" in " ".join(evening.said).lower()
    lengths = []
    names = []
    for _ in range(4):
        walk = evening.loop.state.walk
        assert walk is not None
        lengths.append(walk.length)
        names += speakers(evening, 1)
    assert names == ["Alex", "Sam", "Sam", "Alex"]
    assert lengths == [180, 60, 180, 60]
    assert is_over(evening, "feelings")
    assert kept(evening) == []


# ---- weekly -------------------------------------------------------------------------------------------


def test_the_weekly_check_in_ends_with_a_need_each_that_the_next_one_reads(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    begin(evening, "weekly check-in")
    assert speakers(evening, 6) == ["Alex", "Sam", "Sam", "Alex", "Alex", "Sam"]
    assert mode(evening) is Mode.WORDS
    evening.type("an evening for myself", "yes", "a walk on sunday", "yes")
    assert is_over(evening, "weekly")
    assert kept(evening) == [("need", "Sam", "an evening for myself"), ("need", "Alex", "a walk on sunday")]
    evening.close()
    next_week = Evening(tmp_path, now=DINNER + timedelta(days=7))
    before = len(next_week.said)
    begin(next_week, "weekly check-in")
    told = " ".join(next_week.said[before:])
    assert "an evening for myself" in told
    assert "a walk on sunday" in told
    assert next_week.said[-1].startswith("Sam, ")  # who begins alternates
    next_week.close()


def test_the_first_weekly_check_in_has_nothing_to_read(evening: Evening) -> None:
    evening.type("weekly check-in")
    introduction, question = evening.type("yes")
    assert introduction in script(evening, "weekly").first
    assert question.startswith("Alex, ")


def test_what_both_need_is_finished_in_one_line_and_a_pass_keeps_nothing(evening: Evening) -> None:
    begin(evening, "ask us what we need")
    assert speakers(evening, 2) == ["Alex", "Sam"]
    assert evening.said[-1].startswith("Sam, ")
    assert evening.said[-1].endswith("...")
    evening.type("somebody else cooked on tuesday", "yes")
    assert evening.type("pass")[-1] in script(evening, "needs").steps[-1].lines
    assert [note[:2] for note in kept(evening)] == [("need", "Sam")]


def test_a_truth_may_be_passed_and_nobody_comes_back_to_it(evening: Evening) -> None:
    begin(evening, "weekly truth")
    assert evening.wait(10) == []
    evening.wait(7)
    assert "Alex" in evening.said[-1]
    (second,) = evening.type("pass")
    assert "Sam" in second
    (goodbye,) = evening.type("pass")
    assert "pass" not in goodbye.lower()
    assert is_over(evening, "weekly_truth")
    assert evening.wait(900) == []
    assert kept(evening) == []


# ---- the five parts -----------------------------------------------------------------------------------


def test_the_five_parts_come_in_order_and_what_is_to_change_is_never_kept(evening: Evening, tmp_path: Path) -> None:
    begin(evening, "temperature reading")
    assert mode(evening) is Mode.WORDS
    assert "thank" in evening.said[-1].lower() or "glad" in evening.said[-1] or "thanks" in evening.said[-1].lower()
    evening.type("Sam watered the plants", "yes", "Alex sang in the car", "yes")
    openings = []
    for _ in range(4):
        openings.append(" ".join(evening.said[-2:]).lower())
        assert mode(evening) is Mode.TURN
        assert evening.type("when the door is left open I feel cold and I'd like it closed") == []
        assert len(set(speakers(evening, 2))) == 2
    news, puzzles, change, hopes = openings
    assert "news" in news
    assert "puzzle" in puzzles
    assert "thank you" in change  # a line for the listener before the wish for a change
    assert "i feel" in change or "what you feel" in change
    assert "hop" in hopes or "part five" in hopes
    assert mode(evening) is Mode.WORDS
    evening.type("a week by the sea", "yes", "pass")
    assert is_over(evening, "temperature")
    assert [kind for kind, _, _ in kept(evening)] == ["appreciation", "appreciation", "wish"]
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert b"door is left open" not in file.read_bytes()


def test_nothing_is_a_good_answer_in_every_part(evening: Evening) -> None:
    begin(evening, "temperature reading")
    heard = len(evening.said)
    for _ in range(12):
        evening.type("nothing this time")
    assert is_over(evening, "temperature")
    assert kept(evening) == []
    assert len(evening.said) - heard == 13  # what comes next each time, the line before the change, and no word more
