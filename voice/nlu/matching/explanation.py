"""Why an utterance was or was not acted on, put together as a value for captions and for "what did you hear?"."""

from collections.abc import Sequence
from dataclasses import replace

from voice.messages.meaning import Acceptance, Explanation, Match, NoMatch, Rejection
from voice.messages.recognition import Hypothesis
from voice.nlu.matching.slot_filling import Fit


def explain(best: Fit, fits: Sequence[Fit], gate: float) -> Explanation:
    """What one reading was near to. fits: everything near, the nearest first. gate: of the best one.

    Nobody is told that what they said is near to words of somebody who is not okay.
    """
    fits = [fit for fit in fits if not fit.sentence.care]
    if best.sentence.care:
        return Explanation()
    rival = next((fit for fit in fits if fit.sentence.intent not in ("", best.sentence.intent)), None)
    return Explanation(
        nearest=best.sentence.spoken,
        intent=best.sentence.intent,
        distance=best.distance,
        gate=gate,
        rival=rival.sentence.spoken if rival else "",
        margin=rival.distance - best.distance if rival else None,
    )


def with_explanation(result: Match | NoMatch, hypotheses: Sequence[Hypothesis]) -> Match | NoMatch:
    """The result with its explanation: all that was heard, and the reason."""
    known = result.explanation
    reason: Acceptance | Rejection | None
    if isinstance(result, NoMatch):
        reason = result.why
    elif known is None or known.reason:
        reason = known.reason if known else Acceptance.REWORDED
    elif all(each.constrained for each in hypotheses if each.text == result.text):
        reason = Acceptance.LIKELY
    else:
        reason = Acceptance.NEAR
    return replace(result, explanation=replace(known or Explanation(), hypotheses=tuple(hypotheses), reason=reason))
