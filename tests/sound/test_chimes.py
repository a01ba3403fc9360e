"""The chimes: soft, without clicks, softer still at bedtime."""

import numpy as np
import pytest

from voice.sound.chimes import CHIMES, chime

SPEECH_PEAK = 0.7  # of full scale: the quieter of the two voices


def samples_of(name: str, register: str = "dinner") -> np.ndarray:
    return np.frombuffer(chime(name, register).pcm, dtype="<i2") / 32768


@pytest.mark.parametrize("name", CHIMES)
def test_a_chime_is_soft_and_short_and_does_not_click(name: str) -> None:
    samples = samples_of(name)
    assert 0.05 < np.abs(samples).max() < SPEECH_PEAK / 3
    assert 0.2 < chime(name).seconds < 5.0
    assert abs(samples[0]) < 0.001
    assert abs(samples[-1]) < 0.001
    assert np.abs(np.diff(samples)).max() < 0.15  # no step: the highest partial itself rises by less
    assert abs(samples.mean()) < 0.002


@pytest.mark.parametrize("name", CHIMES)
def test_at_bedtime_it_is_six_decibels_softer(name: str) -> None:
    power = [np.mean(samples_of(name, register) ** 2) for register in ("dinner", "bedtime")]
    assert 10 * np.log10(power[0] / power[1]) == pytest.approx(6.0, abs=0.1)


def test_breaths_are_the_softest() -> None:
    peaks = {name: np.abs(samples_of(name)).max() for name in CHIMES}
    assert set(sorted(peaks, key=lambda name: peaks[name])[:2]) == {"breathe in", "breathe out"}, peaks


def test_every_chime_sounds_different_and_always_the_same() -> None:
    assert len({chime(name).pcm for name in CHIMES}) == len(CHIMES)
    chime.cache_clear()
    before = chime("hello")
    chime.cache_clear()
    assert chime("hello") == before
