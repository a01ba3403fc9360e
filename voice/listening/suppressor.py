"""Suppresses what a filter leaves of our own voice, so that somebody who speaks over it is noticed and understood."""

import numpy as np

from voice.listening.adaptive_filter import BLOCK
from voice.sound.resampling import Samples

SUPPRESSED = 3.0  # times the power that may be left of our own voice, in each frequency
LEAVES = 0.05  # of the power of the echo is left at first
LEARNS = 0.99  # how much of what is known of that is kept from block to block
MOST = 4.0  # times what is expected to be left that counts as that; more is somebody else
DIES = 0.9  # how much of the power of the echo is left in the room after a block: 60 dB less in 2.1 s


class Suppressor:
    """Knows how much of an echo is left where it is taken out, and takes no chances with it.

    Recognizers understand more in what this leaves than in what the filter leaves: docs/measured.md, "Its own voice".
    """

    def __init__(self) -> None:
        self._before = np.zeros((2, BLOCK), np.float32)
        self._room = np.zeros(BLOCK + 1)  # power spectrum of the echo, dying away
        self._left, self._of = np.full(BLOCK + 1, LEAVES), np.ones(BLOCK + 1)  # sums: of what is left of the echo

    def theirs(self, left: Samples, echo: Samples, uncertain: Samples) -> Samples:
        """A block of what is left, without the frequencies in which it may be echo.

        echo: what was taken out of it. uncertain: the power spectrum of the error of that.
        """
        now = np.stack([left, echo])
        spectra = np.fft.rfft(np.concatenate([self._before, now], axis=1))
        self._before = now
        power, self._room = np.abs(spectra[0]) ** 2, np.maximum(np.abs(spectra[1]) ** 2, DIES * self._room)
        own = np.maximum(2 * uncertain, self._left / self._of * self._room)
        self._left = LEARNS * self._left + np.minimum(power, MOST * own)
        self._of = LEARNS * self._of + self._room
        gains = np.maximum(1 - SUPPRESSED * own / (power + 1e-12), 0.0)
        theirs: Samples = np.fft.irfft(spectra[0] * gains)[BLOCK:].astype(np.float32)
        return theirs
