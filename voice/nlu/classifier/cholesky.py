"""Least squares for thousands of examples in a second: the triangle of a matrix, found and used block by block.

numpy has no solver for symmetric matrices, its inverse takes six times the work of what is wanted here, and its own
decomposition takes a block of a thousand rows one row at a time; products of blocks are what a processor does best.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.floating[Any]]
    Places = NDArray[np.integer[Any]]

BLOCK = 128  # rows


class CholeskyFactor:
    """The triangle T of a symmetric, positive definite matrix, which is T times T transposed (Cholesky)."""

    def __init__(self, matrix: "Floats") -> None:
        """matrix: is overwritten, for there are thousands of rows."""
        import numpy as np

        self._triangle = matrix
        self._corners: list[Floats] = []  # the inverses of the blocks of the diagonal
        for begin in range(0, len(matrix), BLOCK):
            end = begin + BLOCK
            matrix[begin:, begin:end] -= matrix[begin:, :begin] @ matrix[begin:end, :begin].T
            corner = np.linalg.inv(np.linalg.cholesky(matrix[begin:end, begin:end]))
            matrix[begin:, begin:end] = matrix[begin:, begin:end] @ corner.T
            self._corners.append(corner)

    def solve(self, wanted: "Floats") -> "Floats":
        """The x for which the matrix times x is what is wanted."""
        found = self._half_solved(wanted)
        for place in reversed(range(len(self._corners))):
            begin, end = place * BLOCK, (place + 1) * BLOCK
            found[begin:end] -= self._triangle[end:, begin:end].T @ found[end:]
            found[begin:end] = self._corners[place].T @ found[begin:end]
        return found

    def inverse_diagonal(self, places: "Places") -> "Floats":
        """These numbers of the diagonal of the inverse of the matrix."""
        import numpy as np

        units = np.zeros((len(self._triangle), len(places)), self._triangle.dtype)
        units[places, np.arange(len(places))] = 1.0
        diagonal: Floats = np.square(self._half_solved(units)).sum(axis=0)
        return diagonal

    def _half_solved(self, wanted: "Floats") -> "Floats":
        """The x for which the triangle times x is what is wanted."""
        found = wanted.copy()
        for place, corner in enumerate(self._corners):
            begin, end = place * BLOCK, (place + 1) * BLOCK
            found[begin:end] = corner @ (found[begin:end] - self._triangle[begin:end, :begin] @ found[:begin])
        return found
