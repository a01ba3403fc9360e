"""Open wording: which intent a sentence means that nobody wrote down, learned from those that somebody did.

Regularized least squares on words, stems, neighbouring words, pairs of stems in any order, and pieces of three and
four characters, with ordinary talk as one more intent. Of what was tried on sentences of our own (39 intents, ten
sentences each; the other ten differently worded, learned and tested both ways, 780 answers): softmax on words,
bigrams and pieces 82-84 %, with stems, pairs and rarer features weighing more 86 %, least squares on the same 87.6 %,
centroids 82-84 %, nearest sentence 65 %, mixtures of these no better than the best of them.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate, pairwise
from typing import TYPE_CHECKING, Any

from voice.content import IntentPack
from voice.core.sayable import Sayable
from voice.core.text import plain
from voice.messages import Mode

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Labels = NDArray[np.integer[Any]]

Feature = tuple[str, str]  # its kind, one of WEIGHTS, and itself
Vector = Mapping[Feature, float]

TALK = ""  # the intent of what is no command
PIECES = (3, 4)  # characters
REACH = 5  # words in which two stems count as a pair
WEIGHTS = {"word": 1.0, "stem": 1.0, "next": 0.7, "pair": 0.5, "piece": 0.4}
RARITY = 0.5  # the power of the inverse document frequency; 0 and 1 are both about a point worse
RIDGE = 0.25  # of the least squares; 0.1 to 0.5 make no difference
SHARPNESS = tuple(1.25**step for step in range(4, 24))  # of the scores, tried one after the other: 2.4 to 170

# Endings that the forms of one word differ in, the longest first; what is left has at least SHORTEST_STEM letters.
_ENDINGS = ("ations", "ation", "ings", "edly", "ing", "ers", "ies", "er", "ed", "es", "ly", "s", "e")
SHORTEST_STEM = 3

NEVER_GUESSED = ("stop", "mute", "recap")  # too grave or too private for a guess, as are exact intents and care
ASKED_FOR = (Mode.IDLE, Mode.QUESTION, Mode.SESSION)  # the modes in which a guess may act
LISTED = 3  # sentences of an intent's templates that are learned besides its say: lines
FEWEST, MOST = 5, 10  # words of an utterance that may be guessed: shorter ones say too little, longer ones are talk
SURE = 0.95  # how probable a guess must be to act alone
SECOND = 0.9  # how probable, where a sentence of the same intent was near already
SPOKEN = {
    "{duration}": "ten minutes",
    "{number}": "five",
    "{time}": "seven",
    "{clause}": "{name} did it",
    "{text}": "it",
    "{timer}": "tea",
}


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest intent ("" is ordinary talk), its probability (0 to 1), and the next likeliest intent."""

    intent: str
    probability: float
    runner_up: str


class Wording:
    """Learned when it is made; see `python -m bench --only wording` for how long that takes and what it holds."""

    def __init__(self, examples: Sequence[tuple[str, str]], talk: Sequence[str] = ()) -> None:
        """examples: pairs of a sentence and its intent. talk: sentences that mean nothing.

        Raises ValueError when there are not at least two intents, talk counted as one.
        """
        import numpy as np

        pairs = [*examples, *((line, TALK) for line in talk)]
        self._intents = sorted({intent for _, intent in pairs})
        if len(self._intents) < 2:
            raise ValueError("wording needs sentences of at least two intents, ordinary talk counted as one")
        counts = [_features(text) for text, _ in pairs]
        seen = Counter(feature for count in counts for feature in count)
        self._rarity = _rarities(seen, len(pairs))
        self._unseen = {kind: _rarities({(kind, ""): 0}, len(pairs))[kind, ""] for kind in WEIGHTS}
        vectors = [self._vector(count) for count in counts]
        self._shelf = _Shelf(vectors)
        labels = np.array([self._intents.index(intent) for _, intent in pairs])
        self._dual, left_out = _least_squares(self._shelf.alike_each_other(), labels, len(self._intents))
        self._sharpness = _sharpness(left_out, labels)

    def guess(self, text: str) -> Guess:
        """What a text most likely means; of one that shares nothing with any example every intent is as likely."""
        import numpy as np

        scores = self._shelf.alike(self._vector(_features(text))) @ self._dual
        chances = np.exp(self._sharpness * (scores - scores.max()))
        best, second = (int(place) for place in np.argsort(-chances, kind="stable")[:2])
        return Guess(self._intents[best], float(chances[best] / chances.sum()), self._intents[second])

    def _vector(self, count: Mapping[Feature, int]) -> Vector:
        """The features that were learned, weighted; of length 1 together with those that were not."""
        rarity, unseen = self._rarity, self._unseen
        weighted = {
            feature: (1.0 if times == 1 else 1 + math.log(times)) * (rarity.get(feature) or unseen[feature[0]])
            for feature, times in count.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weighted.values()))
        return {feature: weight / length for feature, weight in weighted.items() if feature in rarity}


def _rarities(seen: Mapping[Feature, int], examples: int) -> dict[Feature, float]:
    """What every feature counts: the more, the fewer examples have it."""
    by_times = {times: (1 + math.log((1 + examples) / (1 + times))) ** RARITY for times in set(seen.values())}
    return {feature: WEIGHTS[feature[0]] * by_times[times] for feature, times in seen.items()}


class _Shelf:
    """The examples, by the features that they have."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        import numpy as np

        having = dict[Feature, list[tuple[int, float]]]()
        for row, vector in enumerate(vectors):
            for feature, weight in vector.items():
                having.setdefault(feature, []).append((row, weight))
        ends = accumulate(map(len, having.values()))
        self._slices = {
            feature: slice(end - len(rows), end) for (feature, rows), end in zip(having.items(), ends, strict=True)
        }
        self._rows = np.array([row for rows in having.values() for row, _ in rows], np.int32)
        self._weights = np.array([weight for rows in having.values() for _, weight in rows], np.float32)
        self._examples = len(vectors)

    def alike(self, vector: Vector) -> "Floats":
        """The cosine of a vector with every example."""
        import numpy as np

        alike = np.zeros(self._examples, np.float32)
        for feature, weight in vector.items():
            where = self._slices[feature]
            alike[self._rows[where]] += weight * self._weights[where]
        return alike

    def alike_each_other(self) -> "Floats":
        """The cosines of all examples with all examples."""
        import numpy as np

        alike = np.zeros((self._examples, self._examples), np.float32)
        for where in self._slices.values():
            if where.stop - where.start > 1:  # what one example has alone makes it like no other
                rows, weights = self._rows[where], self._weights[where]
                alike[rows[:, None], rows] += weights[:, None] * weights
        np.fill_diagonal(alike, 1.0)
        return alike


def _least_squares(alike: "Floats", labels: "Labels", intents: int) -> tuple["Floats", "Floats"]:
    """Ridge regression on 1 for the intent and -1 for every other, in its dual form.

    Returns what every example adds to the scores, and the score of every example as the others alone give it (the
    well-known short cut: the residual divided by the diagonal of the inverse).
    """
    import numpy as np

    targets = np.where(labels[:, None] == np.arange(intents), 1.0, -1.0).astype(alike.dtype)
    inverse = np.linalg.inv(alike + RIDGE * np.eye(len(labels), dtype=alike.dtype))
    dual = inverse @ targets
    return dual, targets - dual / np.diag(inverse)[:, None]


def _sharpness(scores: "Floats", labels: "Labels") -> float:
    """By what to multiply scores so that their softmax is a probability: the likeliest of SHARPNESS."""
    import numpy as np

    def likelihood(sharpness: float) -> float:
        exponents = sharpness * (scores - scores.max(axis=1, keepdims=True))
        right = exponents[np.arange(len(labels)), labels] - np.log(np.exp(exponents).sum(axis=1))
        return float(right.sum())

    return max(SHARPNESS, key=likelihood)


# ---- what a sentence is looked at for ------------------------------------------------------------------


def _features(text: str) -> Counter[Feature]:
    words = plain(text).split()
    return Counter(_listed(words))


def _listed(words: Sequence[str]) -> Iterator[Feature]:
    stems = [_stem(word) for word in words]
    yield from (("word", word) for word in words)
    yield from (("stem", stem) for stem in stems)
    yield from (("next", f"{one} {other}") for one, other in pairwise(("^", *words, "$")))
    for place, stem in enumerate(stems):
        yield from (("pair", " ".join(sorted((stem, other)))) for other in stems[place + 1 : place + REACH])
    line = f" {' '.join(words)} "
    for length in PIECES:
        yield from (("piece", line[start : start + length]) for start in range(len(line) - length + 1))


def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST_STEM:
            return word.removesuffix(ending)
    return word


@lru_cache(maxsize=2)
def _learned(examples: tuple[tuple[str, str], ...], talk: tuple[str, ...]) -> Wording:
    """The same sentences are learned once, however many houses are opened with them."""
    return Wording(examples, talk)


# ---- for the sentences of a pack ------------------------------------------------------------------------


class PackWording:
    """What the sentences of a pack, and the talk beside them, teach about other wordings; learned at the first guess.

    Of 650 lines of talk of FEWEST words and more that were not learned (half of the talk, and the talk at table that
    tests hold), one was guessed with more than 0.8 to be a command: "how much time do we need".
    """

    def __init__(self, pack: IntentPack, sentences: Mapping[str, Sequence[Sayable]], name: str) -> None:
        """sentences: of every intent. name: of a partner, for sentences with a name."""
        self._pack = pack
        self._sentences = sentences
        self._spoken = {**SPOKEN, "{name}": name.lower()}
        self._wording: Wording | None = None

    def warm_up(self) -> None:
        """Learn now, so that the first guess does not wait for it."""
        if self._wording is None and self._pack.talk:
            avoided = (line for intent in self._pack.intents for line in intent.avoid)
            self._wording = _learned(tuple(self._examples()), (*self._pack.talk, *avoided))

    def guess(self, some_words: Sequence[str]) -> Guess:
        """The intent that plain words most likely mean; ordinary talk where the pack has none to learn it from."""
        self.warm_up()
        return self._wording.guess(" ".join(some_words)) if self._wording else Guess(TALK, 1.0, TALK)

    def agrees(self, some_words: Sequence[str], intent: str, mode: Mode) -> bool:
        """Whether the words mean this intent, to which a sentence was near, but not near enough."""
        if mode not in ASKED_FOR or not self._may_guess(intent, mode):
            return False
        guess = self.guess(some_words)
        return guess.intent == intent and guess.probability >= SECOND

    def meant(self, readings: Sequence[Sequence[str]], mode: Mode) -> str:
        """The intent that every reading surely means in other words than the pack's, or ""."""
        if mode not in ASKED_FOR or not all(FEWEST <= len(reading) <= MOST for reading in readings):
            return ""
        guesses = [self.guess(reading) for reading in readings]
        intents = {guess.intent if guess.probability >= SURE else TALK for guess in guesses}
        intent = intents.pop() if len(intents) == 1 else TALK
        return intent if intent and self._may_guess(intent, mode) and not self._is_open(intent) else ""

    def _may_guess(self, name: str, mode: Mode) -> bool:
        intent = next(intent for intent in self._pack.intents if intent.name == name)
        return mode in intent.when and not (intent.exact or intent.care or name in NEVER_GUESSED)

    def _is_open(self, intent: str) -> bool:
        """Whether a sentence of it has an open slot, or every one a listed one: what would fill it, nobody knows."""
        sentences = self._sentences[intent]
        return any("{" in sentence.spoken for sentence in sentences) or all(sentence.slots for sentence in sentences)

    def _examples(self) -> Iterator[tuple[str, str]]:
        for intent in self._pack.intents:
            listed = sorted({self._as_spoken(each.spoken) for each in self._sentences[intent.name]} - set(intent.say))
            step = max(1, len(listed) // LISTED)
            yield from ((line, intent.name) for line in (*intent.say, *listed[::step]))

    def _as_spoken(self, sentence: str) -> str:
        for slot, words in self._spoken.items():
            sentence = sentence.replace(slot, words)
        return sentence
