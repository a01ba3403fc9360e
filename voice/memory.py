"""Memory: not kept where it is not needed, given back to the machine, and not looked through while it fills."""

import ctypes
import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:  # every child process imports this, also those that need no numpy
    from numpy.typing import NDArray


def give_back_memory() -> None:
    """Have the C library return what is free in its heap, which it would keep for itself; 2 to 20 ms.

    Loading a model leaves 40 MB, learning 20 to 60 MB, a long sound 90 MB. Only glibc can do it.
    """
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


@dataclass(frozen=True, slots=True)
class Network:
    """A neural network that was put together here."""

    operations: bytes
    """Its operations, as ONNX."""
    weights: "Mapping[str, NDArray[Any]]"
    """Name -> a weight that the operations refer to."""


def frugal_network(network: Path | Network) -> Any:
    """A neural network, an onnxruntime.InferenceSession: one thread, and no memory kept from one run to the next.

    network: its file, or what it is made of.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.log_severity_level = 3
    if isinstance(network, Network):
        weights = [onnxruntime.OrtValue.ortvalue_from_numpy(each) for each in network.weights.values()]
        options.add_external_initializers(list(network.weights), weights)
    model = network.operations if isinstance(network, Network) else network
    return onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])


@contextmanager
def uncollected() -> Iterator[None]:
    """While much is learned that stays, do not look for garbage in it: that took a third of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
