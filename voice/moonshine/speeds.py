"""The same sound at other speeds: what is misheard at one of them is mostly heard right at another."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from voice.moonshine.model import Encoded, Model
from voice.moonshine.search import Text, scores
from voice.sound.resampling import Samples, resample

SPEEDS = ((17, 16), (15, 16))  # rates from which and to which a sound is resampled: 1.06 and 0.94 of its speed


def at_other_speeds(samples: Samples) -> Iterable[Samples]:
    """A sound faster and slower, and higher and lower with it."""
    return (resample(samples, *rates) for rates in SPEEDS)


def weighed(model: Model, encodings: Sequence[Encoded], texts: Iterable[Text]) -> tuple[Text, ...]:
    """The texts with the mean of their scores in all encodings, the likeliest first; each spelling once."""
    known = tuple({text.pieces: text for text in texts}.values())
    spelled = [text.pieces for text in known]
    sums = [sum(each) for each in zip(*(scores(model, encoded, spelled) for encoded in encodings), strict=True)]
    means = [replace(text, score=total / len(encodings)) for text, total in zip(known, sums, strict=True)]
    return tuple(sorted(means, key=lambda text: (-text.score, text.text)))
