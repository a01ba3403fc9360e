"""Commands inside a session: hand over, take more time, pause, go back, change its length or its order."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from voice.content.steps import STEP_TYPES, Turn
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Command
from voice.dialogue.walk import StepPosition, Walk
from voice.language.slots import DURATION, NAME
from voice.language.text import speak_duration
from voice.messages.actions import SetSetting
from voice.messages.delivery import ChimeName
from voice.messages.meaning import Match
from voice.skills.sessions import bends, session, steps

A_BIT_MORE = 60.0  # seconds that "a bit more" gives


def _in_session(do: Callable[[Decision, Walk], None]) -> Command:
    """The command that does this with the session they are in; what was asked for is let go of."""

    def command(decision: Decision, match: Match) -> None:
        decision.change(awaited=None)
        do(decision, session.walk_of(decision))

    return command


def _more(decision: Decision, walk: Walk) -> None:
    if walk.since is not None:
        passed = decision.at - walk.since
        length = max(walk.length, passed) + A_BIT_MORE
        decision.change(walk=replace(walk, length=length, belled_at=None, warned=False))
    decision.chime(ChimeName.GOT_IT)


def _pause(decision: Decision, walk: Walk) -> None:
    if walk.stopped_at is None:
        decision.change(walk=replace(walk, stopped_at=decision.at))
        decision.say("paused")


def _go_on(decision: Decision, walk: Walk) -> None:
    if walk.stopped_at is None:
        return
    # The clock of the step stood still; a step that had not begun is begun anew.
    if walk.since is None:
        _again(decision, walk)
        return
    since = walk.since + decision.at - walk.stopped_at
    decision.change(walk=replace(walk, since=since, stopped_at=None))
    name = steps.named(walk)
    decision.say("going_on" if name else "going_on_unnamed", name=name)


def _back(decision: Decision, walk: Walk) -> None:
    """To the place before this one; from the first, to its beginning."""
    here = StepPosition(walk.step, walk.part, walk.order)
    trail = walk.trail[:-1] if walk.trail[-1:] == (here,) else walk.trail
    if trail:
        decision.change(walk=replace(walk, trail=trail))
        session.enter(decision, trail[-1])
    else:
        _again(decision, walk)


def _again(decision: Decision, walk: Walk) -> None:
    if walk.current is None:
        session.greet(decision)
    else:
        session.enter(decision, StepPosition(walk.step, walk.part, walk.order))


def _on(decision: Decision, walk: Walk) -> None:
    if walk.current is None and decision.state.speaking:
        return
    session.advance(decision)


def _pass(decision: Decision, walk: Walk) -> None:
    """ "Pass": this partner's part; what would answer it is left out too, where the script says so."""
    if isinstance(walk.current, Turn):
        decision.change(walk=replace(walk, values={**walk.values, session.PASSED: "yes"}))
    _on(decision, session.walk_of(decision))


def _no_more(decision: Decision, walk: Walk) -> None:
    """ "That's enough": out of a repetition; elsewhere on to what comes next."""
    step = walk.current
    if step and step.repetition:
        session.go_to(decision, step.repetition.end)
    else:
        _on(decision, walk)


def _let_begin(decision: Decision, match: Match) -> None:
    """ "Sam first": this step is begun anew, by that partner."""
    walk, name = session.walk_of(decision), str(match.slots[NAME.name])
    order = (name, decision.manners.other(name))
    decision.change(walk=replace(walk, order=order))
    if not walk.opened:
        session.ask_calm(decision)
    elif walk.current is None:
        decision.act(SetSetting(session.BEGAN_LAST, name))
        session.greet(decision)
    else:
        session.enter(decision, StepPosition(walk.step, 0, order))


def _set_length(decision: Decision, match: Match) -> None:
    """ "Make it fifteen minutes": what is left of it becomes longer or shorter."""
    walk = session.walk_of(decision)
    script = walk.script
    longer = session.stretch(script, float(match.slots[DURATION.name]))
    length = walk.length if steps.is_fixed(walk.current) else walk.length / walk.stretch * longer
    decision.change(walk=replace(walk, stretch=longer, length=length, belled_at=None, warned=False))
    fixed = script.least == script.most
    decision.say("length_fixed" if fixed else "length_set", time=speak_duration(60 * script.minutes * longer))


def _leave_out(decision: Decision, match: Match) -> None:
    """ "Skip the breathing": steps of this kind are left out, this one too."""
    walk = session.walk_of(decision)
    kinds = {kind for word, kind in STEP_TYPES.items() if word == match.slots["step"]}
    decision.change(walk=replace(walk, without=walk.without | kinds))
    if type(walk.current) in kinds:
        session.go_to(decision, walk.step + 1)
    else:
        decision.chime(ChimeName.GOT_IT)


def _not_tonight(decision: Decision, match: Match) -> None:
    """ "Not tonight": in a plan of days today's step is put off; elsewhere it passes."""
    walk = session.walk_of(decision)
    decision.change(awaited=None)
    if walk.script.days > 1:
        bends.put_off(decision)
    else:
        _pass(decision, walk)


COMMANDS: Mapping[str, Command] = {
    "swap_first": _let_begin,
    "swap_first_here": _let_begin,
    "set_length": _set_length,
    "leave_out_step": _leave_out,
    "another": bends.change_question,
    "lighter": bends.change_question,
    "deeper": bends.change_question,
    "skip": bends.skip,
    "time_left": bends.tell_left,
    "end_session": bends.end,
    "goodnight_here": bends.end_the_evening,
    "whose_turn": bends.say_whose_turn,
    "not_tonight": _not_tonight,
    "done": _in_session(_on),
    "pass": _in_session(_pass),
    "no_more": _in_session(_no_more),
    "more_time": _in_session(_more),
    "pause": _in_session(_pause),
    "go_on": _in_session(_go_on),
    "back": _in_session(_back),
    "change": _in_session(_back),
    "again": bends.again,
    "help": bends.help,
    "answer_how": bends.help,
}
"""Intent -> what it does inside a session."""
