"""Small words that ask for nothing: "thanks" and "okay", said to Hearthside when it has spoken."""

from voice.dialogue.decision import Decision
from voice.messages.delivery import ChimeName
from voice.messages.meaning import Match


def take_thanks(decision: Decision, match: Match) -> None:
    """ "Thanks": a word back."""
    decision.say("you_are_welcome")


def take_okay(decision: Decision, match: Match) -> None:
    """ "Okay", "good question": a soft sound shows that it was heard."""
    decision.chime(ChimeName.GOT_IT)
