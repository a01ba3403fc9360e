"""Lines that show something, and lines that could be about anybody."""

import pytest

from voice.dialogue.dictation import is_vague

NAMES = ("Alex", "Sam")


@pytest.mark.parametrize(
    "line",
    [
        "Sam was so nice to me today",
        "thank you for everything",
        "you are the best",
        "I appreciate that Sam is always kind",
        "just being you",
        "Sam's love",
        "everything",
        "Sam listened",
        "he's a great person",
        "",
    ],
)
def test_vague(line: str) -> None:
    assert is_vague(line, NAMES)


@pytest.mark.parametrize(
    "line",
    [
        "Sam made tea",
        "thank you for the tea",
        "Sam picked up the kids",
        "you called my mother when I could not",
        "a quiet evening without any plans",
        "we laughed about the broken umbrella",
        "Sam listened to me for a long time",
        "Alex was patient with my mother on the phone",
    ],
)
def test_telling(line: str) -> None:
    assert not is_vague(line, NAMES)
