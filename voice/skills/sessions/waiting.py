"""The effects of time inside a session: bells, the one nudge, breaths, and the way out of a long silence."""

from dataclasses import replace

from voice.content.steps import Breathe, Quiet, Turn
from voice.dialogue.decision import Decision
from voice.dialogue.walk import Walk
from voice.messages.delivery import ChimeName
from voice.skills.sessions import session, steps

BREATH_IN, BREATH_OUT = 4.0, 6.0  # seconds; practices row 68
NUDGE_AFTER = 90.0  # seconds of full silence in a turn before the one nudge
NUDGE_AFTER_BELL = 30.0  # seconds of full silence before it, once the time of the turn is up
LEAVE_AFTER = 600.0  # seconds of full silence after the nudge: they fell asleep
LONG_TURN, LAST_MINUTE = 150.0, 60.0  # seconds: from which length on a turn tells of its last minute
ASIDE_AFTER = 1800.0  # seconds of a pause after which other things may be asked for


def pass_time(decision: Decision) -> None:
    """Time passes inside a session."""
    walk = decision.state.walk
    if walk is None or decision.state.awaited:
        return
    if walk.stopped_at is not None:
        if decision.at - max(walk.stopped_at, decision.state.voices_at) >= ASIDE_AFTER:
            decision.change(walk=None, aside=walk)
        return
    if walk.current is None or walk.since is None or decision.state.speaking:
        return
    match walk.current:
        case Turn():
            _wait_for_people(decision, walk)
        case Breathe(breaths=breaths):
            _breathe(decision, walk, breaths)
        case Quiet(bell=bell) if decision.at - walk.since >= walk.length:
            if bell:
                decision.chime(ChimeName.TIME)
            session.advance(decision)


def _wait_for_people(decision: Decision, walk: Walk) -> None:
    assert walk.since is not None
    bell, passed = walk.belled_at, decision.at - walk.since
    silent = decision.at - max(walk.since, decision.state.voices_at, bell or 0.0)
    if bell is None and passed >= walk.length:
        decision.chime(ChimeName.TIME)
        decision.change(walk=replace(walk, belled_at=decision.at))
    elif not walk.warned and walk.length >= LONG_TURN and walk.length - LAST_MINUTE <= passed < walk.length:
        decision.chime(ChimeName.MINUTE_LEFT)
        decision.change(walk=replace(walk, warned=True))
    elif not walk.nudged and silent >= (NUDGE_AFTER if bell is None else NUDGE_AFTER_BELL):
        decision.change(walk=replace(walk, nudged=True))
        name = steps.named(walk)
        decision.say("nudge" if name else "nudge_unnamed", name=name)
    elif walk.nudged and silent >= LEAVE_AFTER:
        session.leave(decision)


def _breathe(decision: Decision, walk: Walk, breaths: int) -> None:
    assert walk.since is not None
    rounds, half = divmod(walk.breath, 2)
    if decision.at - walk.since < rounds * (BREATH_IN + BREATH_OUT) + half * BREATH_IN:
        return
    if rounds == breaths:
        session.advance(decision)
    else:
        decision.chime(ChimeName.BREATHE_OUT if half else ChimeName.BREATHE_IN)
        decision.change(walk=replace(walk, breath=walk.breath + 1))
