"""What people ask of Hearthside itself: who can hear it, who is there, how it speaks, hello and goodnight."""

from collections.abc import Callable, Mapping

from voice.dialogue.decision import Decision
from voice.messages.meaning import Match
from voice.skills.notes import partner_notes


def _answer(key: str) -> Callable[[Decision, Match], None]:
    """A plain answer of this name."""

    def say(decision: Decision, match: Match) -> None:
        decision.say(key)

    return say


COMMANDS: Mapping[str, Callable[[Decision, Match], None]] = {
    "privacy": _answer("privacy"),
    "names": _answer("names_how"),
    "this_is": partner_notes.hello,
    "guests": _answer("guests_how"),
    "guests_gone": _answer("guests_gone"),
    "louder": _answer("voice_how"),
    "softer": _answer("voice_how"),
    "slower": _answer("voice_how"),
    "faster": _answer("voice_how"),
    "goodnight": _answer("goodnight"),
    "good_morning": partner_notes.hello,
}
