"""Fits words heard to a sentence, word by word: "i appreciate that {clause}", "pause the {timer} timer"."""

import heapq
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from voice.language.slots import SLOT_TYPES, Filler, filler_of

LONGEST_ARTICLE = 3  # letters
TOGETHER = 2  # a word may be heard as so many

Words = tuple[str, ...]
Spans = tuple[tuple[str, int, int], ...]
AlignmentState = tuple[float, int, int, Spans]
Heard = tuple[float, int]
"""How many letters a word is from what was heard, and where that ends."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a pattern fits."""

    distance: float
    """Letters that did not fit, as a share of the pattern's own letters."""
    spans: Mapping[str, tuple[int, int]]
    """Slot -> (start, end) of the words that fill it."""


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What may differ."""

    budget: float
    """The share of the pattern's letters that may be wrong."""
    word: float
    """How far a word heard may be from the word of the pattern: 0 to 1."""
    joined: float
    """How far two words heard for one may be from it: 0 to 1."""
    little: int
    """Letters of the longest word that may be missing or be said too."""


class Aligner:
    """Aligns sentences with the words of one utterance; what a word of a sentence is heard as is looked for once.

    words: plain. quantities: slot -> start -> end of each that is among them. distances: of each of some words run
    together to each of others, 0 to 1. is_name: whether some words are a partner's name.
    """

    def __init__(
        self,
        words: Words,
        quantities: Mapping[str, Mapping[int, int]],
        tolerance: Tolerance,
        distances: Callable[[Sequence[Words], Sequence[Words]], NDArray[np.float64]],
        is_name: Callable[[Words], bool],
    ) -> None:
        self._words, self._quantities, self._tolerance = words, quantities, tolerance
        self._distances = distances
        self._is_name = is_name
        self._spans = [
            (place, end)
            for place in range(len(words))
            for end in range(place + 1, min(place + TOGETHER, len(words)) + 1)
        ]
        self._heard = dict[str, dict[int, list[Heard]]]()
        self._together = dict[tuple[str, str], dict[int, float]]()
        self._had = set[str]()  # words that may be left out, or were heard; and slots

    def align(self, pattern: Sequence[str]) -> Alignment | None:
        """The cheapest way to read all the words as the pattern, or None when the tolerance forbids it.

        Leaving out a word of the pattern, or saying one more, costs its letters; saying another one costs their
        distance times their letters.
        """
        if not all(self._is_run_together(pattern, at) for at in self._missing(pattern)):
            return None
        weight = sum(len(token) for token in pattern if not token.startswith("{")) or 1
        budget, places = self._tolerance.budget * weight, len(self._words)
        states: list[AlignmentState] = [(0.0, 0, 0, ())]
        seen = set[tuple[int, int]]()
        while states:
            cost, at, place, spans = heapq.heappop(states)
            if at == len(pattern) and place == places:
                return Alignment(cost / weight, {slot: (start, end) for slot, start, end in spans})
            if (at, place) in seen:
                continue
            seen.add((at, place))
            for more, next_at, next_place, span in self._steps(pattern, at, place):
                if cost + more <= budget:
                    heapq.heappush(states, (cost + more, next_at, next_place, spans + span))
        return None

    def occurs(self, word: str) -> bool:
        """Whether a word of a pattern was heard at all: without it, aligning the pattern is a waste."""
        return len(word) <= self._tolerance.little or bool(self._heard_as(word))

    def _missing(self, pattern: Sequence[str]) -> Sequence[int]:
        """The places of words of a pattern that may not be left out, and were heard nowhere on their own."""
        if self._had.issuperset(pattern):
            return ()
        self._had.update(token for token in pattern if token.startswith("{") or self.occurs(token))
        return [at for at, token in enumerate(pattern) if token not in self._had]

    def _is_run_together(self, pattern: Sequence[str], at: int) -> bool:
        """Whether a word of a pattern was heard run into its neighbour."""
        pairs = (pattern[start : start + 2] for start in (at - 1, at) if start >= 0)
        return any(len(pair) == 2 and self._heard_together(pair[0], pair[1]) for pair in pairs)

    def look_for(self, patterns: Iterable[Sequence[str]]) -> None:
        """Find all places at which the words of some patterns were heard, at once: much faster than one by one."""
        patterns = list(patterns)
        self._look_for_words(token for pattern in patterns for token in pattern)
        pairs = (pair for pattern in patterns for pair in pairwise(pattern))
        self._look_for_pairs((one, other) for one, other in pairs if not (one + other).count("{"))

    def _look_for_words(self, tokens: Iterable[str]) -> None:
        tokens = [token for token in dict.fromkeys(tokens) if token not in self._heard and not token.startswith("{")]
        spans = [self._words[place:end] for place, end in self._spans]
        if not tokens or not spans:
            return
        apart = self._distances([(token,) for token in tokens], spans)
        limits = [self._tolerance.word if len(span) == 1 else self._tolerance.joined for span in spans]
        near, said = apart <= limits, ["".join(span) for span in spans]
        for number, token in enumerate(tokens):
            found = self._heard.setdefault(token, defaultdict(list))
            for at in range(len(spans)) if len(token) <= LONGEST_ARTICLE else np.flatnonzero(near[number]):
                if near[number, at] or _are_articles(token, said[at]):
                    place, end = self._spans[at]
                    found[place].append((float(apart[number, at]) * max(len(token), len(said[at])), end))

    def _heard_as(self, token: str) -> Mapping[int, Sequence[Heard]]:
        """For each place at which a word was heard, how many letters it is off, and where that ends."""
        if token not in self._heard:
            self._look_for_words([token])
        return self._heard.get(token, {})

    def _look_for_pairs(self, pairs: Iterable[tuple[str, str]]) -> None:
        """Look for two words that are heard as one, "log an" as "logan"."""
        pairs = [pair for pair in dict.fromkeys(pairs) if pair not in self._together]
        if not pairs or not self._words:
            return
        apart = self._distances(pairs, [(word,) for word in self._words])
        self._together.update((pair, {}) for pair in pairs)
        for number, place in np.argwhere(apart <= self._tolerance.joined).tolist():
            self._together[pairs[number]][place] = float(apart[number, place]) * sum(map(len, pairs[number]))

    def _heard_together(self, token: str, following: str) -> Mapping[int, float]:
        """The places at which two words are heard as one, and how many letters they are off."""
        if following.startswith("{") or token.startswith("{"):
            return {}
        if (token, following) not in self._together:
            self._look_for_pairs([(token, following)])
        return self._together.get((token, following), {})

    def _steps(self, pattern: Sequence[str], at: int, place: int) -> Iterator[AlignmentState]:
        """Every next step: what it costs and where it leads."""
        words, little = self._words, self._tolerance.little
        if place < len(words) and len(words[place]) <= little:
            yield float(len(words[place])), at, place + 1, ()
        if at == len(pattern):
            return
        token = pattern[at]
        if token.startswith("{"):
            slot, is_last = token[1:-1], at + 1 == len(pattern)
            yield from ((0.0, at + 1, end, ((slot, place, end),)) for end in self._ends(slot, place, is_last))
            return
        if len(token) <= little:
            yield float(len(token)), at + 1, place, ()
        if place < len(words):
            for cost, end in self._heard_as(token).get(place, ()):
                yield cost, at + 1, end, ()
            if at + 1 < len(pattern) and (cost := self._heard_together(token, pattern[at + 1]).get(place, -1.0)) >= 0:
                yield cost, at + 2, place + 1, ()

    def _ends(self, slot: str, place: int, is_last: bool) -> Sequence[int]:
        """Where a slot that begins at a place may end."""
        all_words, filler = len(self._words), filler_of(slot)
        if filler is Filler.QUANTITY:
            end = self._quantities.get(slot, {}).get(place)
            return [] if end is None else [end]
        if filler is Filler.PARTNER or filler is Filler.WORDS:
            ends = range(place + 1, min(place + SLOT_TYPES[slot].widest, all_words) + 1)
            return ends if filler is Filler.WORDS else [end for end in ends if self._is_name(self._words[place:end])]
        return range(max(place + 1, all_words) if is_last else place + 1, all_words + 1)


def _are_articles(one: str, other: str) -> bool:
    """Whether two words are as little as "a" and "the", which are heard for each other and mean the same here."""
    return min(len(one), len(other)) == 1 and max(len(one), len(other)) <= LONGEST_ARTICLE
