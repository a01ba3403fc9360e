"""The decoder of Moonshine as it lies in its package, to hold ours against."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from voice.edges.recognizer_moonshine import model_folder
from voice.memory import frugal_network
from voice.moonshine.decoder import HEAD_SIZE, HEADS, LAYERS
from voice.moonshine.model import DECODER, ENCODER
from voice.moonshine.tokenizer import BEGIN
from voice.sound.resampling import Samples


class PackagedDecoder:
    """The decoder as it lies in the package, for one text."""

    def __init__(self, samples: Samples) -> None:
        """samples: what is heard."""
        self._decoder = frugal_network(model_folder() / DECODER)
        self._outputs = [output.name.replace("present", "past_key_values") for output in self._decoder.get_outputs()]
        mask = np.ones((1, len(samples)), np.int64)
        heard = {"input_values": samples[None], "attention_mask": mask}
        (states,) = frugal_network(model_folder() / ENCODER).run(None, heard)
        self._heard = {"encoder_hidden_states": states, "encoder_attention_mask": mask}
        empty = np.zeros((1, HEADS, 0, HEAD_SIZE), np.float32)
        self._memory: dict[str, NDArray[Any]] = {
            f"past_key_values.{layer}.{part}.{kind}": empty
            for layer in range(LAYERS)
            for part in ("decoder", "encoder")
            for kind in ("key", "value")
        }

    def chances(self, piece: int) -> NDArray[np.float32]:
        """The probabilities of the next piece behind this one, as natural logarithms."""
        feed = {"input_ids": np.array([[piece]]), "use_cache_branch": np.array([piece != BEGIN])}
        found = dict(zip(self._outputs, self._decoder.run(None, feed | self._heard | self._memory), strict=True))
        logits = found.pop("logits")[0, -1]
        kept = {name: values for name, values in found.items() if piece == BEGIN or ".decoder." in name}
        self._memory |= kept
        chances: NDArray[np.float32] = logits - logits.max() - np.log(np.exp(logits - logits.max()).sum())
        return chances
