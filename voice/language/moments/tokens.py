"""A text as tokens: words, numbers, clock times and fractions, each with its place in the text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from voice.language.text import HESITATIONS

HALVES = {"½": 1 / 2, "¼": 1 / 4, "¾": 3 / 4, "⅓": 1 / 3, "⅔": 2 / 3}

_TOKEN = re.compile(
    r"(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?P<dash>(?<=\d)\s?[-–]\s?(?=\d)|(?<=day)\s?[-–]\s?(?=[a-z]+day)|(?<=mon)[-–](?=fri))"
    r"|(?P<part>[ap]\.\s?m\b\.?)"
    r"|(?P<ordinal>\d{1,2}(?:st|nd|rd|th)\b)"
    r"|(?P<fraction>\d+/\d+(?:/\d+)?|[½¼¾⅓⅔])"
    r"|(?P<clock>\d{1,2}:\d{2}(?!\d)(?::\d{2}(?!\d))?)"
    r"|(?P<number>\d+(?:[.,]\d+)*|\.\d+)"
    r"|(?P<word>[^\W\d_]+(?:['’][^\W\d_]+)*)",
    re.IGNORECASE,
)

DASH = "-"  # between two numbers or days: "5-10 minutes"
SPELLINGS = {  # as it is written or misspelled -> in words
    **dict.fromkeys("tomorow tommorow tommorrow tmrw 2moro".split(), "tomorrow"),
    "tonite": "tonight",
    "wensday": "wednesday",
    "untill": "until",
    "til": "until",
    "xmas": "christmas",
    "everyday": "every day",
    **dict.fromkeys(("mins", "min"), "minutes"),
    **dict.fromkeys(("secs", "sec"), "seconds"),
    **dict.fromkeys(("hrs", "hr"), "hours"),
}


@dataclass(frozen=True, slots=True)
class Token:
    """One word, number, clock time or fraction."""

    plain: str
    """In lower case, without apostrophes."""
    start: int
    """Where it begins in the text, in characters."""
    end: int
    """Where it ends in the text, in characters."""


Tokens = Sequence[Token]


def tokens_of(text: str) -> tuple[Token, ...]:
    """The tokens of a text; hesitations are none."""
    found = list[Token]()
    for each in _TOKEN.finditer(text):
        plain = "".join(letter for letter in each[0].lower() if letter not in "'’")
        if each["part"]:
            plain = f"{plain[0]}m"
        elif each["dash"]:
            plain = DASH
        plain = SPELLINGS.get(plain, plain)
        if plain in HESITATIONS:
            continue
        found += [Token(word, *each.span()) for word in plain.split()]
    return tuple(found)


def at(tokens: Tokens, place: int) -> str:
    """The word at a place; "" beyond the end."""
    return tokens[place].plain if 0 <= place < len(tokens) else ""


def follows(tokens: Tokens, place: int, *phrases: str) -> int:
    """Where the longest of some phrases that begins here ends; `place` itself when none does."""
    best, first = place, at(tokens, place)
    for phrase in phrases:
        words = _split(phrase)
        if words[0] != first or len(words) <= best - place:
            continue
        if all(at(tokens, place + nth) == word for nth, word in enumerate(words)):
            best = place + len(words)
    return best


@cache
def _split(phrase: str) -> tuple[str, ...]:
    return tuple(phrase.split())


def without(tokens: Tokens, start: int, end: int) -> tuple[Token, ...]:
    """The tokens without some of them; what they covered in the text now belongs to the next one."""
    if end >= len(tokens):
        return tuple(tokens[:start])
    following = replace(tokens[end], start=tokens[start].start)
    return (*tokens[:start], following, *tokens[end + 1 :])
