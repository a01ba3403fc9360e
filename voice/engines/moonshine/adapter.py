"""The adapter that lets the encoder hear through rooms and noise: what it changes in the package's weights.

rooms.npz holds the changes; rooms.json says where they come from, for which weights they were learned, and which part
of them is used. `python -m training` writes both.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.engines.moonshine.weights import Matrix

SHIPPED = Path(__file__).with_name("rooms.npz")
LEFT, RIGHT = "_left", "_right"  # endings of the two factors of a low-rank change
_HIGHEST = 255  # of a byte


@dataclass(frozen=True, slots=True)
class Adapter:
    """Changes of vectors, convolutions and matrices, by their names in the encoder."""

    changes: Mapping[str, NDArray[np.floating]]
    """Whole, or in two factors under the name with LEFT and RIGHT."""
    strength: float
    """The part of each change that is made: 0 leaves the weights as they are."""

    def changed(self, name: str, values: NDArray[np.float32]) -> NDArray[np.float32]:
        """The values of this name with their change."""
        change = self.changes.get(name)
        if change is None and name + LEFT in self.changes:
            change = self.changes[name + LEFT].astype(np.float32) @ self.changes[name + RIGHT].astype(np.float32)
        if change is None:
            return values
        return values + np.float32(self.strength) * change.astype(np.float32).reshape(values.shape)

    def changed_matrix(self, name: str, matrix: Matrix) -> Matrix:
        """The quantized matrix of this name, and its bias, with their changes."""
        bias = matrix.bias if matrix.bias is None else self.changed(f"{name}_bias", matrix.bias)
        return quantized(self.changed(name, values_of(matrix)), bias)


def load_adapter(encoder: Path, file: Path = SHIPPED) -> Adapter | None:
    """The adapter in a file; None where `trouble` has something to say. encoder: the package's weights."""
    if trouble(encoder, file):
        return None
    with np.load(file) as changes:
        return Adapter(dict(changes), float(_record(file)["strength"]))


def trouble(encoder: Path, file: Path = SHIPPED) -> str:
    """Why the adapter cannot be used with these weights; "" when it can."""
    record = _record(file)
    if sha256(file) != record["sha256"]:
        return f"{file.name} is damaged"
    if sha256(encoder) != record["encoder_sha256"]:
        return "the model in the package is not the one that it was learned for"
    return ""


def values_of(matrix: Matrix) -> NDArray[np.float32]:
    """What the bytes of a quantized matrix stand for."""
    return (matrix.values.astype(np.float32) - matrix.zero.astype(np.float32)) * matrix.scale


def quantized(values: NDArray[np.float32], bias: NDArray[np.float32] | None) -> Matrix:
    """A matrix (inputs × outputs) in bytes, with a scale for each output."""
    lowest, highest = np.minimum(values.min(0), 0), np.maximum(values.max(0), 0)
    scale = (np.maximum(highest - lowest, np.finfo(np.float32).tiny) / _HIGHEST).astype(np.float32)
    zero = np.rint(-lowest / scale)
    in_bytes = np.clip(np.rint(values / scale) + zero, 0, _HIGHEST).astype(np.uint8)
    return Matrix(in_bytes, scale, zero.astype(np.uint8), bias)


def _record(file: Path) -> dict[str, Any]:
    """What stands beside an adapter; one without it fits nothing."""
    beside = file.with_suffix(".json")
    if not beside.is_file():
        return {"sha256": None}
    record: dict[str, Any] = json.loads(beside.read_text(encoding="utf-8"))
    return record


def sha256(file: Path) -> str:
    """The checksum of a file; "" where there is none."""
    if not file.is_file():
        return ""
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()
