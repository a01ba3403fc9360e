"""How a session bends: another question, lighter or deeper, the question once more, how long is left, the end."""

from dataclasses import dataclass, replace

from voice.content import DEEPEST, LIGHTEST
from voice.content.steps import Ask, TakesTime, Turn
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion
from voice.dialogue.walk import StepPosition, Walk
from voice.language.slots import TIMER
from voice.language.text import speak_rounded
from voice.messages.actions import SetSetting
from voice.messages.meaning import Match
from voice.messages.records import TimerKind
from voice.skills.sessions import session, steps
from voice.skills.timers import timers

ROUNDED = 60.0  # seconds: longer times are told in whole minutes
SHORT = 10.0  # seconds: shorter ones in tens


@dataclass(frozen=True, slots=True)
class DeepestInSession(PendingQuestion):
    """Whether both want a question of the deepest kind in the place of this one."""

    @property
    def is_gate(self) -> bool:
        """The deepest prompts are read only after a yes of both."""
        return True

    def takes_session_on(self, yes: bool) -> bool:
        """Either way the session goes on by itself."""
        return True


@dataclass(frozen=True, slots=True)
class StopHere(PendingQuestion):
    """Whether they want to end the session."""

    def takes_session_on(self, yes: bool) -> bool:
        """Either way the session goes on, or is over, by itself."""
        return True


def question_place(walk: Walk) -> StepPosition | None:
    """The step at which the question they talk about was read, with the order of then; None where there is none."""
    current, before = walk.current, walk.script.steps[walk.step - 1] if walk.step > 0 else None
    if isinstance(current, Ask):
        return StepPosition(walk.step, 0, walk.order)
    if isinstance(current, Turn) and isinstance(before, Ask):
        return StepPosition(walk.step - 1, 0, steps.order_at(current, walk))
    return None


def change_question(decision: Decision, match: Match) -> None:
    """ "Another one", "something lighter", "go deeper", inside a session: another question for both."""
    walk = session.walk_of(decision)
    place = question_place(walk)
    step = walk.script.steps[place.step] if place else None
    if place is None or not isinstance(step, Ask):
        decision.say("one_question_here")
        return
    before = walk.depth or step.depth
    depth = {"lighter": max(before - 1, LIGHTEST), "deeper": before + 1}.get(match.intent, before)
    if depth >= DEEPEST > before:
        decision.change(awaited=DeepestInSession())
        decision.say("deeper_first")
        return
    _ask_anew(decision, place, min(depth, DEEPEST))


def _ask_anew(decision: Decision, place: StepPosition, depth: int) -> None:
    decision.change(walk=replace(session.walk_of(decision), depth=depth))
    session.enter(decision, place)


def answer_deepest(decision: Decision, awaited: DeepestInSession, yes: bool) -> None:
    """A deepest question after a yes; else the one they have stays."""
    decision.change(awaited=None)
    place = question_place(session.walk_of(decision))
    if yes and place:
        _ask_anew(decision, place, DEEPEST)
    else:
        decision.say("let_go")


def skip(decision: Decision, match: Match) -> None:
    """ "Skip": the question, for both; nobody is passed over alone."""
    walk = session.walk_of(decision)
    decision.change(awaited=None)
    if question_place(walk):
        change_question(decision, match)
    elif isinstance(walk.current, Turn):
        session.go_to(decision, walk.step + 1)
    elif walk.current or not decision.state.speaking:
        session.advance(decision)


def again(decision: Decision, match: Match) -> None:
    """ "What was the question?": what was asked, once more; the time of a turn runs on."""
    walk = session.walk_of(decision)
    decision.change(awaited=None)
    if walk.current is None:
        session.greet(decision)
    elif isinstance(walk.current, Turn) and (asked := asked_in(walk)):
        decision.say_text(asked)
    else:
        session.enter(decision, StepPosition(walk.step, walk.part, walk.order))


def help(decision: Decision, match: Match) -> None:
    """ "Help", "what are we supposed to do?": what can be said here, and then what was asked."""
    walk, listening = session.walk_of(decision), decision.state.listening.mode
    if decision.state.awaited:
        asked = decision.state.again[-1:]
    else:
        asked = (asked_in(walk),) if isinstance(walk.current, Turn) else ()
    decision.say(f"help_{listening}")
    for text in filter(None, asked):
        decision.say_text(text, quotes=True)
        decision.change(again=(text,))


def asked_in(walk: Walk) -> str:
    """What was asked in the turn that they are in; "" for nothing."""
    return walk.asked if question_place(walk) else walk.line


def tell_left(decision: Decision, match: Match) -> None:
    """ "How long have we left?": of this turn, unless they mean a timer."""
    walk = session.walk_of(decision)
    running = [timer for timer in decision.records.timers if timer.kind is not TimerKind.QUIET]
    if running or TIMER.name in match.slots:
        timers.ask_left(decision, match)
    elif walk.since is None or not isinstance(walk.current, TakesTime):
        decision.say("session_not_timed")
    elif (seconds := walk.length - ((walk.stopped_at or decision.at) - walk.since)) < SHORT:
        decision.say("turn_time_up")
    else:
        unit = ROUNDED if seconds >= 2 * ROUNDED else SHORT
        decision.say("turn_left", time=speak_rounded(seconds, unit))


def end(decision: Decision, match: Match) -> None:
    """ "We're done": out, kindly; asked first where only the meaning says so, as of "we got through it" in a turn."""
    if match.is_meant_for_sure or decision.state.awaited:
        session.leave(decision)
    else:
        decision.change(awaited=StopHere())
        decision.say("stop_here")


def end_the_evening(decision: Decision, match: Match) -> None:
    """ "Goodnight": out of the session, and nothing is offered any more that evening."""
    session.leave(decision)
    decision.say_goodnight()


def say_whose_turn(decision: Decision, match: Match) -> None:
    """ "Whose turn is it?": the one whose turn it is, where the script knows; the time runs on."""
    name = steps.named(session.walk_of(decision))
    decision.say("going_on" if name else "either_first", name=name)


def answer_stop(decision: Decision, awaited: StopHere, yes: bool) -> None:
    """Out, or on with the turn, whose time ran on."""
    decision.change(awaited=None)
    if yes:
        session.leave(decision)
    else:
        name = steps.named(session.walk_of(decision))
        decision.say("going_on" if name else "going_on_unnamed", name=name)


def put_off(decision: Decision) -> None:
    """The step of today counts as not begun, and the plan waits."""
    walk = session.walk_of(decision)
    decision.act(SetSetting(session.runs_of(walk.script), str(session.runs(decision, walk.script) - 1)))
    session.leave(decision)


ANSWERS = (Answers(DeepestInSession, answer_deepest), Answers(StopHere, answer_stop))
