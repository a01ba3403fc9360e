"""Rituals, projects, plans and unplugged evenings: each as a couple would go through it, by keyboard."""

import pytest

from tests.support.evening import Evening, as_said, is_reply, mode, script
from tests.support.together import is_over, kept, wordings
from voice.commands.keyboard import settle
from voice.content.steps import ListenFor, Remind, SayLine
from voice.messages.recognition import Mode

# ---- rituals and plans --------------------------------------------------------------------------------


def test_a_ritual_without_a_time_is_not_planned(evening: Evening) -> None:
    evening.type("make a ritual")
    assert mode(evening) is Mode.WORDS
    evening.type("a walk around the block")
    assert mode(evening) is Mode.ANSWER
    evening.type("every day", "pass")
    assert is_over(evening, "make_ritual")


def test_a_ritual_that_nobody_names_is_dropped_without_a_question(evening: Evening) -> None:
    evening.type("make a ritual", "pass")
    assert is_over(evening, "make_ritual")
    assert evening.loop.state.awaited is None


def test_a_ritual_asks_how_often_in_three_plain_ways(evening: Evening) -> None:
    evening.type("make a ritual", "tea on the balcony")
    evening.type("weekly")
    assert "day" in evening.said[-1] or "When" in evening.said[-1]
    walk = evening.loop.state.walk
    assert walk
    assert walk.values["ritual"] == "tea on the balcony"
    assert walk.values["often"] == "week"


def test_a_ritual_comes_when_and_as_often_as_they_said(evening: Evening) -> None:
    evening.type("make a ritual", "a slow walk", "every week", "friday at seven", "twenty minutes")
    assert "a slow walk" in evening.said[-1]
    assert "twenty minutes" in evening.said[-1]
    evening.type("yes")
    assert is_over(evening, "make_ritual")
    (ritual,) = evening.loop.records.reminders
    assert (ritual.text, ritual.kind, ritual.seconds) == ("a slow walk", "ritual", 1200)
    assert ritual.every.startswith("FREQ=WEEKLY;BYDAY=FR")
    assert (ritual.at.weekday(), ritual.at.hour % 12) == (4, 7)


@pytest.mark.parametrize(
    ("answers", "begins", "rule"),
    [
        (("every morning at seven",), "2026-11-24T07:00", "FREQ=DAILY"),
        (("on Sundays", "ten in the morning I guess"), "2026-11-29T10:00", "FREQ=WEEKLY;BYDAY=SU"),
        (("Sundays, maybe", "Saturday at ten in the morning"), "2026-11-28T10:00", "FREQ=WEEKLY;BYDAY=SA"),
        (("mondays and thursdays", "at six in the evening"), "2026-11-26T18:00", "FREQ=WEEKLY;BYDAY=MO,TH"),
        (
            ("once a month", "the first Sunday at ten in the morning"),
            "2026-12-06T10:00",
            "FREQ=MONTHLY;BYDAY=1SU",
        ),
    ],
)
def test_no_day_and_no_time_that_they_said_is_lost(
    evening: Evening, answers: tuple[str, ...], begins: str, rule: str
) -> None:
    evening.type("make a ritual", "a slow walk", *answers, "I don't know, half an hour?", "yes")
    (reminder,) = evening.loop.records.reminders
    assert reminder.at.isoformat().startswith(begins)
    assert reminder.every.startswith(rule)
    assert reminder.seconds == 1800


def test_a_time_that_nobody_understands_is_told_of(evening: Evening) -> None:
    evening.type("make a ritual", "a slow walk", "every month", "the thirtieth of February at noon", "pass", "yes")
    settle(evening.loop, evening.clock)
    assert not evening.loop.records.reminders
    assert any(is_reply(evening, line, "reminder_not_set") for line in evening.said)


def test_a_ritual_that_was_heard_wrong_is_not_planned(evening: Evening) -> None:
    evening.type("make a ritual", "a slow walk", "every day", "at eight", "pass", "no")
    assert is_over(evening, "make_ritual")
    assert evening.loop.records.reminders == ()


def test_the_weekly_check_in_of_the_plan_is_reminded_of(evening: Evening) -> None:
    for _ in range(3):
        evening.type("start us off", "no")
    evening.type("start us off", "sunday at six")
    (reminder,) = evening.loop.records.reminders
    assert (reminder.text, reminder.offers) == ("the weekly check-in", "weekly")
    assert reminder.every.startswith("FREQ=WEEKLY;BYDAY=SU")
    assert reminder.offers in {each.id for each in evening.house.content.scripts}


def remind(evening: Evening, name: str) -> Remind:
    return next(step for step in script(evening, name).steps if isinstance(step, Remind))


def test_a_ritual_is_reminded_of_when_and_as_often_as_they_said(evening: Evening) -> None:
    step = remind(evening, "make_ritual")
    assert (step.name, step.note, step.at, step.every) == ("ritual", "ritual", "when", "often")


def test_a_ritual_is_read_back_with_its_length_where_it_has_one(evening: Evening) -> None:
    asked = [line for line in wordings(evening, "make_ritual", ListenFor) if "{ritual}" in line]
    assert all("{often}" in line and "{when}" in line for line in asked)
    assert sum("{length}" in line for line in asked) == 3


def test_a_project_is_talked_about_and_its_next_step_kept(evening: Evening) -> None:
    evening.type("project check", "done", "done")
    assert mode(evening) is Mode.WORDS
    evening.type("we buy the wood for the shelf", "yes")
    assert is_over(evening, "project_check")
    assert [text for _, text in kept(evening)] == ["we buy the wood for the shelf"]


def test_a_ritual_review_hears_both_and_keeps_nothing(evening: Evening) -> None:
    evening.type("ritual review", "done", "done", "done", "pass", "done")
    assert is_over(evening, "ritual_review")
    assert kept(evening) == []


def test_the_plan_has_four_steps_one_each_time(evening: Evening) -> None:
    evening.type("start us off")
    assert mode(evening) is Mode.YES_NO
    evening.type("yes")
    assert mode(evening) is Mode.TURN
    evening.type("done", "done")
    assert is_over(evening, "plan")

    evening.type("what's our plan")
    assert "hug" in evening.said[-1]
    evening.type("yes")
    assert mode(evening) is Mode.SESSION
    evening.wait(25)
    assert [chime["name"] for chime in evening.events("chime")][-1] == "time"
    assert is_over(evening, "plan")

    decks = evening.house.content.decks
    prompts = {text for deck in decks for prompt in deck.prompts for text in as_said(prompt.text)}
    evening.type("what's our plan", "yes")
    assert {*evening.said[-2:]} & prompts
    evening.type("done")
    assert is_over(evening, "plan")

    evening.type("what's our plan")
    assert mode(evening) is Mode.ANSWER
    evening.type("pass")
    assert is_over(evening, "plan")
    step = remind(evening, "plan")
    assert (step.every, step.at, step.offers) == ("week", "when", "weekly")


def test_a_step_of_the_plan_can_wait(evening: Evening) -> None:
    evening.type("start us off", "no")
    assert is_over(evening, "plan")
    evening.type("what's our plan", "no")
    assert is_over(evening, "plan")
    assert evening.events("asked") == []


def test_an_unplugged_evening_begins_with_an_idea_and_a_long_timer(evening: Evening) -> None:
    evening.type("start our unplugged evening")
    evening.wait(5)
    assert any(line in wordings(evening, "unplugged", SayLine) for line in evening.said)
    (timer,) = evening.loop.records.timers
    assert (timer.name, timer.seconds) == ("unplugged evening", 3 * 3600)


@pytest.mark.parametrize("line", ["when's our next date night", "when is date night again"])
def test_when_something_comes_next_is_told(evening: Evening, line: str) -> None:
    evening.type("set date night for friday at seven")
    evening.type("remind us on wednesday at nine to water the plants")
    (told,) = evening.address(line)
    assert "date night, on Friday" in told
    assert "plants" not in told
    (unknown,) = evening.address("when is our next picnic")
    assert is_reply(evening, unknown, "no_reminder")


@pytest.mark.parametrize(
    ("line", "first", "rule"),
    [
        ("date night every second friday at eight", 27, "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"),
        ("date night on the first friday of the month at eight", 4, "FREQ=MONTHLY;BYDAY=1FR"),
        ("date night every friday at eight", 27, "FREQ=WEEKLY;BYDAY=FR"),
    ],
)
def test_all_that_is_said_of_when_counts(evening: Evening, line: str, first: int, rule: str) -> None:
    evening.address(line)
    (kept_reminder,) = evening.loop.records.reminders
    assert kept_reminder.every.startswith(rule)
    assert (kept_reminder.at.day, kept_reminder.at.hour) == (first, 20)
