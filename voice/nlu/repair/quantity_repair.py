"""Quantities that went wrong, put right: "far minutes" -> four minutes, "anhour" -> an hour, "ten then minutes"."""

from collections.abc import Callable, Container, Iterator, Sequence

from voice.language.text import SMALL, SPOKEN_UNITS, TENS, UNITS, durations

Distance = Callable[[str, str], float]  # of two words, in letters or in the classes of sounds: 0 to 1

NUMBER_GATE, UNIT_GATE = 0.34, 0.45  # how far a word may be from the number or the unit that it is taken for
LITTLE = 4  # letters of a word that may have slipped in between a number and its unit

_NUMBERS = (*SMALL, *TENS)
_UNITS = tuple(f"{unit}{s}" for unit in UNITS for s in ("", "s"))
_WHOLE_UNITS = tuple(f"{unit}{s}" for _, unit in SPOKEN_UNITS for s in ("", "s"))  # no "min": many words are like it
_PARTS = frozenset((*_NUMBERS, *_UNITS, "a", "an", "half"))  # what is run together with its neighbours


def mended(plain_words: Sequence[str], distance: Distance, known: Container[str]) -> tuple[str, ...]:
    """The words with every duration put right that nearly is one; the same words when none is.

    known: the words of what can be said, which are never two in one.
    """
    words = [part for word in plain_words for part in _parted(word, known)]
    place, covered = 1, _covered(words)
    while place < len(words):
        if place not in covered:
            for other in _mended_at(words, place, distance, known):
                if len(better := _covered(other)) > len(covered):  # or a word was left out of a duration
                    words, covered = other, better
                    break
        place += 1
    return tuple(words)


def _parted(word: str, known: Container[str]) -> list[str]:
    """A word that a word of a quantity was joined to, as two; any other word as it is."""
    if word in _PARTS or word in known:
        return [word]
    halves = ((word[:cut], word[cut:]) for cut in range(1, len(word)))
    for first, second in halves:
        if (first in _PARTS and (second in _PARTS or second in known)) or (second in _PARTS and first in known):
            return [first, second]
    return [word]


def _mended_at(words: list[str], place: int, distance: Distance, known: Container[str]) -> Iterator[list[str]]:
    """What the words may have been, if the one at a place is a unit, or sounds like one."""
    word, before = words[place], words[place - 1]
    if word in _UNITS:
        if len(before) <= LITTLE:
            yield [*words[: place - 1], *words[place:]]
        is_one = word in UNITS  # "for hour" has lost its article, and is not four hours
        if not (is_one and before in known):
            apart, number = min((distance(number, before), number) for number in _NUMBERS)
            if apart <= NUMBER_GATE:
                yield [*words[: place - 1], number, *words[place:]]
        if is_one and before in known:
            yield [*words[:place], "a", *words[place:]]
    elif word not in known:
        apart, unit = min((distance(unit, word), unit) for unit in _WHOLE_UNITS)
        if apart <= UNIT_GATE:
            yield [*words[:place], unit, *words[place + 1 :]]


def _covered(words: Sequence[str]) -> set[int]:
    """The places of the words that are a duration."""
    return {place for found in durations(words) for place in range(found.start, found.end)}
