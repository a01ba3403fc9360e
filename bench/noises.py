"""Made-up sounds of a household that are no words: a cough, laughter, a door."""

from collections.abc import Sequence
from random import Random

import numpy as np

from voice.messages.sound import RATE
from voice.sound.resampling import Samples

Peak = tuple[float, float]
"""Hertz at which a sound is loudest, and how wide that is."""


def cough(random: Random) -> Samples:
    """Two or three coughs: air that bursts through a throat, and a moment of voice in the middle of each."""
    parts = list[Samples]()
    for _ in range(random.choice((2, 3))):
        seconds = random.uniform(0.2, 0.32)
        throat = (random.uniform(500, 800), 350), (random.uniform(1300, 1900), 700), (3000, 1500)
        air = _breath(random, seconds, throat, rises=0.012, falls=0.09)
        voice = _voiced(random, seconds, random.uniform(110, 240), throat) * np.linspace(0.4, 0, len(air))
        parts += [air + voice.astype(np.float32), np.zeros(round(random.uniform(0.06, 0.2) * RATE), np.float32)]
    return np.concatenate(parts)


def laughter(random: Random) -> Samples:
    """Ha, ha, ha: four to eight voiced calls, each a little lower and softer, with breath between."""
    pitch, calls = random.uniform(170, 380), random.randint(4, 8)
    parts = list[Samples]()
    for number in range(calls):
        mouth = (random.uniform(650, 850), 200), (random.uniform(1200, 1500), 300), (2600, 600)
        call = _voiced(random, random.uniform(0.07, 0.12), pitch * 0.96**number, mouth)
        call *= np.hanning(len(call)).astype(np.float32) * 0.9**number
        breath = 0.25 * _breath(random, random.uniform(0.08, 0.13), mouth, rises=0.03, falls=0.05)
        parts += [call, breath]
    return np.concatenate(parts)


def door(random: Random) -> Samples:
    """A door that falls shut: a thud of its panel, and the latch a moment before."""
    seconds = 0.5
    panel = (random.uniform(70, 140), 60), (random.uniform(250, 400), 200)
    thud = _breath(random, seconds, panel, rises=0.003, falls=0.08)
    latch = _breath(random, seconds, ((random.uniform(1500, 3000), 1500),), rises=0.001, falls=0.015)
    shut: Samples = np.concatenate([0.4 * latch[: round(0.05 * RATE)], thud + 0.3 * latch])
    return shut


def _breath(random: Random, seconds: float, peaks: Sequence[Peak], *, rises: float, falls: float) -> Samples:
    """Noise that is loudest around these frequencies; rises, falls: seconds in which it comes and goes."""
    count = round(seconds * RATE)
    noise = np.random.default_rng(random.randrange(1 << 32)).normal(0, 1, count)
    at = np.arange(count) / RATE
    shaped = _shaped(noise, peaks) * (1 - np.exp(-at / rises)) * np.exp(-np.maximum(0, at - 3 * rises) / falls)
    breath: Samples = (0.5 * shaped / np.max(np.abs(shaped))).astype(np.float32)
    return breath


def _voiced(random: Random, seconds: float, pitch: float, peaks: Sequence[Peak]) -> Samples:
    """Pulses of a voice of that pitch (hertz), through a mouth with these peaks."""
    count = round(seconds * RATE)
    glide = pitch * (1 + 0.1 * np.sin(np.linspace(0, np.pi, count)) + 0.01 * random.uniform(-1, 1))
    phase = np.cumsum(glide) / RATE
    pulses = np.diff(np.floor(phase), prepend=0.0)
    shaped = _shaped(pulses, peaks)
    voice: Samples = (0.5 * shaped / np.max(np.abs(shaped))).astype(np.float32)
    return voice


def _shaped(sound: np.ndarray, peaks: Sequence[Peak]) -> np.ndarray:
    hertz = np.fft.rfftfreq(2 * len(sound), 1 / RATE)
    gain = np.sum([1 / (1 + ((hertz - peak) / (width / 2)) ** 2) for peak, width in peaks], axis=0)
    return np.fft.irfft(np.fft.rfft(sound, 2 * len(sound)) * gain)[: len(sound)]


MADE_UP = {"cough": cough, "laughter": laughter, "door": door}
"""What it is -> makes one of it, RATE samples a second in [-1, 1]."""
