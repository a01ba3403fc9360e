"""In a session: a length in any words, and what people ask who have lost the thread."""

from pathlib import Path

import pytest

from tests.support.evening import Evening, mode, told
from voice.messages.recognition import Mode


@pytest.mark.parametrize(
    ("answer", "minutes"), [("I don't know, an hour?", 60), ("maybe half an hour", 30), ("let's say two hours", 120)]
)
def test_how_long_a_break_lasts_is_no_timer(tmp_path: Path, answer: str, minutes: int) -> None:
    evening = Evening(tmp_path)
    told(evening, "we need to cool off", answer, "no")
    assert not evening.loop.records.timers
    back = evening.loop.records.agreed_return
    assert back is not None
    assert round((back.at - evening.clock.now()).total_seconds() / 60) == minutes
    evening.close()


@pytest.mark.parametrize("asking", ["help", "wait, what are we supposed to do", "what am I supposed to say here"])
def test_help_in_a_session_says_the_question_too(tmp_path: Path, asking: str) -> None:
    evening = Evening(tmp_path)
    question = told(evening, "start our check-in")[-1]
    assert told(evening, asking)[-1] == question
    assert mode(evening) is Mode.TURN
    told(evening, *["done"] * 5)
    question = told(evening, "done")[-1]
    assert mode(evening) is Mode.WORDS
    assert told(evening, asking)[-1] == question
    assert mode(evening) is Mode.WORDS
    evening.close()
