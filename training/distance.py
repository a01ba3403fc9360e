"""How far what a pupil heard is from what the teacher heard, as the decoder feels it."""

import torch
from torch import Tensor

from voice.engines.moonshine.adapter import values_of
from voice.engines.moonshine.decoder import LAYERS, WIDTH, cross_matrices
from voice.engines.moonshine.weights import Weights

MEAN_SQUARE = 0.3  # of a number of a frame


class Distance:
    """The mean square distance of frames; what the decoder's cross-attention reads in them counts half.

    The keys and values of every layer are linear in a frame, so their distances together are one quadratic form.
    """

    def __init__(self, decoder: Weights) -> None:
        matrices = [values_of(each) for layer in range(LAYERS) for each in cross_matrices(decoder, layer)]
        read = sum((torch.tensor(each @ each.T) for each in matrices), torch.zeros(WIDTH, WIDTH))
        form = read * (WIDTH / read.trace()) / 2 + torch.eye(WIDTH) / 2
        self._root = torch.linalg.cholesky(form)

    def __call__(self, frames: Tensor, wanted: Tensor) -> Tensor:
        """1 is about as far as frames of other sounds are."""
        distance: Tensor = (((frames - wanted) @ self._root) ** 2).mean() / MEAN_SQUARE
        return distance
