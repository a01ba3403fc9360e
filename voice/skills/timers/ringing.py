"""Timers whose time has come: how they ring, what is said of them, and how they are silenced."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from voice.dialogue.decision import Decision
from voice.dialogue.state import Ringing
from voice.language.moments.speech import speak_clock
from voice.language.text import speak_duration
from voice.messages.actions import EndTimer, Ring, TimerStatus
from voice.messages.records import Timer, TimerKind
from voice.skills.timers.which import is_named, spoken_name

RINGS = {TimerKind.TIMER: 5, TimerKind.ALARM: 50}  # how often these are rung before they give up; all else: once
BETWEEN_RINGS = 6.0  # seconds
LATE = 90.0  # seconds after its end a timer found at start-up "rang while nobody listened"
OVER = {TimerKind.PHONES: "phones_over", TimerKind.UNPLUGGED: "unplugged_over", TimerKind.ALARM: "alarm_over"}
FOR_TWO = (TimerKind.HUG, TimerKind.PROMISE)  # kinds that would bring the two together later
WORDLESS = (TimerKind.HUG, TimerKind.SILENT)  # kinds that end with a soft chime alone


def due(timers: Sequence[Timer], now: datetime) -> tuple[Timer, ...]:
    """Those whose end has come."""
    return tuple(timer for timer in timers if timer.ends_at is not None and timer.ends_at <= now)


def ring(decision: Decision) -> None:
    """Let every due timer be heard: a hug or a promise once, a timer again and again until it gives up."""
    for timer in due(decision.records.timers, decision.now):
        state = decision.state.timers
        if timer.id in state.silenced:
            continue
        rung = state.ringing.get(timer.id)
        if rung and decision.at - rung.last < BETWEEN_RINGS:
            continue
        times = rung.times if rung else 0
        rings = RINGS.get(timer.kind, 1)
        if times < rings:
            decision.act(Ring(timer))
            ringing = {**state.ringing, timer.id: Ringing(times + 1, decision.at)}
            decision.change(timers=replace(state, ringing=ringing))
        if times == 0:
            _announce(decision, timer)
        if times == rings or rings == 1:
            silence(decision, timer)
            decision.act(EndTimer(timer, TimerStatus.ENDED))


def _announce(decision: Decision, timer: Timer) -> None:
    """Say which timer it is, but never into somebody's turn or line, nor at the end of a hug."""
    state = decision.state
    if timer.kind in WORDLESS or state.walk or state.awaited:
        return
    if (decision.now - (timer.ends_at or decision.now)).total_seconds() > LATE:
        decision.say("timer_missed", timer=spoken_name(timer))
    elif timer.kind in OVER:
        decision.say(OVER[timer.kind], time=speak_clock(decision.here))
    elif timer.kind == TimerKind.PROMISE:
        key = "promise_over" if timer.for_whom else "promise_over_unnamed"
        words = {"name": timer.for_whom, "other": decision.manners.other(timer.for_whom)}
        decision.say(key, time=speak_duration(timer.seconds), **words)
    elif not is_named(timer):
        decision.say("timer_over", time=timer.name)
    else:
        decision.say("timer_over_named", timer=timer.name)


def silence(decision: Decision, timer: Timer) -> None:
    """Let a timer ring no more this evening, even where the disk is too full to store that."""
    state = decision.state.timers
    ringing = {number: rung for number, rung in state.ringing.items() if number != timer.id}
    decision.change(timers=replace(state, ringing=ringing, silenced=state.silenced | {timer.id}))


def stop(decision: Decision) -> bool:
    """ "Stop": every timer that is being heard ends; whether there was one."""
    was_heard = bool(decision.state.timers.ringing)
    for timer in decision.records.timers:
        if timer.id in decision.state.timers.ringing:
            silence(decision, timer)
            decision.act(EndTimer(timer, TimerStatus.STOPPED))
    return was_heard


def end_for_care(decision: Decision) -> None:
    """A timer that is heard or is meant for two ends; the pasta still has to come off the stove."""
    stop(decision)
    for timer in decision.records.timers:
        if timer.kind in FOR_TWO:
            silence(decision, timer)
            decision.act(EndTimer(timer, TimerStatus.STOPPED))
