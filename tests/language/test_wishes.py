"""The part of a long sentence that asks for something; what is told, or what somebody else said, is none."""

import pytest

from voice.language.wishes import wishes


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("today was awful but let's each find three good bits", "let's each find three good bits"),
        ("i got a bonus and i've no idea why so can you read the jar", "can you read the jar"),
        ("we haven't looked at each other in days do that staring one", "do that staring one"),
        ("the rice is on so set a timer for ten minutes", "set a timer for ten minutes"),
        ("give me another minute i'm working out how to say it", "give me another minute"),
        ("my mother rang and rang so where were we", "where were we"),
    ],
)
def test_a_part_that_asks_is_found(text: str, part: str) -> None:
    assert part in wishes(text)


@pytest.mark.parametrize(
    "text",
    [
        "he said can you read the jar",
        "she goes let's go home",
        "i hate it when people say can i ask you something",
        "they never tell us anything",
        "he wants to ask us something",
        "we cancelled our date night",
        "read the jar",
    ],
)
def test_what_is_told_or_is_the_whole_is_no_part(text: str) -> None:
    assert wishes(text) == []
