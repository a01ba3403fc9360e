"""Self-repair: what is taken back is not done, what replaces it is."""

import pytest

from voice.messages.meaning import Addressing, Match
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.meaning.repairs import repairs
from voice.nlu.understanding import Understanding


def test_every_way_to_put_it_right_is_a_candidate() -> None:
    assert repairs("Read the jar, no wait, the list") == [
        "the list",
        "Read the list",
        "Read the the list",
    ]


@pytest.mark.parametrize(
    "text",
    ["read the jar", "no wait", "no sorry that was me", "say no", "we love it i mean", "I appreciate you, oh wait"],
)
def test_what_has_nothing_before_or_after_the_mark_is_no_repair(text: str) -> None:
    assert repairs(text) == []


@pytest.mark.parametrize(
    ("text", "mode", "intent", "slots"),
    [
        ("read the bucket list, no wait, the jar", Mode.IDLE, "open_jar", {}),
        ("add Oslo, I mean Bergen, to the bucket list", Mode.IDLE, "bucket_add", {"text": "Bergen"}),
        ("start the weekly check-in, sorry, no, the bedtime check-in", Mode.IDLE, "bedtime", {}),
        ("ask us something silly, or rather something deep", Mode.IDLE, "ask", {"depth": "deep"}),
        ("another one, I mean say that again", Mode.QUESTION, "again", {}),
        ("set a timer for an hour, make that half an hour", Mode.IDLE, "start_timer", {"duration": 1800.0}),
        ("set a timer for ten minutes, no, make it fifteen", Mode.IDLE, "start_timer", {"duration": 900.0}),
        ("cancel the tea timer, no sorry, the pasta timer", Mode.IDLE, "cancel_timer", {"timer": "pasta"}),
        ("pass, no wait, I'm not done", Mode.TURN, "more_time", {}),
    ],
)
def test_the_words_after_the_mark_count(
    understanding: Understanding, text: str, mode: Mode, intent: str, slots: dict[str, object]
) -> None:
    result = understanding.understand((Hypothesis(text, "keyboard"),), mode, addressing=Addressing.ADDRESSED)
    assert isinstance(result, Match), result
    assert (result.intent, {name: result.slots.get(name) for name in slots}) == (intent, slots)
    assert result.explanation is not None
    assert result.explanation.hypotheses[0].text == text


def test_what_is_dictated_is_kept_as_it_was_said(understanding: Understanding) -> None:
    line = "the soup, I mean the bread, was lovely"
    result = understanding.understand((Hypothesis(line, "keyboard"),), Mode.WORDS)
    assert isinstance(result, Match)
    assert result.slots["text"] == line
