"""Simulated rooms: how sound gets from a mouth to a microphone, as an impulse response."""

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from voice.messages.sound import RATE
from voice.sound.resampling import Samples

SPEED_OF_SOUND = 343.0  # metres a second
EARLY_SECONDS = 0.05  # after the direct sound, in which reflections come one by one
_LEAD = 64  # samples before the direct sound, room for what an equalizer smears ahead
_BANDS = (0, 250, 500, 1000, 2000, 4000, 8000)  # Hz; each decays at a pace of its own
_WALL_TO_MICROPHONE, _WALL_TO_MOUTH = 0.3, 0.2  # metres at least

Triple = tuple[float, float, float]


@dataclass(frozen=True, slots=True)
class Room:
    """An impulse response at RATE; its direct sound has the value 1 or -1."""

    response: Samples
    direct: int
    """The position of the direct sound."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody speaks, and how the room takes it."""

    size: Triple
    """Length, width and height of the room in metres."""
    mouth: Triple
    """The speaker's position in metres."""
    microphone: Triple
    """Its position in metres."""
    rt60: float
    """The seconds in which sound decays by 60 dB."""


def some_room(random: Generator) -> Room:
    """A room drawn by chance, with the equalizer of a mouth's direction and a cheap microphone in two of three."""
    response = impulse_response(some_place(random), random)
    return equalized(response, random) if random.random() < 2 / 3 else response


def some_place(random: Generator) -> Place:
    """From a bathroom to a large living room: RT60 0.2 to 1.0 s, one in seven up to 1.6 s; 0.4 to 5 m away."""
    echoing = random.random() < 1 / 7
    rt60 = random.uniform(1.0, 1.6) if echoing else float(np.exp(random.uniform(np.log(0.2), 0.0)))
    while True:
        size = random.uniform(2.5, 9), random.uniform(2.2, 7), random.uniform(2.2, 3.6)
        microphone = np.array([*(random.uniform(_WALL_TO_MICROPHONE, side - _WALL_TO_MICROPHONE) for side in size)])
        microphone[2] = random.uniform(0.5, 1.4)  # on a table or a shelf
        distance = np.exp(random.uniform(np.log(0.4), np.log(5.0)))
        height = random.uniform(0.9, 1.8) - microphone[2]
        if abs(height) >= distance:
            continue
        angle, flat = random.uniform(0, 2 * np.pi), np.sqrt(distance**2 - height**2)
        mouth = microphone + np.array([flat * np.cos(angle), flat * np.sin(angle), height])
        if np.all(mouth > _WALL_TO_MOUTH) and np.all(mouth < np.array(size) - _WALL_TO_MOUTH):
            return Place(size, tuple(mouth.tolist()), tuple(microphone.tolist()), rt60)


def impulse_response(place: Place, random: Generator) -> Room:
    """Early reflections by the image method, and a diffuse tail that decays in bands."""
    distance = float(np.linalg.norm(np.subtract(place.mouth, place.microphone)))
    response = np.zeros(_LEAD + round(RATE * (place.rt60 * 1.1 + EARLY_SECONDS)))
    amplitudes, delays = _reflections(place, random)
    at = _LEAD + np.round((delays - distance / SPEED_OF_SOUND) * RATE).astype(int)
    np.add.at(response, at, amplitudes)
    response += _tail(place, distance, len(response), random)
    return Room((response / response[_LEAD]).astype(np.float32), _LEAD)


def equalized(room: Room, random: Generator) -> Room:
    """The room through a smooth random equalizer that cuts the deepest and highest tones."""
    hertz = np.array([0, 100, 250, 600, 1200, 2500, 4500, 7000, 8000])
    gains = random.normal(0, random.uniform(0.5, 2.5), len(hertz))
    gains[:2] -= abs(random.normal(0, 4))
    gains[-2:] -= abs(random.normal(0, 3))
    response = shaped(room.response, 10 ** (gains / 20), hertz)
    around = slice(room.direct - 20, room.direct + 20)
    direct = around.start + int(np.argmax(np.abs(response[around])))
    return Room((response / abs(response[direct])).astype(np.float32), direct)


def shaped(samples: NDArray[np.floating], gains: NDArray[np.float64], hertz: NDArray[np.floating]) -> Samples:
    """The samples with these gains at these frequencies, and between them on a straight line."""
    size = 2 * len(samples)
    at = np.fft.rfftfreq(size, 1 / RATE)
    wet = np.fft.irfft(np.fft.rfft(samples, size) * np.interp(at, hertz, gains), size)[: len(samples)]
    as_float: Samples = wet.astype(np.float32)
    return as_float


def in_room(speech: Samples, room: Room) -> Samples:
    """The speech as the room carries it: as long, in time with its direct sound, with the same peak."""
    size = 1 << (len(speech) + len(room.response) - 2).bit_length()
    wet = np.fft.irfft(np.fft.rfft(speech, size) * np.fft.rfft(room.response, size), size)
    wet = wet[room.direct : room.direct + len(speech)]
    as_loud: Samples = (wet * (np.max(np.abs(speech)) / (np.max(np.abs(wet)) + 1e-9))).astype(np.float32)
    return as_loud


def _reflections(place: Place, random: Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Amplitudes and delays in seconds of the direct sound and of its mirror images behind the walls."""
    volume, surface = _volume_and_surface(place.size)
    reflected = np.exp(-0.161 * volume / (surface * place.rt60) / 2)  # of the amplitude, at each wall (Eyring)
    grid = np.arange(-4, 5)
    squares, orders = np.zeros(1), np.zeros(1)
    for side, mouth, microphone in zip(place.size, place.mouth, place.microphone, strict=True):
        offsets = np.concatenate([2 * grid * side + mouth, 2 * grid * side - mouth]) - microphone
        walls = np.concatenate([np.abs(2 * grid), np.abs(2 * grid - 1)])
        squares = (squares[:, None] + offsets**2).ravel()
        orders = (orders[:, None] + walls).ravel()
    distances = np.sqrt(squares)
    early = distances < distances.min() + EARLY_SECONDS * SPEED_OF_SOUND
    distances, orders = distances[early], orders[early]
    uneven = np.where(orders > 0, random.uniform(0.8, 1.2, len(orders)), 1.0)
    return reflected**orders / np.maximum(distances, 0.1) * uneven, distances / SPEED_OF_SOUND


def _tail(place: Place, distance: float, size: int, random: Generator) -> NDArray[np.float64]:
    """The diffuse sound, its energy by the critical distance, on the scale of 1 / distance for the direct sound."""
    seconds = np.arange(size) / RATE
    spectrum = np.fft.rfft(random.standard_normal(size))
    hertz = np.fft.rfftfreq(size, 1 / RATE)
    tilt = random.uniform(0, 0.25)  # how much faster high tones decay
    tail = np.zeros(size)
    for band, (low, high) in enumerate(pairwise(_BANDS)):
        inside = (hertz >= low) & (hertz < high)
        rt60 = max(0.08, place.rt60 * (1.15 - 0.6 * tilt * band) * random.uniform(0.9, 1.1))
        tail += np.fft.irfft(spectrum * inside, size) * 10 ** (-3 * seconds / rt60) * 10 ** (-tilt * band / 10)
    begins = _LEAD + RATE * random.uniform(0.008, 0.03)
    tail *= np.clip((np.arange(size) - begins) / (0.03 * RATE), 0, 1)
    volume, _ = _volume_and_surface(place.size)
    critical = 0.057 * np.sqrt(volume / place.rt60)
    energy = 10 ** (random.normal(-1, 1.5) / 10) / critical**2 * np.exp(-13.8 * 0.02 / place.rt60)
    scaled: NDArray[np.float64] = tail * np.sqrt(energy / np.sum(tail**2))
    return scaled


def _volume_and_surface(size: Triple) -> tuple[float, float]:
    length, width, height = size
    return length * width * height, 2 * (length * width + length * height + width * height)
