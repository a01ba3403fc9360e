"""Registers the guided sessions: their intents, what people may say meanwhile, and what time brings on."""

from voice.dialogue.decision import Decision
from voice.dialogue.skill import Skill
from voice.dialogue.state import State
from voice.messages.actions import Action, ReminderStatus, SetReminder
from voice.skills.sessions import answers, bends, commands, resuming, session, waiting


def _is_in_session(state: State) -> bool:
    return state.walk is not None


def _stored(decision: Decision, action: Action) -> bool:
    """A reminder that a session set is its own; it may have waited for consent."""
    match action:
        case SetReminder(_, ReminderStatus.BEGUN):
            session.go_on_after_reminder(decision)
            return True
    return False


SKILL = Skill(
    "sessions",
    commands={"resume_session": resuming.resume, "go_on": resuming.go_on},
    pack_commands=session.commands,
    answers=(*session.ANSWERS, *resuming.ANSWERS, *answers.ANSWERS, *bends.ANSWERS),
    has_floor=_is_in_session,
    floor_commands=commands.COMMANDS,
    stop=session.stop,
    end_for_care=session.forget_place,
    started=resuming.offer_unfinished,
    tick=waiting.pass_time,
    spoken=session.wait_or_advance,
    settled=session.go_on_after_answer,
    stored=_stored,
)
