"""Whether a sentence that can be said was meant, although the free reading of the sound says something else.

The recognizer gives two probabilities for the same sound: of the likeliest words of all, and of the likeliest sentence
that can be said. A sentence that was meant is nearly as likely as any other words, and sounds like them; talk is far
likelier as talk, or sounds like nothing that can be said.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from voice.core.text import plain
from voice.messages import Explanation, Hypothesis, Match, NoMatch


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


# The bar, on one straight line: what sounds exactly like the free reading may be e^16 times less likely than it, and
# what differs more must be likelier, by 24 (natural logarithm) for a whole distance of 1. The line is the logistic
# regression of 1,088 commands in 8 synthetic voices, near, in kitchen noise and in rooms, against 381 utterances of
# people's talk; of that talk the nearest lies 1.6 below the bar.
BAR, PRICE_OF_DISTANCE = -16.0, 24.0
MARGIN = 0.7  # less than twice as likely as another meaning is a guess


def is_meant(evidence: Evidence) -> bool:
    """Whether that is enough to act."""
    return evidence.likelier - PRICE_OF_DISTANCE * evidence.distance >= BAR and evidence.margin >= MARGIN


def likeliest(
    hypotheses: Sequence[Hypothesis],
    heard: str,
    meaning: Callable[[Hypothesis], Match | NoMatch],
    distance: Callable[[str, str], float],
) -> Match | None:
    """What was meant by the likeliest of what can be said, when the evidence is enough; None when it is not.

    heard: the words of the free reading. meaning: what a reading by itself means. distance: of two texts, 0 to 1.
    Many texts differ in a comma or a capital alone: each is asked about once, and is no rival of itself.
    """
    scored = [(each, each.score) for each in hypotheses if each.score is not None]
    free = [score for each, score in scored if not each.sayable]
    sayable = _once_each((replace(each, sayable=False, score=None), score) for each, score in scored if each.sayable)
    if not free or not sayable:
        return None
    (first, score), *others = sayable
    meant = meaning(first)
    if not isinstance(meant, Match):
        return None
    rival = next((other for each, other in others if not _is_same(meaning(each), meant)), -math.inf)
    evidence = Evidence(score - max(free), score - rival, distance(first.text, heard))
    if not is_meant(evidence):
        return None
    explanation = replace(meant.explanation or Explanation(), likelier=evidence.likelier, distance=evidence.distance)
    return replace(meant, text=first.text, distance=evidence.distance, explanation=explanation)


def _once_each(scored: Iterable[tuple[Hypothesis, float]]) -> list[tuple[Hypothesis, float]]:
    """The first of those with the same plain words."""
    found = dict[str, tuple[Hypothesis, float]]()
    for each, score in scored:
        found.setdefault(plain(each.text), (each, score))
    return list(found.values())


def _is_same(one: Match | NoMatch, other: Match) -> bool:
    return isinstance(one, Match) and (one.intent, one.slots) == (other.intent, other.slots)
