"""Sentences about somebody who is neither of the two."""

import pytest

from voice.language.third_persons import is_of_a_mind, is_of_others


@pytest.mark.parametrize(
    ("text", "of_others", "of_a_mind"),
    [
        ("he thinks he's done with me", True, True),
        ("and my mother still believes it", True, True),
        ("they've finished with us at the office", True, False),
        ("the neighbour feels left out", True, True),
        ("you think you own me", False, False),
        ("sam thinks so too", False, False),
        ("i think he owns it", False, False),
    ],
)
def test_what_is_told_of_somebody_else(text: str, of_others: bool, of_a_mind: bool) -> None:
    assert is_of_others(text) is of_others
    assert is_of_a_mind(text) is of_a_mind
