"""The file through which the machine's own voice hands over a sentence: no word of it stays on a disk."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from voice.files import cache_directory, private_directory

HAS_MEMORY = hasattr(os, "memfd_create")
"""True where a file can live in memory alone (Linux), and so ends with its process, however that ends."""


@contextmanager
def sentence_file(*, in_memory: bool = HAS_MEMORY) -> Iterator[Path]:
    """An empty file that can be written and read by its path."""
    if in_memory:
        descriptor = os.memfd_create("sentence")
        try:
            yield Path(f"/proc/self/fd/{descriptor}")
        finally:
            os.close(descriptor)
        return
    file = private_directory(_folder()) / f"{os.getpid()}.wav"
    try:
        yield file
    finally:
        file.unlink(missing_ok=True)


def clear_sentences() -> None:
    """Remove what a process that was killed has left; to be called before the first and after the last sentence.

    A sentence that another program is just rendering goes too; that program renders it again.
    """
    for file in _folder().glob("*.wav"):
        file.unlink(missing_ok=True)


def _folder() -> Path:
    return cache_directory() / "voice"
