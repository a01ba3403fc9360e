"""Clean speech as it might arrive: from far, softly, through a room, in noise."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from bench.room import with_noise
from training.noise import some_noise
from training.rooms import Room, in_room, some_room
from voice.messages.sound import RATE
from voice.sound.resampling import Samples

SHARES = {"clean": 0.25, "noise": 0.20, "room": 0.25, "both": 0.30}
SNR = (3.0, 22.0)  # dB
LEVELS = (-24.0, -0.5)  # dB of the peak; soft voices and cheap microphones are low
NOISE_SECONDS = 7
SILENCE = 0.3  # seconds at both ends that stay silent, as the engine pads an utterance


@dataclass(frozen=True, slots=True)
class World:
    """The rooms and noises that there are."""

    rooms: tuple[Room, ...]
    noises: tuple[Samples, ...]


def some_world(seed: int, rooms: int, noises: int, speech: Sequence[Samples]) -> World:
    """A world drawn by chance. speech: of people who talk in the background."""
    random = np.random.default_rng(seed)
    built = tuple(some_room(random) for _ in range(rooms))
    return World(built, tuple(some_noise(random, NOISE_SECONDS * RATE, speech, built) for _ in range(noises)))


def spoilt(clean: Samples, how: str, world: World, random: Generator) -> Samples:
    """A piece as it might arrive. how: a key of SHARES."""
    heard = clean
    if how in ("room", "both"):
        heard = in_room(heard, world.rooms[random.integers(len(world.rooms))])
    if how in ("noise", "both"):
        noise = world.noises[random.integers(len(world.noises))]
        begun = np.roll(noise, -int(random.integers(len(noise))))
        heard = with_noise(heard, np.resize(begun, len(heard)), random.uniform(*SNR))
    heard = heard * (10 ** (random.uniform(*LEVELS) / 20) / (np.max(np.abs(heard)) + 1e-6))
    silent = round(SILENCE * RATE)
    heard[:silent] = heard[-silent:] = 0
    arrived: Samples = heard.astype(np.float32)
    return arrived
