"""Reads sound files as if they came through the microphone."""

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np

from voice.errors import MicrophoneError
from voice.messages.sound import FRAME_SAMPLES, RATE, Frame, Sound
from voice.sound.resampling import Resampler, Samples, from_pcm, to_pcm

LOUDEST = 100.0  # of a sample in a file of floating point; 1 is as loud as 16 bits go
LOWEST, HIGHEST = 1000, 384_000  # samples a second
FIX = "Give a WAV or FLAC file that another program can play."


def read_sound_file(path: Path) -> Iterator[Frame]:
    """A .wav or .flac file of any rate and number of channels; the last frame is filled up with silence.

    Raises MicrophoneError when it is missing, no sound file, damaged or empty; a file that is damaged in its middle
    gives its frames until then.
    """
    import soundfile

    if not path.exists():
        raise MicrophoneError("there is no such file", str(path), "Look at its name.")
    if not path.is_file():
        raise MicrophoneError("this is no file", str(path), FIX)
    try:
        with soundfile.SoundFile(path) as file:
            if not file.frames:
                raise MicrophoneError("this file holds no sound", str(path), FIX)
            if not LOWEST <= file.samplerate <= HIGHEST:
                what = f"{file.samplerate} samples a second are no rate of speech"
                raise MicrophoneError(what, str(path), FIX)
            yield from _frames(_blocks(file), file.samplerate)
    except (OSError, TypeError, soundfile.LibsndfileError):  # TypeError: raw samples, of which nobody knows the rate
        raise MicrophoneError("this is no sound file that can be read", str(path), FIX) from None


def _blocks(file: Any) -> Iterator[Samples]:
    """A second each of an open file. Its own `blocks` cannot read formats without places to go to, such as GSM."""
    while len(block := file.read(file.samplerate, dtype="float32", always_2d=True)):
        yield block


def frames_of(sound: Sound) -> Iterator[Frame]:
    """A sound in frames, as the microphone would give it; the last one is filled up with silence."""
    return _frames([from_pcm(sound.pcm)[:, None]], sound.rate)


def _frames(blocks: Iterable[Samples], rate: int) -> Iterator[Frame]:
    """Blocks of shape (samples, channels) at any rate, mixed and cut into frames."""
    count = 0
    rest = np.zeros(0, dtype=np.float32)
    for samples in _at_our_rate(blocks, rate):
        rest = np.concatenate([rest, samples])
        while len(rest) >= FRAME_SAMPLES:
            yield Frame(to_pcm(rest[:FRAME_SAMPLES]), count * FRAME_SAMPLES / RATE)
            rest = rest[FRAME_SAMPLES:]
            count += 1
    if len(rest):
        yield Frame(to_pcm(rest).ljust(2 * FRAME_SAMPLES, b"\0"), count * FRAME_SAMPLES / RATE)


def _at_our_rate(blocks: Iterable[Samples], rate: int) -> Iterator[Samples]:
    resampler = Resampler(rate, RATE)
    for block in blocks:
        finite = np.nan_to_num(block, posinf=0.0, neginf=0.0)  # a file may hold any number
        yield resampler.push(np.clip(finite, -LOUDEST, LOUDEST).mean(axis=1))
    yield resampler.flush()
