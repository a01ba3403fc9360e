"""Durations among plain words, as commands take them: those with one value, in hours, minutes and seconds."""

from collections.abc import Sequence

from voice.language.moments.lengths import DAY, LETTERS, UNITS, Duration, length_at, remade
from voice.language.moments.tokens import SPELLINGS, Token, tokens_of
from voice.language.text import Quantity

_SECONDS = {word: seconds for unit, seconds in UNITS.items() for word in (unit, f"{unit}s")}
_LONG = {word for word, seconds in _SECONDS.items() if seconds >= DAY}


def durations(plain_words: Sequence[str]) -> tuple[Quantity, ...]:
    """Every duration among plain words, from left to right, in seconds; ranges and "a few minutes" are none."""
    if not any(_may_last(word) for word in plain_words):
        return ()
    tokens = _tokens(plain_words)
    found, place = list[Quantity](), 0
    while place < len(tokens):
        if plain_words[place] == "another" and length_at(tokens, place + 1):
            place += 1  # "another five minutes" is five minutes; in "another minute" it is the number
        length = length_at(tokens, place)
        if length and _is_short(plain_words, length):
            more = "more" in plain_words[length.start : length.end]
            found.append(Quantity(length.seconds, length.start, length.end, more))
        place = length.end if length else place + 1
    return tuple(found)


def _may_last(word: str) -> bool:
    """Whether a word may be the unit of a length, or hold it as "75s" does."""
    return SPELLINGS.get(word, word) in _SECONDS or word in LETTERS or (word[:1].isdigit() and not word.isdigit())


def last_duration(plain_words: Sequence[str]) -> float | None:
    """The last duration, as it was corrected: "ten minutes and another five, so fifteen in all"; in seconds."""
    found = durations(plain_words)
    if not found:
        return None
    tokens = _tokens(plain_words)
    length = length_at(tokens, found[-1].start)
    return remade(tokens, length).seconds if length else found[-1].value


def _tokens(plain_words: Sequence[str]) -> list[Token]:
    return [Token(SPELLINGS.get(word, word), place, place + 1) for place, word in enumerate(plain_words)]


def seconds_in(text: str) -> float | None:
    """The seconds that a whole text stands for ("half an hour" -> 1800.0), or None when it is no duration."""
    tokens = tokens_of(text)
    found = length_at(tokens, 0)
    whole = found is not None and found.end == len(tokens)
    return found.seconds if found and whole and _is_short([token.plain for token in tokens], found) else None


def _is_short(plain_words: Sequence[str], length: Duration) -> bool:
    """Whether it has one value, and is shorter than days."""
    return length.unclear is None and not _LONG & {*plain_words[length.start : length.end]}
