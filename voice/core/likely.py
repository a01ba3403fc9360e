"""Which of very many strings can be near to another one: those that share enough pairs of letters with it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

FEW = 3000  # strings that are compared one by one in less time than it takes to choose among them


class LikelyStrings:
    """Chooses the likely ones of many strings.

    An edit changes two pairs of neighbours, so two strings of at most n symbols that are k edits apart share at
    least n - 1 - 2 k of them (the q-gram lemma of Ukkonen, 1992, for q = 2): what shares fewer is not near.
    """

    def __init__(self, strings: Sequence[str]) -> None:
        self._strings = dict(enumerate(strings))
        self._lengths = np.array([len(each) for each in strings], np.int32)
        holders = dict[tuple[str, str, int], list[int]]()
        if len(strings) > FEW:
            for number, each in enumerate(strings):
                for pair in _pairs(each):
                    holders.setdefault(pair, []).append(number)
        self._holders = {pair: np.array(numbers, np.int32) for pair, numbers in holders.items()}

    def near(self, heard: str, cutoff: float, most: int = FEW) -> Mapping[int, str]:
        """Those that can be within a normalized distance (0 to 1), by their places; the likeliest `most` of them."""
        if len(self._strings) <= FEW:
            return self._strings
        held = [self._holders[pair] for pair in _pairs(heard) if pair in self._holders]
        shared = np.bincount(np.concatenate(held), minlength=len(self._strings)) if held else np.zeros(1, np.intp)
        longer = np.maximum(self._lengths, len(heard))
        edits = (longer - 1 - shared) / (2 * longer)  # at least this share of the longer one
        places: NDArray[np.intp] = np.flatnonzero(edits <= cutoff)
        if places.size > most:
            places = places[np.argsort(edits[places], kind="stable")[:most]]
        return {place: self._strings[place] for place in places.tolist()}


def _pairs(string: str) -> Iterator[tuple[str, str, int]]:
    """Every pair of neighbours, with how often the same pair came before."""
    seen = Counter[tuple[str, str]]()
    for one, other in pairwise(string):
        yield one, other, seen[one, other]
        seen[one, other] += 1
