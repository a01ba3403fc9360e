"""What people ask of Hearthside itself: who can hear it, who is there, how it speaks, goodnight."""

from voice.dialogue.decision import Decision
from voice.dialogue.skill import Command, Skill
from voice.messages.meaning import Match


def _answer(key: str) -> Command:
    """The command that says the reply of this key."""

    def say(decision: Decision, match: Match) -> None:
        decision.say(key)

    return say


SKILL = Skill(
    "household",
    commands={
        "privacy": _answer("privacy"),
        "names": _answer("names_how"),
        "guests": _answer("guests_how"),
        "guests_gone": _answer("guests_gone"),
        "louder": _answer("voice_how"),
        "softer": _answer("voice_how"),
        "slower": _answer("voice_how"),
        "faster": _answer("voice_how"),
        "goodnight": _answer("goodnight"),
    },
)
