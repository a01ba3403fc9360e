"""How much later the microphone hears what is played: a delay that each playing has anew, and a clock that drifts."""

from collections import deque
from dataclasses import dataclass

import numpy as np

from voice.messages.sound import RATE
from voice.sound.resampling import Samples

WINDOW = RATE // 2  # samples of the microphone that are compared with what was played
LATEST = RATE // 2  # samples that the sound may be late: buffers of the devices and the way through the room
WHITENING = 0.8  # 1: every frequency counts alike, 0: as much as it is loud
BAND = (200.0, 6000.0)  # Hz that are compared
CLEAR, PLAIN = 8.0, 18.0  # how far the highest correlation must stand out, twice or once: times their root mean square
SAME = 2.0  # samples by which two measurements of one delay differ at most, a short while apart
NEAR = 8.0  # samples by which two measurements of one delay differ at most
MOST_DRIFT = 400e-6  # of one clock against the other
SPREAD = (0.2 * RATE) ** 2  # samples squared: how far apart in time measurements must lie to tell a drift


@dataclass(frozen=True, slots=True)
class Delay:
    """How much later a sound was heard than it was played."""

    samples: float
    """RATE a second, with fractions."""
    clarity: float
    """How far its correlation stands out: times the root mean square of all."""


def measured(played: Samples, heard: Samples) -> Delay:
    """The delay at which what was heard is most like what was played (generalized cross-correlation, whitened).

    heard: WINDOW samples. played: those and LATEST before them, by the clock of the microphone.
    """
    size = 1 << (len(played) + len(heard) - 1).bit_length()
    cross = np.conj(np.fft.rfft(played, size)) * np.fft.rfft(heard, size)
    hertz = np.fft.rfftfreq(size, 1 / RATE)
    cross[(hertz < BAND[0]) | (hertz > BAND[1])] = 0
    power = np.abs(cross)
    cross /= np.maximum(power, 1e-6 * power.max() + 1e-20) ** WHITENING
    correlation = np.roll(np.fft.irfft(cross, size), LATEST)[: LATEST + 1]  # from -LATEST on, where nothing is late
    best = int(np.argmax(correlation[1:-1])) + 1
    before, top, after = correlation[best - 1 : best + 2]
    bend = before - 2 * top + after
    between = 0.5 * (before - after) / bend if bend < 0 else 0.0
    rest = float(np.sqrt(np.mean(correlation**2))) + 1e-20
    return Delay(float(best + between), float(top) / rest)


class DelayTracker:
    """Follows the delay from one playing to the next; times are samples of the microphone."""

    def __init__(self) -> None:
        self.drift = 0.0
        """Samples by which the delay grows with every sample."""
        self._start: float | None = None  # the delay at `_since`; None: not known in this playing
        self._since = 0
        self._seen: list[tuple[int, float]] = []  # time and delay of each measurement of this playing
        self._latest: deque[float] = deque(maxlen=4)  # measurements that were not near what is known
        self._learned = 0.0  # how much later the echo comes than the filter takes it to come
        self._together = self._apart = 0.0  # sums over all playings, of the line through their measurements

    @property
    def is_known(self) -> bool:
        """Whether the delay of this playing is known."""
        return self._start is not None

    def begin(self) -> None:
        """Something is played again: its delay is another one."""
        if len(self._seen) > 1:
            together, apart = self._line()
            self._together, self._apart = self._together + together, self._apart + apart
        self._start, self._seen = None, []
        self._latest.clear()

    def at(self, time: float) -> float:
        """The delay at that time, in samples."""
        assert self._start is not None
        return self._start + self.drift * (time - self._since)

    def take(self, delay: Delay, time: int, *, works: bool) -> bool:
        """A measurement around that time; True if it tells the delay anew.

        works: the delay that is known is of use, so one that is far from it is that of a reflection.
        """
        if delay.clarity < CLEAR:
            return False
        if self._start is not None:
            off = delay.samples - self._learned - self.at(time)
            if abs(off) <= NEAR:
                self._learned += 0.1 * off
                self._seen.append((time, delay.samples))
                self._follow(time)
                return False
            if works:
                return False
        agrees = any(abs(each - delay.samples) < SAME for each in self._latest)
        self._latest.append(delay.samples)
        if delay.clarity < PLAIN and not agrees:
            return False
        self.begin()
        self._seen = [(time, delay.samples)]
        self._start, self._since = delay.samples - self._learned, time
        return True

    def _line(self) -> tuple[float, float]:
        times, delays = np.array(self._seen).T
        times = times - times.mean()
        return float(times @ (delays - delays.mean())), float(times @ times)

    def _follow(self, time: int) -> None:
        """Take the drift of all measurements so far, from now on."""
        together, apart = self._line()
        together, apart = together + self._together, apart + self._apart
        if apart > SPREAD * 4:
            drift = float(np.clip(together / apart, -MOST_DRIFT, MOST_DRIFT))
            self._start, self._since = self.at(time), time
            self.drift = drift
