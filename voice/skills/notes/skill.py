"""Everything around kept lines by voice: which function does what is asked, answered, or has reached the disk."""

from collections.abc import Callable, Mapping

from voice.dialogue import consent
from voice.dialogue.decision import Decision
from voice.dialogue.note_kinds import JAR
from voice.dialogue.state import PendingQuestion
from voice.messages.actions import Action, Forget, ForgetEverything, Keep, SetSetting
from voice.messages.meaning import Match
from voice.skills.notes import appreciations, bucket_list, deletion, keep_note, partner_notes, read_aloud

COMMANDS: Mapping[str, Callable[[Decision, Match], None]] = {
    "appreciate_that": appreciations.keep_appreciation,
    "appreciate_for": appreciations.keep_appreciation,
    "appreciate_open": appreciations.open_appreciation,
    "recap": read_aloud.read_period,
    "keep_line": keep_note.open_note,
    "keep_line_of": keep_note.open_note,
    "read_kind": read_aloud.read_kind,
    "read_log": lambda decision, match: read_aloud.read_log(decision),
    "read_this_day": lambda decision, match: read_aloud.read_this_day(decision),
    "read_old": read_aloud.read_old,
    "read_entry": read_aloud.read_entry,
    "open_jar": lambda decision, match: read_aloud.read(decision, JAR, "all", page=read_aloud.PAGE),
    "jar_holds": lambda decision, match: read_aloud.is_jar_empty(decision),
    "hello": partner_notes.hello,
    "any_notes": partner_notes.ask_for_notes,
    "bucket_add": bucket_list.add,
    "bucket_check_off": bucket_list.check_off,
    "bucket_take_off": bucket_list.take_off,
    "stop_keeping": lambda decision, match: consent.take_back(decision),
    "what_is_kept": lambda decision, match: consent.explain(decision),
    "forget": lambda decision, match: deletion.forget_last(decision),
    "delete_kind": deletion.delete_kind,
    "delete_everything": lambda decision, match: deletion.ask_everything(decision),
}

YES_OR_NO: Mapping[str, Callable[[Decision, PendingQuestion, bool], None]] = {
    "keep": keep_note.answered_keep,
    "for": keep_note.answered_for,
    "recap": appreciations.answered_recap,
    "more": read_aloud.answered_more,
    "note": partner_notes.answered_stay,
    "hello": partner_notes.answered_hello,
    "consent": consent.answered_first,
    "consent of both": consent.answered_second,
    "delete": deletion.answered,
    "everything": deletion.answered_everything,
}
"""What a yes, or a no, means to a question about lines."""


def stored(decision: Decision, action: Action) -> None:
    """Something about lines is on the disk."""
    match action:
        case Keep(note):
            keep_note.stored(decision, note)
        case Forget(note):
            deletion.forgotten(decision, note)
        case SetSetting(consent.CONSENT, value):
            consent.stored(decision, value)
        case ForgetEverything():
            deletion.everything_forgotten(decision)


def failed(decision: Decision, action: Action) -> None:
    """It did not reach the disk; the screen says why."""
    match action:
        case Keep(note):
            decision.say("could_not_change" if note.id else "could_not_keep")
        case Forget(note):
            deletion.not_forgotten(decision, note)
        case ForgetEverything():
            decision.say("could_not_forget")
        case SetSetting(consent.CONSENT, ""):
            decision.say("could_not_change")
