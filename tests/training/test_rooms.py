"""Simulated rooms decay as they are asked to, and sound stays in time in them."""

import numpy as np
import pytest

from training.rooms import Place, Room, impulse_response, in_room, shaped, some_place, some_room
from voice.messages.sound import RATE
from voice.sound.resampling import Samples

KITCHEN = ((4.0, 3.0, 2.5), (1.0, 1.0, 1.6), (3.0, 2.0, 0.9))


def decay(room: Room) -> float:
    """RT60 around 700 Hz, where rooms are rated, by Schroeder's integral of the sound after the direct one."""
    reflected = np.where(np.arange(len(room.response)) < room.direct + RATE // 50, 0, room.response)
    band = shaped(reflected, np.array([0, 0, 1, 1, 0, 0]), np.array([0, 400, 500, 1000, 1100, 8000]))
    energy = np.cumsum(band[::-1].astype(np.float64) ** 2)[::-1]
    level = 10 * np.log10(energy / energy[0] + 1e-12)
    return float(3 * (np.argmax(level < -25) - np.argmax(level < -5)) / RATE)


def share_of_direct_sound(room: Room) -> float:
    energy = room.response.astype(np.float64) ** 2
    return float(energy[: room.direct + 40].sum() / energy.sum())


@pytest.mark.parametrize("rt60", [0.3, 0.6, 1.2])
def test_a_room_decays_as_asked(rt60: float) -> None:
    decays = [decay(impulse_response(Place(*KITCHEN, rt60), np.random.default_rng(seed))) for seed in range(8)]
    assert float(np.median(decays)) == pytest.approx(rt60, rel=0.25)


def test_who_is_nearer_is_heard_more_directly() -> None:
    size, _, microphone = KITCHEN
    near, far = (Place(size, (3.0 - away, 2.0, 1.0), microphone, 0.5) for away in (0.5, 2.4))
    shares = [share_of_direct_sound(impulse_response(place, np.random.default_rng(3))) for place in (near, far)]
    assert shares[0] > 1.5 * shares[1]


def test_places_lie_inside_their_rooms() -> None:
    random = np.random.default_rng(5)
    for place in (some_place(random) for _ in range(100)):
        for position in (place.mouth, place.microphone):
            assert all(0 < each < side for each, side in zip(position, place.size, strict=True))
        assert 0.2 <= place.rt60 <= 1.6
        assert 0.4 <= np.linalg.norm(np.subtract(place.mouth, place.microphone)) <= 5.0


def test_sound_in_a_room_is_in_time_as_long_and_as_loud() -> None:
    click: Samples = np.zeros(RATE, np.float32)
    click[5000] = 0.5
    random = np.random.default_rng(6)
    for room in (some_room(random) for _ in range(20)):
        wet = in_room(click, room)
        assert wet.shape == click.shape
        assert abs(room.response[room.direct]) == pytest.approx(1.0)
        assert float(np.max(np.abs(wet))) == pytest.approx(0.5, rel=1e-3)
        assert wet[5000] != 0
        assert np.allclose(wet[: 5000 - room.direct], 0, atol=1e-4)
