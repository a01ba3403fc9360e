"""Changes the sample rate of a stream of sound, block by block."""

import math

import numpy as np
import numpy.typing as npt
from numpy.lib.stride_tricks import sliding_window_view

Samples = npt.NDArray[np.float32]

# Measured: 1 dB down at 0.88 of the narrower band; what lies beyond its edge folds back at -52 dB just behind it and
# at less than -90 dB from 1.1 times it on.
ZERO_CROSSINGS = 24  # of the windowed sinc, on either side
KAISER_BETA = 9.0
PASSED = 0.93  # where the filter is 6 dB down, as a part of the narrower band


class Resampler:
    """Band-limited interpolation (J. O. Smith's "Digital audio resampling", as a table of polyphase filters).

    It keeps what it needs of the blocks before, so the blocks may be of any length. Its output is in time with its
    input: it starts with the first sample and, once flushed, lasts as long.
    """

    def __init__(self, rate_from: int, rate_to: int) -> None:
        common = math.gcd(rate_from, rate_to)
        self._up, self._down = rate_to // common, rate_from // common
        narrower = min(1.0, rate_to / rate_from)
        self._half = math.ceil(ZERO_CROSSINGS / narrower)
        offsets = np.arange(-self._half, self._half)[None, :] + 1 - np.arange(self._up)[:, None] / self._up
        window = np.i0(KAISER_BETA * np.sqrt(np.maximum(0.0, 1 - (offsets / self._half) ** 2))) / np.i0(KAISER_BETA)
        cutoff = narrower * PASSED
        table = cutoff * np.sinc(cutoff * offsets) * window
        self._table = (table / table.sum(axis=1, keepdims=True)).astype(np.float32)
        self._pending = np.zeros(self._half - 1, dtype=np.float32)
        self._next = 0  # position of the next output sample in the pending ones, in 1 / up of a sample

    def push(self, samples: Samples) -> Samples:
        """The next samples at the old rate; returns those at the new rate that they complete."""
        if self._up == self._down:
            return samples
        self._pending = np.concatenate([self._pending, samples])
        last = (len(self._pending) - 2 * self._half + 1) * self._up  # the first position that cannot be reached yet
        positions = np.arange(self._next, max(self._next, last), self._down)
        if not len(positions):
            return np.zeros(0, dtype=np.float32)
        begins, phases = np.divmod(positions, self._up)
        windows = sliding_window_view(self._pending, 2 * self._half)[begins]
        produced: Samples = np.einsum("ij,ij->i", windows, self._table[phases])
        following = int(positions[-1]) + self._down
        done = min(following // self._up, len(self._pending))
        self._pending = self._pending[done:]
        self._next = following - done * self._up
        return produced

    def flush(self) -> Samples:
        """The remaining samples at the new rate; call it once, at the end."""
        if self._up == self._down:
            return np.zeros(0, dtype=np.float32)
        return self.push(np.zeros(self._half, dtype=np.float32))


def resample(samples: Samples, rate_from: int, rate_to: int) -> Samples:
    """A whole sound at another rate."""
    resampler = Resampler(rate_from, rate_to)
    return np.concatenate([resampler.push(samples), resampler.flush()])


def from_pcm(pcm: bytes) -> Samples:
    """16-bit little-endian PCM as samples in [-1, 1)."""
    return np.frombuffer(pcm, dtype="<i2").astype(np.float32) / np.float32(32768)


def to_pcm(samples: Samples) -> bytes:
    """Samples as 16-bit little-endian PCM; what is too loud is clipped."""
    return (np.clip(samples, -1, 32767 / 32768) * 32768).round().astype("<i2").tobytes()
