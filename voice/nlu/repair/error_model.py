"""How much speaks for an utterance being a sentence in which words went wrong, rather than ordinary talk."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import inf

import numpy as np
from rapidfuzz.distance import Levenshtein

from voice.language.text import FILLERS, HESITATIONS
from voice.nlu.index.pronunciation import Pronouncer
from voice.nlu.index.sentence import FREE, all_apart
from voice.nlu.matching.alignment import LONGEST_NAME, LONGEST_TIMER_NAME, Words
from voice.nlu.repair.talk_model import BackgroundModel

# What each step speaks for a sentence (natural logarithm), learned by logistic regression: docs/measured.md tells how.
# A word counts by its rarity in ordinary talk.
BEGIN = -1.15
RIGHT, RIGHT_BY_RARITY = -1.75, 0.5  # a word that was heard as it is
MISHEARD = ((0.1, 0.1), (0.25, -1.15), (0.4, -1.95), (0.55, -3.1), (1.0, -4.7))  # up to this distance, this much
MISHEARD_BY_RARITY, MEANT_BY_RARITY = 0.73, -0.4  # of the word that was heard instead, and of the one that was not
ALIKE, LAST_MISHEARD = 0.4, -1.35  # the last word, farther than this: talk goes on otherwise, errors are anywhere
LOST, LOST_BY_RARITY = -0.85, -0.3
SAID_TOO, LAST_SAID_TOO = -2.2, -0.55  # the last: a word of some length that talk goes on with
USUAL_MISHEARD, USUAL_TOO, USUAL_LOST = -0.9, -0.45, -0.25  # for each pair of neighbours there that talk has
TOGETHER, TOGETHER_BY_DISTANCE = 2.7, -13.8  # two words were heard as one, or one as two
QUANTITY, NAME, TIMER, ANYTHING = 2.3, 1.15, 0.15, -0.3  # what fills a slot
SLOTS = {**dict.fromkeys(FREE, ANYTHING), "{name}": NAME, "{timer}": TIMER}

TOGETHER_GATE = 0.35  # how far two words may be from what they were run together to, in letters or in sounds, ...
SPELLED_GATE = 0.5  # ... and in letters alone
LITTLE = 3  # letters of a word that is easily said too, anywhere
HOPELESS = -25.0  # what less speaks for is not followed
ROUNDING = 1e-6  # more than sums differ in that are added up in another order
_UP_TO, _MISHEARD = np.array([*MISHEARD, (inf, HOPELESS)]).T


@dataclass(frozen=True, slots=True)
class AlignmentScore:
    """What speaks for a sentence (natural logarithm), and which words fill its open slots: slot -> (start, end)."""

    sum: float
    spans: Mapping[str, tuple[int, int]]


class _Grid:
    """The best way to each place of a sentence and an utterance: what speaks for it, and where it came from.

    usual: of each pair of neighbours in the utterance, as Rarity tells it.
    """

    def __init__(self, tokens: int, words: int, usual: Sequence[bool]) -> None:
        self.usual = usual
        self.usual_around = [before + after for before, after in pairwise(usual)]  # how many of the two at each word
        self.sums = [[HOPELESS] * (words + 1) for _ in range(tokens + 1)]
        self.before: list[list[tuple[int, int]]] = [[(0, 0)] * (words + 1) for _ in range(tokens + 1)]

    def step(self, total: float, start: tuple[int, int], at: int, place: int) -> None:
        """Go on from a place to another one, if that is better than what leads there already."""
        if total > self.sums[at][place]:
            self.sums[at][place] = total
            self.before[at][place] = start


class ErrorModel:
    """Reckons for one couple. rarity: of a word in talk. is_name: whether some words are a partner's name."""

    def __init__(self, rarity: BackgroundModel, sounding: Pronouncer, is_name: Callable[[Words], bool]) -> None:
        self._rarity = rarity
        self._sounding = sounding
        self._is_name = is_name
        self._heard = lru_cache(maxsize=50_000)(self._heard_as)
        self._together = lru_cache(maxsize=50_000)(self._run_together)
        self._lost = lru_cache(maxsize=10_000)(self._left_out)

    def most(self, sentences: Collection[Words], heard: Words) -> dict[Words, list[float]]:
        """For each of some sentences, from each of its words on: no less than the rest of it can speak.

        Distances of many words are found at once, so that most sentences need not be reckoned.
        """
        alone = self._alone({token for sentence in sentences for token in sentence}, heard)
        for (token,), more in self._all_together([(token,) for token in alone], [*pairwise(heard)]):
            alone[token] = max(alone[token], more)
        two = dict[Words, float]()
        pairs = {pair for sentence in sentences for pair in pairwise(sentence)}
        for pair, more in self._all_together([*pairs], [(word,) for word in heard]):
            two[pair] = max(more, two.get(pair, more))
        return {sentence: _from_each_on(sentence, alone, two) for sentence in sentences}

    def _alone(self, tokens: Iterable[str], heard: Words) -> dict[str, float]:
        """No less than each token can speak, lost or taken for one of the words."""
        found, words = dict[str, float](), list[str]()
        for token in tokens:
            if token.startswith("{"):
                found[token] = SLOTS.get(token, QUANTITY if token in heard else HOPELESS)
            else:
                words.append(token)
        rarity = self._rarity
        distances = self._sounding.likenesses(words, heard) - ROUNDING
        distances[np.array(words)[:, None] == np.array(heard)] = inf  # a word that was heard as it is counts for itself
        speaks = _MISHEARD[np.searchsorted(_UP_TO, distances)] + [MISHEARD_BY_RARITY * rarity(word) for word in heard]
        for token, misheard in zip(words, speaks.max(axis=1).tolist(), strict=True):
            right = RIGHT + RIGHT_BY_RARITY * rarity(token) if token in heard else HOPELESS
            found[token] = max(right, misheard + MEANT_BY_RARITY * rarity(token), self._lost(token))
        return found

    def _all_together(self, tokens: Sequence[Words], words: Sequence[Words]) -> Iterator[tuple[Words, float]]:
        """Which of some tokens may have been run together to which words, or the other way, and what that speaks."""
        if not (tokens and words):
            return
        apart = all_apart([*map("".join, tokens)], [*map("".join, words)])
        for at, place in np.argwhere(apart <= SPELLED_GATE + ROUNDING).tolist():
            if (more := self._together(tokens[at], words[place])) is not None:
                yield tokens[at], more

    def reckon(
        self, sentence: Words, heard: Words, least: float = HOPELESS, most: Sequence[float] = ()
    ) -> AlignmentScore | None:
        """The way to take the words heard for the sentence for which most speaks; None when it is hopeless.

        Both are tokens: a duration or a number that was heard is one, as it is in the sentence. least: what less
        speaks for need not be found; most: as `most` tells it of the sentence.
        """
        most = most or [inf] * (len(sentence) + 1)
        if BEGIN + most[0] < least:
            return None
        grid = _Grid(len(sentence), len(heard), self._rarity.usual(heard))
        grid.sums[0][0] = BEGIN
        said_too = [
            _said_too(word, place + 1 == len(heard)) + USUAL_TOO * grid.usual_around[place]
            for place, word in enumerate(heard)
        ]
        for at, sums in enumerate(grid.sums):
            for place, total in enumerate(sums):  # which steps from the places before have changed
                if total <= HOPELESS or total + most[at] < least:
                    continue
                if place < len(heard):
                    grid.step(total + said_too[place], (at, place), at, place + 1)
                if at < len(sentence):
                    fill = self._fill if sentence[at].startswith("{") else self._say
                    fill(grid, sentence, heard, at, place)
        total = grid.sums[-1][-1]
        return AlignmentScore(total, _spans(grid, sentence, len(heard))) if total > HOPELESS else None

    def _say(self, grid: _Grid, sentence: Words, heard: Words, at: int, place: int) -> None:
        """Every step that a word of the sentence allows: it is lost, heard, run together with another one, or split."""
        total, start, token = grid.sums[at][place], (at, place), sentence[at]
        grid.step(total + self._lost(token) + USUAL_LOST * grid.usual[place], start, at + 1, place)
        word = heard[place] if place < len(heard) else "{"
        if word.startswith("{"):
            return
        as_heard = total + self._heard(token, word, place + 1 == len(heard))
        if token == word:
            grid.step(as_heard, start, at + 1, place + 1)
            return
        grid.step(as_heard + USUAL_MISHEARD * grid.usual_around[place], start, at + 1, place + 1)
        if at + 1 < len(sentence) and (more := self._together(sentence[at : at + 2], (word,))) is not None:
            grid.step(total + more, start, at + 2, place + 1)
        if place + 1 < len(heard) and (more := self._together((token,), heard[place : place + 2])) is not None:
            grid.step(total + more, start, at + 1, place + 2)

    def _fill(self, grid: _Grid, sentence: Words, heard: Words, at: int, place: int) -> None:
        """Every step that a slot of the sentence allows."""
        total, start, slot, left = grid.sums[at][place], (at, place), sentence[at], len(heard) - place
        if slot == "{name}":
            for end in range(place + 1, place + min(left, LONGEST_NAME) + 1):
                if self._is_name(heard[place:end]):
                    grid.step(total + NAME, start, at + 1, end)
        elif slot == "{timer}":
            for end in range(place + 1, place + min(left, LONGEST_TIMER_NAME) + 1):
                grid.step(total + TIMER, start, at + 1, end)
        elif slot in FREE:
            for end in range(place + 1, len(heard) + 1):
                grid.step(total + ANYTHING, start, at + 1, end)
        elif heard[place : place + 1] == (slot,):
            grid.step(total + QUANTITY, start, at + 1, place + 1)

    def _heard_as(self, token: str, word: str, is_last: bool) -> float:
        if token == word:
            return RIGHT + RIGHT_BY_RARITY * self._rarity(token)
        distance = self._sounding.likeness(token, word)
        more = next(more for most, more in MISHEARD if distance <= most)
        more += MISHEARD_BY_RARITY * self._rarity(word) + MEANT_BY_RARITY * self._rarity(token)
        return more + (LAST_MISHEARD if is_last and distance > ALIKE else 0.0)

    def _run_together(self, tokens: Words, words: Words) -> float | None:
        spelled, heard = "".join(tokens), "".join(words)
        if "{" in spelled or "{" in heard:
            return None
        if Levenshtein.normalized_distance(spelled, heard, score_cutoff=SPELLED_GATE) > SPELLED_GATE:
            return None
        distance = self._sounding.together(tokens, words)
        return TOGETHER + TOGETHER_BY_DISTANCE * distance if distance <= TOGETHER_GATE else None

    def _left_out(self, token: str) -> float:
        return LOST + LOST_BY_RARITY * self._rarity(token)


def _from_each_on(sentence: Words, alone: Mapping[str, float], two: Mapping[Words, float]) -> list[float]:
    """What the rest of a sentence speaks at most, when this is what each of its tokens, and each two, speak."""
    most = [ROUNDING] * (len(sentence) + 1)
    for at in reversed(range(len(sentence))):
        most[at] = most[at + 1] + alone[sentence[at]]
        if (more := two.get(sentence[at : at + 2])) is not None:
            most[at] = max(most[at], most[at + 2] + more)
    return most


@lru_cache(maxsize=10_000)
def _said_too(word: str, is_last: bool) -> float:
    is_little = len(word) <= LITTLE or word in FILLERS or word in HESITATIONS
    return SAID_TOO + (LAST_SAID_TOO if is_last and not is_little else 0.0)


def _spans(grid: _Grid, sentence: Words, words: int) -> dict[str, tuple[int, int]]:
    """The words that fill each slot, on the best way to the end."""
    found = dict[str, tuple[int, int]]()
    at, place = len(sentence), words
    while (at, place) != (0, 0):
        before, begin = grid.before[at][place]
        if before < at and sentence[before].startswith("{"):
            found[sentence[before][1:-1]] = (begin, place)
        at, place = before, begin
    return found
