"""Which partner a voice is: the nearer of the two that were learned, where it is near enough and clearly nearer.

It says whose a line is, aloud and open to correction. It is no proof: it opens no lock, agrees to nothing for anybody,
and hands over no note.
"""

from collections.abc import Sequence
from math import hypot

from voice.messages.recognition import Voice
from voice.messages.records import LearnedVoice

LONGEST = 5.0  # seconds of speech that are looked at
NEAR, NEARER = 0.33, 0.05  # the cosine to the partner's voice, and its lead over the other's, that are needed at least
TOO_NEAR = 0.6  # the cosine of two partners' voices from which on they cannot be told apart


def partner_of(voice: Voice | None, learned: Sequence[LearnedVoice], partners: Sequence[str]) -> str:
    """The partner whose voice it is; "" where that is not sure, or where the voices of these two were not learned."""
    if voice is None:
        return ""
    cosines = {each.who: _dot(voice.embedding, each.embedding) for each in learned if each.who in partners}
    if len(cosines) < len(partners):
        return ""
    other, nearest = sorted(cosines, key=lambda name: cosines[name])
    is_sure = cosines[nearest] >= NEAR and cosines[nearest] - cosines[other] >= NEARER
    return nearest if is_sure else ""


def learned_from(who: str, samples: Sequence[Voice]) -> LearnedVoice:
    """How a partner sounds, from samples of their voice: the mean, each sample weighed by its seconds."""
    numbers = zip(*(each.embedding for each in samples), strict=True)
    seconds = [each.seconds for each in samples]
    mean = [_dot(values, seconds) for values in numbers]
    length = hypot(*mean)
    return LearnedVoice(who, tuple(value / length for value in mean))


def are_alike(first: LearnedVoice, second: LearnedVoice) -> bool:
    """Whether two voices are too near to be told apart: one of them would mostly be taken for neither."""
    return _dot(first.embedding, second.embedding) >= TOO_NEAR


def _dot(some: Sequence[float], other: Sequence[float]) -> float:
    return sum(one * another for one, another in zip(some, other, strict=True))
