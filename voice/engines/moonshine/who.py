"""The speaker embedding: how a voice sounds, as numbers that differ more between two people than within one.

The network is WeSpeaker's ResNet34, trained on VoxCeleb (CC-BY-4.0). moonshine-voice carries it inside its library, in
onnxruntime's own format, and gives nobody its numbers. So its bytes are taken from the library and run here.
"""

import hashlib
import importlib.util
import mmap
from contextlib import closing
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from voice.engines.moonshine import REINSTALL
from voice.errors import RecognizerError
from voice.memory import Network, frugal_network
from voice.messages.recognition import Voice
from voice.messages.sound import RATE
from voice.sound.resampling import Samples

SIZE = 6_975_920  # bytes of the network in the library
PINNED = "6e4af7d49562e6e7042672e444d6394935cb2c23c3a7dd4919da45922b91735b"
"""SHA-256 of these bytes in moonshine-voice 0.0.73."""
_LIBRARIES = ("*.so", "*.dll", "*.dylib")
_MARK = b"ORTM"  # begins a network in onnxruntime's format, after four bytes
_BEFORE_MARK = 4

_FRAME, _STEP, _FFT = 400, 160, 512  # samples: 25 ms every 10 ms, padded to a power of two
_BANDS, _LOWEST = 80, 20.0  # mel filters, and the frequency in Hz at which they begin
_PREEMPHASIS = 0.97
_FLOOR = float(np.finfo(np.float32).eps)
_FULL_SCALE = 32768.0  # the features are those of 16-bit samples
_QUIET = 30.0  # dB below the loud frames (90th percentile of energy), from which on a frame is no speech
_LEAST_FRAMES = 50  # of speech, half a second; fewer tell no voice


class SpeakerEmbedding:
    """The loaded network. Raises RecognizerError when the library does not hold the one that was measured."""

    def __init__(self) -> None:
        self._network = frugal_network(Network(_network_in(_library()), {}))

    def voice(self, samples: Samples, longest: float) -> Voice | None:
        """How the one sounds who says this; None where there is hardly any speech.

        samples: -1 to 1, RATE a second. longest: seconds of speech that are looked at, from the first on; each costs
        60 to 90 ms of one core.
        """
        bands = _mel_bands(samples)
        speech = bands[_is_speech(bands)][: round(longest * RATE / _STEP)]
        if len(speech) < _LEAST_FRAMES:
            return None
        features = (speech - speech.mean(axis=0))[None].astype(np.float32)
        weights = np.ones(features.shape[:2], np.float32)
        found = self._network.run(None, {"fbank": features, "weights": weights})[0][0]
        embedding = tuple((found / np.linalg.norm(found)).tolist())
        return Voice(embedding, len(speech) * _STEP / RATE)


def _mel_bands(samples: Samples) -> NDArray[np.float64]:
    """Logarithms of the energy in mel bands, frames × _BANDS, as Kaldi computes them."""
    if len(samples) < _FRAME:
        return np.zeros((0, _BANDS))
    frames = np.lib.stride_tricks.sliding_window_view(samples.astype(np.float64) * _FULL_SCALE, _FRAME)[::_STEP]
    frames = frames - frames.mean(axis=1, keepdims=True)
    before = np.concatenate([frames[:, :1], frames[:, :-1]], axis=1)
    spectrum = np.fft.rfft((frames - _PREEMPHASIS * before) * np.hamming(_FRAME), _FFT)
    power = np.abs(spectrum[:, : _FFT // 2]) ** 2
    return np.log(np.maximum(power @ _filters(), _FLOOR))


@cache
def _filters() -> NDArray[np.float64]:
    """Triangular filters, evenly spaced and shaped in mel: frequencies × _BANDS."""
    edges = np.linspace(_mel(_LOWEST), _mel(RATE / 2), _BANDS + 2)
    at = _mel(np.arange(_FFT // 2) * RATE / _FFT)[:, None]
    rising = (at - edges[:-2]) / (edges[1:-1] - edges[:-2])
    falling = (edges[2:] - at) / (edges[2:] - edges[1:-1])
    return np.maximum(0.0, np.minimum(rising, falling))


def _mel(hertz: float | NDArray[np.float64]) -> NDArray[np.float64]:
    return np.asarray(1127.0 * np.log(1.0 + np.asarray(hertz) / 700.0))


def _is_speech(bands: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Which frames are loud enough to be speech."""
    if not len(bands):
        return np.zeros(0, np.bool_)
    loudness = 10 / np.log(10) * np.logaddexp.reduce(bands, axis=1)
    return np.asarray(loudness > np.percentile(loudness, 90) - _QUIET)


def _library() -> Path:
    """The library in the installed package; imports nothing of it."""
    package = importlib.util.find_spec("moonshine_voice")
    folder = Path(package.origin).parent if package and package.origin else None
    found = [file for pattern in _LIBRARIES for file in sorted(folder.glob(pattern))] if folder else []
    if not found:
        raise RecognizerError("the library of moonshine-voice is not there", str(folder or ""), REINSTALL)
    return found[0]


def _network_in(library: Path) -> bytes:
    """The bytes of the network, found by their mark and checked by their hash."""
    with library.open("rb") as file, closing(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)) as content:
        at = content.find(_MARK)
        while at >= 0:
            begin = at - _BEFORE_MARK
            if hashlib.sha256(content[begin : begin + SIZE]).hexdigest() == PINNED:
                return content[begin : begin + SIZE]
            at = content.find(_MARK, at + 1)
    raise RecognizerError("the model of voices of moonshine-voice 0.0.73 is not in it", str(library), REINSTALL)
