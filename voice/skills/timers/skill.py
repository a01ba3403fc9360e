"""Registers the timers."""

from voice.dialogue.decision import Decision
from voice.dialogue.skill import Skill, said_to_us_alone
from voice.messages.actions import Action, EndTimer, SetTimer, TimerStatus
from voice.messages.records import TimerKind
from voice.skills.timers import alarm, clock, ringing, timers


def _stored(decision: Decision, action: Action) -> bool:
    match action:
        case SetTimer(timer, TimerStatus.STARTED):
            timers.confirm_started(decision, timer)
        case SetTimer(_, TimerStatus.MOVED):
            pass  # it runs on as before
        case SetTimer(timer, state) | EndTimer(timer, TimerStatus.CANCELLED as state):
            timers.confirm_altered(decision, timer, state)
        case EndTimer():
            pass  # it has been heard, or was stopped
        case _:
            return False
    return True


def _failed(decision: Decision, action: Action) -> bool:
    if not isinstance(action, SetTimer | EndTimer):
        return False
    if not (isinstance(action, SetTimer) and action.state is TimerStatus.MOVED):
        decision.say("could_not_set_timer")
    return True


SKILL = Skill(
    "timers",
    commands={
        "start_timer": timers.starting(TimerKind.TIMER),
        "alarm": alarm.set_alarm,
        "time_now": clock.tell_time,
        "date_today": clock.tell_date,
        "hug": timers.starting(TimerKind.HUG),
        "promise": timers.starting(TimerKind.PROMISE),
        "phones_away": timers.starting(TimerKind.PHONES),
        "quiet_minute": timers.starting(TimerKind.SILENT),
        "time_left": timers.ask_left,
        "pause_timer": timers.alter,
        "resume_timer": timers.alter,
        "add_time": timers.alter,
        "cancel_timer": timers.alter,
        "cancel": timers.never_mind,
    },
    needs={"time_now": said_to_us_alone, "date_today": said_to_us_alone},
    answers=(*timers.ANSWERS, *alarm.ANSWERS),
    stop=ringing.stop,
    end_for_care=ringing.end_for_care,
    started=timers.keep_to_their_lengths,
    tick=ringing.ring,
    clock_set=timers.follow_the_clock,
    stored=_stored,
    failed=_failed,
)
