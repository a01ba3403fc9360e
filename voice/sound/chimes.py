"""The few soft sounds that need no explaining: synthesized bells, never louder than speech."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from voice.messages.delivery import ChimeName, Register
from voice.messages.sound import Sound

RATE = 24_000
PEAK = 0.20  # of full scale: -14 dBFS, below the peaks of both voices (-1 to -3 dBFS)
BEDTIME = 0.5  # -6 dB
FADE = 0.008  # seconds at either end, so that nothing clicks
PARTIALS = ((1.0, 1.0, 1.0), (2.0, 0.35, 0.6), (2.99, 0.12, 0.4))  # of a struck bar: pitch, strength, length


@dataclass(frozen=True, slots=True)
class Strike:
    """One note of a bell."""

    pitch: float
    """Hz."""
    begin: float = 0.0
    """Seconds after the beginning of the chime."""
    length: float = 0.5
    """Seconds until it has faded by 60 dB."""
    strength: float = 1.0
    """Amplitude, 0 to 1."""


# Rising says "on" or "I am here", falling says "off"; what comes while people talk is low, single and slow.
CHIMES: Mapping[ChimeName, tuple[Strike, ...]] = {
    ChimeName.HELLO: (Strike(523.25), Strike(659.26, 0.12), Strike(783.99, 0.24, 0.8)),
    ChimeName.GOT_IT: (Strike(783.99, 0.0, 0.35, 0.7),),
    ChimeName.WIN: (
        Strike(523.25, 0.0, 0.4),
        Strike(659.26, 0.1, 0.4),
        Strike(783.99, 0.2, 0.5),
        Strike(1046.5, 0.34, 0.9, 0.8),
    ),
    ChimeName.RECORDING_ON: (Strike(587.33, 0.0, 0.3), Strike(880.00, 0.11, 0.4)),
    ChimeName.RECORDING_OFF: (Strike(880.00, 0.0, 0.3), Strike(587.33, 0.11, 0.4)),
    ChimeName.BREATHE_IN: (Strike(261.63, 0.0, 3.0, 0.4), Strike(392.00, 0.9, 3.0, 0.5)),
    ChimeName.BREATHE_OUT: (Strike(392.00, 0.0, 3.0, 0.5), Strike(261.63, 0.9, 4.0, 0.4)),
    ChimeName.MINUTE_LEFT: (Strike(293.66, 0.0, 1.8, 0.6),),
    ChimeName.TIME: (Strike(293.66, 0.0, 2.6), Strike(440.00, 0.02, 2.0, 0.4)),
    ChimeName.LIGHT: (Strike(659.26, 0.0, 0.25, 0.6), Strike(880.00, 0.09, 0.25, 0.6), Strike(783.99, 0.18, 0.35, 0.7)),
    ChimeName.RING: (Strike(659.26, 0.0, 0.6, 0.8), Strike(523.25, 0.28, 0.9, 0.8)),
}


@cache
def chime(name: ChimeName, register: Register = Register.DINNER, volume: float = 1.0) -> Sound:
    """The chime of that name for a register; at BEDTIME it is softer by 6 dB.

    volume: factor of its usual loudness. 24 kHz, and the same samples every time.
    """
    strikes = CHIMES[name]
    wave = np.zeros(int(RATE * max(strike.begin + strike.length for strike in strikes)))
    for strike in strikes:
        begin = int(strike.begin * RATE)
        wave[begin:] += _struck(strike, len(wave) - begin)
    strongest = max(strike.strength for strike in strikes)
    loudness = PEAK * strongest * (BEDTIME if register == Register.BEDTIME else 1.0) * volume
    wave *= loudness / np.abs(wave).max()
    edge = np.linspace(0, 1, int(FADE * RATE))
    wave[-len(edge) :] *= edge[::-1]
    return Sound((wave * 32767).round().astype("<i2").tobytes(), RATE)


def _struck(strike: Strike, samples: int) -> npt.NDArray[np.float64]:
    seconds = np.arange(samples) / RATE
    tone = np.zeros(samples)
    for pitch, strength, length in PARTIALS:
        fading = np.exp(-seconds * np.log(1000) / (strike.length * length))
        tone += strength * fading * np.sin(2 * np.pi * strike.pitch * pitch * seconds)
    return strike.strength * tone * np.minimum(1.0, seconds / FADE)
