"""The encoder's weights as a record of fixed layout: the sizes of its vocabulary and network in one place."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

PIECES = 128_000
"""Pieces of the vocabulary."""
CHARACTER_MAP_BYTES = 237_542
WIDTH, BRANCH, INNER = 512, 256, 320
"""Numbers of a piece and of a vector; of a piece in each branch of the network; of its layers in between."""
BEFORE = {2: 0, 3: 1, 5: 2}
"""Pieces that a branch sees at once -> how many of them stand before the one it is about."""
BLOCKS, BLOCK_ROWS = 17, 7530
"""The embedding has a scale for each block; piece p is row p // BLOCKS of block p % BLOCKS."""
ROWS = BLOCKS * BLOCK_ROWS
"""Rows of the embedding, a few more than there are pieces."""

_BRANCHES = len(BEFORE) * BRANCH
_FEATURES = WIDTH + _BRANCHES

LAYOUT = np.dtype(
    [
        ("piece_hashes", np.uint64, PIECES),  # ascending
        ("piece_ids", np.int32, PIECES),  # in the order of the hashes
        ("piece_scores", np.float32, PIECES),  # the same: natural logarithms of probabilities
        ("character_map", np.uint8, CHARACTER_MAP_BYTES),
        ("scale", np.float32, BLOCKS),
        ("lo", np.float32, BLOCKS),
        ("proj", np.float32, (WIDTH, _BRANCHES)),
        ("proj_b", np.float32, _BRANCHES),
        ("proj_ln_g", np.float32, _BRANCHES),
        ("proj_ln_b", np.float32, _BRANCHES),
        *((f"w{layer}_{width}", np.float32, (width * BRANCH, BRANCH)) for width in BEFORE for layer in (1, 2)),
        *((f"b{layer}_{width}", np.float32, BRANCH) for width in BEFORE for layer in (1, 2)),
        ("ln_g", np.float32, _FEATURES),
        ("ln_b", np.float32, _FEATURES),
        ("cnn_W", np.float32, (_FEATURES, WIDTH)),
        ("cnn_b", np.float32, WIDTH),
        ("d0", np.float32, (WIDTH, INNER)),
        ("d1", np.float32, (INNER, INNER)),
        ("p1", np.float32, (WIDTH, INNER)),
        ("d2", np.float32, (INNER, WIDTH)),
        ("p3", np.float32, (INNER, WIDTH)),
        ("d3", np.float32, (WIDTH, WIDTH)),
    ]
)
"""All weights but the embedding, 16 MB. Those of the network have the names of the package's weights.npz."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What the encoder needs to know."""

    record: NDArray[np.void]
    """A record of LAYOUT, in an array of one."""
    rows: Callable[[NDArray[np.int64]], NDArray[np.uint8]]
    """Ids of pieces -> their rows of the embedding, pieces × WIDTH. Any thread may call it. It may raise OSError."""
