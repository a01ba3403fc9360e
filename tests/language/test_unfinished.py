"""Whether a sentence stops in the middle."""

import pytest

from voice.language.unfinished import is_unfinished

STOPPED = (
    "ask us a question about",
    "I appreciate that you made dinner and",
    "could you give us the",
    "remind us to",
    "Put this in the jar: I",
    "we'd like something for, um",
    "let's",
)
WHOLE = (
    "",
    "from now on",
    "I think so",
    "that's where we are",
    "what is it",
    "give us another one please",
    "I love you",
    "done",
)


@pytest.mark.parametrize("text", STOPPED)
def test_a_sentence_that_stops_in_the_middle_is_unfinished(text: str) -> None:
    assert is_unfinished(text)


@pytest.mark.parametrize("text", WHOLE)
def test_a_whole_sentence_is_finished(text: str) -> None:
    assert not is_unfinished(text)
