"""The neural network: sound to its encoding, and the likelihood of every next piece of text."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.memory import frugal_network
from voice.moonshine.pieces import BEGIN
from voice.sound.resampling import Samples

LAYERS, HEADS, HEAD_SIZE = 6, 8, 36  # of the decoder
SHORTEST = 4_000  # samples; of less the encoder makes nothing
ENCODER, DECODER = "encoder_model.ort", "decoder_model_merged.ort"

_STATES, _MASK = "encoder_hidden_states", "encoder_attention_mask"
Cache = dict[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class Decoding:
    """Texts that are being written, a row each.

    chances: the natural logarithm of the probability of every piece to come next, rows × 32,768.
    past: what the decoder remembers of each row. sound: what it remembers of the encoding, once for all rows.
    """

    chances: NDArray[np.float32]
    past: Cache
    sound: Cache


@dataclass(frozen=True, slots=True)
class Encoded:
    """A piece of sound as the decoder takes it.

    opening: one row, in which nothing is written yet. samples: how long the sound was.
    """

    opening: Decoding
    samples: int


class Model:
    """Loaded weights; one thread, so that it does not take the kitchen's other work away. folder: of the weights."""

    def __init__(self, folder: Path) -> None:
        self._encoder = frugal_network(folder / ENCODER)
        self._decoder = frugal_network(folder / DECODER)
        self._outputs = [output.name for output in self._decoder.get_outputs()]

    def encode(self, samples: Samples) -> Encoded:
        """The encoding of a piece of sound in -1 to 1, RATE samples a second."""
        heard = np.pad(samples, (0, max(0, SHORTEST - len(samples))))[None].astype(np.float32)
        mask = np.ones(heard.shape, np.int64)
        (states,) = self._encoder.run(None, {"input_values": heard, "attention_mask": mask})  # 1 × frames × 288
        return Encoded(self._begin({_STATES: states, _MASK: mask}), heard.shape[1])

    def write(self, decoding: Decoding, rows: Sequence[int], pieces: Sequence[int]) -> Decoding:
        """Go on with these rows (a row may go on in several ways), each by one piece."""
        # One encoding does for all rows: the attention to it is a product of matrices, which repeats what stands once.
        past = {name: values[rows] for name, values in decoding.past.items()}
        chances, memory = self._run(pieces, past | decoding.sound, began=True)
        return Decoding(chances, _without(memory, decoding.sound), decoding.sound)

    def _begin(self, heard: Cache) -> Decoding:
        empty = np.zeros((1, HEADS, 0, HEAD_SIZE), np.float32)
        nothing = {
            f"past_key_values.{layer}.{part}.{kind}": empty
            for layer in range(LAYERS)
            for part in ("decoder", "encoder")
            for kind in ("key", "value")
        }
        chances, memory = self._run([BEGIN], nothing | heard, began=False)
        sound = {name: values for name, values in memory.items() if ".encoder." in name}
        return Decoding(chances, _without(memory, sound), sound | heard)

    def _run(self, pieces: Sequence[int], memory: Cache, began: bool) -> tuple[NDArray[np.float32], Cache]:
        feed: dict[str, NDArray[Any]] = {
            "input_ids": np.array(pieces, np.int64)[:, None],
            "use_cache_branch": np.array([began]),
            **memory,
        }
        found = dict(zip(self._outputs, self._decoder.run(None, feed), strict=True))
        logits = found.pop("logits")[:, -1]
        logits -= logits.max(axis=1, keepdims=True)
        logits -= np.log(np.exp(logits).sum(axis=1, keepdims=True))
        return logits, {name.replace("present", "past_key_values"): values for name, values in found.items()}


def _without(memory: Cache, sound: Cache) -> Cache:
    return {name: values for name, values in memory.items() if name not in sound}
