"""When somebody is not okay: everything ends, fixed words are said, and nothing of it is kept or shown."""

import re

from voice.dialogue.decision import Decision
from voice.language.text import fill
from voice.messages.actions import EndTimer, SetSetting
from voice.skills.questions.deck_choice import LIGHTEST
from voice.skills.sessions import session
from voice.skills.timers import timers

NUMBERS = "{numbers}"
FOR_TWO = ("hug", "promise")  # the kinds of timers that would bring the two together later; others run on
SILENT = "again"  # what may be asked for without leaving the state of care

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+")


def end_everything(decision: Decision, intent: str) -> None:
    """Stop whatever goes on, forget what was said, and say the fixed words of this intent; never another wording.

    A timer that rings or is meant for two ends; the pasta still has to come off the stove.
    """
    timers.quiet_all(decision)
    for timer in decision.records.timers:
        if timer.kind in FOR_TWO:
            timers.silence(decision, timer)
            decision.act(EndTimer(timer, "stopped"))
    decision.say_text(words(decision, intent))
    if decision.records.settings.get(session.PLACE):
        decision.act(SetSetting(session.PLACE, ""))
    decision.change(
        awaited=None,
        walk=None,
        question=None,
        decks=(),
        depth=LIGHTEST,
        deep_agreed=False,
        skips=0,
        anew=False,
        last_heard=None,
        care=intent,
    )


def words(decision: Decision, key: str) -> str:
    """The fixed words; a sentence with the couple's own numbers is left out where they gave none."""
    (text, *_) = decision.content.replies[key]
    numbers = decision.manners.help_line
    said = (each for each in _BETWEEN_SENTENCES.split(text) if numbers or NUMBERS not in each)
    return fill(" ".join(said), {"numbers": numbers})


def point_on(decision: Decision, key: str) -> None:
    """Fixed words about who helps when talking at home does not; from here on nothing deep is asked."""
    decision.change(depth=LIGHTEST, deep_agreed=False)
    decision.say_text(words(decision, key))


def is_help(decision: Decision, intent: str) -> bool:
    """Whether help is asked for after that, where it has words of its own; other wishes leave it behind."""
    helped = intent == "help" and _help(decision) in decision.content.replies
    if not helped and intent != SILENT:
        decision.change(care="")
    return helped


def help(decision: Decision) -> None:
    """Where to look, each alone; it says no more aloud."""
    decision.say_text(words(decision, _help(decision)))


def _help(decision: Decision) -> str:
    return f"help_{decision.state.care}"
