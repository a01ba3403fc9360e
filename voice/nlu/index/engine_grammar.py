"""The sentences of a mode as plain phrases, for an engine that takes a grammar."""

import re
from collections.abc import Iterable
from itertools import cycle, pairwise

from voice.language.slots import NAME, quantities, with_leaders
from voice.nlu.index.sentence import Sentence

_SLOT = re.compile(r"\{\w+\}")
_NO_LETTER = re.compile(r"[^\w'’]+|_")


def as_grammar(sentences: Iterable[Sentence], say: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Plain sentences for an engine that takes a grammar: lower case, letters and apostrophes.

    Such a grammar is a bigram model, so a sentence is left out when every pair of words in it stands in another
    one already. Quantities and names are filled in, each in its turn; free words nobody knows, so a sentence is cut
    before them.
    """
    fillings = {slot.token: cycle(slot.samples) for slot in quantities()} | {NAME.token: cycle(names)}
    found, pairs = list[str](), set[tuple[str, str]]()
    for text in (*say, *(sentence.spoken for sentence in sentences)):
        text = with_leaders(text)
        for slot, filling in fillings.items():
            while slot in text:
                text = text.replace(slot, next(filling), 1)
        cleaned = _NO_LETTER.sub(" ", _SLOT.split(text)[0].lower().replace("’", "'")).split()
        new = set(pairwise(("", *cleaned, ""))) - pairs
        if cleaned and new:
            found.append(" ".join(cleaned))
            pairs |= new
    return tuple(found)
