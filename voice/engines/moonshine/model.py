"""The neural network: sound to its encoding, and the log-probabilities of the next token."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.engines.moonshine.adapter import Adapter
from voice.engines.moonshine.decoder import HEAD_SIZE, HEADS, LAYERS, Embedding, cross_attention, decoder_step
from voice.engines.moonshine.encoder import encoder
from voice.engines.moonshine.tokenizer import BEGIN
from voice.engines.moonshine.weights import Weights
from voice.memory import frugal_network
from voice.sound.resampling import Samples

SHORTEST = 4_000  # samples; the encoder takes no fewer
ENCODER, DECODER = "encoder_model.ort", "decoder_model_merged.ort"

Cache = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Decoding:
    """The state of the decoder for several texts, a row each."""

    log_probs: NDArray[np.float32]
    """Natural logarithms of the probability of every next token, rows × 32,768."""
    keys: NDArray[np.float32]
    """Self-attention keys, LAYERS × rows × HEADS × tokens × HEAD_SIZE."""
    values: NDArray[np.float32]
    """Self-attention values, of the same shape."""
    sound: Cache
    """Cross-attention keys and values of each layer, shared by all rows."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """A piece of sound as the decoder takes it."""

    initial: Decoding
    """One row without a token."""
    samples: int
    """The length of the sound at RATE, padding included."""


class Model:
    """Loaded weights, run on one thread: other work on the machine keeps its cores.

    folder: of the weights. adapter: changes the encoder's; None leaves them as they are. again: likewise, of a second
    encoder; None: there is none. Raises RecognizerError when the weights are not those of Moonshine tiny.
    """

    def __init__(self, folder: Path, adapter: Adapter | None = None, again: Adapter | None = None) -> None:
        adapters = (adapter, again) if again else (adapter,)
        self._encoders = [frugal_network(encoder(Weights(folder / ENCODER), each)) for each in adapters]
        weights = Weights(folder / DECODER)
        self._cross_attention = frugal_network(cross_attention(weights))
        self._sound_names = [output.name for output in self._cross_attention.get_outputs()]
        self._step, self._embedding = frugal_network(decoder_step(weights)), Embedding(weights)

    def encode(self, samples: Samples, *, again: bool = False) -> Encoded:
        """The encoding of a piece of sound. samples: -1 to 1, RATE a second. again: by the second encoder, if any."""
        frames = self.frames(samples, again=again)
        sound = dict(zip(self._sound_names, self._cross_attention.run(None, {"states": frames}), strict=True))
        nothing = np.zeros((LAYERS, 1, HEADS, 0, HEAD_SIZE), np.float32)
        before = Decoding(np.zeros((1, 0), np.float32), nothing, nothing, sound)
        return Encoded(self.step(before, [0], [BEGIN]), max(SHORTEST, len(samples)))

    def frames(self, samples: Samples, *, again: bool = False) -> NDArray[np.float32]:
        """The output of an encoder for a piece of sound: 1 × frames × WIDTH. samples, again: as `encode` takes them."""
        heard = np.pad(samples, (0, max(0, SHORTEST - len(samples))))[None].astype(np.float32)
        frames: NDArray[np.float32] = self._encoders[-1 if again else 0].run(None, {"samples": heard})[0]
        return frames

    def step(self, decoding: Decoding, rows: Sequence[int], tokens: Sequence[int]) -> Decoding:
        """Extend these rows by one token each. A row may be extended several times, by different tokens."""
        feed = {
            "x_0": self._embedding(tokens),
            "rows": np.array(rows, np.int64),
            "position": np.array([decoding.keys.shape[3]], np.int64),
            "past_keys": decoding.keys,
            "past_values": decoding.values,
            **decoding.sound,
        }
        log_probs, keys, values = self._step.run(None, feed)
        return Decoding(log_probs, keys, values, decoding.sound)
