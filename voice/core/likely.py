"""Which of very many strings can be near to another one: those that share enough pairs of letters with it."""

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

MOST_LIKELY = 300  # strings that are compared when only the nearest few of them are wanted, however far
MOST = 1000  # strings that are compared closely, of more than ...
FEW = 3000  # ... these, which are compared one by one in less time than it takes to choose among them


class LikelyStrings:
    """Chooses the likely ones of many strings.

    An edit changes two pairs of neighbours, so two strings of at most n symbols that are k edits apart share at
    least n - 1 - 2 k of them (the q-gram lemma of Ukkonen, 1992, for q = 2): what shares fewer is not near.
    """

    def __init__(self, strings: Sequence[str]) -> None:
        self._strings = tuple(strings)
        self._lengths = np.array([len(each) for each in strings], np.int32)
        self._holders = _holders(strings) if len(strings) > FEW else {}

    def near(self, heard: str, cutoff: float, most: int = MOST) -> Mapping[int, str] | Sequence[str]:
        """Those that can be within a normalized distance (0 to 1), by their places; the likeliest `most` of them."""
        if len(self._strings) <= FEW:
            return self._strings
        # A pair that is heard twice counts twice: that may be too often, never too seldom.
        held = [self._holders[pair] for pair in _pairs(heard).tolist() if pair in self._holders]
        shared = np.bincount(np.concatenate(held), minlength=len(self._strings)) if held else np.zeros(1, np.intp)
        longer = np.maximum(self._lengths, len(heard))
        edits = (longer - 1 - shared) / (2 * longer)  # at least this share of the longer one
        places: NDArray[np.intp] = np.flatnonzero(edits <= cutoff)
        if places.size > most:
            places = np.sort(places[np.argpartition(edits[places], most)[:most]])
        return {place: self._strings[place] for place in places.tolist()}

    def nearest(self, heard: str, cutoff: float, many: int, most: int = MOST_LIKELY) -> list[int]:
        """The places of the `many` nearest within a normalized distance, the nearest first; of the likeliest `most`."""
        likely = self.near(heard, cutoff, most)
        scorer = Levenshtein.normalized_distance
        return [place for _, _, place in process.extract(heard, likely, scorer=scorer, score_cutoff=cutoff, limit=many)]


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
