"""Walks a guided session, one event at a time: hand-overs, waiting, bells, and a kind way out."""

from dataclasses import replace
from datetime import datetime, timedelta

from voice.content import EACH, Script
from voice.dialogue.decision import Decision
from voice.dialogue.state import PendingQuestion, StepPosition, Walk
from voice.messages.actions import EndReminder, MarkDone, SetSetting
from voice.messages.meaning import Match
from voice.skills.sessions import steps

BREATH_IN, BREATH_OUT = 4.0, 6.0  # seconds; practices row 68
NUDGE_AFTER = 90.0  # seconds of full silence in a turn before the one nudge
NUDGE_AFTER_BELL = 30.0  # the same, when the time of the turn is up
LEAVE_AFTER = 600.0  # seconds of full silence after the nudge: they fell asleep
SHORT_RUNS = 2  # how many runs have the longer introduction
LONG_TURN, LAST_MINUTE = 150.0, 60.0  # seconds: from which length on a turn tells of its last minute
ASIDE_AFTER = 1800.0  # seconds of a pause after which other things may be asked for
RESUMED_WITHIN = timedelta(hours=3)  # later nobody is in the middle of it any more
PLACE = "session"  # a setting: where a session is, so that a restart finds it; "" for none

BEGAN_LAST = "began last"  # a setting: the partner who began the last session


# ---- begin and end ------------------------------------------------------------------------------------


def begin(decision: Decision, name: str, match: Match | None = None) -> None:
    """Start the session of this id; who begins alternates, unless it was said.

    match: what asked for it; its slots `name` and `duration` say who begins and how long it is to take.
    """
    script = _script(decision, name)
    slots = match.slots if match else {}
    first = str(slots.get("name") or _whose_turn(decision))
    values = {"day": str(_runs(decision, script) % script.days + 1)}
    walk = Walk(script, (first, decision.manners.other(first)), values=values, without=decision.manners.without)
    seconds = float(slots.get("duration") or 60 * decision.manners.lengths.get(name, script.minutes))
    decision.change(question=None, walk=replace(walk, stretch=stretch(script, seconds)))
    if script.calm:
        decision.change(awaited=PendingQuestion("calm"))
        decision.say("calm_moment")
    else:
        open_up(decision)


def answered_calm(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """Whether this is a calm moment for both; a no ends it without a word."""
    decision.change(awaited=None)
    if yes:
        open_up(decision)
    else:
        decision.change(walk=None)


def open_up(decision: Decision) -> None:
    """The session is about to begin: count it, once, and say hello to it."""
    walk = _walk(decision)
    script, runs = walk.script, _runs(decision, walk.script)
    decision.act(SetSetting(BEGAN_LAST, walk.order[0]))
    decision.act(SetSetting(_runs_of(script), str(runs + 1)))
    if script.light_days:
        until = decision.now.date() + timedelta(days=script.light_days - runs % script.days)
        decision.act(SetSetting("light until", until.isoformat()))
    greet(decision)


def greet(decision: Decision) -> None:
    """Say the opening, long or short."""
    script = _walk(decision).script
    decision.chime("hello")
    opening = script.first if _runs(decision, script) < SHORT_RUNS else script.later
    decision.say_text(steps.filled(decision, decision.wording(f"{script.id} opening", opening)))


def leave(decision: Decision) -> None:
    """Out of the session, with a kind close."""
    walk = _walk(decision)
    decision.change(awaited=None)
    decision.say_text(decision.wording(f"{walk.script.id} left", walk.script.left))
    _end(decision)


def _finish(decision: Decision) -> None:
    script = _walk(decision).script
    decision.act(MarkDone(script.id, decision.now.date().isoformat()))
    if script.days > 1 and _runs(decision, script) % script.days == 0:  # its last day: it offers itself no more
        for reminder in decision.records.reminders:
            if reminder.offers == script.id:
                decision.act(EndReminder(reminder, "done"))
    _end(decision)


def _end(decision: Decision) -> None:
    decision.change(walk=None, aside=None)
    if decision.records.settings.get(PLACE):
        decision.act(SetSetting(PLACE, ""))


def _script(decision: Decision, name: str) -> Script:
    return next(script for script in decision.content.scripts if script.id == name)


def _whose_turn(decision: Decision) -> str:
    """The partner who did not begin the last session."""
    settings, partners = decision.records.settings, decision.manners.partners
    return decision.manners.other(settings[BEGAN_LAST]) if BEGAN_LAST in settings else partners[0]


def _runs_of(script: Script) -> str:
    return f"runs of {script.id}"


def _runs(decision: Decision, script: Script) -> int:
    return int(decision.records.settings.get(_runs_of(script), "0"))


def _walk(decision: Decision) -> Walk:
    walk = decision.state.walk
    assert walk is not None, "only called inside a session"
    return walk


def stretch(script: Script, seconds: float) -> float:
    """How much longer than written it is, for a wished length, within what the script allows."""
    minutes = min(max(seconds / 60, script.least), script.most)
    return minutes / script.minutes


# ---- from step to step --------------------------------------------------------------------------------


def advance(decision: Decision) -> None:
    """On to the other partner's part, or to the next step, or to the end."""
    walk = _walk(decision)
    if walk.current and walk.current.who == EACH and walk.part == 0:
        enter(decision, StepPosition(walk.step, 1, walk.order))
    else:
        go_to(decision, walk.step + 1)


def go_to(decision: Decision, number: int) -> None:
    """On to the first step from this number on that is to be taken: jumps lead on, and so do those left out."""
    walk = _walk(decision)
    while number < len(walk.script.steps):
        step = walk.script.steps[number]
        if step.kind == "go":
            number = step.target
        elif step.kind == "choose":
            number = step.cases.get(str(walk.values.get(step.into, "")), step.target)
        elif step.kind in walk.without or not steps.can_be_said(step, walk, decision.manners):
            number += 1
        else:
            order = (walk.order[1], walk.order[0]) if step.swap else walk.order
            enter(decision, StepPosition(number, 0, order))
            return
    _finish(decision)


def enter(decision: Decision, place: StepPosition) -> None:
    """Begin the step at this place."""
    before = _walk(decision)
    step = before.script.steps[place.step]
    walk = before.at(place, length=step.seconds if step.fixed else step.seconds * before.stretch)
    decision.change(walk=walk, awaited=None)
    if step.kind in steps.PLACES:
        _remember(decision, walk, place)
    if not steps.begin(decision, walk, step):
        advance(decision)


def _remember(decision: Decision, walk: Walk, place: StepPosition) -> None:
    """Write down where they are, and let "back" find it."""
    if walk.trail[-1:] != (place,):
        decision.change(walk=replace(walk, trail=(*walk.trail, place)))
    parts = (walk.script.id, place.step, place.part, *place.order, walk.stretch, decision.now.isoformat())
    decision.act(SetSetting(PLACE, "\n".join(map(str, parts))))


def reminded(decision: Decision) -> None:
    """A reminder is written down: where a session had to ask for consent first, it goes on now."""
    walk = decision.state.walk
    if walk and walk.current and walk.current.kind == "remind" and not decision.state.speaking:
        advance(decision)


def after_speech(decision: Decision) -> None:
    """What was to be said has been said: now the waiting begins, or the next step comes."""
    walk = _walk(decision)
    if decision.state.awaited or walk.stopped_at is not None:
        return
    if walk.current is None or walk.current.kind not in steps.TAKE_TIME:
        advance(decision)
    elif walk.since is None:
        decision.change(walk=replace(walk, since=decision.at))


# ---- time passes --------------------------------------------------------------------------------------


def tick(decision: Decision) -> None:
    """Time passes inside a session."""
    walk = _walk(decision)
    if walk.stopped_at is not None:
        if decision.at - max(walk.stopped_at, decision.state.voices_at) >= ASIDE_AFTER:
            decision.change(walk=None, aside=walk)
        return
    if walk.current is None or walk.since is None or decision.state.speaking:
        return
    if walk.current.kind == "turn":
        _wait_for_people(decision, walk)
    elif walk.current.kind == "breathe":
        _breathe(decision, walk, walk.current.breaths)
    elif walk.current.kind == "quiet" and decision.at - walk.since >= walk.length:
        if walk.current.bell:
            decision.chime("time")
        advance(decision)


def _wait_for_people(decision: Decision, walk: Walk) -> None:
    assert walk.since is not None
    bell, passed = walk.belled_at, decision.at - walk.since
    silent = decision.at - max(walk.since, decision.state.voices_at, bell or 0.0)
    if bell is None and passed >= walk.length:
        decision.chime("time")
        decision.change(walk=replace(walk, belled_at=decision.at))
    elif not walk.warned and walk.length >= LONG_TURN and walk.length - LAST_MINUTE <= passed < walk.length:
        decision.chime("minute left")
        decision.change(walk=replace(walk, warned=True))
    elif not walk.nudged and silent >= (NUDGE_AFTER if bell is None else NUDGE_AFTER_BELL):
        decision.change(walk=replace(walk, nudged=True))
        name = steps.named(walk)
        decision.say("nudge" if name else "nudge_unnamed", name=name)
    elif walk.nudged and silent >= LEAVE_AFTER:
        leave(decision)


def _breathe(decision: Decision, walk: Walk, breaths: int) -> None:
    assert walk.since is not None
    rounds, half = divmod(walk.breath, 2)
    if decision.at - walk.since < rounds * (BREATH_IN + BREATH_OUT) + half * BREATH_IN:
        return
    if rounds == breaths:
        advance(decision)
    else:
        decision.chime("breathe out" if half else "breathe in")
        decision.change(walk=replace(walk, breath=walk.breath + 1))


# ---- after a restart, or a long pause -----------------------------------------------------------------


def started(decision: Decision) -> None:
    """The program begins: where a session was in the middle, ask whether to go on."""
    if walk := _unfinished(decision):
        decision.change(awaited=PendingQuestion("resume"))
        decision.say("session_resume", session=walk.script.name)


def answered_resume(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """Whether to go on where they were."""
    decision.change(awaited=None)
    if yes:
        resume(decision)
    else:
        decision.act(SetSetting(PLACE, ""))
        decision.say("let_go")


def resume(decision: Decision) -> None:
    """Go on where the unfinished session was, if there is one."""
    walk = decision.state.aside or _unfinished(decision)
    if walk is None or not walk.trail:
        decision.say("nothing_to_resume")
        return
    decision.change(walk=walk, aside=None, question=None)
    place = walk.trail[-1]
    if steps.can_be_said(walk.script.steps[place.step], walk.at(place, 0.0), decision.manners):
        enter(decision, place)
    else:
        go_to(decision, place.step + 1)  # it was about an answer, and answers are never written down


def _unfinished(decision: Decision) -> Walk | None:
    """The session that was written down, while it is still the same evening."""
    parts = decision.records.settings.get(PLACE, "").split("\n")
    if len(parts) != 7:
        return None
    name, step, part, *order, longer, moment = parts
    script = next((script for script in decision.content.scripts if script.id == name), None)
    fresh = decision.now - datetime.fromisoformat(moment) < RESUMED_WITHIN
    if script is None or not fresh or int(step) >= len(script.steps) or {*order} != {*decision.manners.partners}:
        return None
    place = StepPosition(int(step), int(part), (order[0], order[1]))
    return Walk(script, place.order, stretch=float(longer), trail=(place,), without=decision.manners.without)
