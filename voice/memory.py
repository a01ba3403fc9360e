"""Memory: not kept where it is not needed, given back to the machine, and not looked through while it fills."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any


def give_back_memory() -> None:
    """Have the C library return what is free in its heap, which it would keep for itself; 2 to 20 ms.

    Loading a model leaves 40 MB, learning 20 to 60 MB, a long sound 90 MB. Only glibc can do it.
    """
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


def frugal_network(model: Path | bytes) -> Any:
    """A neural network, an onnxruntime.InferenceSession: one thread, and no memory kept from one run to the next.

    model: its file, or what stands in one.
    """
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_cpu_mem_arena = options.enable_mem_pattern = False
    options.log_severity_level = 3
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
