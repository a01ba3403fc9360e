"""Timers as data: how long is left, and what people may do to them by voice."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers, Command
from voice.dialogue.state import PendingQuestion
from voice.language.slots import DURATION, NAME, TIMER
from voice.language.text import speak_duration, speak_list, speak_rounded
from voice.messages.actions import EndTimer, SetTimer, TimerStatus
from voice.messages.delivery import ChimeName
from voice.messages.meaning import Match
from voice.messages.recognition import Mode
from voice.messages.records import Timer, TimerKind
from voice.skills.timers import alarm
from voice.skills.timers.ringing import silence
from voice.skills.timers.which import answered, is_a_length, is_named, spoken_name, which

JUST_NOW = 30.0  # seconds in which "cancel it" means the timer they spoke of
SHORTEST, LONGEST = 5.0, 24 * 3600.0  # seconds
HUG = 20.0  # seconds; practices: at least twenty, "if you both like it"
PHONES_AWAY = 45 * 60.0  # seconds; practices row 74
A_MINUTE = 60.0  # seconds; practices row 51: to think, without a word before or after
USUAL = {TimerKind.PHONES: PHONES_AWAY, TimerKind.SILENT: A_MINUTE}  # seconds, where none were named
NAMES = {TimerKind.HUG: "hug", TimerKind.PHONES: "phones away"}
STARTED = {TimerKind.HUG: "hug_started", TimerKind.PHONES: "phones_started"}  # replies to kinds that have their own


@dataclass(frozen=True, slots=True)
class WhichTimer(PendingQuestion):
    """Which of several timers a command meant. Silence: none."""

    match: Match
    """The command."""
    mode: Mode = field(default=Mode.ANSWER, kw_only=True)
    """It listens for a timer's name."""


def left(timer: Timer, now: datetime) -> float:
    """Seconds until it rings; 0 when it should have rung."""
    return timer.left if timer.ends_at is None else max(0.0, (timer.ends_at - now).total_seconds())


def pause(timer: Timer, now: datetime) -> Timer:
    """The timer, standing still."""
    return replace(timer, ends_at=None, left=left(timer, now))


def resume(timer: Timer, now: datetime) -> Timer:
    """The timer, running on."""
    return replace(timer, ends_at=now + timedelta(seconds=timer.left), left=0.0)


def extend(timer: Timer, seconds: float) -> Timer:
    """The timer, longer by so many seconds."""
    if timer.ends_at is None:
        return replace(timer, left=timer.left + seconds, seconds=timer.seconds + seconds)
    return replace(timer, ends_at=timer.ends_at + timedelta(seconds=seconds), seconds=timer.seconds + seconds)


# ---- when the wall clock is wrong ---------------------------------------------------------------------


def follow_the_clock(decision: Decision, seconds: float) -> None:
    """The wall clock was set: as much is left of every timer as before; an alarm keeps to the clock."""
    for timer in decision.records.timers:
        if timer.ends_at is not None and timer.kind is not TimerKind.ALARM:
            moved = replace(timer, ends_at=timer.ends_at + timedelta(seconds=seconds))
            decision.act(SetTimer(moved, TimerStatus.MOVED))


def keep_to_their_lengths(decision: Decision) -> None:
    """A machine without a clock battery starts in the past: more than its length is left of no timer."""
    for timer in decision.records.timers:
        if timer.ends_at is not None and left(timer, decision.now) > timer.seconds:
            again = replace(timer, ends_at=decision.now + timedelta(seconds=timer.seconds))
            decision.act(SetTimer(again, TimerStatus.MOVED))


# ---- what people ask for ----------------------------------------------------------------------------


def starting(kind: TimerKind) -> Command:
    """The command that starts a timer of this kind."""

    def start(decision: Decision, match: Match) -> None:
        _start(decision, kind, match)

    return start


def _start(decision: Decision, kind: TimerKind, match: Match) -> None:
    _note_spoken_of(decision)
    seconds = DURATION.amount_in(match.slots, USUAL.get(kind, HUG))
    if not SHORTEST <= seconds <= LONGEST:
        decision.say("timer_odd", time=speak_duration(seconds))
        return
    waiting = NAME.said_in(match.slots)
    # "Give me two minutes, Sam": it is Sam who wanted to tell something.
    name = TIMER.said_in(match.slots) or NAMES.get(kind) or speak_duration(seconds)
    if kind is TimerKind.PROMISE and seconds == A_MINUTE and not waiting:
        kind = TimerKind.SILENT  # "give me a minute": to think, not to finish something
    timer = Timer(kind, name, seconds, decision.now + timedelta(seconds=seconds), for_whom=waiting)
    decision.act(SetTimer(timer, TimerStatus.STARTED))


def _note_spoken_of(decision: Decision) -> None:
    decision.change(timers=replace(decision.state.timers, spoken_of_at=decision.at))


def confirm_started(decision: Decision, timer: Timer) -> None:
    """The timer is written down: say so, unless a session set it."""
    if timer.kind == TimerKind.QUIET or alarm.tell(decision, timer):
        return
    time = speak_duration(timer.seconds)
    if timer.kind == TimerKind.SILENT:
        decision.chime(ChimeName.GOT_IT)
    elif timer.kind in STARTED:
        decision.say(STARTED[timer.kind], time=time)
    elif timer.kind == TimerKind.PROMISE:
        key = "promise_started" if timer.for_whom else "promise_started_unnamed"
        decision.say(key, time=time, name=timer.for_whom)
    elif not is_named(timer):
        decision.say("timer_started", time=time)
    elif timer.kind == TimerKind.TIMER:
        decision.say("timer_started_named", time=time, timer=spoken_name(timer))


def ask_left(decision: Decision, match: Match) -> None:
    """How long is left: of the one meant, else of all; of an agreed break where no timer runs."""
    running = which(decision.records.timers, match).timers
    if len(running) == 1:
        _note_spoken_of(decision)
    agreed = decision.records.agreed_return
    if not running and agreed and not TIMER.said_in(match.slots) and agreed.at > decision.now:
        seconds = (agreed.at - decision.now).total_seconds()
        decision.say("break_left", time=speak_rounded(seconds, A_MINUTE))
    elif not running:
        decision.say("no_timer")
    for timer in running:
        if not alarm.tell(decision, timer):
            is_only_one = len(decision.records.timers) == 1 and not is_named(timer)
            key = "time_left_paused" if timer.ends_at is None else "time_left_only" if is_only_one else "time_left"
            decision.say(key, timer=spoken_name(timer), time=speak_duration(left(timer, decision.now)))


def alter(decision: Decision, match: Match) -> None:
    """Pause, resume, lengthen or cancel the timers that are meant; ask which where that is not clear."""
    was_spoken_of = decision.at - decision.state.timers.spoken_of_at < JUST_NOW
    _note_spoken_of(decision)
    chosen = which(_at_hand(decision), match)
    if not decision.records.timers and match.intent == "add_time" and is_a_length(match.text):
        _start(decision, TimerKind.TIMER, match)
    elif not chosen.timers:
        decision.say("no_timer")
    elif chosen.is_clear:
        _alter(decision, match, chosen.timers)
    elif was_spoken_of:
        _alter(decision, match, chosen.timers[-1:])
    else:
        decision.change(awaited=WhichTimer(match))
        decision.say("which_timer", list=speak_list([timer.name for timer in chosen.timers], "or"))


def _at_hand(decision: Decision) -> Sequence[Timer]:
    """The timers that a command may mean: those that ring now, else all."""
    running = decision.records.timers
    return [timer for timer in running if timer.id in decision.state.timers.ringing] or running


def _alter(decision: Decision, match: Match, chosen: Sequence[Timer]) -> None:
    now = decision.now
    for timer in chosen:
        if match.intent == "pause_timer":
            if timer.ends_at is not None:
                decision.act(SetTimer(pause(timer, now), TimerStatus.PAUSED))
        elif match.intent == "resume_timer":
            if timer.ends_at is None:
                decision.act(SetTimer(resume(timer, now), TimerStatus.RESUMED))
        elif match.intent == "add_time":
            silence(decision, timer)
            decision.act(SetTimer(extend(timer, float(match.slots[DURATION.name])), TimerStatus.EXTENDED))
        else:
            silence(decision, timer)
            decision.act(EndTimer(timer, TimerStatus.CANCELLED))


def _take_which(decision: Decision, awaited: WhichTimer, text: str) -> bool:
    """An answer to "which one?"."""
    if chosen := answered(_at_hand(decision), text):
        decision.change(awaited=None)
        _alter(decision, awaited.match, chosen)
    return bool(chosen)


def _take_choice(decision: Decision, awaited: WhichTimer, match: Match) -> bool:
    return _take_which(decision, awaited, match.text)


ANSWERS = (Answers(WhichTimer, chosen=_take_choice, in_words=_take_which),)


def never_mind(decision: Decision, match: Match) -> None:
    """ "Cancel it": the timer, when they have just spoken of one."""
    if decision.at - decision.state.timers.spoken_of_at < JUST_NOW:
        alter(decision, match)


def confirm_altered(decision: Decision, timer: Timer, state: TimerStatus) -> None:
    """The change is written down: say so. A timer that goes on may ring again."""
    if state is not TimerStatus.CANCELLED:
        timers = decision.state.timers
        decision.change(timers=replace(timers, silenced=timers.silenced - {timer.id}))
    if not alarm.tell(decision, timer, "alarm_cancelled" if state is TimerStatus.CANCELLED else "alarm_set"):
        decision.say(f"timer_{state}", timer=spoken_name(timer), time=speak_duration(left(timer, decision.now)))
