"""Open wording: which intent a sentence means that nobody wrote down, learned from those that somebody did.

Regularized least squares on words, stems, neighbouring words, pairs of stems in any order, and pieces of three and
four characters, with ordinary talk as one more intent. Of what was tried on sentences of our own (39 intents, ten
sentences each; the other ten differently worded, learned and tested both ways, 780 answers): softmax on words,
bigrams and pieces 82-84 %, with stems, pairs and rarer features weighing more 86 %, least squares on the same 87.6 %,
centroids 82-84 %, nearest sentence 65 %, mixtures of these no better than the best of them.
"""

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from voice.language.text import plain
from voice.nlu.classifier.cholesky import CholeskyFactor

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Labels = NDArray[np.integer[Any]]

Feature = tuple[str, str]  # its kind, one of WEIGHTS, and itself
Vector = Mapping[int, float]  # number of a feature -> its weight

TALK = ""  # the intent of what is no command
PIECES = (3, 4)  # characters
REACH = 5  # words in which two stems count as a pair
WEIGHTS = {"word": 1.0, "stem": 1.0, "next": 0.7, "pair": 0.5, "piece": 0.4}
RARITY = 0.5  # the power of the inverse document frequency; 0 and 1 are both about a point worse
COMMON = 100  # examples that have a feature: from then on it is cheaper to write down that the others do not
RIDGE = 0.25  # of the least squares; 0.1 to 0.5 make no difference
MOST_LEFT_OUT = 500  # examples that the sharpness is chosen by; among three thousand all of them choose the same
SHARPNESS = tuple(1.25**step for step in range(4, 24))  # of the scores, tried one after the other: 2.4 to 170

# Endings that the forms of one word differ in, the longest first; what is left has at least SHORTEST_STEM letters.
_ENDINGS = ("ations", "ation", "ings", "edly", "ing", "ers", "ies", "er", "ed", "es", "ly", "s", "e")
SHORTEST_STEM = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """The likeliest intent ("" is ordinary talk), its probability (0 to 1), and the next likeliest intent."""

    intent: str
    probability: float
    runner_up: str


class RidgeClassifier:
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
        # Features are found twice, for those of all examples at once take 40 MB.
        seen = Counter(feature for text, _ in pairs for feature in _features(text))
        self._numbers = {feature: number for number, feature in enumerate(seen)}
        rarity = {count: _rarity(count, len(pairs)) for count in {0, *seen.values()}}
        self._rarity = [WEIGHTS[kind] * rarity[times] for (kind, _), times in seen.items()]
        self._unseen = {kind: weight * rarity[0] for kind, weight in WEIGHTS.items()}
        self._shelf = _Shelf((self._vector(_features(text)) for text, _ in pairs), len(pairs), len(seen))
        labels = np.array([self._intents.index(intent) for _, intent in pairs])
        self._dual, left_out, their_labels = _least_squares(self._shelf.alike_each_other(), labels, len(self._intents))
        self._sharpness = _sharpness(left_out, their_labels)

    def guess(self, text: str) -> Guess:
        """What a text most likely means; of one that shares nothing with any example every intent is as likely."""
        import numpy as np

        chances = self._chances(text)
        best, second = (int(place) for place in np.argsort(-chances, kind="stable")[:2])
        return Guess(self._intents[best], float(chances[best]), self._intents[second])

    def chances(self, text: str) -> dict[str, float]:
        """How probable each intent is."""
        return dict(zip(self._intents, self._chances(text).tolist(), strict=True))

    def _chances(self, text: str) -> "Floats":
        import numpy as np

        scores = self._shelf.alike(self._vector(_features(text))) @ self._dual
        chances: Floats = np.exp(self._sharpness * (scores - scores.max()))
        chances /= chances.sum()
        return chances

    def _vector(self, count: Mapping[Feature, int]) -> Vector:
        """The features that were learned, weighted; of length 1 together with those that were not."""
        numbers, rarity, unseen = self._numbers, self._rarity, self._unseen
        weighted = {
            feature: (1.0 if times == 1 else 1 + math.log(times))
            * (rarity[numbers[feature]] if feature in numbers else unseen[feature[0]])
            for feature, times in count.items()
        }
        length = math.sqrt(sum(weight * weight for weight in weighted.values()))
        return {numbers[feature]: weight / length for feature, weight in weighted.items() if feature in numbers}


def _rarity(times: int, examples: int) -> float:
    """What a feature counts: the more, the fewer examples have it."""
    return float((1 + math.log((1 + examples) / (1 + times))) ** RARITY)


class _Shelf:
    """The examples, by the features that they have."""

    def __init__(self, vectors: Iterable[Vector], examples: int, features: int) -> None:
        """examples: how many vectors. features: how many there are in all of them."""
        import numpy as np

        entries = ((feature, row, each) for row, vector in enumerate(vectors) for feature, each in vector.items())
        held = np.fromiter(entries, [("feature", np.int32), ("row", np.int32), ("weight", np.float32)])
        held = held[np.argsort(held["feature"], kind="stable")]
        self._rows, self._weights = held["row"].copy(), held["weight"].copy()
        ends = np.cumsum(np.bincount(held["feature"], minlength=features)).tolist()
        self._slices = [slice(begin, end) for begin, end in pairwise((0, *ends))]
        self._examples = examples

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

        common = [where for where in self._slices if where.stop - where.start > COMMON]
        held = np.zeros((self._examples, len(common)), np.float32)
        for place, where in enumerate(common):
            held[self._rows[where], place] = self._weights[where]
        alike: Floats = held @ held.T
        for where in self._slices:
            if 1 < where.stop - where.start <= COMMON:  # what one example has alone makes it like no other
                rows, weights = self._rows[where], self._weights[where]
                alike[rows[:, None], rows] += weights[:, None] * weights
        np.fill_diagonal(alike, 1.0)
        return alike


def _least_squares(alike: "Floats", labels: "Labels", intents: int) -> tuple["Floats", "Floats", "Labels"]:
    """Ridge regression on 1 for the intent and -1 for every other, in its dual form. alike: is overwritten.

    Returns what every example adds to the scores; of at most MOST_LEFT_OUT examples the scores as all others give them
    (the well-known short cut: the residual divided by the diagonal of the inverse), and the labels of these.
    """
    import numpy as np

    targets = np.where(labels[:, None] == np.arange(intents), 1.0, -1.0).astype(alike.dtype)
    np.fill_diagonal(alike, alike.diagonal() + RIDGE)
    triangle = CholeskyFactor(alike)
    dual = triangle.solve(targets)
    some = np.arange(0, len(labels), math.ceil(len(labels) / MOST_LEFT_OUT))
    left_out = targets[some] - dual[some] / triangle.inverse_diagonal(some)[:, None]
    return dual, left_out, labels[some]


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
