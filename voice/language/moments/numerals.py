"""Numbers among tokens: cardinals, ordinals, fractions and decimals, in words and in digits."""

import re

from voice.language.moments.tokens import HALVES, Tokens, at, follows
from voice.language.text import HUNDRED, POINT, SMALL, TENS
from voice.language.times import ORDINALS

_NUMBERS = {word: number for number, word in enumerate(SMALL)} | TENS | {"won": 1, "fourty": 40}
_ORDINALS = {tuple(word.split("-")): number for number, word in enumerate(ORDINALS, 1)}
_SUFFIX = re.compile(r"(\d{1,2})(?:st|nd|rd|th)")
_DECIMAL = re.compile(r"\d*[.,]\d{1,2}|\d+")
_PARTS = {
    "half": 1 / 2,
    "a half": 1 / 2,
    "one half": 1 / 2,
    "a quarter": 1 / 4,
    "one quarter": 1 / 4,
    "quarter": 1 / 4,
    "three quarters": 3 / 4,
    "three quarter": 3 / 4,
    "3 quarters": 3 / 4,
    "a third": 1 / 3,
    "one third": 1 / 3,
    "third": 1 / 3,
    "two thirds": 2 / 3,
    "2 thirds": 2 / 3,
}
_SEVERAL_PARTS = {name: part for name, part in _PARTS.items() if name.endswith("s") or name == "three quarter"}
_DOZENS = {"half a dozen": 6, "a dozen": 12, "dozen": 12, "two dozen": 24, "a score of": 20}
_COUPLES = {f"{article}{word}": 2 for article in ("", "a ") for word in ("couple of", "couple", "pair of")}

Number = tuple[float, int]
"""A value, and the place after its last token."""


def whole_at(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """The whole number below 10,000 that begins here, and where it ends."""
    word = at(tokens, place)
    if word.isdecimal() and len(word) <= 4:
        return int(word), place + 1
    article = word == "a" and at(tokens, place + 1) == HUNDRED
    found = (1, place + article) if article or word == HUNDRED else _below_hundred(tokens, place)
    if found is None:
        return None
    value, end = found
    if at(tokens, end) != HUNDRED:
        return found
    value, end = value * 100, end + 1
    rest = _below_hundred(tokens, follows(tokens, end, "and"))
    return (value + rest[0], rest[1]) if rest else (value, end)


def _below_hundred(tokens: Tokens, place: int) -> tuple[int, int] | None:
    first = _NUMBERS.get(at(tokens, place))
    if first is None:
        return None
    ones = _NUMBERS.get(at(tokens, place + 1), 0) if first >= 20 else 0
    return (first + ones, place + 2) if 0 < ones < 10 else (first, place + 1)


def number_at(tokens: Tokens, place: int) -> Number | None:
    """The number that begins here: twenty-five, 5 1/2, five and a half, one point five, .5, a dozen, half."""
    counted = (
        _phrase_at(_DOZENS, tokens, place)
        or _phrase_at(_COUPLES, tokens, place)
        or _phrase_at(_SEVERAL_PARTS, tokens, place)
    )
    if counted:
        return counted[0], follows(tokens, counted[1], "of")
    whole = _decimal_at(tokens, place) or whole_at(tokens, place)
    if whole is None:
        return fraction_at(tokens, place)
    value, end = float(whole[0]), whole[1]
    digit = _NUMBERS.get(at(tokens, end + 1), 10)
    if at(tokens, end) == "quarters":
        return value / 4, follows(tokens, end + 1, "of")
    if at(tokens, end) == POINT and digit < 10:
        value, end = value + digit / 10, end + 2
    elif _written(at(tokens, end)) is not None:
        value, end = value + (_written(at(tokens, end)) or 0), end + 1
    elif at(tokens, end) == "and" and (more := fraction_at(tokens, end + 1, article=True)):
        value, end = value + more[0], more[1]
    return value, end


def fraction_at(tokens: Tokens, place: int, *, article: bool = False) -> Number | None:
    """The part of one that begins here: half, a quarter, 3/4, ½. article: only "a half", not "half"."""
    written = _written(at(tokens, place))
    if written is not None:
        return written, place + 1
    parts = {name: part for name, part in _PARTS.items() if " " in name} if article else _PARTS
    return _phrase_at(parts, tokens, place)


def ordinal_at(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """The ordinal up to the thirty-first that begins here, and where it ends."""
    if suffixed := _SUFFIX.fullmatch(at(tokens, place)):
        return int(suffixed[1]), place + 1
    for length in (2, 1):
        number = _ORDINALS.get(tuple(at(tokens, place + nth) for nth in range(length)))
        if number:
            return number, place + length
    return None


def _written(word: str) -> float | None:
    """A fraction in digits or as one sign."""
    if word in HALVES:
        return HALVES[word]
    above, _, below = word.partition("/")
    if above.isdecimal() and below.isdecimal() and 0 < int(below) <= 60 and int(above) < int(below):
        return int(above) / int(below)
    return None


def _decimal_at(tokens: Tokens, place: int) -> Number | None:
    word = at(tokens, place)
    if not word or not _DECIMAL.fullmatch(word) or word.isdecimal():
        return None
    return float(word.replace(",", ".")), place + 1


def _phrase_at(phrases: dict[str, float] | dict[str, int], tokens: Tokens, place: int) -> Number | None:
    """The longest of some phrases that begins here."""
    end = follows(tokens, place, *phrases)
    return (float(phrases[" ".join(token.plain for token in tokens[place:end])]), end) if end > place else None
