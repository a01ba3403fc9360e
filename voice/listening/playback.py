"""What the loudspeaker played, by the clock of the microphone."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from voice.messages.sound import RATE
from voice.sound.resampling import Resampler, Samples

KEPT = 2 * RATE  # samples that may be kept for longer than they are needed
TAPS, PHASES = 32, 256  # of the table that reads between two samples
KAISER_BETA = 8.0  # of its window


class Playback:
    """What was played, by the clock of the microphone: samples in [-1, 1], RATE a second."""

    def __init__(self) -> None:
        self._samples = np.zeros(0, np.float32)
        self._first = 0  # the time of the first of them
        self._resampler = Resampler(RATE, RATE)
        self._table = _interpolation()
        self.last_sound = -KEPT
        """The time of the last sample that is not silent."""

    def begin(self, time: int, rate: int) -> None:
        """What comes next is a new playing and begins at that time. rate: samples a second of what comes."""
        self._resampler = Resampler(rate, RATE)
        gap = time - self._first - len(self._samples)
        if gap > KEPT or time < self._first:
            self._samples, self._first = np.zeros(0, np.float32), time
        else:
            self._samples = np.pad(self._samples[: time - self._first], (0, max(gap, 0)))

    def extend(self, samples: Samples) -> None:
        """More of what is played."""
        more = self._resampler.push(samples)
        ends = self._first + len(self._samples)
        if (loud := np.flatnonzero(more)).size:
            self.last_sound = ends + int(loud[-1])
        self._samples = np.concatenate([self._samples, more])

    def cut(self, count: int) -> None:
        """The last so many samples were never played."""
        self._samples = self._samples[: max(0, len(self._samples) - count)]
        self.last_sound = min(self.last_sound, self._first + len(self._samples) - 1)

    def forget(self, before: int) -> None:
        """What was played before that time is not asked for any more."""
        if (extra := min(before - self._first, len(self._samples))) > KEPT:
            self._samples, self._first = self._samples[extra:], self._first + extra

    def window(self, first: int, count: int) -> Samples:
        """The samples from that time on; silence where nothing was played."""
        begin = min(max(first - self._first, 0), len(self._samples))
        end = min(max(first + count - self._first, begin), len(self._samples))
        before = min(max(self._first - first, 0), count)
        return np.pad(self._samples[begin:end], (before, count - before - (end - begin)))

    def between(self, first: float, step: float, count: int) -> Samples:
        """As `window`, at times with fractions: the first, and each a step after the one before."""
        times = first + step * np.arange(count)
        whole, phases = np.divmod(np.round(times * PHASES).astype(np.int64), PHASES)
        start = int(whole[0]) - TAPS // 2 + 1
        samples = self.window(start, int(whole[-1]) - int(whole[0]) + TAPS)
        rows = sliding_window_view(samples, TAPS)[whole - whole[0]]
        between: Samples = np.einsum("ij,ij->i", rows, self._table[phases])
        return between


def _interpolation() -> Samples:
    """For each of PHASES places between two samples the weights of the TAPS samples around it: a windowed sinc."""
    offsets = np.arange(TAPS)[None, :] - (TAPS // 2 - 1) - np.arange(PHASES)[:, None] / PHASES
    table = (
        np.sinc(offsets)
        * np.i0(KAISER_BETA * np.sqrt(np.maximum(0.0, 1 - (offsets / (TAPS // 2)) ** 2)))
        / np.i0(KAISER_BETA)
    )
    weights: Samples = table.astype(np.float32)
    return weights
