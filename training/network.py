"""Moonshine's encoder in torch, with an adapter that learns."""

import math

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from voice.engines.moonshine.adapter import LEFT, RIGHT, values_of
from voice.engines.moonshine.decoder import HEAD_SIZE, HEADS, LAYERS, ROTATED, WIDTH
from voice.engines.moonshine.encoder import MATRICES, Numbers, encoder_matrices, encoder_numbers
from voice.engines.moonshine.weights import Weights

RANK = 16
LOW_RANK_CONVOLUTIONS = ("conv_2", "conv_3")
EPSILON = 1e-5


class Encoder(nn.Module):
    """The encoder. Every number of it may change: matrices and two convolutions by a low-rank product, the rest freely.

    numbers: of the package, matrices among them (inputs × outputs). The changes begin at zero.
    """

    def __init__(self, numbers: Numbers) -> None:
        super().__init__()
        low_rank = {f"{name}_{layer}" for name in MATRICES for layer in range(LAYERS)} | {*LOW_RANK_CONVOLUTIONS}
        self.changes = nn.ParameterDict()
        for name, values in numbers.items():
            self.register_buffer(name, torch.tensor(values), persistent=False)
            if name in low_rank:
                rows = values.shape[0]
                self.changes[f"{name}{LEFT}"] = nn.Parameter(torch.randn(rows, RANK) / math.sqrt(rows))
                self.changes[f"{name}{RIGHT}"] = nn.Parameter(torch.zeros(RANK, values.size // rows))
            else:
                self.changes[name] = nn.Parameter(torch.zeros(values.shape))

    def forward(self, sound: Tensor) -> Tensor:
        """Sounds of one length (rows × samples at RATE) to frames (rows × frames × WIDTH)."""
        x = self._front(sound)
        cosines, sines = rotations(x.shape[1])
        for layer in range(LAYERS):
            x = self._layer(layer, x, cosines, sines)
        return F.layer_norm(x, (WIDTH,), self._whole("norm"), eps=EPSILON)

    def _front(self, sound: Tensor) -> Tensor:
        x = torch.tanh(F.conv1d(sound[:, None], self._whole("conv_1"), stride=64))
        x = F.group_norm(x, 1, self._whole("group_norm"), self._whole("group_norm_bias"), EPSILON)
        x = F.gelu(F.conv1d(x, self._whole("conv_2"), self._whole("conv_2_bias"), stride=3))
        x = F.gelu(F.conv1d(x, self._whole("conv_3"), self._whole("conv_3_bias"), stride=2))
        return x.transpose(1, 2)

    def _layer(self, layer: int, x: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
        y = F.layer_norm(x, (WIDTH,), self._whole(f"before_{layer}"), eps=EPSILON)
        query, key, value = (by_head(self._linear(f"{name}_{layer}", y)) for name in ("query", "key", "value"))
        query, key = rotated(query, cosines, sines), rotated(key, cosines, sines)
        found = F.scaled_dot_product_attention(query, key, value)
        x = x + self._linear(f"own_{layer}", joined(found))
        y = F.layer_norm(x, (WIDTH,), self._whole(f"between_{layer}"), eps=EPSILON)
        return x + self._linear(f"narrow_{layer}", F.gelu(self._linear(f"widen_{layer}", y)))

    def _linear(self, name: str, x: Tensor) -> Tensor:
        bias = self._whole(f"{name}_bias") if f"{name}_bias" in self.changes else None
        change = (x @ self.changes[f"{name}{LEFT}"]) @ self.changes[f"{name}{RIGHT}"]
        linear: Tensor = F.linear(x, self.get_buffer(name).T, bias) + change
        return linear

    def _whole(self, name: str) -> Tensor:
        """The numbers with their change."""
        base = self.get_buffer(name)
        change: Tensor
        if name in self.changes:
            change = self.changes[name]
        else:
            change = (self.changes[f"{name}{LEFT}"] @ self.changes[f"{name}{RIGHT}"]).view(base.shape)
        return base + change


def package_numbers(weights: Weights) -> Numbers:
    """All numbers of the package's encoder, matrices as the values that their bytes stand for."""
    numbers = encoder_numbers(weights)
    for name, matrix in encoder_matrices(weights).items():
        numbers[name] = values_of(matrix)
        if matrix.bias is not None:
            numbers[f"{name}_bias"] = matrix.bias
    return numbers


def by_head(x: Tensor) -> Tensor:
    """Rows × positions × WIDTH to rows × HEADS × positions × HEAD_SIZE."""
    return x.view(*x.shape[:-1], HEADS, HEAD_SIZE).transpose(1, 2)


def joined(x: Tensor) -> Tensor:
    """The way back."""
    return x.transpose(1, 2).flatten(2)


def rotations(positions: int) -> tuple[Tensor, Tensor]:
    """Rotary position embedding: cosines and sines, positions × ROTATED / 2 each."""
    speeds = 10_000.0 ** (-torch.arange(0, ROTATED, 2) / ROTATED)
    angles = torch.outer(torch.arange(positions), speeds)
    return angles.cos(), angles.sin()


def rotated(x: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
    """The first ROTATED dimensions of each head turned by their position, in pairs of neighbours."""
    one, other = x[..., :ROTATED:2], x[..., 1:ROTATED:2]
    turned = torch.stack((one * cosines - other * sines, one * sines + other * cosines), -1).flatten(-2)
    return torch.cat((turned, x[..., ROTATED:]), -1)
