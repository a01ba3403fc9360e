"""Memory: given back to the machine when it is not needed now, and not looked through while it fills."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager, suppress


def give_back_memory() -> None:
    """Have the C library return what is free in its heap, which it would keep for itself; 2 to 20 ms.

    Loading a model leaves 40 MB, learning 20 to 60 MB, a long sound 90 MB. Only glibc can do it.
    """
    with suppress(OSError, AttributeError):  # another C library
        ctypes.CDLL(None).malloc_trim(0)


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
