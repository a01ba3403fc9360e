"""Goodnight: after it nothing is offered any more that evening."""

from voice.dialogue.decision import Decision
from voice.messages.actions import MarkDone
from voice.messages.meaning import Match
from voice.skills.notes.appreciations import NIGHTLY


def say_goodnight(decision: Decision, match: Match) -> None:
    """ "Goodnight": answered, and the nightly offer is over for today."""
    tonight = (NIGHTLY, decision.now.date().isoformat())
    if tonight not in decision.records.done:
        decision.act(MarkDone(*tonight))
    decision.say_softly("goodnight")
