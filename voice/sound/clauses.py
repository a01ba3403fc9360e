"""Where what is being said can be taken up again: after a pause in its sound, as at a comma or a full stop."""

import numpy as np

from voice.messages.sound import Sound
from voice.sound.resampling import from_pcm

BLOCK = 0.01  # seconds that are quiet or not
QUIET = 0.03  # of the loudest sample: a block below that is quiet
PAUSE = 0.14  # seconds: consonants are shorter, and of our voice and espeak-ng's a comma is longer


def from_last_clause(sound: Sound, said: float) -> Sound:
    """The rest of the sound from the last pause in it that ended before so many seconds; all of it where none did."""
    block = round(BLOCK * sound.rate)
    samples = np.abs(from_pcm(sound.pcm))
    loudest = samples[: len(samples) // block * block].reshape(-1, block).max(axis=1)
    is_quiet = loudest <= QUIET * samples.max(initial=0.0)
    begins, quiet = 0, 0
    for number in range(min(len(loudest), int(said / BLOCK))):
        if not is_quiet[number] and quiet * BLOCK >= PAUSE:
            begins = number
        quiet = quiet + 1 if is_quiet[number] else 0
    return Sound(sound.pcm[2 * block * begins :], sound.rate)
