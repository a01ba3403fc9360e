"""Gates: questions after which something begins only on a yes, such as "is this a calm moment?"."""

from dataclasses import replace
from enum import Enum, auto

from voice.assistant import global_commands
from voice.assistant.pending_answers import GOODNIGHT_HERE, HELD_FOR, PendingAnswers
from voice.assistant.skills import Registry
from voice.dialogue.decision import Decision
from voice.dialogue.state import PendingQuestion
from voice.messages.meaning import Match


class Way(Enum):
    """The effect of a word that is said at a gate."""

    ANSWERS = auto()
    """It answers the question, or has it said again; only a yes leads on."""
    DECLINES = auto()
    """It counts as a no."""
    STAYS = auto()
    """It is done, and the question stays open."""
    WAITS = auto()
    """The question stays open for as long as they like."""
    LEAVES = auto()
    """Out of the session, or the question is dropped."""


IN_BETWEEN = frozenset(
    "privacy help_line what_is_kept this_is mute time_left louder softer slower faster guests guests_gone start_timer"
    " add_time pause_timer resume_timer cancel_timer".split()
)
"""Wishes that are done at once while any question is open; then the question is put once more."""
TABLE = {
    Way.ANSWERS: (
        *("yes", "no", "not_now", "pass", "not_tonight", "cancel", "near_enough", "unsure", "not_yet"),
        *("again", "asked_what"),
    ),
    Way.DECLINES: ("no_more", "skip", "enough", "done"),
    Way.STAYS: ("help", "answer_how", "what_heard", *sorted(IN_BETWEEN)),
    Way.WAITS: ("pause",),
    Way.LEAVES: ("stop", "end_session"),
}
"""Whatever stands in no row is shut out in a session: the question is asked again. Outside of one a new wish takes the
place of the question, which counts as not answered; where words of theirs are at stake it waits for the answer."""
_WAYS = {intent: way for way, intents in TABLE.items() for intent in intents}


def stays(intent: str) -> bool:
    """Whether an open question stays open when this is wished for."""
    return _WAYS.get(intent) is Way.STAYS


def hold(decision: Decision, skills: Registry, pending: PendingAnswers, awaited: PendingQuestion, match: Match) -> bool:
    """Keep the gate; False: the word is an answer, or may be done as usual."""
    walk = decision.state.walk
    if walk and match.intent == GOODNIGHT_HERE:
        return skills.run_on_floor(decision, match)
    if match.intent == "not_tonight" and walk and walk.current and walk.script.days > 1:
        return skills.run_on_floor(decision, match)  # the step of today waits; a no would take it as done
    if match.intent in awaited.settled_by:
        return False
    match _WAYS.get(match.intent):
        case Way.ANSWERS | Way.STAYS:
            return False
        case Way.DECLINES:
            pending.settle(decision, awaited, yes=False)
        case Way.WAITS:
            decision.change(awaited=replace(awaited, since=None, reprompts=0, held=HELD_FOR))
            decision.say("gate_waits")
        case Way.LEAVES:
            global_commands.stop(decision, was_speaking=decision.interrupted)
        case None if walk:
            pending.unclear(decision, awaited)
        case None:
            return False
    return True
