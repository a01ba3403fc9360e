"""The sentences of a mode as plain phrases, for an engine that takes a grammar."""

import re
from collections.abc import Iterable
from itertools import cycle, pairwise

from voice.language.text import SMALL, TENS, speak_duration
from voice.language.times import TimeOfDay, speak_time
from voice.nlu.index.sentence import DURATION, NUMBER, TIME, Sentence

_EXAMPLE_SECONDS = (*range(10, 60, 5), *range(60, 3600, 60), 90, 150, 3600, 5400, 7200)
_EXAMPLE_DURATIONS = tuple(speak_duration(seconds) for seconds in _EXAMPLE_SECONDS)
_EXAMPLE_NUMBERS = (*SMALL, *TENS)
_EXAMPLE_TIMES = tuple(speak_time(TimeOfDay(minutes), part=True) for minutes in range(6 * 60, 24 * 60, 15))
_SLOT = re.compile(r"\{\w+\}")
_NO_LETTER = re.compile(r"[^\w'’]+|_")


def as_grammar(sentences: Iterable[Sentence], say: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Plain sentences for an engine that takes a grammar: lower case, letters and apostrophes.

    Such a grammar is a bigram model, so a sentence is left out when every pair of words in it stands in another
    one already. Durations, numbers, times and names are filled in, each in its turn; free words nobody knows, so a
    sentence is cut before them.
    """
    fillings = {
        DURATION: cycle(_EXAMPLE_DURATIONS),
        NUMBER: cycle(_EXAMPLE_NUMBERS),
        TIME: cycle(_EXAMPLE_TIMES),
        "{name}": cycle(names),
    }
    found, pairs = list[str](), set[tuple[str, str]]()
    for text in (*say, *(sentence.spoken for sentence in sentences)):
        text = text.replace("{clause}", "{name} {clause}")
        for slot, filling in fillings.items():
            while slot in text:
                text = text.replace(slot, next(filling), 1)
        cleaned = _NO_LETTER.sub(" ", _SLOT.split(text)[0].lower().replace("’", "'")).split()
        new = set(pairwise(("", *cleaned, ""))) - pairs
        if cleaned and new:
            found.append(" ".join(cleaned))
            pairs |= new
    return tuple(found)
