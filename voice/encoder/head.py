"""The head on the encoder: which of the labels a text has, with probabilities.

A softmax regression on the vector of the text and its n-grams, and beside it a hidden layer on the vector.
"""

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice.encoder.ngrams import BUCKETS, ngrams, weighted
from voice.errors import ModelError

HIDDEN = 512
"""Numbers of the hidden layer."""
Floats = NDArray[np.float32]
NGRAMS_LENGTH = 0.7
"""Length of the n-grams' part of the features; that of the vector is 1. From 0.5 to 1 all are equally good."""
_PARTS = ("rarity", "matrix", "bias", "hidden", "hidden_bias", "output")  # of the file, beside its labels


@dataclass(frozen=True, eq=False)
class Head:
    """Gives texts their labels. It changes nothing: any thread may use it at any time."""

    labels: tuple[str, ...]
    """What a text can be, in alphabetical order."""
    rarity: Floats
    """The weight of each n-gram bucket: BUCKETS."""
    matrix: Floats
    """Features × labels: first those of the vector, then BUCKETS; divided by the temperature."""
    bias: Floats
    """Of each label, divided by the temperature."""
    hidden: Floats
    """Numbers of the vector × HIDDEN."""
    hidden_bias: Floats
    """Of each number of the hidden layer."""
    output: Floats
    """HIDDEN × labels, divided by the temperature."""

    def probabilities(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """How likely each text has each label, if it has one at all: texts × labels, rows that add up to 1.

        vectors: of the same texts, texts × SIZE (SentenceEncoder.encode).
        """
        return softmax(self.logits(texts, vectors))

    def logits(self, texts: Sequence[str], vectors: Floats) -> Floats:
        """What the probabilities are made of: texts × labels, natural logarithms but for a number that a row shares.

        How far the largest stands above the mean of its row tells foreign texts better than the probability does.
        """
        if len(texts) != len(vectors):
            raise ValueError(f"{len(texts)} texts, but {len(vectors)} vectors")
        rows = weighted(ngrams(texts), self.rarity, NGRAMS_LENGTH)
        active = np.maximum(vectors @ self.hidden + self.hidden_bias, 0)
        logits: Floats = vectors @ self.matrix[:-BUCKETS] + active @ self.output + self.bias
        for row in range(len(rows)):
            entries = slice(rows.starts[row], rows.starts[row + 1])
            logits[row] += rows.values[entries] @ self.matrix[rows.columns[entries] - BUCKETS]
        return logits

    def save(self, path: Path) -> None:
        """Write it to an .npz, 3 MB for 220 labels. Raises OSError."""
        with path.open("wb") as stream:
            np.savez_compressed(
                stream,
                labels=np.array(self.labels),
                **{name: getattr(self, name).astype(np.float16) for name in _PARTS},
            )

    @classmethod
    def load(cls, path: Path) -> "Head":
        """Read what `save` wrote. Raises ModelError when it is missing or damaged."""
        try:
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as parts:
                labels = tuple(str(label) for label in parts["labels"])
                rarity, *others = (parts[name].astype(np.float32) for name in _PARTS)
        except FileNotFoundError as error:
            raise ModelError("the trained classifier is missing", str(path)) from error
        except (OSError, KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
            raise ModelError("the trained classifier is damaged", str(path)) from error
        size = len(others[0]) - BUCKETS
        shapes = [(size + BUCKETS, len(labels)), (len(labels),), (size, HIDDEN), (HIDDEN,), (HIDDEN, len(labels))]
        if rarity.shape != (BUCKETS,) or [each.shape for each in others] != shapes:
            raise ModelError("the trained classifier is from another version", str(path))
        return cls(labels, rarity, *others)


def softmax(logits: Floats) -> Floats:
    """Probabilities from logits, row by row."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities: Floats = powers / powers.sum(axis=1, keepdims=True)
    return probabilities
