"""Which deck a couple mean by a topic in words of their own, and whether any deck is about it at all."""

import re
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

NEAR = 0.62
"""Likeness of a topic to the name of a deck from which on it is that deck.

Measured with 58 topics that a deck is about ("our colleagues") and 50 that none is ("cats"): 72 % of the former are as
near to some deck, 59 % to the right one, and 10 % of the latter. Of the former the right deck is among the two nearest
for 83 %: those are named where there is none.
"""
MISHEARD = 0.3  # how far the letters of a topic may be from a name of the deck and still be that name, misheard
NAMED = 6  # decks that are told, the nearest first: not every one may be offered
_NONE = frozenset("anything something everything nothing whatever it that this us me you them dinner tonight".split())
_LITTLE = re.compile(r"^(?:(?:our|my|your|the|a|an|being|how|what)\s+)+(?=\S)")


class Topics:
    """Compares topics with the names of decks, and with other words for them.

    forms: plain words -> name of a deck. vectors: texts -> rows of length 1.
    """

    def __init__(self, forms: Mapping[str, str], vectors: Callable[[Sequence[str]], NDArray[np.float32]]) -> None:
        self._forms = {_bare(form): deck for form, deck in forms.items()}
        self._vectors = vectors
        self._rows: NDArray[np.float32] | None = None

    def nearest(self, topic: str) -> tuple[float, tuple[str, ...]]:
        """How like the topic the likest deck is, 0 to 1, and the names of the likest ones, that one first."""
        if self._rows is None:
            self._rows = self._vectors(list(self._forms))
        likeness = self._rows @ self._vectors([_bare(topic)])[0]
        decks, order = list(self._forms.values()), np.argsort(-likeness)
        found = dict.fromkeys(decks[int(place)] for place in order)
        return float(likeness[order[0]]), tuple(found)[:NAMED]

    @staticmethod
    def is_none(topic: str) -> bool:
        """Whether they leave it open: "ask us about anything"."""
        return set(topic.split()) <= _NONE

    def is_misheard(self, topic: str, deck: str) -> bool:
        """Whether the letters of a topic are near to a name of this deck."""
        forms = [form for form, named in self._forms.items() if named == deck]
        return min((Levenshtein.normalized_distance(_bare(topic), form) for form in forms), default=1.0) <= MISHEARD


def _bare(words: str) -> str:
    return _LITTLE.sub("", words.strip())
