"""A wish to be reminded: what of it says when ("call my mother | tomorrow at seven"), and how it is said to them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from voice.language.text import Word, durations, spelled, words
from voice.language.times import WEEKDAYS, TimeOfDay, When, times, when_of

# ---- English: all that this file knows of it -------------------------------------------------------
MEALS = {"breakfast": 8 * 60, "lunch": 12 * 60 + 30, "dinner": 19 * 60, "bedtime": 22 * 60}  # minutes since midnight
_PART = "(morning|afternoon|evening|night)"
_WEEKDAY = f"({'|'.join(WEEKDAYS)})"
_DAY = f"(today|tonight|tomorrow( {_PART})?|this {_PART}|(on )?((next|this) )?{_WEEKDAY}( {_PART})?)"
_EVERY = (
    f"((every|each) (single )?(day|week|month|weekday|{_PART}|{_WEEKDAY}( {_PART})?)"
    f"|daily|nightly|weekly|monthly|on weekdays|(on )?{_WEEKDAY}s)"
)
_MEAL = f"(at|after|before|over) ({'|'.join(MEALS)})( ?time)?"
_CLOCK = "((at|by|around|about) TIME|in the (morning|afternoon|evening)|at night)"
_WHEN = re.compile(
    rf"(for |by )?(in DURATION|({_CLOCK} |{_MEAL} )?({_DAY}|{_EVERY})( {_EVERY}| {_DAY})?( {_CLOCK}| TIME| {_MEAL})?"
    rf"|{_CLOCK}( {_EVERY}| {_DAY})?|{_MEAL})"
)
_WISH = ("to", "that", "about")  # what leads from when to what, and may lead to it anyway


PROMISED = re.compile(r"^(?:i|we)(?:'ve| have)? promised\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ReminderRequest:
    """What somebody wants, and when: at a time of day, or in so many seconds (0: not said).

    lead: how it went on: "to" do something, "that" something is so, "about" something.
    """

    text: str
    when: When
    seconds: float = 0.0
    lead: str = "to"


def parse_request(text: str) -> ReminderRequest:
    """Take a wish apart: "at noon to send Sam a kind word" -> send Sam a kind word, noon."""
    heard = words(text)
    for start, end, first, last in _splits(heard):
        found = _when([word.plain for word in heard[start:end]])
        if found is not None and first < last:
            lead = heard[first].plain if heard[first].plain in _WISH else ""
            first += bool(lead) and last - first > 1
            return ReminderRequest(text[heard[first].start : heard[last - 1].end], *found, lead or "to")
    first = int(len(heard) > 1 and heard[0].plain in _WISH)
    rest = text[heard[first].start : heard[-1].end] if heard else ""
    return ReminderRequest(rest, When(), lead=heard[0].plain if first else "to")


def _splits(heard: tuple[Word, ...]) -> Iterator[tuple[int, int, int, int]]:
    """Where "when" may begin and end, and what is left then; the longest first, at the beginning and at the end."""
    leads = [place for place, word in enumerate(heard) if place and word.plain in _WISH]
    for place in reversed(leads):
        yield 0, place, place, len(heard)
    for place in range(1, len(heard)):
        yield place, len(heard), 0, place


def _when(plain_words: list[str]) -> tuple[When, float] | None:
    """What some words say of when, if they say nothing else."""
    plain_words = spelled(plain_words)
    marked = list(plain_words)
    length = next(iter(durations(plain_words)), None)
    clock = next(iter(times(plain_words)), None)
    if length and marked[:1] == ["in"]:
        marked[length.start : length.end] = ["DURATION"]
    elif clock:
        marked[clock.start : clock.end] = ["TIME"]
    if not _WHEN.fullmatch(" ".join(marked)):
        return None
    if "DURATION" in marked and length:
        return When(), length.value
    found = when_of(" ".join(plain_words))
    meal = next((minutes for name, minutes in MEALS.items() if f"{name}" in plain_words), None)
    time = TimeOfDay(meal) if meal is not None and found.time is None else found.time
    return When(time, found.day, found.part, found.every), 0.0


def is_promise(text: str) -> bool:
    """Whether it is something that they promised."""
    return PROMISED.match(text) is not None
