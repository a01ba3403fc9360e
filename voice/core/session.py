"""Walks a guided session, one event at a time: hand-overs, waiting, bells, and a kind way out."""

from collections.abc import Callable
from dataclasses import replace

from voice.content import EACH, Step
from voice.core import appreciations
from voice.core.decision import Decision, fill
from voice.core.state import Walk
from voice.messages import MarkDone, Match, SetSetting

BREATH_IN, BREATH_OUT = 4.0, 6.0  # seconds; practices row 68
NUDGE_AFTER = 90.0  # seconds of full silence in a turn before the one nudge
NUDGE_AFTER_BELL = 30.0  # the same, when the time of the turn is up
LEAVE_AFTER = 600.0  # seconds of full silence after the nudge: they fell asleep
A_BIT_MORE = 60.0  # seconds that "a bit more" gives
SHORT_RUNS = 2  # how many runs have the longer introduction


def begin(decision: Decision, name: str) -> None:
    """Start the session of this id; who begins alternates from one session to the next."""
    script = next(script for script in decision.content.scripts if script.id == name)
    partners = decision.manners.partners
    settings = decision.records.settings
    first = decision.manners.other(settings["began last"]) if "began last" in settings else partners[0]
    runs = int(settings.get(f"runs of {script.id}", "0"))
    decision.act(SetSetting("began last", first))
    decision.act(SetSetting(f"runs of {script.id}", str(runs + 1)))
    decision.change(question=None, walk=Walk(script, (first, decision.manners.other(first))))
    opening = script.first if runs < SHORT_RUNS else script.later
    decision.chime("hello")
    decision.say_text(decision.wording(f"{script.id} opening", opening))


def _walk(decision: Decision) -> Walk:
    walk = decision.state.walk
    assert walk is not None, "only called inside a session"
    return walk


def advance(decision: Decision) -> None:
    """On to the other partner's part, or to the next step, or to the end."""
    walk = _walk(decision)
    if walk.current and walk.current.who == EACH and walk.part == 0:
        _enter(decision, walk.step, part=1)
    elif walk.step + 1 < len(walk.script.steps):
        _enter(decision, walk.step + 1)
    else:
        decision.act(MarkDone(walk.script.id, decision.now.date().isoformat()))
        decision.change(walk=None)


def _enter(decision: Decision, number: int, part: int = 0) -> None:
    before = _walk(decision)
    step = before.script.steps[number]
    walk = Walk(before.script, before.order, number, part, length=step.seconds)
    decision.change(walk=walk)
    if step.kind == "keep":
        appreciations.ask_line(decision, walk.speaker, decision.manners.other(walk.speaker), _line(decision, step))
    elif step.kind == "recap":
        appreciations.read(decision, "tonight", silent_when_none=True)
        if not decision.state.speaking:
            advance(decision)
    elif step.lines:
        decision.say_text(_line(decision, step), pause=1.0)
    else:
        decision.change(walk=replace(walk, since=decision.at))


def _line(decision: Decision, step: Step) -> str:
    walk = _walk(decision)
    text = decision.wording(f"{walk.script.id} {walk.step}", step.lines)
    return fill(text, {"name": walk.speaker, "other": decision.manners.other(walk.speaker)})


def spoken(decision: Decision) -> None:
    """What was to be said has been said: now the waiting begins, or the next step comes."""
    walk = _walk(decision)
    if decision.state.awaited or walk.stopped_at is not None:
        return
    if walk.current is None or walk.current.kind in ("say", "keep", "recap"):
        advance(decision)
    elif walk.since is None:
        decision.change(walk=replace(walk, since=decision.at))


def tick(decision: Decision) -> None:
    """Time passes inside a session."""
    walk = _walk(decision)
    if walk.current is None or walk.since is None or walk.stopped_at is not None or decision.state.speaking:
        return
    if walk.current.kind == "turn":
        _wait_for_people(decision, walk)
    elif walk.current.kind == "breathe":
        _breathe(decision, walk, walk.current.breaths)
    elif walk.current.kind == "quiet" and decision.at - walk.since >= walk.length:
        advance(decision)


def _wait_for_people(decision: Decision, walk: Walk) -> None:
    assert walk.since is not None
    bell = walk.belled_at
    silent = decision.at - max(walk.since, decision.state.voices_at, bell or 0.0)
    if bell is None and decision.at - walk.since >= walk.length:
        decision.chime("time")
        decision.change(walk=replace(walk, belled_at=decision.at))
    elif not walk.nudged and silent >= (NUDGE_AFTER if bell is None else NUDGE_AFTER_BELL):
        decision.change(walk=replace(walk, nudged=True))
        decision.say("nudge", name=walk.speaker)
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


def leave(decision: Decision) -> None:
    """Out of the session, with a kind close."""
    walk = _walk(decision)
    decision.change(awaited=None)
    decision.say_text(decision.wording(f"{walk.script.id} left", walk.script.left))
    decision.change(walk=None)


# ---- what people say inside a session -----------------------------------------------------------------


def _more(decision: Decision, walk: Walk) -> None:
    if walk.since is not None:
        passed = decision.at - walk.since
        decision.change(walk=replace(walk, length=max(walk.length, passed) + A_BIT_MORE, belled_at=None))
    decision.chime("got it")


def _pause(decision: Decision, walk: Walk) -> None:
    if walk.stopped_at is None:
        decision.change(walk=replace(walk, stopped_at=decision.at))
        decision.say("paused")


def _go_on(decision: Decision, walk: Walk) -> None:
    if walk.stopped_at is None:
        return
    # The clock of the step stood still; a step that had not begun is begun anew.
    if walk.since is None:
        _enter(decision, max(walk.step, 0), walk.part)
        return
    since = walk.since + decision.at - walk.stopped_at
    decision.change(walk=replace(walk, since=since, stopped_at=None))
    decision.say("going_on", name=walk.speaker)


def _back(decision: Decision, walk: Walk) -> None:
    _enter(decision, max(0, walk.step - (walk.part == 0)))


def _again(decision: Decision, walk: Walk) -> None:
    _enter(decision, max(0, walk.step), walk.part)


def _on(decision: Decision, walk: Walk) -> None:
    advance(decision)


_WORDS: dict[str, Callable[[Decision, Walk], None]] = {
    "done": _on,
    "pass": _on,
    "skip": _on,
    "more_time": _more,
    "pause": _pause,
    "go_on": _go_on,
    "back": _back,
    "again": _again,
}


def understood(decision: Decision, match: Match) -> bool:
    """Somebody said one of the few words of a session; False: it was none of them."""
    walk = _walk(decision)
    if match.intent == "swap_first":
        _begins(decision, walk, str(match.slots["name"]))
    elif match.intent in _WORDS:
        decision.change(awaited=None)
        _WORDS[match.intent](decision, walk)
    else:
        return False
    return True


def _begins(decision: Decision, walk: Walk, name: str) -> None:
    """ "Sam first": this step is begun anew, by that partner."""
    first = replace(walk, step=max(0, walk.step), part=0)
    if first.speaker != name:
        decision.change(walk=replace(first, order=(walk.order[1], walk.order[0])))
    _enter(decision, first.step)
