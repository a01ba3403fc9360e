"""Log-likelihood-ratio test: whether a sentence was meant although the free hypothesis says something else.

An engine scores the same sound as the likeliest words of all and as the likeliest sentences that can be said. A
sentence that was meant is nearly as likely as the free hypothesis, and sounds like it. Talk is far likelier as talk, or
sounds like nothing that can be said.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from voice.language.text import plain
from voice.messages.calibration import Calibration
from voice.messages.meaning import Explanation, Match, NoMatch
from voice.messages.recognition import Hypothesis
from voice.nlu.index.sentence import keeps_words


@dataclass(frozen=True, slots=True)
class Evidence:
    """The evidence for one sentence."""

    log_likelihood_ratio: float
    """Natural logarithm of its likelihood over that of the free hypothesis; mostly negative."""
    distance: float
    """To the free hypothesis, in letters or in sounds, whichever is nearer: 0 to 1."""
    margin: float = math.inf
    """By how much its rank score leads the first sentence that means something else."""
    best_speed_distance: float = math.inf
    """The least distance to what was read at another playback speed."""

    def score(self, calibration: Calibration) -> float:
        """The log-likelihood ratio minus a penalty per unit of distance.

        The distance is averaged with the best distance at another playback speed when that one is smaller.
        """
        distance = self.distance + min(self.distance, self.best_speed_distance)
        return self.log_likelihood_ratio - calibration.distance_penalty * distance / 2

    def rank_score(self, calibration: Calibration) -> float:
        """The score for ranking candidates: a smaller distance penalty, at the original speed only."""
        return self.log_likelihood_ratio - calibration.rank_penalty * self.distance


def is_meant(evidence: Evidence, threshold: float, calibration: Calibration) -> bool:
    """Whether that is enough to act."""
    return evidence.score(calibration) >= threshold and evidence.margin >= calibration.margin


def most_likely(
    hypotheses: Sequence[Hypothesis],
    meaning: Callable[[Hypothesis], Match | NoMatch],
    distance: Callable[[str, str], float],
    threshold: Callable[[Match, Calibration], float],
    exact: Callable[[Match], bool],
) -> Match | None:
    """The meaning of the best constrained hypothesis, when the evidence is enough; None when it is not.

    Scores are compared within one engine only. A sentence that is likely in any talk ("Thank you.") but sounds like
    nothing that was read is no rival of one that does; nor is free text, which is as likely as what was read whatever
    that is, of a sentence that is nearly as likely.
    meaning: of a hypothesis by itself. distance: of two texts, 0 to 1. threshold: for a meaning. exact: whether only
    the very words count for it.
    """
    for engine in dict.fromkeys(each.engine for each in hypotheses):
        own = [each for each in hypotheses if each.engine == engine]
        calibration = next((each.calibration for each in own if each.calibration), None)
        if calibration:
            match = _most_likely(own, calibration, meaning, distance, threshold, exact)
            if match:
                return match
    return None


def _most_likely(
    hypotheses: Sequence[Hypothesis],
    calibration: Calibration,
    meaning: Callable[[Hypothesis], Match | NoMatch],
    distance: Callable[[str, str], float],
    threshold: Callable[[Match, Calibration], float],
    exact: Callable[[Match], bool],
) -> Match | None:
    """The meaning of the best constrained hypothesis of one engine.

    Texts that differ in a comma or a capital alone are looked at once: none is a rival of itself.
    """
    scored = [(each, each.score) for each in hypotheses if each.score is not None]
    free = [(score, each.text, each.at_other_speeds) for each, score in scored if not each.constrained]
    candidates = _without_variants(
        (replace(each, constrained=False, score=None), score) for each, score in scored if each.constrained
    )
    if not free or not candidates:
        return None
    likeliest, heard, at_other_speeds = max(free)
    weighed = [(each, Evidence(score - likeliest, distance(each.text, heard))) for each, score in candidates]
    ranked = _ranked(weighed, meaning, calibration)
    rank, first, evidence, meant = ranked[0]
    if not isinstance(meant, Match):
        return None
    rival = next((other for other, *_, theirs in ranked if not _is_same(theirs, meant)), -math.inf)
    nearest = min((distance(first.text, other) for other in at_other_speeds), default=math.inf)
    evidence = replace(evidence, margin=rank - rival, best_speed_distance=nearest)
    if not is_meant(evidence, threshold(meant, calibration), calibration):
        return None
    known = meant.explanation or Explanation()
    explanation = replace(known, likelier=evidence.log_likelihood_ratio, distance=evidence.distance)
    unsure = exact(meant) and evidence.score(calibration) < calibration.exact_threshold
    return replace(meant, text=first.text, distance=evidence.distance, explanation=explanation, unsure=unsure)


def _ranked(
    weighed: Sequence[tuple[Hypothesis, Evidence]],
    meaning: Callable[[Hypothesis], Match | NoMatch],
    calibration: Calibration,
) -> list[tuple[float, Hypothesis, Evidence, Match | NoMatch]]:
    """The candidates near the best one with rank score, evidence and meaning, the best first."""
    best = max(evidence.rank_score(calibration) for _, evidence in weighed)
    floor = best - calibration.free_text_penalty - calibration.margin
    ranked = []
    for each, evidence in weighed:
        if (rank := evidence.rank_score(calibration)) > floor:
            meant = meaning(each)
            ranked.append((rank - calibration.free_text_penalty * _has_free_text(meant), each, evidence, meant))
    return sorted(ranked, key=lambda each: -each[0])


def _has_free_text(meaning: Match | NoMatch) -> bool:
    return isinstance(meaning, Match) and keeps_words(meaning.sentence)


def _without_variants(scored: Iterable[tuple[Hypothesis, float]]) -> list[tuple[Hypothesis, float]]:
    """The first of the hypotheses with the same plain words."""
    found = dict[str, tuple[Hypothesis, float]]()
    for each, score in scored:
        found.setdefault(plain(each.text), (each, score))
    return list(found.values())


def _is_same(one: Match | NoMatch, other: Match) -> bool:
    return isinstance(one, Match) and (one.intent, one.slots) == (other.intent, other.slots)
