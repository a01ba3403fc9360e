"""Evenings in which people say it in other words than one expects: taken back, nearly right, named twice."""

import pytest

from tests.support.evening import Evening, mode, say
from voice.messages.recognition import Mode

TO_THE_CHECK = ("let's do a listening round", "done", "done")
"""To the place where Alex is asked whether Sam has understood."""


def texts(evening: Evening) -> list[str]:
    return [note.text for note in evening.loop.journal.records().notes]


# ---- a deletion is taken back --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "back",
    ["give it back please", "I've changed my mind, bring it back", "I've changed my mind, I want to keep it"],
)
def test_what_was_deleted_is_given_back(evening: Evening, back: str) -> None:
    say(evening, "I appreciate that Sam made soup", "yes", "forget that", "yes")
    assert texts(evening) == []
    evening.address(back)
    assert texts(evening) == ["Sam made soup"]


def test_undo_deletes_the_last_line_and_then_gives_it_back(evening: Evening) -> None:
    say(evening, "I appreciate that Sam made soup", "yes")
    assert "Sam made soup" in say(evening, "undo that")
    say(evening, "yes")
    assert texts(evening) == []
    say(evening, "undo that")
    assert texts(evening) == ["Sam made soup"]


# ---- named twice ---------------------------------------------------------------------------------------


def test_a_question_for_the_deck_is_a_question_of_their_own(evening: Evening) -> None:
    evening.address("put one of our questions in the deck")
    assert mode(evening) is Mode.WORDS
    say(evening, "what made us laugh this year", "yes")
    assert [own.text for own in evening.loop.journal.records().own_prompts] == ["What made us laugh this year?"]


@pytest.mark.parametrize(
    ("line", "item"),
    [
        ("list seeing the northern lights on our bucket list", "seeing the northern lights"),
        ("I'd like to add a trip to Rome to our bucket list", "a trip to Rome"),
        ("bucket list: sleep in a treehouse", "sleep in a treehouse"),
    ],
)
def test_what_was_said_is_not_asked_for_again(evening: Evening, line: str, item: str) -> None:
    assert item in " ".join(evening.address(line))
    say(evening, "yes")
    assert texts(evening) == [item]


def test_a_sentence_of_its_own_gets_no_beginning(evening: Evening) -> None:
    evening.type("let's do appreciation time")
    answer = say(evening, "I appreciate what I really value in you is your patience")
    assert "what I really value in you is your patience" in answer
    assert "I appreciate" not in answer


# ---- nearly right --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "nearly",
    ["I think Sam understood", "I think Bo understood", "she got most of it", "he did", "pretty much", "spot on"],
)
def test_nearly_understood_is_understood(evening: Evening, nearly: str) -> None:
    assert "thank" in say(evening, *TO_THE_CHECK, nearly)


@pytest.mark.parametrize("not_quite", ["almost", "kind of", "not quite", "I don't know"])
def test_not_quite_is_said_once_more(evening: Evening, not_quite: str) -> None:
    answer = say(evening, *TO_THE_CHECK, not_quite)
    assert "Alex" in answer
    assert "Sam" in answer
    assert "thank" not in answer
    assert mode(evening) is Mode.TURN


@pytest.mark.parametrize("nearly", ["pretty much", "I think so", "mostly"])
def test_nearly_is_no_consent_to_keep_a_line(evening: Evening, nearly: str) -> None:
    say(evening, "I appreciate that Sam made soup", nearly)
    assert mode(evening) is Mode.YES_NO
    assert texts(evening) == []
