"""Puts a dry voice into a room and noise around it."""

from pathlib import Path

import numpy as np

from voice.messages.sound import RATE
from voice.sound.resampling import Samples, resample

SNR_FRAME = 2048  # samples, of which the loudest counts


def read_sound(path: Path) -> Samples:
    """The first channel of a sound file, RATE a second, in -1 to 1."""
    import soundfile

    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    first: Samples = np.ascontiguousarray(samples[:, 0])
    return resample(first, rate, RATE)


def padded(speech: Samples, before: float, after: float) -> Samples:
    """The samples with this many seconds of silence before and after."""
    return np.pad(speech, (round(before * RATE), round(after * RATE)))


def in_room(speech: Samples, response: Samples) -> Samples:
    """The speech as the room with this impulse response carries it: as long, in time with its direct sound, as loud."""
    size = len(speech) + len(response) - 1
    wet = np.fft.irfft(np.fft.rfft(speech, size) * np.fft.rfft(response, size), size)
    direct = int(np.argmax(np.abs(response)))
    wet = wet[direct : direct + len(speech)]
    as_loud: Samples = (wet * (np.max(np.abs(speech)) / np.max(np.abs(wet)))).astype(np.float32)
    return as_loud


def loudest_frame(samples: Samples) -> float:
    """The energy of the loudest SNR_FRAME samples."""
    whole = np.pad(samples, (0, -len(samples) % SNR_FRAME)).reshape(-1, SNR_FRAME)
    return float(np.max(np.sum(whole.astype(np.float64) ** 2, axis=1)))


def with_noise(speech: Samples, noise: Samples, snr: float) -> Samples:
    """Both, the noise scaled so that the loudest frame of the speech is `snr` dB above the loudest of the noise."""
    scale = np.sqrt(loudest_frame(speech) / loudest_frame(noise) / 10 ** (snr / 10))
    both: Samples = np.clip(speech + scale * noise, -1, 1).astype(np.float32)
    return both


def stretch_of(noise: Samples, length: int, begin: float) -> Samples:
    """This many samples of the noise from a position in it (begin: 0 to 1); short noise is repeated."""
    return np.roll(noise, -round(begin * len(noise)))[np.arange(length) % len(noise)]
