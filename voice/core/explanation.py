"""Why an utterance was or was not acted on, put together as a value for captions and for "what did you hear?"."""

import re
from collections.abc import Sequence
from dataclasses import replace

from voice.core.free_words import Fit
from voice.core.text import speak_duration
from voice.messages import Explanation, Hypothesis, Match, NoMatch, Slots

NEAR, LIKELY, REWORDED = "near enough", "the likeliest in the sound", "the same in other words"  # why it was acted on
BETWEEN = "between two intents"  # why it was not

SLOT = re.compile(r"\{(\w+)\}")


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


def in_words(sentence: str, slots: Slots) -> str:
    """A sentence for the ear: its slots filled with what they stand for, left out where that is not known."""
    values = {name: _spoken(name, value) for name, value in slots.items()}
    values["clause"] = values.get("text", "")
    return " ".join(SLOT.sub(lambda found: values.get(found[1], ""), sentence).split())


def _spoken(slot: str, value: str | float) -> str:
    if isinstance(value, str):
        return value
    return speak_duration(value) if slot == "duration" else f"{value:g}"
