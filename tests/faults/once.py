"""Whether what was recorded holds the same sound twice: a sentence that was cut is said again, but only once."""

import numpy as np

from voice.messages.sound import RATE

WINDOW, STEP = 1.5, 0.25  # seconds that must be the same, from how many seconds to how many they are looked for
SAME = 0.8  # normalized cross-correlation: that of other words stays far below
SOUNDING = 100  # root mean square of 32767: less is silence
ENOUGH = 0.6  # of a window must sound, in pieces of PIECE seconds
PIECE = 0.02


def is_repeated(samples: np.ndarray) -> bool:
    """Whether WINDOW seconds of sound come again later. samples: 16 bits, RATE a second."""
    size, sound = int(WINDOW * RATE), samples.astype(float)
    for start in range(0, len(sound) - 2 * size + 1, int(STEP * RATE)):
        window, later = sound[start : start + size], sound[start + size :]
        if _sounding(window) >= ENOUGH and _likeness(later, window) > SAME:
            return True
    return False


def _sounding(window: np.ndarray) -> float:
    """The share of it that is no silence."""
    size = int(PIECE * RATE)
    pieces = window[: len(window) // size * size].reshape(-1, size)
    return float((np.sqrt((pieces**2).mean(axis=1)) > SOUNDING).mean())


def _likeness(sound: np.ndarray, wanted: np.ndarray) -> float:
    """The greatest normalized cross-correlation of what is wanted with a part of the sound, which is not shorter."""
    size, last = len(sound) + len(wanted), len(sound) - len(wanted) + 1
    products = np.fft.irfft(np.fft.rfft(sound, size) * np.conj(np.fft.rfft(wanted, size)), size)[:last]
    until = np.concatenate([[0.0], np.cumsum(sound**2)])
    energy = until[len(wanted) :] - until[:last]
    return float((products / np.sqrt(energy * (wanted**2).sum() + 1)).max())
