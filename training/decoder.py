"""Moonshine's decoder in torch, frozen: how likely it finds texts that are known."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor, nn

from training.network import EPSILON, by_head, joined, rotated, rotations
from voice.engines.moonshine.adapter import values_of
from voice.engines.moonshine.decoder import LAYERS, WIDTH, Embedding, cross_matrices, step_numbers
from voice.engines.moonshine.weights import Weights


class Decoder(nn.Module):
    """The package's decoder, its bytes as the values that they stand for."""

    def __init__(self, weights: Weights) -> None:
        super().__init__()
        numbers = dict(step_numbers(weights))
        for name, values in numbers.items():
            if f"{name}_zero" in numbers:
                zero, scale = (np.asarray(numbers[f"{name}_{part}"], np.float32) for part in ("zero", "scale"))
                self.register_buffer(name, torch.tensor((values.astype(np.float32) - zero) * scale))
            elif values.dtype == np.float32 and not name.endswith("_scale"):
                self.register_buffer(name, torch.tensor(values))
        every = np.arange(len(self.get_buffer("out")[0]))
        self.register_buffer("embedding", torch.tensor(Embedding(weights)(every)[:, 0]))
        for layer in range(LAYERS):
            for name, matrix in zip(("key", "value"), cross_matrices(weights, layer), strict=True):
                self.register_buffer(f"{name}_{layer}", torch.tensor(values_of(matrix)))

    def forward(self, texts: Tensor, frames: Tensor, rows: Tensor, columns: Tensor) -> Tensor:
        """The log-probabilities of every next token at some places of texts (places × VOCABULARY).

        texts: rows × tokens, BEGIN first. frames: of each row's sound. rows, columns: the places.
        """
        x = self.get_buffer("embedding")[texts]
        cosines, sines = rotations(texts.shape[1])
        for layer in range(LAYERS):
            x = self._layer(layer, x, frames, cosines, sines)
        return (self._normed("norm", x[rows, columns]) @ self.get_buffer("out")).log_softmax(-1)

    def _layer(self, layer: int, x: Tensor, frames: Tensor, cosines: Tensor, sines: Tensor) -> Tensor:
        y = self._normed(f"input_layernorm_{layer}", x)
        query, key, value = (by_head(part) for part in (y @ self.get_buffer(f"self_{layer}")).chunk(3, -1))
        query, key = rotated(query, cosines, sines), rotated(key, cosines, sines)
        found = F.scaled_dot_product_attention(query, key, value, is_causal=True)
        x = x + joined(found) @ self.get_buffer(f"own_{layer}")
        y = self._normed(f"post_attention_layernorm_{layer}", x)
        query = by_head(y @ self.get_buffer(f"ask_{layer}"))
        key, value = (by_head(frames @ self.get_buffer(f"{part}_{layer}")) for part in ("key", "value"))
        x = x + joined(F.scaled_dot_product_attention(query, key, value)) @ self.get_buffer(f"hear_{layer}")
        y = self._normed(f"final_layernorm_{layer}", x)
        inner, gate = (y @ self.get_buffer(f"widen_{layer}") + self.get_buffer(f"widen_{layer}_bias")).chunk(2, -1)
        return x + (F.silu(gate) * inner) @ self.get_buffer(f"narrow_{layer}") + self.get_buffer(f"narrow_{layer}_bias")

    def _normed(self, name: str, x: Tensor) -> Tensor:
        return F.layer_norm(x, (WIDTH,), self.get_buffer(name), eps=EPSILON)
