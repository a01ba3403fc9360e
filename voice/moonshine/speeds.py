"""The same sound at other speeds: what is misheard at one of them is mostly heard right at another."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from voice.moonshine.model import Encoded, Model
from voice.moonshine.search import Text, in_order, scores
from voice.sound.resampling import Samples, resample

SPEEDS = ((17, 16), (15, 16))  # rates from which and to which a sound is resampled: 1.06 and 0.94 of its speed


def at_other_speeds(samples: Samples) -> Iterable[Samples]:
    """A sound faster and slower, and higher and lower with it."""
    return (resample(samples, *rates) for rates in SPEEDS)


def weighed(
    model: Model, encoded: Encoded, others: Sequence[Encoded], known: Iterable[Text], read: Iterable[Text]
) -> tuple[Text, ...]:
    """The texts with the mean of their scores at all speeds, the likeliest first; each spelling once.

    encoded, others: the sound as it is, and at other speeds. known: texts with their scores in the sound as it is,
    which are not reckoned again. read: more texts.
    """
    scored = {text.pieces: text for text in known}
    new = {text.pieces: text for text in read if text.pieces not in scored}
    if new:
        here = scores(model, encoded, tuple(new))
        scored |= {pieces: replace(text, score=score) for (pieces, text), score in zip(new.items(), here, strict=True)}
    elsewhere = zip(*(scores(model, other, tuple(scored)) for other in others), strict=True)
    means = [
        replace(text, score=(text.score + sum(each)) / (1 + len(others)))
        for text, each in zip(scored.values(), elsewhere, strict=True)
    ]
    return in_order(means)
