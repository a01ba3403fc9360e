"""Everything around kept lines by voice: which function does what is asked, answered, or has reached the disk."""

from collections.abc import Callable, Mapping

from voice.core import appreciations, bucket, consent, forgetting, lines, partner_notes, recital
from voice.core.decision import Decision
from voice.core.kinds import JAR
from voice.core.state import Awaited
from voice.messages import Action, Forget, ForgetEverything, Keep, Match, SetSetting

COMMANDS: Mapping[str, Callable[[Decision, Match], None]] = {
    "appreciate_that": appreciations.said,
    "appreciate_for": appreciations.said,
    "appreciate_open": appreciations.opened,
    "recap": recital.read_period,
    "keep_line": lines.opened,
    "keep_line_of": lines.opened,
    "read_kind": recital.read_kind,
    "read_log": lambda decision, match: recital.read_log(decision),
    "read_this_day": lambda decision, match: recital.read_this_day(decision),
    "read_old": recital.read_old,
    "read_entry": recital.read_entry,
    "open_jar": lambda decision, match: recital.read(decision, JAR, "all", page=recital.PAGE),
    "jar_holds": lambda decision, match: recital.is_jar_empty(decision),
    "hello": partner_notes.hello,
    "any_notes": partner_notes.ask_for_notes,
    "bucket_add": bucket.add,
    "bucket_check_off": bucket.check_off,
    "bucket_take_off": bucket.take_off,
    "stop_keeping": lambda decision, match: consent.take_back(decision),
    "what_is_kept": lambda decision, match: consent.explain(decision),
    "forget": lambda decision, match: forgetting.forget_last(decision),
    "delete_kind": forgetting.delete_kind,
    "delete_everything": lambda decision, match: forgetting.ask_everything(decision),
}

YES_OR_NO: Mapping[str, Callable[[Decision, Awaited, bool], None]] = {
    "keep": lines.answered_keep,
    "for": lines.answered_for,
    "recap": appreciations.answered_recap,
    "more": recital.answered_more,
    "note": partner_notes.answered_stay,
    "hello": partner_notes.answered_hello,
    "consent": consent.answered_first,
    "consent of both": consent.answered_second,
    "delete": forgetting.answered,
    "everything": forgetting.answered_everything,
}
"""What a yes, or a no, means to a question about lines."""


def stored(decision: Decision, action: Action) -> None:
    """Something about lines is on the disk."""
    match action:
        case Keep(note):
            lines.stored(decision, note)
        case Forget(note):
            forgetting.forgotten(decision, note)
        case SetSetting(consent.CONSENT, value):
            consent.stored(decision, value)
        case ForgetEverything():
            forgetting.everything_forgotten(decision)


def failed(decision: Decision, action: Action) -> None:
    """It did not reach the disk; the screen says why."""
    match action:
        case Keep(note):
            decision.say("could_not_change" if note.id else "could_not_keep")
        case Forget(note):
            forgetting.not_forgotten(decision, note)
        case ForgetEverything():
            decision.say("could_not_forget")
        case SetSetting(consent.CONSENT, ""):
            decision.say("could_not_change")
