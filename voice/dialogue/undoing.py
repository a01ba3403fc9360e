"""What was done last can be taken back for a minute: a line that was deleted, an item checked off, forgotten names."""

from voice.dialogue.decision import Decision
from voice.dialogue.state import Undoable
from voice.messages.actions import Storing

UNDO_WITHIN = 60.0  # seconds in which it can be taken back


def remember(decision: Decision, back: Storing, reply: str) -> None:
    """Hold in memory what takes it back, and what is said then; "" where the action has an answer of its own."""
    decision.change(undoable=Undoable(back, reply, decision.at))


def can_take_back(decision: Decision) -> bool:
    """Whether there is something that can be taken back."""
    undoable = decision.state.undoable
    return undoable is not None and decision.at - undoable.at <= UNDO_WITHIN


def take_back(decision: Decision) -> None:
    """Take it back, or say that there is nothing."""
    undoable = decision.state.undoable
    if undoable is None or not can_take_back(decision):
        decision.say("nothing_to_bring_back")
        return
    decision.change(undoable=None)
    decision.act(undoable.back)
    if undoable.reply:
        decision.say(undoable.reply)


def let_go(decision: Decision) -> None:
    """After a minute it is in memory no more."""
    if decision.state.undoable and not can_take_back(decision):
        decision.change(undoable=None)
