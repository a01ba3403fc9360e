"""Two wishes in one breath: both are done, one after the other; one wish with "and" in it stays one."""

import pytest

from tests.support.evening import Evening
from voice.messages.meaning import Addressing, Match
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.meaning.two_wishes import two_wishes
from voice.nlu.understanding import Understanding


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Stop the tea timer and then read us the jar", ("Stop the tea timer", "read us the jar")),
        ("Read us the jar, then ask us a question.", ("Read us the jar", "ask us a question.")),
        ("start a check-in and when we're done set a timer", ("start a check-in", "set a timer")),
        ("add bread and butter to the bucket list", None),
        ("remind us to lock the door and feed the cat", None),
    ],
)
def test_where_the_second_wish_begins(text: str, parts: tuple[str, str] | None) -> None:
    assert two_wishes(text) == parts


def test_each_has_to_be_a_wish_of_its_own(understanding: Understanding) -> None:
    def meant(text: str) -> tuple[str, str]:
        result = understanding.understand((Hypothesis(text, "keyboard"),), Mode.IDLE, addressing=Addressing.ADDRESSED)
        assert isinstance(result, Match)
        return result.intent, result.then.intent if result.then else ""

    assert meant("set a timer for ten minutes and ask us a question") == ("start_timer", "ask")
    assert meant("I appreciate that Sam cooked and the kids set the table") == ("appreciate_that", "")


def test_both_are_done(evening: Evening) -> None:
    evening.address("set a tea timer for ten minutes and ask us a question")
    assert [timer.name for timer in evening.loop.records.timers] == ["tea"]
    assert len(evening.loop.records.asked) == 1


def test_the_second_waits_until_the_first_is_answered(evening: Evening) -> None:
    evening.address("I appreciate that Sam picked up the kids and set a tea timer for ten minutes")
    assert evening.loop.records.timers == ()
    evening.type("yes")
    assert len(evening.events("kept")) == 1
    assert [timer.name for timer in evening.loop.records.timers] == ["tea"]


def test_a_third_one_comes_last(evening: Evening) -> None:
    evening.address("set a tea timer for ten minutes and ask us a question and set a pasta timer for five minutes")
    evening.wait(5)
    assert [timer.name for timer in evening.loop.records.timers] == ["tea", "pasta"]
    assert len(evening.loop.records.asked) == 1


def test_the_stop_key_ends_both(evening: Evening) -> None:
    evening.address("I appreciate that Sam picked up the kids and set a tea timer for ten minutes")
    evening.loop.press("stop")
    evening.wait(5)
    assert evening.loop.records.timers == ()


def test_stop_ends_both(evening: Evening) -> None:
    evening.address("I appreciate that Sam picked up the kids and set a tea timer for ten minutes")
    evening.type("stop")
    evening.wait(5)
    assert evening.loop.records.timers == ()
