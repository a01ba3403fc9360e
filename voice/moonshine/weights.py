"""The weights of a network that onnxruntime keeps in its own format: by their names, and by what they are used for."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.errors import RecognizerError
from voice.moonshine import REINSTALL

_TYPES = {1: np.float32, 2: np.uint8}  # those of ONNX's data types that weights have
# An operator that multiplies by a matrix of bytes -> where among its inputs stand the matrix, its scale, the byte that
# means zero, and what is added afterwards.
_PLACES = {b"MatMulIntegerToFloat": (1, 3, 5, 6), b"DynamicQuantizeMatMul": (1, 2, 3, 4)}
_BRANCHING = b"If"  # the operator whose attributes are the graphs of its branches


@dataclass(frozen=True, slots=True)
class Matrix:
    """A matrix of bytes, inputs × outputs: each stands for scale · (byte - zero).

    scale, zero: one for all, or one for each output. bias: added to the outputs; None where nothing is.
    """

    values: NDArray[np.uint8]
    scale: NDArray[np.float32]
    zero: NDArray[np.uint8]
    bias: NDArray[np.float32] | None

    @property
    def outputs(self) -> int:
        """How many numbers come out."""
        return int(self.values.shape[1])


class Weights:
    """What a file in the format of onnxruntime holds."""

    def __init__(self, file: Path) -> None:
        """Raises RecognizerError when the file is not of that format."""
        from onnxruntime.tools.ort_format_model.ort_flatbuffers_py.fbs.InferenceSession import InferenceSession

        self._file, content = file, file.read_bytes()
        if not InferenceSession.InferenceSessionBufferHasIdentifier(content, 0):
            raise self._broken("is not in the format of onnxruntime")
        graph = InferenceSession.GetRootAsInferenceSession(content, 0).Model().Graph()
        tensors = _each(graph.Initializers, graph.InitializersLength())
        self._tensors = {tensor.Name().decode(): tensor for tensor in tensors}
        self._matrices: dict[str, tuple[str, ...]] = {}  # what is reckoned with it -> the names of its parts
        self._find_matrices(graph)

    def tensor(self, name: str) -> NDArray[Any]:
        """The numbers of this name. Raises RecognizerError when there are none."""
        tensor = self._tensors.get(name)
        if tensor is None:
            raise self._broken(f"has no weights {name}")
        values = np.frombuffer(tensor.RawDataAsNumpy(), _TYPES[tensor.DataType()])
        return values.reshape([tensor.Dims(place) for place in range(tensor.DimsLength())])

    def matrix(self, result: str) -> Matrix:
        """The matrix by which this result is reckoned. Raises RecognizerError when there is none."""
        if result not in self._matrices:
            raise self._broken(f"has no matrix for {result}")
        values, scale, zero, *bias = self._matrices[result]
        added = self.tensor(bias[0]) if any(bias) else None
        return Matrix(self.tensor(values), self.tensor(scale), self.tensor(zero), added)

    def _find_matrices(self, graph: Any) -> None:
        for node in _each(graph.Nodes, graph.NodesLength()):
            if places := _PLACES.get(node.OpType()):
                parts = (node.Inputs(place).decode() for place in places if place < node.InputsLength())
                self._matrices[node.Outputs(0).decode()] = tuple(parts)
            elif node.OpType() == _BRANCHING:
                for branch in _each(node.Attributes, node.AttributesLength()):
                    self._find_matrices(branch.G())

    def _broken(self, what: str) -> RecognizerError:
        return RecognizerError(f"the English model {what}", str(self._file), REINSTALL)


def _each(part: Callable[[int], Any], many: int) -> Iterator[Any]:
    return map(part, range(many))


def side_by_side(matrices: list[Matrix]) -> Matrix:
    """Matrices for the same inputs as one, of all their outputs in order; what is added afterwards is left out."""
    return Matrix(
        np.concatenate([each.values for each in matrices], axis=1),
        np.concatenate([np.broadcast_to(each.scale, each.outputs) for each in matrices]),
        np.concatenate([np.broadcast_to(each.zero, each.outputs) for each in matrices]),
        None,
    )
