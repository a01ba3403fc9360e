"""How rare words are in ordinary talk: "the" tells nothing about what somebody meant, "appreciation" nearly all.

And which words people say one after the other: where a word went wrong, its neighbours seldom go with it.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise

from voice.language.text import plain

RAREST = 7.0  # natural logarithm: of a word that nobody says in the talk of a pack, and of most of its own words
UNSEEN = 4000  # words that share the chance of those that the talk does not have
SHORT = 3  # letters of words that are common in any language; what is thought of them where a pack has no talk: ...
COMMON = 3.5  # ... natural logarithm
EDGE = ""  # what stands before the first word and after the last one


class BackgroundModel:
    """What is learned from some lines of talk."""

    def __init__(self, talk: Iterable[str]) -> None:
        lines = [plain(line).split() for line in talk]
        times = Counter(word for line in lines for word in line)
        self._pairs = frozenset(pair for line in lines for pair in pairwise((EDGE, *line, EDGE)))
        # Every other word is as likely as a new one was, each time one came (Witten and Bell, 1991).
        tokens = sum(times.values()) + len(times)
        self._rarity = {word: min(RAREST, math.log(tokens / count)) for word, count in times.items()}
        self._unseen = min(RAREST, math.log(UNSEEN * tokens / len(times))) if times else RAREST

    def __call__(self, word: str) -> float:
        """The natural logarithm of how many words pass until this one comes, at most RAREST."""
        if not self._rarity and len(word) <= SHORT:
            return COMMON
        return self._rarity.get(word, self._unseen)

    def usual(self, words: Sequence[str]) -> list[bool]:
        """Whether talk has each pair of neighbours: before the first word, between two, and after the last one."""
        return [pair in self._pairs for pair in pairwise((EDGE, *words, EDGE))]
