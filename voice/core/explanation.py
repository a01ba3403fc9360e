"""Why an utterance was or was not acted on, put together as a value for captions and for "what did you hear?"."""

from collections.abc import Sequence
from dataclasses import replace

from voice.core.free_words import Fit
from voice.messages import Explanation, Hypothesis, Match, NoMatch

NEAR, LIKELY, REWORDED = "near enough", "the likeliest in the sound", "the same in other words"  # why it was acted on


def explain(best: Fit, fits: Sequence[Fit], gate: float) -> Explanation:
    """What one reading was near to. fits: everything near, the nearest first. gate: of the best one."""
    rival = next((fit for fit in fits if fit.sentence.intent not in ("", best.sentence.intent)), None)
    return Explanation(
        nearest=best.sentence.spoken,
        intent=best.sentence.intent,
        distance=best.distance,
        gate=gate,
        rival=rival.sentence.spoken if rival else "",
        margin=rival.distance - best.distance if rival else None,
    )


def complete(result: Match | NoMatch, hypotheses: Sequence[Hypothesis]) -> Match | NoMatch:
    """The result with its explanation: all that was heard, and the reason."""
    known = result.explanation
    if isinstance(result, NoMatch):
        reason = result.why
    elif known is None:
        reason = REWORDED
    elif all(each.sayable for each in hypotheses if each.text == result.text):
        reason = LIKELY
    else:
        reason = NEAR
    return replace(result, explanation=replace(known or Explanation(), hypotheses=tuple(hypotheses), reason=reason))
