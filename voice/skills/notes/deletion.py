"""Deleting: the last line, a line of a kind, everything; and what goes by itself when its time is over."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from voice.dialogue.decision import Decision
from voice.dialogue.night import evening_of
from voice.dialogue.note_kinds import HANDED_OVER, NOTE, is_over
from voice.dialogue.private import has_guests
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion, State
from voice.language.slots import NAME
from voice.messages.actions import Forget, ForgetEverything
from voice.messages.meaning import Match
from voice.messages.records import Note


@dataclass(frozen=True, slots=True)
class DeleteNote(PendingQuestion):
    """Whether a line is to be deleted."""

    note: Note
    """The line that was read."""


@dataclass(frozen=True, slots=True)
class DeleteEverything(PendingQuestion):
    """Whether everything that is kept is to be deleted."""

    needs_plain_yes: ClassVar[bool] = True


def forget_last(decision: Decision, match: Match) -> None:
    """ "Forget that": the last line, of any kind, goes for good."""
    if decision.records.notes:
        decision.act(Forget(decision.records.notes[-1]))
    else:
        decision.say("nothing_kept")


def delete_kind(decision: Decision, match: Match) -> None:
    """ "Delete my last entry", "delete Sam's note": read which one, and ask."""
    kind, name = str(match.slots["gone"]), NAME.said_in(match.slots)
    kinds = HANDED_OVER if kind == NOTE else (kind,)
    notes = [note for note in decision.records.notes if note.kind in kinds]
    ask(decision, [note for note in notes if name in ("", note.who, note.for_whom)])


def ask(decision: Decision, notes: Sequence[Note]) -> None:
    """Whether the newest of these is to go for good."""
    if notes:
        decision.change(awaited=DeleteNote(notes[-1]))
        decision.say("delete_line", text=notes[-1].text)
    else:
        decision.say("nothing_like_that")


def answer_delete(decision: Decision, awaited: DeleteNote, yes: bool) -> None:
    """Delete the line, or let it be."""
    decision.change(awaited=None)
    if yes:
        decision.act(Forget(awaited.note))
    else:
        decision.say("stays_kept")


def confirm_forgotten(decision: Decision, note: Note) -> None:
    """It is in no file any more; a line whose time was over went without a word."""
    if is_over(note, decision.now):
        return
    if note.kind in HANDED_OVER and note.done_at:
        decision.say("note_gone", name=note.for_whom)
    elif note.for_whom:
        decision.say("forgotten", name=note.for_whom)
    else:
        decision.say("forgotten_line")


# ---- everything ---------------------------------------------------------------------------------------


def ask_everything(decision: Decision, match: Match) -> None:
    """ "Delete everything": ask first."""
    decision.change(awaited=DeleteEverything())
    decision.say("everything_first")


def answer_everything(decision: Decision, awaited: DeleteEverything, yes: bool) -> None:
    """Delete everything, or let it be. Only a plain yes counts, see `PendingQuestion.needs_plain_yes`."""
    decision.change(awaited=None)
    if yes:
        decision.act(ForgetEverything())
    else:
        decision.say("stays_kept")


def confirm_everything_forgotten(decision: Decision) -> None:
    """Nothing is kept any more. Of the state only that stays which nobody said."""
    state = decision.state
    decision.state = State(
        listening=state.listening,
        speaking=state.speaking,
        used=state.used,
        voices_at=state.voices_at,
        decisions=state.decisions,
    )
    decision.say("everything_forgotten")


# ---- what goes by itself ------------------------------------------------------------------------------


def tidy(decision: Decision) -> None:
    """Remove what is over: once an evening, so that a full disk is not tried again and again."""
    today = evening_of(decision.now).date().isoformat()
    if decision.state.tidied == today or has_guests(decision):
        return
    decision.change(tidied=today)
    for note in decision.records.notes:
        if is_over(note, decision.now):
            decision.act(Forget(note))


def admit_not_forgotten(decision: Decision, note: Note) -> None:
    """The disk refused; a line that was to go by itself is tried again another day."""
    if not is_over(note, decision.now):
        decision.say("could_not_forget")


ANSWERS = (
    Answers(DeleteNote, answer_delete),
    Answers(DeleteEverything, answer_everything),
)
