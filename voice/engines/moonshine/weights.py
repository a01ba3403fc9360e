"""The weights in a file in the ORT format of onnxruntime, by tensor name and by the result that they give."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.engines.moonshine import REINSTALL
from voice.errors import RecognizerError

_TYPES = {1: np.float32, 2: np.uint8}  # ONNX data types of weights
# Operator with a quantized matrix -> the positions of matrix, scale, zero point and bias among its inputs.
_POSITIONS = {b"MatMulIntegerToFloat": (1, 3, 5, 6), b"DynamicQuantizeMatMul": (1, 2, 3, 4)}
_BRANCHING = b"If"  # the operator whose attributes are the graphs of its branches


@dataclass(frozen=True, slots=True)
class Matrix:
    """A quantized matrix: a byte stands for scale · (byte - zero)."""

    values: NDArray[np.uint8]
    """The bytes, inputs × outputs."""
    scale: NDArray[np.float32]
    """One for all outputs, or one for each."""
    zero: NDArray[np.uint8]
    """The zero point: one for all outputs, or one for each."""
    bias: NDArray[np.float32] | None
    """Added to the outputs."""

    @property
    def outputs(self) -> int:
        """The number of outputs."""
        return int(self.values.shape[1])


class Weights:
    """The weights in one file."""

    def __init__(self, file: Path) -> None:
        """Raises RecognizerError when the file is not of that format."""
        from onnxruntime.tools.ort_format_model.ort_flatbuffers_py.fbs.InferenceSession import InferenceSession

        self._file, content = file, file.read_bytes()
        if not InferenceSession.InferenceSessionBufferHasIdentifier(content, 0):
            raise self._broken("is not in the format of onnxruntime")
        graph = InferenceSession.GetRootAsInferenceSession(content, 0).Model().Graph()
        self._begin = np.frombuffer(content, np.uint8).ctypes.data
        tensors = _each(graph.Initializers, graph.InitializersLength())
        self._tensors = {tensor.Name().decode(): tensor for tensor in tensors}
        self._matrices: dict[str, tuple[str, ...]] = {}  # result tensor -> the names of the matrix's parts
        self._find_matrices(graph)

    def tensor(self, name: str) -> NDArray[Any]:
        """The tensor of this name. Raises RecognizerError when there is none."""
        tensor = self._tensors.get(name)
        if tensor is None:
            raise self._broken(f"has no weights {name}")
        values = np.frombuffer(tensor.RawDataAsNumpy(), _TYPES[tensor.DataType()])
        return values.reshape([tensor.Dims(axis) for axis in range(tensor.DimsLength())])

    def in_file(self, name: str) -> NDArray[Any]:
        """As `tensor`, where it lies in the file: only what is looked at takes memory."""
        values = self.tensor(name)
        begin = values.ctypes.data - self._begin
        return np.memmap(self._file, values.dtype, "r", begin, values.shape)

    def matrix(self, result: str) -> Matrix:
        """The matrix that gives this result tensor. Raises RecognizerError when there is none."""
        if result not in self._matrices:
            raise self._broken(f"has no matrix for {result}")
        values, scale, zero, *bias = self._matrices[result]
        added = self.tensor(bias[0]) if any(bias) else None
        return Matrix(self.tensor(values), self.tensor(scale), self.tensor(zero), added)

    def _find_matrices(self, graph: Any) -> None:
        for node in _each(graph.Nodes, graph.NodesLength()):
            if positions := _POSITIONS.get(node.OpType()):
                parts = (node.Inputs(each).decode() for each in positions if each < node.InputsLength())
                self._matrices[node.Outputs(0).decode()] = tuple(parts)
            elif node.OpType() == _BRANCHING:
                for branch in _each(node.Attributes, node.AttributesLength()):
                    self._find_matrices(branch.G())

    def _broken(self, what: str) -> RecognizerError:
        return RecognizerError(f"the English model {what}", str(self._file), REINSTALL)


def _each(part: Callable[[int], Any], count: int) -> Iterator[Any]:
    return map(part, range(count))


def side_by_side(matrices: list[Matrix]) -> Matrix:
    """Matrices of the same inputs, concatenated along the output axis; biases are dropped."""
    return Matrix(
        np.concatenate([each.values for each in matrices], axis=1),
        np.concatenate([np.broadcast_to(each.scale, each.outputs) for each in matrices]),
        np.concatenate([np.broadcast_to(each.zero, each.outputs) for each in matrices]),
        None,
    )
