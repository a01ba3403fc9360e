"""Trains a head: Adam on the cross-entropy with smoothed labels, then a temperature that makes it honest.

A seed and the same examples give the same head, on the same processor and numpy. 15,000 examples of 220 labels take
30 s of one core.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voice.encoder.head import HIDDEN, NGRAMS_LENGTH, Floats, Head, softmax
from voice.encoder.ngrams import BUCKETS, SparseRows, ngrams, rarity, weighted

_EPOCHS, _LEAST_STEPS = 12, 200  # with few examples, as many epochs as these steps take
_BATCH = 256  # examples of a step
_RATES = (0.02, 0.02, 0.001, 0.001, 0.001)  # of learning, of each part at first; they fall evenly to 0
_SPREAD = 11.3  # of the hidden layer's numbers at first, on vectors of length 1: its sums spread by about half
_DROPPED = 0.5  # of the hidden layer's numbers, in each step others: no example is learned by heart
_MEAN_MEMORY, _SQUARE_MEMORY = 0.9, 0.99
_SMOOTHING = 0.05  # of the probability goes to all labels alike: no example is taken for certain
_DECAY = 1e-6  # of the matrix (L2)
_BALANCE = 0.5  # a label's examples weigh as its count to the power of -_BALANCE: rare labels are learned as well
_HELD_OUT = 0.1  # of the examples: what the temperature is found with
_TEMPERATURES = np.geomspace(0.05, 5, 60)

Indices = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Examples:
    """What is learned from. A row of features is that of the vector and that of the n-grams side by side."""

    vectors: Floats
    ngrams: SparseRows
    targets: Indices
    """The place of each example's label."""
    weights: Floats
    """Of each example, 1 on average."""

    def features(self, chosen: Indices) -> Floats:
        """Examples × features."""
        return np.hstack([self.vectors[chosen], self.ngrams.dense(chosen)])


class _Model:
    """The parameters, which are changed in place."""

    def __init__(self, size: int, labels: int, generator: np.random.Generator) -> None:
        self.matrix, self.bias = np.zeros((size + BUCKETS, labels), np.float32), np.zeros(labels, np.float32)
        spread = _SPREAD / np.sqrt(size)
        self.hidden = (generator.standard_normal((size, HIDDEN)) * spread).astype(np.float32)
        self.hidden_bias = np.zeros(HIDDEN, np.float32)
        self.output = np.zeros((HIDDEN, labels), np.float32)

    def active(self, vectors: Floats) -> Floats:
        """The outputs of the hidden layer for vectors: examples × HIDDEN."""
        active: Floats = np.maximum(vectors @ self.hidden + self.hidden_bias, 0)
        return active

    def logits(self, features: Floats, active: Floats) -> Floats:
        logits: Floats = features @ self.matrix + self.bias + active @ self.output
        return logits


def train(
    texts: Sequence[str],
    vectors: Floats,
    labels: Sequence[str],
    *,
    seed: int = 0,
) -> Head:
    """The head that has learned the label of each text.

    vectors: of the texts, texts × SIZE.
    """
    if not len(texts) == len(vectors) == len(labels) > 0:
        raise ValueError(f"{len(texts)} texts, {len(vectors)} vectors and {len(labels)} labels")
    names, targets = np.unique(np.array(labels), return_inverse=True)
    counted = ngrams(texts)
    rare = rarity(counted)
    each = np.bincount(targets) ** -_BALANCE
    balanced = (each[targets] / each[targets].mean()).astype(np.float32)
    examples = _Examples(vectors, weighted(counted, rare, NGRAMS_LENGTH), targets, balanced)

    generator = np.random.default_rng(seed)
    order = generator.permutation(len(texts))
    held_out, learned = np.split(order, [round(_HELD_OUT * len(order))])
    heat = _temperature(_fit(examples, learned, len(names), generator), examples, held_out) if len(held_out) else 1.0
    model = _fit(examples, order, len(names), generator)
    return Head(
        tuple(map(str, names)),
        rare,
        model.matrix / heat,
        model.bias / heat,
        model.hidden,
        model.hidden_bias,
        model.output / heat,
    )


def _fit(examples: _Examples, chosen: Indices, labels: int, generator: np.random.Generator) -> _Model:
    """Learn the chosen examples with Adam (Kingma and Ba 2015)."""
    model = _Model(examples.vectors.shape[1], labels, generator)
    parts = (model.matrix, model.bias, model.hidden, model.hidden_bias, model.output)
    optimizers = [_Adam(part) for part in parts]
    batches = -(-len(chosen) // _BATCH)
    epochs = max(_EPOCHS, -(-_LEAST_STEPS // batches))
    for epoch in range(epochs):
        for place, batch in enumerate(np.array_split(generator.permutation(chosen), batches)):
            left = 1 - (epoch * batches + place) / (epochs * batches)
            features, vectors = examples.features(batch), examples.vectors[batch]
            kept = np.float32(1 / (1 - _DROPPED)) * (generator.random((len(batch), HIDDEN), np.float32) >= _DROPPED)
            active = model.active(vectors) * kept
            errors = softmax(model.logits(features, active)) - np.float32(_SMOOTHING / labels)
            errors[np.arange(len(batch)), examples.targets[batch]] -= np.float32(1 - _SMOOTHING)
            errors *= examples.weights[batch][:, None] / np.float32(len(batch))
            back = errors @ model.output.T * kept * (active > 0)
            gradients = (
                features.T @ errors + np.float32(_DECAY) * model.matrix,
                errors.sum(axis=0),
                vectors.T @ back,
                back.sum(axis=0),
                active.T @ errors,
            )
            for optimizer, gradient, rate in zip(optimizers, gradients, _RATES, strict=True):
                optimizer.step(gradient, np.float32(rate * left))
    return model


class _Adam:
    """Moves parameters, in place, against their gradient."""

    def __init__(self, parameters: Floats) -> None:
        self._parameters, self._steps = parameters, 0
        self._mean, self._square = np.zeros_like(parameters), np.zeros_like(parameters)

    def step(self, gradient: Floats, rate: np.float32) -> None:
        self._steps += 1
        self._mean += np.float32(1 - _MEAN_MEMORY) * (gradient - self._mean)
        self._square += np.float32(1 - _SQUARE_MEMORY) * (gradient * gradient - self._square)
        mean_bias = np.float32(1 - _MEAN_MEMORY**self._steps)
        square_bias = np.float32(1 - _SQUARE_MEMORY**self._steps)
        scale = np.sqrt(self._square / square_bias) + np.float32(1e-8)
        self._parameters -= (rate / mean_bias) * self._mean / scale


def _temperature(model: _Model, examples: _Examples, held_out: Indices) -> float:
    """By which the logits are divided so that the held-out labels are likeliest (Guo et al. 2017, "On calibration")."""
    logits = model.logits(examples.features(held_out), model.active(examples.vectors[held_out]))
    targets = examples.targets[held_out]
    own = np.arange(len(held_out)), targets
    losses = [-np.log(softmax(logits / np.float32(heat))[own] + 1e-12).mean() for heat in _TEMPERATURES]
    return float(_TEMPERATURES[np.argmin(losses)])
