"""Self-corrections: "five, no, ten minutes" is ten minutes, "on Friday, I mean Saturday" is Saturday."""

from collections.abc import Callable

from voice.language.moments.tokens import Tokens, at, follows, without

CORRECTIONS = (
    "no",
    "nope",
    "no no",
    "oh no",
    "wait",
    "sorry",
    "i mean",
    "i meant",
    "make that",
    "make it",
    "or rather",
    "rather",
    "actually",
    "scratch that",
    "correction",
    "better",
    "let us say",
    "lets say",
)
_LEADS = ("at", "on", "in", "for", "to", "by", "the")
_FARTHEST = 8  # tokens that what is corrected may have

EndOf = Callable[[Tokens, int], int | None]
"""Where the thing that begins at a token ends; None: nothing that can be corrected begins there."""


def corrected(tokens: Tokens, end_of: EndOf) -> Tokens:
    """The tokens without what was taken back."""
    place = 1
    while place < len(tokens):
        after = _after_correction(tokens, place)
        if after > place and (shorter := _replaced(tokens, place, after, end_of)):
            tokens, place = shorter, 0
        place += 1
    return tokens


def _after_correction(tokens: Tokens, place: int) -> int:
    end = follows(tokens, place, *CORRECTIONS)
    while end > place and (further := follows(tokens, end, *CORRECTIONS, "it is", "its")) > end:
        end = further
    return end


def _replaced(tokens: Tokens, place: int, after: int, end_of: EndOf) -> Tokens | None:
    """The tokens with the thing before `place` replaced by the one from `after` on."""
    begin = next((start for start in range(max(0, place - _FARTHEST), place) if end_of(tokens, start) == place), None)
    new = follows(tokens, after, *_LEADS)
    if end_of(tokens, after):
        new = after
    end = end_of(tokens, new)
    if begin is None or end is None:
        return None
    if at(tokens, begin) in _LEADS and begin + 1 < place and new == after:
        begin += 1  # "at five, no, six": the word before it stays
    unit = tokens[place - 1]
    if unit.plain.removesuffix("s") in ("minute", "second", "hour", "day", "week") and not _has_unit(tokens, new, end):
        tokens = (*tokens[:end], unit, *tokens[end:])  # "five minutes, no, ten"
    return without(tokens, begin, new)


def _has_unit(tokens: Tokens, start: int, end: int) -> bool:
    units = ("minute", "second", "hour", "day", "week")
    return any(at(tokens, place).removesuffix("s") in units for place in range(start, end))
