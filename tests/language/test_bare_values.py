"""Values that are said with nothing around them but hedges."""

from datetime import datetime

import pytest

from voice.language.bare_values import duration_alone, moment_alone, option_alone

NOW = datetime(2026, 11, 23, 19, 30).astimezone()


@pytest.mark.parametrize(
    ("said", "minutes"),
    [
        ("I don't know, an hour?", 60),
        ("um, maybe half an hour or so", 30),
        ("let's say twenty minutes", 20),
        ("give us about forty minutes please", 40),
        ("a timer for an hour", None),
        ("we talked for an hour", None),
        ("ten minutes or twenty minutes", None),
        ("no idea", None),
    ],
)
def test_a_length_among_hedges(said: str, minutes: int | None) -> None:
    assert duration_alone(said) == (None if minutes is None else 60 * minutes)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("on Sundays I guess", "on Sundays"),
        ("probably every morning at seven", "every morning at seven"),
        ("ten in the morning, I think", "ten in the morning"),
    ],
)
def test_a_moment_among_hedges(said: str, words: str) -> None:
    moment = moment_alone(said, NOW)
    assert moment is not None
    assert moment.words == words


@pytest.mark.parametrize("said", ["Sam works on Sundays", "I don't know", "when we both feel like it"])
def test_what_says_something_else_is_no_moment(said: str) -> None:
    assert moment_alone(said, NOW) is None


def test_one_option_in_any_words() -> None:
    options = (("hopes",), ("memories", "old times"), ("thanks",))
    assert option_alone("oh let's go for old times tonight", options) == 1
    assert option_alone("hopes or thanks", options) is None
    assert option_alone("surprise us", options) is None
