"""`python -m training DIR...`: learn from folders of speech, without transcripts, to hear through rooms and noise."""

import argparse
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np
import torch

from training.course import Course, Plan
from training.distance import Distance
from training.network import Encoder, package_numbers
from training.speech import Piece, pieces_of
from training.spoiling import some_world
from training.teacher import Teacher
from training.writing import Source, commit, curve, source, write_adapter
from voice.engines.moonshine.adapter import sha256
from voice.engines.moonshine.engine import model_folder
from voice.engines.moonshine.model import DECODER, ENCODER
from voice.engines.moonshine.weights import Weights
from voice.messages.sound import RATE

_STRANGE_ROOMS, _STRANGE_NOISES = 40, 20  # to be examined in


def main() -> None:
    """Learn, or go on learning, and write rooms.npz and rooms.json."""
    standard = Plan()
    parser = argparse.ArgumentParser(prog="python -m training", description=__doc__)
    parser.add_argument("speech", nargs="+", help="a folder of speech, with the weight of its pieces: DIR or DIR:3")
    parser.add_argument(
        "--out", type=Path, default=Path("build/training"), help="the checkpoint, the curve, the adapter"
    )
    parser.add_argument("--steps", type=int, default=standard.steps, help="of about 8 pieces of 2.5 seconds")
    parser.add_argument("--seed", type=int, default=standard.seed)
    parser.add_argument("--strength", type=float, default=0.5, help="the part of the changes that the program makes")
    asked = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(asked.seed)
    plan = Plan(steps=asked.steps, seed=asked.seed)
    asked.out.mkdir(parents=True, exist_ok=True)
    pieces, sources = speech_of([weighted(each) for each in asked.speech], plan.seed)
    print(f"{len(pieces)} pieces, {sum(each.minutes for each in sources):.0f} minutes", flush=True)
    course, seconds = learned(plan, pieces, asked.out)
    told = {
        "encoder_sha256": sha256(model_folder() / ENCODER),
        "code": commit(),
        "sources": [asdict(each) for each in sources],
        "processor_minutes": round(seconds / 60),
        "curve": curve(asked.out),
    }
    write_adapter(asked.out / "rooms.npz", dict(course.pupil.changes.items()), asked.strength, plan, told)


def learned(plan: Plan, pieces: Sequence[Piece], out: Path) -> tuple[Course, float]:
    """The course, done, and the seconds of a processor that it took."""
    speech = [piece.samples for piece in pieces]
    world = some_world(plan.seed, plan.rooms, plan.noises, speech)
    strange = some_world(plan.seed + 1, _STRANGE_ROOMS, _STRANGE_NOISES, speech)
    numbers = package_numbers(Weights(model_folder() / ENCODER))
    distance = Distance(Weights(model_folder() / DECODER))
    course = Course(plan, pieces, Teacher(Encoder(numbers)), Encoder(numbers), distance)
    return course, course.run(world, strange, out)


def speech_of(folders: Sequence[tuple[Path, int]], seed: int) -> tuple[list[Piece], list[Source]]:
    """All pieces of the folders, each with its weight, and what to tell of the folders."""
    pieces, sources = list[Piece](), list[Source]()
    for number, (folder, weight) in enumerate(folders):
        found = list(pieces_of(folder, weight, np.random.default_rng((seed, number))))
        minutes = sum(len(piece.samples) for piece in found) / RATE / 60
        pieces += found
        sources.append(source(folder, len(found), minutes, weight))
    return pieces, sources


def weighted(folder: str) -> tuple[Path, int]:
    """A folder and its weight, of "DIR" or "DIR:WEIGHT"."""
    path, colon, weight = folder.rpartition(":")
    return (Path(path), int(weight)) if colon else (Path(folder), 1)


if __name__ == "__main__":
    main()
