"""Speech to train on: sound files cut into pieces at quiet places, in groups of equal length."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.random import Generator

from bench.room import read_sound
from voice.messages.sound import RATE
from voice.sound.resampling import Samples

LONGEST = 4.5  # seconds of a piece
LEAST = 0.5
LENGTHS = (1.5, 2, 2.5, 3, 3.5, 4, 4.5, 5, 6)  # seconds that a piece is padded to
LEAD = (0.35, 0.75)  # seconds of silence before it
AFTER = 0.35  # seconds of silence after it at least
LEVEL = 0.5  # the peak of a piece as the teacher hears it
_QUIETEST = 0.003  # the peak of a piece that is worth hearing
_STEP = RATE // 100
SOUNDS = (".flac", ".wav")


@dataclass(frozen=True, slots=True)
class Piece:
    """A padded piece of speech."""

    samples: Samples
    """At RATE, its peak at LEVEL; its length is one of LENGTHS."""
    weight: int
    """How often it comes in each round."""


def pieces_of(folder: Path, weight: int, random: Generator) -> Iterator[Piece]:
    """All speech in the sound files of a folder."""
    for file in sorted(path for path in folder.rglob("*") if path.suffix in SOUNDS):
        for samples in cut(read_sound(file), random):
            if len(samples) >= LEAST * RATE and np.max(np.abs(samples)) > _QUIETEST:
                yield Piece(padded(samples, random), weight)


def cut(samples: Samples, random: Generator) -> list[Samples]:
    """The samples in pieces of at most LONGEST seconds; a cut is made at the quietest place of a stretch."""
    pieces = []
    while len(samples) > LONGEST * RATE:
        begin = RATE * random.uniform(1.0, 2.5)
        stretch = samples[int(begin) : int(begin + 2 * RATE)]
        steps = np.abs(stretch[: len(stretch) // _STEP * _STEP]).reshape(-1, _STEP).mean(axis=1)
        smooth = np.convolve(steps, np.ones(15) / 15, "same")
        smooth[:7] = smooth[-7:] = np.inf
        at = int(begin) + int(np.argmin(smooth)) * _STEP
        pieces.append(samples[:at])
        samples = samples[at:]
    return [*pieces, samples]


def padded(samples: Samples, random: Generator) -> Samples:
    """The piece with silence around it, as long as the next of LENGTHS."""
    lead = round(RATE * random.uniform(*LEAD))
    needed = (lead + len(samples)) / RATE + AFTER
    whole = np.zeros(round(RATE * next(length for length in LENGTHS if length >= needed)), np.float32)
    whole[lead : lead + len(samples)] = samples * (LEVEL / np.max(np.abs(samples)))
    return whole


def batches(lengths: Sequence[int], weights: Sequence[int], size: int, random: Generator) -> list[list[int]]:
    """One round through all pieces as lists of indexes of pieces of equal length, in an order drawn by chance.

    size: of a batch, in pieces of 2.5 seconds; longer pieces make smaller ones. What fills no batch is left out.
    """
    order = random.permutation(np.repeat(np.arange(len(lengths)), weights))
    waiting: dict[int, list[int]] = {}
    found = []
    for index in order.tolist():
        group = waiting.setdefault(lengths[index], [])
        group.append(index)
        if len(group) == max(4, min(size, int(size * 2.5 * RATE / lengths[index]))):
            found.append(waiting.pop(lengths[index]))
    return found
