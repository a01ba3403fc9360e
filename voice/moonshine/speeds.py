"""The same sound at other speeds: what is misheard at one of them is mostly heard right at another."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from voice.moonshine.model import Encoded, Model
from voice.moonshine.search import ScoredText, scores
from voice.sound.resampling import Samples, resample

SPEEDS = ((17, 16), (15, 16))  # rates from which and to which a sound is resampled: 1.06 and 0.94 of its speed


def at_other_speeds(samples: Samples) -> Iterable[Samples]:
    """A sound faster and slower, and higher and lower with it."""
    return (resample(samples, *rates) for rates in SPEEDS)


def weighed(model: Model, others: Sequence[Encoded], texts: Sequence[ScoredText]) -> list[ScoredText]:
    """The texts with the mean of their scores at all speeds, in the same order.

    others: the sound at other speeds. texts: with their scores in the sound as it is.
    """
    elsewhere = [scores(model, other, [text.pieces for text in texts]) for other in others]
    return [
        replace(text, score=(text.score + sum(each)) / (1 + len(others)))
        for text, *each in zip(texts, *elsewhere, strict=True)
    ]
