"""Deleting: the last line, a line of a kind, everything; and what goes by itself when its time is over."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from voice.dialogue import undoing
from voice.dialogue.decision import Decision
from voice.dialogue.note_kinds import HANDED_OVER, is_over
from voice.dialogue.private import has_guests
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion, State
from voice.language.slots import NAME
from voice.messages.actions import Forget, ForgetEverything, Keep
from voice.messages.meaning import Match
from voice.messages.records import Note, NoteKind

ENTRY = "entry"  # what a line of any kind is called, besides those in note_kinds


@dataclass(frozen=True, slots=True)
class DeleteNote(PendingQuestion):
    """Whether a line is to be deleted; of a line that one of them said, the one who said it is asked."""

    note: Note
    """The line that was read."""


@dataclass(frozen=True, slots=True)
class DeleteEverything(PendingQuestion):
    """Whether everything that is kept is to be deleted."""

    authors: tuple[str, ...] = ()
    """The partners who said some of it and have not been asked yet."""
    needs_plain_yes: ClassVar[bool] = True
    """Nothing brings it back."""


def forget_last(decision: Decision, match: Match) -> None:
    """ "Forget that": the last line, of any kind, after a yes."""
    if decision.records.notes:
        ask(decision, decision.records.notes[-1:])
    else:
        decision.say("nothing_kept")


def delete_kind(decision: Decision, match: Match) -> None:
    """ "Delete my last wish", "delete Sam's note", "delete my last entry": read which one, and ask."""
    kind, name = str(match.slots["gone"]), NAME.said_in(match.slots)
    notes = decision.records.notes
    if kind == ENTRY:
        ask(decision, [note for note in notes if name in ("", note.who)])
        return
    kinds: tuple[str, ...] = HANDED_OVER if kind == NoteKind.NOTE else (kind,)
    ask(decision, [note for note in notes if note.kind in kinds and name in ("", note.who, note.for_whom)])


def ask(decision: Decision, notes: Sequence[Note]) -> None:
    """Whether the newest of these is to go for good; what is sealed, or not yet handed over, is not read."""
    if not notes:
        decision.say("nothing_like_that")
        return
    note = notes[-1]
    is_unread = note.done_at is None and note.kind in (NoteKind.JAR, *HANDED_OVER)
    decision.change(awaited=DeleteNote(note))
    if is_unread and note.who:
        decision.say("delete_unread_by", name=note.who)
    elif is_unread:
        decision.say("delete_unread")
    elif note.who:
        decision.say("delete_line_by", name=note.who, text=note.text)
    else:
        decision.say("delete_line", text=note.text)


def answer_delete(decision: Decision, awaited: DeleteNote, yes: bool) -> None:
    """Delete the line, or let it be."""
    decision.change(awaited=None)
    if yes:
        decision.act(Forget(awaited.note))
    else:
        decision.say("stays_kept")


def confirm_forgotten(decision: Decision, note: Note) -> None:
    """Say that a line is deleted, and hold it in memory for a minute. One whose time was over goes without a word."""
    if is_over(note, decision.now):
        return
    undoing.remember(decision, Keep(replace(note, id=0)), "brought_back")
    decision.say("forgotten_line")


def bring_back(decision: Decision, match: Match) -> None:
    """ "Bring it back": a line that was deleted within the last minute is kept again, as it was."""
    undoing.take_back(decision)


def undo(decision: Decision, match: Match) -> None:
    """ "Undo that": what was done within the last minute is taken back; otherwise the last line is meant."""
    if undoing.can_take_back(decision):
        undoing.take_back(decision)
    else:
        forget_last(decision, match)


# ---- everything ---------------------------------------------------------------------------------------


def ask_everything(decision: Decision, match: Match) -> None:
    """ "Delete everything": ask first, and each of those who said some of it."""
    said = {note.who for note in decision.records.notes}
    authors = tuple(name for name in decision.manners.partners if name in said)
    _ask_everything(decision, authors)


def _ask_everything(decision: Decision, authors: Sequence[str]) -> None:
    decision.change(awaited=DeleteEverything(tuple(authors[1:])))
    if authors:
        decision.say("everything_of", name=authors[0])
    else:
        decision.say("everything_first")


def answer_everything(decision: Decision, awaited: DeleteEverything, yes: bool) -> None:
    """Delete everything, or let it be. Only a plain yes counts, see `PendingQuestion.needs_plain_yes`."""
    decision.change(awaited=None)
    if not yes:
        decision.say("stays_kept")
    elif awaited.authors:
        _ask_everything(decision, awaited.authors)
    else:
        decision.act(ForgetEverything())


def confirm_everything_forgotten(decision: Decision) -> None:
    """Say that everything is deleted, and drop from the state everything that somebody said."""
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
    today = decision.evening.isoformat()
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
