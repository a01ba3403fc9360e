"""The weights of the installed package: unpacked into memory, or into a file that is read from then on.

The package's files are compressed (31 MB), and unpacking them takes most of a second. The file is LAYOUT, followed by
the embedding, 82 MB in all. Of the embedding only the rows of the pieces at hand are read, at 2 µs each, so that
its 66 MB are not kept in memory.
"""

import os
import tempfile
import threading
import weakref
import zipfile
import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.encoder.layout import BEFORE, BLOCKS, LAYOUT, ROWS, WIDTH, Weights
from voice.encoder.package import INSTALL, VERSION, resources
from voice.encoder.vocabulary import read_vocabulary
from voice.errors import ModelError

_FILE = f"sentence-encoder-{VERSION}.weights"
_SIDE_BY_SIDE = {"proj": "proj{}", "proj_b": "proj_b{}", "proj_ln_g": "ln_g{}", "proj_ln_b": "ln_b{}"}


def in_memory() -> Weights:
    """The weights, all of them in memory. Raises ModelError when the package is missing or damaged."""
    record, embedding = _unpack()
    return Weights(record, lambda pieces: embedding.take(pieces, axis=0))


def in_file(folder: Path) -> Weights:
    """The weights, the embedding in a file in the folder. The file is written when it is not there.

    Raises ModelError when the package is missing or damaged, OSError when the file cannot be written or read.
    """
    file = folder / _FILE
    if not file.is_file() or file.stat().st_size != LAYOUT.itemsize + ROWS * WIDTH:
        _write(file)
    return Weights(np.fromfile(file, LAYOUT, count=1), _Rows(file).read)


class _Rows:
    """The embedding in its file."""

    def __init__(self, file: Path) -> None:
        self._stream = file.open("rb", buffering=0)
        self._moving = threading.Lock()  # the stream has one place
        weakref.finalize(self, self._stream.close)

    def read(self, pieces: NDArray[np.int64]) -> NDArray[np.uint8]:
        """The rows of the pieces. Raises OSError."""
        rows = np.empty((len(pieces), WIDTH), np.uint8)
        with self._moving:
            for row, piece in zip(rows, pieces.tolist(), strict=True):
                self._stream.seek(LAYOUT.itemsize + piece * WIDTH)
                self._stream.readinto(row.data)
        return rows


def _write(file: Path) -> None:
    """Write the file in one step: after a crash, and for another process, it is whole or not there."""
    record, embedding = _unpack()
    file.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent, prefix=f".{file.name}.")
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.write(record.data)
            stream.write(embedding.data)
            stream.flush()
            os.fsync(stream.fileno())
        os.replace(name, file)
    except BaseException:
        with suppress(OSError):
            os.unlink(name)
        raise


def _unpack() -> tuple[NDArray[np.void], NDArray[np.uint8]]:
    """A record of LAYOUT and the embedding, ROWS × WIDTH."""
    folder = resources()
    record, embedding = np.zeros(1, LAYOUT), np.empty((ROWS, WIDTH), np.uint8)
    try:
        read_vocabulary((folder / "sp.model").read_bytes(), record)
        with (folder / "weights.npz").open("rb") as stream, np.load(stream, allow_pickle=False) as package:
            _copy_network(package, record)
            for block in range(BLOCKS):
                embedding[block::BLOCKS] = package[f"q{block + 1}"]
    except (FileNotFoundError, KeyError, ValueError, IndexError, EOFError, zipfile.BadZipFile, zlib.error) as error:
        raise ModelError("the sentence encoder is damaged", str(folder), INSTALL) from error
    return record, embedding


def _copy_network(package: Mapping[str, Any], record: NDArray[np.void]) -> None:
    """Copy the matrices. Raises KeyError or ValueError when one is missing or has another shape."""
    for name, part in _SIDE_BY_SIDE.items():
        record[name][0] = np.concatenate([package[part.format(width)] for width in BEFORE], axis=-1)
    for name in LAYOUT.names or ():
        if not name.startswith(("piece_", "character_", *_SIDE_BY_SIDE)):
            record[name][0] = package[name]
