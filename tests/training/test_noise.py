"""Noise comes at the loudness that it is asked for, and everything follows from the seed."""

import numpy as np
import pytest

from bench.room import loudest_frame, with_noise
from training.noise import MADE, some_noise, talk
from training.rooms import some_room
from training.spoiling import SHARES, SILENCE, World, some_world, spoilt
from voice.messages.sound import RATE
from voice.sound.resampling import Samples


def tone(hertz: float, seconds: float = 2.0) -> Samples:
    samples: Samples = (0.3 * np.sin(2 * np.pi * hertz * np.arange(round(seconds * RATE)) / RATE)).astype(np.float32)
    return samples


@pytest.mark.parametrize("snr", [0.0, 6.0, 20.0])
def test_noise_is_as_loud_as_asked(snr: float) -> None:
    speech = 0.2 * tone(200)
    noise = np.random.default_rng(1).normal(0, 0.1, len(speech)).astype(np.float32)
    added = with_noise(speech, noise, snr) - speech
    assert 10 * np.log10(loudest_frame(speech) / loudest_frame(added)) == pytest.approx(snr, abs=0.1)


def test_every_kind_of_noise_is_heard_and_finite() -> None:
    for kind in MADE:
        made = kind(np.random.default_rng(2), 3 * RATE)
        assert made.shape == (3 * RATE,)
        assert np.all(np.isfinite(made))
        assert np.std(made) > 0


def test_talk_in_the_background_is_made_of_the_speech_that_is_given() -> None:
    said = talk(np.random.default_rng(3), 2 * RATE, [tone(440)])
    loudest_tone = np.argmax(np.abs(np.fft.rfft(said))) / 2
    assert loudest_tone == pytest.approx(440, abs=2)


def test_noise_has_one_loudness() -> None:
    random = np.random.default_rng(4)
    noises = [some_noise(random, RATE, [tone(300)], [some_room(random)]) for _ in range(6)]
    assert [float(np.std(noise)) for noise in noises] == pytest.approx([1.0] * 6, rel=1e-3)


@pytest.fixture(scope="module")
def world() -> World:
    return some_world(7, 3, 3, [tone(300)])


def test_clean_speech_differs_in_loudness_alone(world: World) -> None:
    speech = np.pad(tone(250, 1.0), RATE // 2)
    heard = spoilt(speech, "clean", world, np.random.default_rng(8))
    assert np.corrcoef(speech, heard)[0, 1] == pytest.approx(1.0, abs=1e-6)


@pytest.mark.parametrize("how", SHARES)
def test_spoilt_speech_follows_from_the_seed_and_is_padded_as_the_engine_pads(world: World, how: str) -> None:
    speech = np.pad(tone(250, 1.0), RATE // 2)
    one, same, other = (spoilt(speech, how, world, np.random.default_rng(seed)) for seed in (9, 9, 10))
    assert np.array_equal(one, same)
    assert not np.array_equal(one, other)
    assert not one[: round(SILENCE * RATE)].any()
    assert not one[-round(SILENCE * RATE) :].any()
    assert float(np.max(np.abs(one))) <= 1.0
