"""The same sound at other playback speeds: a word misheard at one speed is mostly heard right at another."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from voice.engines.moonshine.model import Encoded, Model
from voice.engines.moonshine.search import ScoredText, scores
from voice.sound.resampling import Samples, resample

SPEEDS = ((17, 16), (15, 16))  # resampling from rate to rate: 1.06 and 0.94 of the speed


def at_other_speeds(samples: Samples) -> Iterable[Samples]:
    """The sound faster and slower; its pitch changes with it."""
    return (resample(samples, *rates) for rates in SPEEDS)


def averaged(model: Model, others: Sequence[Encoded], texts: Sequence[ScoredText]) -> list[ScoredText]:
    """The texts in the same order, each with the mean of its scores at all speeds.

    others: the sound at other speeds. texts: with their scores at the original speed.
    """
    elsewhere = [scores(model, other, [text.tokens for text in texts]) for other in others]
    return [
        replace(text, score=(text.score + sum(each)) / (1 + len(others)))
        for text, *each in zip(texts, *elsewhere, strict=True)
    ]
