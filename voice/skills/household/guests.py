"""Private mode: from "we have guests" until it is lifted nothing kept is read or deleted, and questions stay light."""

from dataclasses import replace

from voice.content import LIGHTEST
from voice.dialogue.decision import Decision
from voice.dialogue.private import GUESTS, waits
from voice.messages.actions import SetSetting
from voice.messages.meaning import Match


def begin(decision: Decision, match: Match) -> None:
    """ "We have guests": what goes on for the two alone is put aside, and the mode begins."""
    decision.act(SetSetting(GUESTS, decision.now.isoformat()))
    walk, questions = decision.state.walk, decision.state.questions
    aside = replace(walk, stopped_at=decision.at) if walk else decision.state.aside
    lighter = replace(questions, prompt=None, decks=(), depth=LIGHTEST, deep_agreed=False)
    decision.change(awaited=None, walk=None, aside=aside, then=None, questions=lighter, again=())


def end(decision: Decision, match: Match) -> None:
    """ "They've gone": everything as before."""
    if decision.records.settings.get(GUESTS):
        decision.act(SetSetting(GUESTS, ""))
    else:
        decision.say("guests_none")


def confirm(decision: Decision, since: str) -> None:
    """Say that private mode has begun or is over; the setting is on the disk and survives a restart."""
    decision.say("guests_on" if since else "guests_off")


def hold_back(decision: Decision, match: Match) -> bool:
    """Whether a wish waits until they are alone; then it says so, without a word of what it was about."""
    if not waits(decision, match.intent):
        return False
    decision.say("guests_wait")
    return True
