"""Whether a sentence that can be said was meant, although the free reading of the sound says something else.

The recognizer gives two probabilities for the same sound: of the likeliest words of all, and of the likeliest sentence
that can be said. A sentence that was meant is nearly as likely as any other words, and sounds like them; talk is far
likelier as talk, or sounds like nothing that can be said.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one sentence.

    likelier: the natural logarithm of how much likelier it is than the free reading (mostly negative).
    margin: the same, than the likeliest sentence that means something else.
    distance: from the words of the free reading, in letters or in sounds, whichever is nearer: 0 to 1.
    """

    likelier: float
    margin: float
    distance: float


UNLIKELY = -9.0
MARGIN = 0.7
FARTHEST = 0.55


def is_meant(evidence: Evidence) -> bool:
    """Whether that is enough to act."""
    return evidence.likelier >= UNLIKELY and evidence.margin >= MARGIN and evidence.distance <= FARTHEST
