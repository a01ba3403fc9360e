"""Plain words, spoken numbers and durations, both ways."""

import pytest

from voice.language.moments.quantities import durations, seconds_in
from voice.language.text import clauses, numbers, plain, speak_duration, speak_number, words

SPOKEN = [
    ("twenty minutes", 1200),
    ("20 minutes", 1200),
    ("20min", 1200),
    ("twenty-five minutes", 1500),
    ("20-second", 20),
    ("twenty second", 20),
    ("ninety seconds", 90),
    ("one and a half minutes", 90),
    ("a minute and a half", 90),
    ("1.5 minutes", 90),
    ("one point five minutes", 90),
    ("two minutes thirty", 150),
    ("two minutes and thirty seconds", 150),
    ("a hundred and twenty seconds", 120),
    ("a couple of minutes", 120),
    ("to minutes", 120),
    ("a minute", 60),
    ("five more minutes", 300),
    ("a quarter of an hour", 900),
    ("three quarters of an hour", 2700),
    ("half an hour", 1800),
    ("half hour", 1800),
    ("an hour and a half", 5400),
    ("two and a half hours", 9000),
    ("one hour thirty", 5400),
    ("one hour and twenty minutes", 4800),
]


@pytest.mark.parametrize(("spoken", "seconds"), SPOKEN)
def test_durations_as_people_say_them(spoken: str, seconds: float) -> None:
    assert seconds_in(spoken) == seconds


@pytest.mark.parametrize("text", ["", "ninety", "minutes", "the minute", "five people", "twenty minutes later", "half"])
def test_what_is_no_duration(text: str) -> None:
    assert seconds_in(text) is None


def test_durations_are_found_among_other_words() -> None:
    heard = "set a timer for five minutes and another for 2 hours and 5 min".split()
    assert [(found.value, found.start, found.end) for found in durations(heard)] == [(300, 4, 6), (7500, 9, 14)]
    assert [found.more for found in durations("add five more minutes".split())] == [True]


def test_numbers_are_found_among_other_words() -> None:
    heard = "one of twenty five and 300 and a hundred and two".split()
    assert [found.value for found in numbers(heard)] == [1, 25, 300, 102]
    assert numbers(tuple(heard)) == numbers(heard)


@pytest.mark.parametrize(
    ("seconds", "spoken"),
    [
        (0, "zero seconds"),
        (1, "one second"),
        (20, "twenty seconds"),
        (45.4, "forty-five seconds"),
        (60, "one minute"),
        (80, "one minute and twenty seconds"),
        (90, "one and a half minutes"),
        (1200, "twenty minutes"),
        (3600, "one hour"),
        (3661, "one hour and one minute"),
        (5400, "one and a half hours"),
    ],
)
def test_durations_are_spoken(seconds: float, spoken: str) -> None:
    assert speak_duration(seconds) == spoken


def test_what_is_spoken_is_understood_again() -> None:
    for seconds in (*range(1, 600), *range(600, 7200, 60)):
        assert seconds_in(speak_duration(seconds)) == seconds


def test_numbers_are_spoken() -> None:
    assert [speak_number(number) for number in (0, 13, 20, 47, 100, 125, 999, 1000)] == [
        "zero",
        "thirteen",
        "twenty",
        "forty-seven",
        "one hundred",
        "one hundred and twenty-five",
        "nine hundred and ninety-nine",
        "1000",
    ]


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("That's enough!", "thats enough"),
        ("that’s ENOUGH", "thats enough"),
        ("check-in, please.", "check in please"),
        ("A 20-second hug", "a twenty second hug"),
        ("?? ...", ""),
        ("Çağla's café", "çağlas café"),
    ],
)
def test_plain_words(text: str, letters: str) -> None:
    assert plain(text) == letters


def test_words_know_where_they_stand() -> None:
    text = "Thank you, Sam — it's great"
    assert [text[word.start : word.end] for word in words(text)] == ["Thank", "you", "Sam", "it's", "great"]


def test_clauses_stand_between_stops_and_conjunctions() -> None:
    assert clauses("I know it, but I'm not there yet") == ["I know it", "I'm not there yet"]
    assert clauses("the handover") == ["the handover"]
    assert clauses(" ... ") == []
