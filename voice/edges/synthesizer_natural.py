"""The natural English voice: hibari, whose one voice comes inside its Python package."""

import re

from voice.messages import Sound

SEED = 1  # of the voice's breath: with it a sentence sounds the same every time
WORDS_PER_MINUTE = 187  # at speed 1, with pauses of 0.7 s between sentences of ten words; measured
_FASTEST, _SLOWEST = 2.0, 0.5
_LONG_NUMBER = re.compile(r"\d{13,}")  # has no name in the voice's dictionary, which would stumble over it


class NaturalVoice:
    """Lives in a child process. Measured: 1.1 s to build, 20 to 70 ms a sentence, 215 MB of memory."""

    def __init__(self) -> None:
        from hibari import Hibari

        self._hibari = Hibari(threads=1)  # any other voice than this one would be downloaded
        self._hibari("Ready.", seed=SEED)  # the first sentence takes half a second more

    def render(self, text: str, words_per_minute: float) -> Sound:
        """The sentence, with about 0.3 s of silence before and 0.5 s after it; empty when nothing can be read."""
        import numpy

        speed = min(max(words_per_minute / WORDS_PER_MINUTE, _SLOWEST), _FASTEST)
        spelled = _LONG_NUMBER.sub(lambda number: " ".join(number.group()), text)
        samples = self._hibari(spelled, speed=speed, seed=SEED)
        pcm = (numpy.clip(samples, -1, 1) * 32_767).astype("<i2").tobytes()
        return Sound(pcm, self._hibari.sample_rate)
