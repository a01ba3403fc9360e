"""The sentence encoder: texts to unit vectors."""

from collections.abc import Iterator, Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice.encoder.layout import WIDTH, Weights
from voice.encoder.network import Network
from voice.encoder.tokenizer import Tokenizer
from voice.encoder.weights import in_file, in_memory

SIZE = WIDTH
"""Numbers of a vector."""
LONGEST = 1000
"""Characters of a text that are read; what comes after them does not count."""

_PIECES_AT_ONCE = 384  # pieces whose features stay in the processor's cache; larger batches are not faster
_REMEMBERED = 256  # single texts


class SentenceEncoder:
    """Encodes texts. Any thread may, at any time; the same text always has the same vector when it is alone.

    In company the last bits may differ (by less than 1e-5), for the processor then adds in another order.
    """

    def __init__(self, weights: Weights) -> None:
        self._tokenizer = Tokenizer(weights.record)
        self._network = Network(weights)
        self._alone = lru_cache(_REMEMBERED)(self._encode_alone)

    @classmethod
    def open(cls, folder: Path | None = None) -> "SentenceEncoder":
        """The encoder with the weights of the installed package.

        folder: where its unpacked weights are kept from one start to the next (82 MB). With it opening takes 0.05 s
        (the first time 0.8 s); without it, or where it cannot be written, 0.7 s and 60 MB more memory.
        Raises ModelError when the package is missing or damaged.
        """
        if folder is not None:
            try:
                return cls(in_file(folder))
            except OSError:  # a disk that is full or not ours: the encoder works without
                pass
        return cls(in_memory())

    def encode(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """The vector of each text: texts × SIZE, rows of length 1. The vector of an empty text means nothing."""
        if len(texts) == 1:
            return self._alone(texts[0][:LONGEST]).copy()
        batches = [self._network.vectors(batch) for batch in self._batches(texts)]
        return np.concatenate([np.empty((0, SIZE), np.float32), *batches])

    def _encode_alone(self, text: str) -> NDArray[np.float32]:
        return self._network.vectors([self._tokenizer.pieces(text)])

    def _batches(self, texts: Sequence[str]) -> Iterator[list[list[int]]]:
        """The pieces of the texts, as many texts at once as stay below the limit; one longer than it stands alone."""
        batch: list[list[int]] = []
        count = 0
        for text in texts:
            pieces = self._tokenizer.pieces(text[:LONGEST])
            if batch and count + len(pieces) > _PIECES_AT_ONCE:
                yield batch
                batch, count = [], 0
            batch.append(pieces)
            count += len(pieces)
        if batch:
            yield batch
