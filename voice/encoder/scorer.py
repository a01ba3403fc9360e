"""Encoder and head together: texts to probabilities of labels."""

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from voice.encoder.encoder import SentenceEncoder
from voice.encoder.head import Head

_REMEMBERED = 64  # single texts


class EncodedScorer:
    """Scores texts. Any thread may, at any time."""

    def __init__(self, encoder: SentenceEncoder, head: Head) -> None:
        self._encoder, self._head = encoder, head
        self._alone = lru_cache(_REMEMBERED)(self._score)

    @property
    def labels(self) -> tuple[str, ...]:
        """What a text can be."""
        return self._head.labels

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts × labels; rows add up to 1."""
        return np.array([self._alone(text) for text in texts], np.float32).reshape(len(texts), len(self.labels))

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts × SIZE; rows of length 1."""
        return self._encoder.encode(texts)

    def _score(self, text: str) -> NDArray[np.float32]:
        row: NDArray[np.float32] = self._head.probabilities([text], self._encoder.encode([text]))[0]
        return row
