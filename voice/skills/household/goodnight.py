"""Goodnight: after it nothing is offered any more that evening."""

from voice.dialogue.decision import Decision
from voice.messages.meaning import Match


def say_goodnight(decision: Decision, match: Match) -> None:
    """ "Goodnight": answered, and the evening is closed."""
    decision.say_goodnight()
    decision.say_softly("goodnight")
