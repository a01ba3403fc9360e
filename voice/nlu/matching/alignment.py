"""Fits words heard to a sentence, word by word: "i appreciate that {clause}", "pause the {timer} timer"."""

import heapq
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from voice.language.slots import SLOT_TYPES, Filler, filler_of

LONGEST_ARTICLE = 3  # letters
TOGETHER = 2  # a word may be heard as so many

Words = tuple[str, ...]
Spans = tuple[tuple[str, int, int], ...]
AlignmentState = tuple[float, int, int, Spans]


@dataclass(frozen=True, slots=True)
class AlignedWords:
    """What was heard. words: plain. quantities: slot -> start -> end of each that is among them."""

    words: Words
    quantities: Mapping[str, Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Alignment:
    """How a pattern fits. distance: letters that did not fit, as a share of the pattern's own letters.

    spans: slot -> (start, end) of the words that fill it.
    """

    distance: float
    spans: Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Tolerance:
    """What may differ. budget: the share of the pattern's letters that may be wrong.

    word: how far a word heard may be from the word of the pattern, 0 to 1; joined: two words heard for one.
    little: letters of a word that may be missing or be said too.
    """

    budget: float
    word: float
    joined: float
    little: int


class Aligner:
    """Aligns for one couple. distance: of words run together, 0 to 1. is_name: whether some are a partner's name."""

    def __init__(self, distance: Callable[[Words, Words], float], is_name: Callable[[Words], bool]) -> None:
        self._distance = distance
        self._is_name = is_name

    def align(self, pattern: Sequence[str], heard: AlignedWords, tolerance: Tolerance) -> Alignment | None:
        """The cheapest way to read all the words as the pattern, or None when the tolerance forbids it.

        Leaving out a word of the pattern, or saying one more, costs its letters; saying another one costs their
        distance times their letters.
        """
        weight = sum(len(token) for token in pattern if not token.startswith("{")) or 1
        states: list[AlignmentState] = [(0.0, 0, 0, ())]
        seen = set[tuple[int, int]]()
        while states:
            cost, at, place, spans = heapq.heappop(states)
            if at == len(pattern) and place == len(heard.words):
                return Alignment(cost / weight, {slot: (start, end) for slot, start, end in spans})
            if (at, place) in seen:
                continue
            seen.add((at, place))
            for more, next_at, next_place, span in self._steps(pattern, heard, at, place, tolerance):
                if cost + more <= tolerance.budget * weight:
                    heapq.heappush(states, (cost + more, next_at, next_place, spans + span))
        return None

    def occurs(self, word: str, heard: AlignedWords, tolerance: Tolerance) -> bool:
        """Whether a word of a pattern was heard at all: without it, aligning the pattern is a waste."""
        return len(word) <= tolerance.little or any(
            True for place in range(len(heard.words)) for _ in self._heard_as(word, heard, place, tolerance)
        )

    def _heard_as(
        self, token: str, heard: AlignedWords, place: int, tolerance: Tolerance
    ) -> Iterator[tuple[float, int]]:
        """How many letters a word is from what stands at a place, and where that ends."""
        for end in range(place + 1, min(place + TOGETHER, len(heard.words)) + 1):
            said = "".join(heard.words[place:end])
            distance = self._distance((token,), heard.words[place:end])
            allowed = tolerance.word if end == place + 1 else tolerance.joined
            if distance <= allowed or _are_articles(token, said):
                yield distance * max(len(token), len(said)), end

    def _steps(
        self, pattern: Sequence[str], heard: AlignedWords, at: int, place: int, tolerance: Tolerance
    ) -> Iterator[AlignmentState]:
        """Every next step: what it costs and where it leads."""
        words = heard.words
        if place < len(words) and len(words[place]) <= tolerance.little:
            yield float(len(words[place])), at, place + 1, ()
        if at == len(pattern):
            return
        token = pattern[at]
        if token.startswith("{"):
            slot, is_last = token[1:-1], at + 1 == len(pattern)
            yield from ((0.0, at + 1, end, ((slot, place, end),)) for end in self._ends(slot, heard, place, is_last))
            return
        if len(token) <= tolerance.little:
            yield float(len(token)), at + 1, place, ()
        for cost, end in self._heard_as(token, heard, place, tolerance):
            yield cost, at + 1, end, ()
        if place < len(words) and at + 1 < len(pattern) and not pattern[at + 1].startswith("{"):
            both = token, pattern[at + 1]  # "log an" may be heard as "logan"
            distance = self._distance(both, words[place : place + 1])
            if distance <= tolerance.joined:
                yield distance * len("".join(both)), at + 2, place + 1, ()

    def _ends(self, slot: str, heard: AlignedWords, place: int, is_last: bool) -> Sequence[int]:
        """Where a slot that begins at a place may end."""
        all_words, filler = len(heard.words), filler_of(slot)
        if filler is Filler.QUANTITY:
            end = heard.quantities.get(slot, {}).get(place)
            return [] if end is None else [end]
        if filler is Filler.PARTNER or filler is Filler.WORDS:
            ends = range(place + 1, min(place + SLOT_TYPES[slot].widest, all_words) + 1)
            return ends if filler is Filler.WORDS else [end for end in ends if self._is_name(heard.words[place:end])]
        return range(max(place + 1, all_words) if is_last else place + 1, all_words + 1)


def _are_articles(one: str, other: str) -> bool:
    """Whether two words are as little as "a" and "the", which are heard for each other and mean the same here."""
    return min(len(one), len(other)) == 1 and max(len(one), len(other)) <= LONGEST_ARTICLE
