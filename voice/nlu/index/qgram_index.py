"""Which of very many strings can be near to another one: those that share enough pairs of letters with it."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

MOST_LIKELY = 300  # strings that are compared when only the nearest few of them are wanted, however far
MOST = 1000  # strings that are compared closely, of more than ...
FEW = 3000  # ... these, which are compared one by one in less time than it takes to choose among them

REMEMBERED = 2  # strings that others were just looked for, and may be once more
_APART = Levenshtein.normalized_distance


Places = NDArray[np.intp]


class Strings:
    """Many short strings as one: a string of its own takes 50 to 80 bytes beside its letters."""

    def __init__(self, strings: Sequence[str]) -> None:
        self._text = "".join(strings)
        self._begins = np.cumsum([0, *map(len, strings)], dtype=np.int32)

    def __len__(self) -> int:
        return len(self._begins) - 1

    def __getitem__(self, place: int) -> str:
        return self._text[self._begins[place] : self._begins[place + 1]]


class QGramIndex:
    """Chooses the likely ones of many strings.

    An edit changes two pairs of neighbours, so two strings of at most n symbols that are k edits apart share at
    least n - 1 - 2 k of them (the q-gram lemma of Ukkonen, 1992, for q = 2): what shares fewer is not near.
    """

    def __init__(self, strings: Sequence[str]) -> None:
        self._strings = Strings(strings)
        self._lengths = np.array([len(each) for each in strings], np.int32)
        self._holders = _holders(strings) if len(strings) > FEW else {}
        self._edits = lru_cache(maxsize=REMEMBERED)(self._at_least)

    def near(
        self, heard: str, cutoff: float, most: int = MOST, many: int | None = None, among: Places | None = None
    ) -> list[tuple[float, int]]:
        """Those within a normalized distance (0 to 1), and their places; the nearest first, at most `many` of them.

        Only the likeliest `most` are looked at. among: the places that count, in ascending order; None: all.
        """
        among = np.arange(len(self._strings)) if among is None else among
        places = among
        if among.size > FEW:
            edits = self._edits(heard)[among]
            near = np.flatnonzero(edits <= cutoff)
            if near.size > most:
                near = np.sort(near[np.argpartition(edits[near], most)[:most]])
            places = among[near]
        likely = [self._strings[place] for place in places.tolist()]
        found = process.extract(heard, likely, scorer=_APART, score_cutoff=cutoff, limit=many)
        return [(distance, int(places[number])) for _, distance, number in found]

    def nearest(
        self, heard: str, cutoff: float, many: int, most: int = MOST_LIKELY, among: Places | None = None
    ) -> list[int]:
        """The places of the `many` nearest, the nearest first. The rest: as for `near`."""
        return [place for _, place in self.near(heard, cutoff, most, many, among)]

    def _at_least(self, heard: str) -> NDArray[np.float64]:
        """The share of the longer string that must at least be edited, for each of them."""
        # A pair that is heard twice counts twice: that may be too often, never too seldom.
        held = [self._holders[pair] for pair in _pairs(heard).tolist() if pair in self._holders]
        shared = np.bincount(np.concatenate(held), minlength=len(self._strings)) if held else np.zeros(1, np.intp)
        longer = np.maximum(self._lengths, len(heard))
        edits: NDArray[np.float64] = (longer - 1 - shared) / (2 * longer)
        return edits


def _holders(strings: Sequence[str]) -> Mapping[int, NDArray[np.int32]]:
    """Pair -> the places of the strings that hold it."""
    symbols = _symbols("".join(strings))
    holder = np.repeat(np.arange(len(strings), dtype=np.int32), [len(each) for each in strings])
    inside = np.flatnonzero(holder[:-1] == holder[1:])
    every, places = symbols[inside] << 32 | symbols[inside + 1], holder[inside]
    order = np.lexsort((places, every))
    every, places = every[order], places[order]
    is_new = np.append(True, (np.diff(every) != 0) | (np.diff(places) != 0))
    every, places = every[is_new], places[is_new]
    begins = np.flatnonzero(np.append(True, np.diff(every) != 0))
    return dict(zip(every[begins].tolist(), np.split(places, begins[1:]), strict=True))


def _pairs(string: str) -> NDArray[np.int64]:
    """Every pair of neighbours, as one number each."""
    symbols = _symbols(string)
    return symbols[:-1] << 32 | symbols[1:]


def _symbols(string: str) -> NDArray[np.int64]:
    return np.frombuffer(string.encode("utf-32-le"), np.uint32).astype(np.int64)
