"""The course of a training: steps that a seed determines, with a checkpoint now and then to go on from."""

import json
import math
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from training.distance import Distance
from training.network import Encoder
from training.speech import Piece, batches
from training.spoiling import SHARES, World, spoilt
from training.teacher import Lesson, Teacher, divergence_of_words

_WARM_UP = 30  # steps
_STEPS_A_LINE, _STEPS_A_CHECKPOINT, _STEPS_AN_EXAM = 20, 40, 120
_LARGEST_GRADIENT = 2.0
_RATES = {"low rank": 1.0, "vectors": 0.5, "conv_1": 0.05}  # of the learning rate
_FRAMES_COUNT, _WORDS_COUNT = 4.0, 1.0  # in the loss
_EXAM_PIECES = 12


Losses = tuple[float, float]
"""How far frames, and the words in them, are from the teacher's."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What determines a training, together with its speech."""

    steps: int = 1800
    """Of the optimizer; the learning rate is planned for so many."""
    seed: int = 1
    """Of everything that is drawn by chance."""
    size: int = 8
    """Pieces of 2.5 seconds in a step."""
    rate: float = 1.2e-3
    """The learning rate after the warm-up; it falls as a cosine to 2 % of it."""
    rooms: int = 400
    """How many are simulated to learn in."""
    noises: int = 240
    """How many are made to learn in."""


class Course:
    """A pupil that learns to hear spoilt speech as its teacher, the untouched encoder, hears it clean."""

    def __init__(
        self, plan: Plan, pieces: Sequence[Piece], teacher: Teacher, pupil: Encoder, distance: Distance
    ) -> None:
        """pupil: is changed."""
        self._plan, self._pieces, self._distance = plan, pieces, distance
        self._teacher, self.pupil = teacher, pupil
        self._lessons: dict[int, Lesson] = {}

    def run(self, world: World, strange: World, folder: Path) -> float:
        """All steps; from the checkpoint in the folder on, if there is one. The curve is printed and kept there.

        Returns the seconds of a processor that all steps took.
        world, strange: to learn in, and to be examined in.
        """
        optimizer = torch.optim.AdamW(_groups(self.pupil, self._plan.rate), betas=(0.9, 0.98), weight_decay=0.0)
        done, seconds = _resumed(folder, self.pupil, optimizer)
        began, recent = time.process_time() - seconds, list[Losses]()
        for step, batch in enumerate(islice(self._batches(), self._plan.steps), 1):
            if step <= done:
                continue
            for group in optimizer.param_groups:
                group["lr"] = group["share"] * self._plan.rate * warmth(step, self._plan.steps)
            recent.append(self._learn(step, batch, world, optimizer))
            cpu = time.process_time() - began
            if step % _STEPS_A_LINE == 0:
                _tell(folder, step=step, cpu=round(cpu), frames_words=np.mean(recent, 0).round(4).tolist())
                recent.clear()
            if step % _STEPS_A_CHECKPOINT == 0 or step == self._plan.steps:
                _keep(folder, self.pupil, optimizer, step, cpu)
            if step % _STEPS_AN_EXAM == 0 or step in (1, self._plan.steps):
                _tell(folder, step=step, exam=self.examined(strange))
        return time.process_time() - began

    def examined(self, world: World) -> dict[str, Losses]:
        """The distances in each way to spoil, on the same pieces each time."""
        lengths = [len(piece.samples) for piece in self._pieces]
        usual = max(set(lengths), key=lengths.count)
        batch = [index for index, length in enumerate(lengths) if length == usual][:_EXAM_PIECES]
        with torch.no_grad():
            found = {how: self._heard(batch, [how] * len(batch), world, (99,)) for how in SHARES}
        return {how: (round(frames.item(), 4), round(words.item(), 4)) for how, (frames, words) in found.items()}

    def _learn(self, step: int, batch: Sequence[int], world: World, optimizer: torch.optim.Optimizer) -> Losses:
        ways = np.random.default_rng((self._plan.seed, step)).choice(list(SHARES), len(batch), p=list(SHARES.values()))
        frames, words = self._heard(batch, ways.tolist(), world, (self._plan.seed, step))
        optimizer.zero_grad()
        (_FRAMES_COUNT * frames + _WORDS_COUNT * words).backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(self.pupil.parameters(), _LARGEST_GRADIENT)
        optimizer.step()
        return frames.item(), words.item()

    def _heard(
        self, batch: Sequence[int], ways: Sequence[str], world: World, seed: tuple[int, ...]
    ) -> tuple[Tensor, Tensor]:
        """How far the frames, and the words in them, are from the teacher's."""
        random = np.random.default_rng((*seed, 1))
        pieces = [self._pieces[index].samples for index in batch]
        sounds = [spoilt(samples, how, world, random) for samples, how in zip(pieces, ways, strict=True)]
        lessons = [self._lesson(index) for index in batch]
        frames = self.pupil(torch.from_numpy(np.stack(sounds)))
        wanted = torch.stack([each.frames for each in lessons]).float()
        return self._distance(frames, wanted), divergence_of_words(lessons, frames, self._teacher.decoder)

    def _lesson(self, index: int) -> Lesson:
        """What the teacher hears in a piece; kept, for a piece comes again."""
        if index not in self._lessons:
            self._lessons[index] = self._teacher.lesson(self._pieces[index].samples)
        return self._lessons[index]

    def _batches(self) -> Iterator[list[int]]:
        lengths = [len(piece.samples) for piece in self._pieces]
        weights = [piece.weight for piece in self._pieces]
        turn = 0
        while True:
            found = batches(lengths, weights, self._plan.size, np.random.default_rng((self._plan.seed, turn)))
            if not found:
                raise SystemExit("There is too little speech to learn from.")
            yield from found
            turn += 1


def warmth(step: int, steps: int) -> float:
    """The part of the learning rate at a step."""
    return min(1.0, step / _WARM_UP) * (0.49 * (1 + math.cos(math.pi * step / steps)) + 0.02)


def _groups(encoder: Encoder, rate: float) -> list[dict[str, object]]:
    kinds: dict[str, list[torch.nn.Parameter]] = {kind: [] for kind in _RATES}
    for name, change in encoder.changes.items():
        kinds["conv_1" if name == "conv_1" else "vectors" if change.ndim == 1 else "low rank"].append(change)
    return [{"params": changes, "lr": rate, "share": _RATES[kind]} for kind, changes in kinds.items()]


def _keep(folder: Path, encoder: Encoder, optimizer: torch.optim.Optimizer, step: int, seconds: float) -> None:
    state = {"encoder": encoder.state_dict(), "optimizer": optimizer.state_dict(), "step": step, "seconds": seconds}
    torch.save(state, folder / "new.pt")
    (folder / "new.pt").replace(folder / "checkpoint.pt")


def _resumed(folder: Path, encoder: Encoder, optimizer: torch.optim.Optimizer) -> tuple[int, float]:
    """The step and the seconds of CPU of the checkpoint."""
    file = folder / "checkpoint.pt"
    if not file.exists():
        return 0, 0.0
    kept = torch.load(file, weights_only=True)
    encoder.load_state_dict(kept["encoder"])
    optimizer.load_state_dict(kept["optimizer"])
    return int(kept["step"]), float(kept["seconds"])


def _tell(folder: Path, **what: object) -> None:
    line = json.dumps(what)
    print(line, flush=True)
    with (folder / "curve.jsonl").open("a", encoding="utf-8") as curve:
        curve.write(line + "\n")
