"""The natural English voice: hibari, whose one voice comes inside its Python package."""

import json
import re
from pathlib import Path
from typing import Any

from voice.memory import frugal_network, give_back_memory
from voice.messages.sound import Sound
from voice.pronunciation import reader

SEED = 1  # of the voice's breath: with it a sentence sounds the same every time
WORDS_PER_MINUTE = 187  # at speed 1, with pauses of 0.7 s between sentences of ten words; measured
_FASTEST, _SLOWEST = 2.0, 0.5
LONG_SECONDS = 4.0  # of sound, after which there is so much memory to give back that it is worth 10 ms
_LONG_NUMBER = re.compile(r"\d{13,}")  # has no name in the voice's dictionary, which would stumble over it


class NaturalVoice:
    """Lives in a child process. Measured: 0.6 s to build, 20 to 70 ms a sentence, 75 MB of memory, 150 MB meanwhile."""

    def __init__(self) -> None:
        self._hibari = _hibari()
        self._hibari("Ready.", seed=SEED)  # the first sentence takes half a second more

    def render(self, text: str, words_per_minute: float) -> Sound:
        """The sentence, with about 0.3 s of silence before and 0.5 s after it; empty when nothing can be read."""
        import numpy

        speed = min(max(words_per_minute / WORDS_PER_MINUTE, _SLOWEST), _FASTEST)
        spelled = _LONG_NUMBER.sub(lambda number: " ".join(number.group()), text)
        samples = self._hibari(spelled, speed=speed, seed=SEED)
        pcm = (numpy.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes()
        if len(samples) > LONG_SECONDS * self._hibari.sample_rate:
            give_back_memory()
        return Sound(pcm, self._hibari.sample_rate)


def _hibari() -> Any:
    """The one voice that is in the package (any other would be downloaded), a hibari.Hibari.

    Its own making would have the network keep the memory of the longest sentence (50 MB), and load what `reader` does
    without.
    """
    from hibari import Hibari, tts

    made = Hibari.__new__(Hibari)
    made.voice, made.model_path = tts.DEFAULT, tts.voice_path(tts.DEFAULT)
    made.sess = frugal_network(Path(made.model_path))
    made.vocab = json.loads(Path(tts.ASSETS, "vocab.json").read_text(encoding="utf-8"))
    made._g2p = reader()
    return made
