"""Registers everything around kept lines: intents, questions, and what has reached the disk."""

from voice.dialogue import consent, undoing
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Skill
from voice.messages.actions import Action, Forget, ForgetEverything, Keep, SetSetting
from voice.skills.notes import appreciations, bucket_list, deletion, keep_note, partner_notes, read_aloud


def _stored(decision: Decision, action: Action) -> bool:
    match action:
        case Keep(note):
            keep_note.confirm_stored(decision, note)
        case Forget(note):
            deletion.confirm_forgotten(decision, note)
        case SetSetting(consent.CONSENT, value):
            consent.confirm_stored(decision, value)
        case ForgetEverything():
            deletion.confirm_everything_forgotten(decision)
        case _:
            return False
    return True


def _failed(decision: Decision, action: Action) -> bool:
    match action:
        case Keep(note):
            decision.say("could_not_change" if note.id else "could_not_keep")
        case Forget(note):
            deletion.admit_not_forgotten(decision, note)
        case ForgetEverything():
            decision.say("could_not_forget")
        case SetSetting(consent.CONSENT, ""):
            decision.say("could_not_change")
        case _:
            return False
    return True


def _tick(decision: Decision) -> None:
    deletion.tidy(decision)
    undoing.let_go(decision)


def _idle(decision: Decision) -> None:
    consent.ask_in_peace(decision)
    appreciations.offer_recap(decision)


SKILL = Skill(
    "notes",
    commands={
        "appreciate_that": appreciations.keep_appreciation,
        "appreciate_you": appreciations.keep_appreciation_by_voice,
        "appreciate_for": appreciations.keep_appreciation,
        "appreciate_open": appreciations.open_appreciation,
        "recap": read_aloud.read_period,
        "keep_line": keep_note.open_note,
        "keep_line_of": keep_note.open_note,
        "read_kind": read_aloud.read_kind,
        "read_log": read_aloud.read_log,
        "read_this_day": read_aloud.read_this_day,
        "read_old": read_aloud.read_old,
        "read_entry": read_aloud.read_entry,
        "open_jar": read_aloud.open_jar,
        "jar_holds": read_aloud.tell_whether_jar_holds,
        "hello": partner_notes.hello,
        "good_morning": partner_notes.hello,
        "any_notes": partner_notes.ask_for_notes,
        "bucket_add": bucket_list.add,
        "bucket_check_off": bucket_list.check_off,
        "bucket_uncheck": bucket_list.uncheck,
        "bucket_take_off": bucket_list.take_off,
        "stop_keeping": consent.take_back,
        "may_keep": consent.give,
        "bring_back": deletion.bring_back,
        "undo": deletion.undo,
        "what_is_kept": consent.explain,
        "forget": deletion.forget_last,
        "delete_kind": deletion.delete_kind,
        "delete_everything": deletion.ask_everything,
    },
    needs={"appreciate_you": lambda match, records: bool(records.voices)},
    answers=(
        *appreciations.ANSWERS,
        *keep_note.ANSWERS,
        *read_aloud.ANSWERS,
        *partner_notes.ANSWERS,
        *consent.ANSWERS,
        *deletion.ANSWERS,
    ),
    tick=_tick,
    idle=_idle,
    stored=_stored,
    failed=_failed,
)
