"""Learns how a loudspeaker is heard in a room: an adaptive filter from what is played to what the microphone hears."""

import numpy as np
from numpy.typing import NDArray

from voice.sound.resampling import Samples

BLOCK = 256  # samples that are filtered at a time: 16 ms
PARTITIONS = 20  # blocks that the response of the room may last: 0.32 s
FORGETS = 0.999  # of the response that is kept from block to block; the rest is free to change
FIRST = 0.1  # the uncertainty of the response at its beginning, as a power; nothing is known yet
DECAY = 0.75  # how much less of it each later partition has: a room that decays by 60 dB in 0.77 s
OTHERS = 0.8  # how much of the spectrum of other sounds is kept from block to block
SLOW = 0.8  # how much of an energy is kept from block to block
FLOOR = 1e-6 * BLOCK  # of that spectrum: -60 dBFS in every bin

Spectrum = NDArray[np.complex64]


class AdaptiveFilter:
    """A partitioned-block Kalman filter in the frequency domain, BLOCK samples at a time.

    It keeps for each partition and frequency how uncertain the response is. The step with which it learns follows from
    that and from how much else is heard, so it holds still while somebody speaks and needs no detector for it
    (Enzner and Vary, "Frequency-domain adaptive Kalman filter for acoustic echo control", Signal Processing 86, 2006).
    """

    def __init__(self, partitions: int = PARTITIONS) -> None:
        shape = partitions, BLOCK + 1
        self._played = np.zeros(shape, np.complex64)  # spectra of the latest blocks, the newest first
        self._response = np.zeros(shape, np.complex64)
        decay = DECAY ** np.arange(partitions, dtype=np.float32)
        self._uncertainty = np.repeat(FIRST * decay[:, None], BLOCK + 1, axis=1)
        self._others = np.full(BLOCK + 1, FLOOR, np.float32)
        self._before = np.zeros(BLOCK, np.float32)
        self._heard, self._kept = 0.0, 0.0  # energy of what was heard lately, and of what was left of it
        self.learned = 0
        """How many blocks with sound it has learned from."""
        self.echo = np.zeros(BLOCK, np.float32)
        """What was taken for echo last."""
        self.left = np.zeros(BLOCK + 1, np.float32)
        """The power spectrum of the echo that may be left in what `without_echo` returned last."""

    def without_echo(self, played: Samples, heard: Samples) -> Samples:
        """What is heard without the echo of what is played: BLOCK samples each, in [-1, 1]. It learns meanwhile."""
        self._take(played)
        self.learned += bool(played.any())
        echo = np.fft.irfft(np.sum(self._played * self._response, axis=0))[BLOCK:].astype(np.float32)
        left = heard - echo
        self.echo = echo
        self._learn(left)
        self._heard = SLOW * self._heard + float(np.sum(heard**2))
        self._kept = SLOW * self._kept + float(np.sum(left**2))
        return left if self._kept <= self._heard else heard

    @property
    def works(self) -> bool:
        """Whether much of what was heard lately was echo, and is taken out."""
        return self._kept < 0.5 * self._heard

    def may_have_moved(self, samples: float) -> None:
        """What is played may come earlier or later than before by about so many samples."""
        turns = np.pi * np.arange(BLOCK + 1, dtype=np.float32) / BLOCK * samples
        self._uncertainty += np.minimum(turns**2, 1.0) * np.abs(self._response) ** 2

    def _take(self, played: Samples) -> None:
        self._played = np.roll(self._played, 1, axis=0)
        self._played[0] = np.fft.rfft(np.concatenate([self._before, played]))
        self._before = played

    def _learn(self, left: Samples) -> None:
        error = np.fft.rfft(np.concatenate([np.zeros(BLOCK, np.float32), left])).astype(np.complex64)
        power = np.abs(self._played) ** 2
        self.left = 0.5 * np.sum(self._uncertainty * power, axis=0)  # half: the error is a block of two
        energy = np.abs(error) ** 2
        others = np.maximum(energy - self.left, 0.0)
        self._others = np.maximum(OTHERS * self._others + (1 - OTHERS) * others, FLOOR)
        step = self._uncertainty / (self.left + np.maximum(self._others, others))
        change = np.fft.irfft(step * np.conj(self._played) * error, axis=1)
        change[:, BLOCK:] = 0  # a partition is a block long
        self._response += np.fft.rfft(change, axis=1)
        self._uncertainty *= np.maximum(1 - 0.5 * step * power, 0.0)
        self._response *= FORGETS
        self._uncertainty = FORGETS**2 * self._uncertainty + (1 - FORGETS**2) * np.abs(self._response) ** 2
