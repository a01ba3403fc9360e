"""Moonshine's decoder and encoder as their package carries them, the reference for ours."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.engines.moonshine.decoder import HEAD_SIZE, HEADS, LAYERS
from voice.engines.moonshine.engine import model_folder
from voice.engines.moonshine.model import DECODER, ENCODER
from voice.engines.moonshine.tokenizer import BEGIN
from voice.memory import frugal_network
from voice.sound.resampling import Samples


class PackagedDecoder:
    """The packaged decoder on one text."""

    def __init__(self, frames: NDArray[np.float32], samples: int) -> None:
        """frames: what an encoder heard (1 × frames × WIDTH). samples: the length of the sound at RATE."""
        self._decoder = frugal_network(model_folder() / DECODER)
        self._outputs = [output.name.replace("present", "past_key_values") for output in self._decoder.get_outputs()]
        self._heard = {"encoder_hidden_states": frames, "encoder_attention_mask": np.ones((1, samples), np.int64)}
        empty = np.zeros((1, HEADS, 0, HEAD_SIZE), np.float32)
        self._memory: dict[str, NDArray[Any]] = {
            f"past_key_values.{layer}.{part}.{kind}": empty
            for layer in range(LAYERS)
            for part in ("decoder", "encoder")
            for kind in ("key", "value")
        }

    def log_probs(self, token: int) -> NDArray[np.float32]:
        """Natural logarithms of the probability of every next token after this one, 32,768."""
        feed = {"input_ids": np.array([[token]]), "use_cache_branch": np.array([token != BEGIN])}
        found = dict(zip(self._outputs, self._decoder.run(None, feed | self._heard | self._memory), strict=True))
        logits = found.pop("logits")[0, -1]
        kept = {name: values for name, values in found.items() if token == BEGIN or ".decoder." in name}
        self._memory |= kept
        log_probs: NDArray[np.float32] = logits - logits.max() - np.log(np.exp(logits - logits.max()).sum())
        return log_probs


def packaged_frames(samples: Samples) -> NDArray[np.float32]:
    """What the packaged encoder hears: 1 × frames × WIDTH. samples: -1 to 1, RATE a second."""
    heard = {"input_values": samples[None], "attention_mask": np.ones((1, len(samples)), np.int64)}
    frames: NDArray[np.float32] = frugal_network(model_folder() / ENCODER).run(None, heard)[0]
    return frames
