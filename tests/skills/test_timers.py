"""Timers by voice: which of several is meant, and what a command left unsaid."""

import pytest

from tests.support.evening import Evening, mode
from voice.messages.recognition import Mode


def names(evening: Evening) -> list[str]:
    """The timers that run."""
    return [timer.name for timer in evening.house.journal.records().timers]


def two_timers(evening: Evening) -> None:
    evening.address("set a pasta timer for eight minutes")
    evening.address("set a timer for ten minutes")
    evening.wait(40)


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("cancel the pasta timer", ["ten minutes"]),
        ("cancel the timer for the pasta", ["ten minutes"]),
        ("cancel the first timer", ["ten minutes"]),
        ("cancel the second timer", ["pasta"]),
        ("cancel the last timer", ["pasta"]),
        ("cancel the ten minute timer", ["pasta"]),
        ("cancel the timer for ten minutes", ["pasta"]),
        ("cancel the eight minute one", ["ten minutes"]),
        ("cancel both timers", []),
        ("cancel all the timers", []),
        ("stop all of the timers", []),
    ],
)
def test_a_timer_is_meant_by_its_name_order_or_length(evening: Evening, line: str, left: list[str]) -> None:
    two_timers(evening)
    evening.address(line)
    assert names(evening) == left


def test_one_is_asked_about_when_several_could_be_meant(evening: Evening) -> None:
    two_timers(evening)
    asked = evening.address("cancel the timer")[0]
    assert "pasta" in asked
    assert "ten minutes" in asked
    assert len(names(evening)) == 2
    evening.address("the pasta one")
    assert names(evening) == ["ten minutes"]


@pytest.mark.parametrize(
    ("line", "left"), [("the first one", ["ten minutes"]), ("both", []), ("ten minutes", ["pasta"])]
)
def test_the_answer_may_be_an_order_a_length_or_all(evening: Evening, line: str, left: list[str]) -> None:
    two_timers(evening)
    evening.address("cancel the timer")
    evening.address(line)
    assert names(evening) == left


def test_without_an_answer_no_timer_is_cancelled(evening: Evening) -> None:
    two_timers(evening)
    evening.address("cancel the timer")
    evening.wait(60)
    assert len(names(evening)) == 2


def test_time_is_added_to_the_timer_that_was_named(evening: Evening) -> None:
    two_timers(evening)
    evening.address("add five minutes to the pasta timer")
    lengths = {timer.name: timer.seconds for timer in evening.house.journal.records().timers}
    assert lengths == {"pasta": 13 * 60, "ten minutes": 10 * 60}


@pytest.mark.parametrize(("answer", "minutes"), [("ten minutes", 10), ("half an hour please", 30), ("twelve", 12)])
def test_a_length_that_was_left_unsaid_is_asked_for(evening: Evening, answer: str, minutes: int) -> None:
    assert evening.address("set a timer for the rice")[0].endswith("?")
    evening.address(answer)
    [timer] = evening.house.journal.records().timers
    assert (timer.name, timer.seconds) == ("rice", minutes * 60)


def test_what_is_asked_for_may_be_let_go(evening: Evening) -> None:
    evening.address("set a timer")
    evening.address("never mind")
    assert names(evening) == []
    evening.wait(2)
    assert mode(evening) is Mode.IDLE


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("put the pasta on for eleven minutes would you", "pasta"),
        ("timer for the rice twelve minutes", "rice"),
        ("the chicken needs twenty five minutes", "chicken"),
        ("twenty minutes on the lasagne please", "lasagne"),
        ("set us a five minute timer", "five minutes"),
    ],
)
def test_a_timer_has_the_name_of_what_it_is_for(evening: Evening, line: str, name: str) -> None:
    evening.address(line)
    assert names(evening) == [name]


def test_what_a_timer_is_for_tells_which_is_meant(evening: Evening) -> None:
    evening.address("put the pasta on for eleven minutes")
    evening.address("timer for the rice twelve minutes")
    evening.address("the chicken needs twenty five minutes")
    evening.address("give the rice two more minutes")
    lengths = {timer.name: timer.seconds / 60 for timer in evening.house.journal.records().timers}
    assert lengths == {"pasta": 11, "rice": 14, "chicken": 25}


def test_the_only_timer_is_meant_whatever_it_is_for(evening: Evening) -> None:
    evening.address("set a timer for eleven minutes")
    (left,) = evening.address("how long for the pasta")
    assert "eleven minutes" in left
    assert "timer" not in left
    evening.address("set a tea timer for four minutes")
    assert any("eleven minute timer" in said for said in evening.address("how long is left"))


@pytest.mark.parametrize("line", ["five more minutes", "five minutes please"])
def test_a_mere_length_starts_a_timer_where_none_runs(evening: Evening, line: str) -> None:
    evening.address(line)
    assert names(evening) == ["five minutes"]
    evening.address("five more minutes")
    assert [timer.seconds for timer in evening.house.journal.records().timers] == [600]
