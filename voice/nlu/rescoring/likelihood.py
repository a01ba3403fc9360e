"""Whether a sentence that can be said was meant, although the free reading of the sound says something else.

The recognizer gives two probabilities for the same sound: of the likeliest words of all, and of the likeliest sentence
that can be said. A sentence that was meant is nearly as likely as any other words, and sounds like them; talk is far
likelier as talk, or sounds like nothing that can be said.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from voice.language.text import plain
from voice.messages.meaning import Explanation, Match, NoMatch
from voice.messages.recognition import Hypothesis
from voice.nlu.index.sentence import keeps_words


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for one sentence.

    likelier: the natural logarithm of how much likelier it is than the free reading (mostly negative).
    distance: from the words of the likeliest free reading, in letters or in sounds, whichever is nearer: 0 to 1.
    least: the same from the nearest of the readings at other speeds, where the sound was read at these.
    margin: how far it is ahead, in `rank`, of the first sentence that means something else.
    """

    likelier: float
    distance: float
    margin: float = math.inf
    least: float = math.inf

    @property
    def weight(self) -> float:
        """How much likelier it is, less the price of its distance: the mean of both, where the least is less."""
        return self.likelier - PRICE_OF_DISTANCE * (self.distance + min(self.distance, self.least)) / 2

    @property
    def rank(self) -> float:
        """The same among sentences that can be said, where the distance counts for less, and at one speed."""
        return self.likelier - PRICE_AMONG * self.distance


# The bar, on one straight line: what sounds exactly like the likeliest free reading may be e^18 times less likely than
# it, and what differs more must be likelier, by 24 (natural logarithm) for a whole distance of 1. Short sentences need
# more where people talk, for talk has many short pieces, and long ones without open slots less (the nearest of people's
# talk lies at -23.4); those of which only the very words count must be as good as read, and sound the same. See
# docs/measured.md for the commands and the talk that these numbers come from.
BAR, SHORT_BAR, LONG_BAR, EXACT_BAR, PRICE_OF_DISTANCE = -18.0, -16.0, -21.5, -3.0, 24.0
PRICE_AMONG = 12.0  # of a distance of 1, between sentences that can be said: see docs/measured.md
PRICE_OF_FREE_WORDS = 4.0  # the same for "remind us of {text}": see docs/measured.md
ASIDE = 4.0  # by which the score of a sentence at one speed may lie beside its mean at three
MARGIN = 0.7  # less than twice as likely as another meaning is a guess


def within_reach(distance: float) -> float:
    """How much less likely than the free reading a sentence may be at one speed and be meant, at such a distance."""
    return ASIDE - min(BAR, SHORT_BAR, LONG_BAR, EXACT_BAR) - PRICE_OF_DISTANCE * distance


def is_meant(evidence: Evidence, bar: float = BAR) -> bool:
    """Whether that is enough to act."""
    return evidence.weight >= bar and evidence.margin >= MARGIN


def most_likely(
    hypotheses: Sequence[Hypothesis],
    meaning: Callable[[Hypothesis], Match | NoMatch],
    distance: Callable[[str, str], float],
    bar: Callable[[Match], float],
    exact: Callable[[Match], bool],
) -> Match | None:
    """What was meant by the first in rank of what can be said, when the evidence is enough; None when it is not.

    What is likely in any talk ("Thank you.") but sounds like nothing that was read is no rival of what does; nor are
    free words, which are as likely as what was read whatever that is, of a sentence that is nearly as likely.
    meaning: what a reading by itself means. distance: of two texts, 0 to 1. bar: where it lies for a meaning.
    exact: whether only the very words count for it.
    Many texts differ in a comma or a capital alone: each is asked about once, and is no rival of itself.
    """
    scored = [(each, each.score) for each in hypotheses if each.score is not None]
    free = [(score, each.text, each.at_other_speeds) for each, score in scored if not each.sayable]
    sayable = _once_each((replace(each, sayable=False, score=None), score) for each, score in scored if each.sayable)
    if not free or not sayable:
        return None
    of_all, heard, at_other_speeds = max(free)
    weighed = [(each, Evidence(score - of_all, distance(each.text, heard))) for each, score in sayable]
    best = max(evidence.rank for _, evidence in weighed)
    within = ((each, evidence) for each, evidence in weighed if evidence.rank > best - PRICE_OF_FREE_WORDS - MARGIN)
    priced = [(_priced(evidence.rank, of := meaning(each)), each, evidence, of) for each, evidence in within]
    priced.sort(key=lambda each: -each[0])
    rank, first, evidence, meant = priced[0]
    if not isinstance(meant, Match):
        return None
    rival = next((other for other, *_, theirs in priced if not _is_same(theirs, meant)), -math.inf)
    least = min((distance(first.text, other) for other in at_other_speeds), default=math.inf)
    evidence = replace(evidence, margin=rank - rival, least=least)
    if not is_meant(evidence, bar(meant)):
        return None
    explanation = replace(meant.explanation or Explanation(), likelier=evidence.likelier, distance=evidence.distance)
    unsure = exact(meant) and evidence.weight < EXACT_BAR
    return replace(meant, text=first.text, distance=evidence.distance, explanation=explanation, unsure=unsure)


def _priced(rank: float, meaning: Match | NoMatch) -> float:
    """The rank of a text, less the price of free words."""
    free = isinstance(meaning, Match) and keeps_words(meaning.sentence)
    return rank - PRICE_OF_FREE_WORDS * free


def _once_each(scored: Iterable[tuple[Hypothesis, float]]) -> list[tuple[Hypothesis, float]]:
    """The first of those with the same plain words."""
    found = dict[str, tuple[Hypothesis, float]]()
    for each, score in scored:
        found.setdefault(plain(each.text), (each, score))
    return list(found.values())


def _is_same(one: Match | NoMatch, other: Match) -> bool:
    return isinstance(one, Match) and (one.intent, one.slots) == (other.intent, other.slots)
