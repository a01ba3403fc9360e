"""Noise of a home, made from nothing but chance: hum, music, dishes, water, and other people's speech."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from training.rooms import Room, in_room, shaped
from voice.messages.sound import RATE
from voice.sound.resampling import Samples

Sound = NDArray[np.floating]
_HERTZ = np.array([0, 100, 300, 1000, 3000, 8000])
_INTERVALS = (1, 1.2599, 1.4983, 2)  # of a chord


def hiss(random: Generator, size: int) -> Sound:
    """Fans, traffic, an air conditioner: shaped noise that swells slowly."""
    gains = 10 ** (np.cumsum(random.normal(-3, 5, len(_HERTZ))) / 20)
    swell = 1 + random.uniform(0, 0.6) * np.sin(2 * np.pi * random.uniform(0.1, 3) * np.arange(size) / RATE)
    return shaped(random.standard_normal(size), gains, _HERTZ) * swell


def hum(random: Generator, size: int) -> Sound:
    """A refrigerator: harmonics of the mains with some hiss."""
    base = random.choice([50, 60, 100, 120]) * random.uniform(0.99, 1.01)
    seconds = np.arange(size) / RATE
    harmonics = range(1, int(random.integers(4, 20)))
    tones = sum(random.uniform(0.1, 1) / n**0.7 * np.sin(2 * np.pi * base * n * seconds) for n in harmonics)
    return even(tones) + 0.5 * even(hiss(random, size))


def music(random: Generator, size: int) -> Sound:
    """Chords of plucked strings, one after another."""
    sound, begin = np.zeros(size), 0
    while begin < size:
        length = int(RATE * random.uniform(0.12, 0.8))
        root = 55 * 2 ** (random.integers(0, 48) / 12)
        seconds = np.arange(min(2 * length, size - begin)) / RATE
        for interval in random.choice(_INTERVALS, random.integers(1, 4)):
            brightness, decay = random.uniform(0.8, 2), random.uniform(1, 6)
            strings = sum(np.sin(2 * np.pi * root * interval * n * seconds) / n**brightness for n in range(1, 6))
            sound[begin : begin + len(seconds)] += random.uniform(0.3, 1) * np.exp(-decay * seconds) * strings
        begin += length
    return sound


def dishes(random: Generator, size: int) -> Sound:
    """Cups and cutlery: short ringing knocks."""
    sound = np.zeros(size)
    for _ in range(random.poisson(2.5 * size / RATE) + 1):
        begin = int(random.integers(0, size))
        seconds = np.arange(min(int(RATE * random.uniform(0.03, 0.4)), size - begin)) / RATE
        knock = 2 * np.exp(-seconds * random.uniform(100, 500)) * random.standard_normal(len(seconds))
        for hertz in np.exp(random.uniform(np.log(500), np.log(6500), random.integers(2, 7))):
            ringing = np.exp(-seconds * random.uniform(8, 90)) * np.sin(2 * np.pi * hertz * seconds)
            knock += random.uniform(0.2, 1) * ringing
        sound[begin : begin + len(seconds)] += random.uniform(0.1, 1) ** 2 * knock
    quiet = 10 ** (random.uniform(-45, -18) / 20) * np.max(np.abs(sound))
    kitchen: Sound = sound + quiet * even(hiss(random, size))
    return kitchen


def water(random: Generator, size: int) -> Sound:
    """A tap, frying, rain: dense small drops in a band."""
    drops = random.standard_normal(size) * (random.random(size) < random.uniform(0.002, 0.2))
    low, high = np.sort(np.exp(random.uniform(np.log(300), np.log(7000), 2)))
    in_band = shaped(
        drops, np.array([0.05, 0.2, 1, 1, 0.1, 0.1]), np.array([0, 0.8 * low, low, high, 1.1 * high, 8000])
    )
    wet: Sound = in_band + 0.1 * np.std(in_band) * even(hiss(random, size))
    return wet


def talk(random: Generator, size: int, speech: Sequence[Samples]) -> Sound:
    """One to four other people, or a television."""
    sound = np.zeros(size)
    for _ in range(random.integers(1, 5)):
        said = np.concatenate([speech[int(random.integers(len(speech)))] for _ in range(1 + size // RATE)])
        sound += random.uniform(0.3, 1) * even(np.roll(said, -int(random.integers(len(said))))[:size])
    return sound


MADE: tuple[Callable[[Generator, int], Sound], ...] = (hiss, hum, music, dishes, water)
_TALK_SHARE = 0.25


def some_noise(random: Generator, size: int, speech: Sequence[Samples], rooms: Sequence[Room]) -> Samples:
    """One noise or two at a time, mostly out of a room."""
    sound = np.zeros(size)
    for _ in range(1 if random.random() < 0.65 else 2):
        if random.random() < _TALK_SHARE:
            one = talk(random, size, speech)
        else:
            one = MADE[random.integers(len(MADE))](random, size)
        if random.random() < 0.7:
            one = in_room(one.astype(np.float32), rooms[int(random.integers(len(rooms)))]).astype(np.float64)
        sound += random.uniform(0.3, 1) * even(one)
    return even(sound).astype(np.float32)


def even(sound: Sound) -> Sound:
    """The sound with a standard deviation of 1."""
    return sound / (np.std(sound) + 1e-9)
