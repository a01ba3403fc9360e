"""The neural network: sound to its encoding, and the likelihood of every next piece of text."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.memory import frugal_network
from voice.moonshine.decoder import HEAD_SIZE, HEADS, LAYERS, listening, step
from voice.moonshine.tokenizer import BEGIN
from voice.moonshine.weights import Weights
from voice.sound.resampling import Samples

SHORTEST = 4_000  # samples; of less the encoder makes nothing
ENCODER, DECODER = "encoder_model.ort", "decoder_model_merged.ort"

Cache = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Decoding:
    """Texts that are being written, a row each.

    chances: the natural logarithm of the probability of every piece to come next, rows × 32,768.
    keys, values: what the decoder remembers of each row (`decoder.step` has the shape). sound: what it looks up in the
    sound, once for all rows.
    """

    chances: NDArray[np.float32]
    keys: NDArray[np.float32]
    values: NDArray[np.float32]
    sound: Cache


@dataclass(frozen=True, slots=True)
class Encoded:
    """A piece of sound as the decoder takes it.

    opening: one row, in which nothing is written yet. samples: how long the sound was.
    """

    opening: Decoding
    samples: int


class Model:
    """Loaded weights; one thread, so that it does not take the kitchen's other work away.

    folder: of the weights. Raises RecognizerError when they are not those of Moonshine tiny.
    """

    def __init__(self, folder: Path) -> None:
        self._encoder = frugal_network(folder / ENCODER)
        weights = Weights(folder / DECODER)
        self._listening = frugal_network(listening(weights))
        self._sounds = [output.name for output in self._listening.get_outputs()]
        self._step = frugal_network(step(weights))

    def encode(self, samples: Samples) -> Encoded:
        """The encoding of a piece of sound in -1 to 1, RATE samples a second."""
        heard = np.pad(samples, (0, max(0, SHORTEST - len(samples))))[None].astype(np.float32)
        mask = np.ones(heard.shape, np.int64)
        (states,) = self._encoder.run(None, {"input_values": heard, "attention_mask": mask})  # 1 × frames × 288
        sound = dict(zip(self._sounds, self._listening.run(None, {"states": states}), strict=True))
        nothing = np.zeros((LAYERS, 1, HEADS, 0, HEAD_SIZE), np.float32)
        before = Decoding(np.zeros((1, 0), np.float32), nothing, nothing, sound)
        return Encoded(self.write(before, [0], [BEGIN]), heard.shape[1])

    def write(self, decoding: Decoding, rows: Sequence[int], pieces: Sequence[int]) -> Decoding:
        """Go on with these rows (a row may go on in several ways), each by one piece."""
        feed = {
            "pieces": np.array(pieces, np.int64)[:, None],
            "rows": np.array(rows, np.int64),
            "position": np.array([decoding.keys.shape[3]], np.int64),
            "past_keys": decoding.keys,
            "past_values": decoding.values,
            **decoding.sound,
        }
        chances, keys, values = self._step.run(None, feed)
        return Decoding(chances, keys, values, decoding.sound)
