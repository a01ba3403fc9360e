"""Walks a guided session from step to step: its beginning, hand-overs, and a kind way out."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from voice.content import Content, Script
from voice.content.steps import Choose, Go, HandedOver, KeepNote, Remind, TakesTime, Turn, Who
from voice.dialogue import consent
from voice.dialogue.decision import Decision
from voice.dialogue.private import without_private
from voice.dialogue.skill import Answers, Command
from voice.dialogue.state import PendingQuestion
from voice.dialogue.walk import StepPosition, Walk
from voice.language.slots import DURATION, NAME
from voice.language.text import speak_duration
from voice.messages.actions import EndReminder, MarkDone, ReminderStatus, SetSetting
from voice.messages.delivery import ChimeName
from voice.messages.meaning import Match
from voice.messages.records import ReminderKind
from voice.skills.sessions import steps

SHORT_RUNS = 2  # how many runs have the longer introduction
PLACE = "session"  # a setting: where a session is, so that a restart finds it; "" for none
PASSED = "passed"  # a variable of every script: "yes" after a turn that was passed, for what would answer it
BEGAN_LAST = "began last"  # a setting: the partner who began the last session
ENDS_THE_DAY = frozenset({"bedtime", "three_good_things"})
"""Sessions whose end is a goodnight."""
SAYS_GOODNIGHT = ENDS_THE_DAY | {"date_closing", "date_intimacy"}
"""Sessions that are left with a goodnight."""


@dataclass(frozen=True, slots=True)
class CalmMoment(PendingQuestion):
    """Whether this is a calm moment for both."""

    @property
    def is_gate(self) -> bool:
        """Nothing begins in a moment that is not calm."""
        return True

    def takes_session_on(self, yes: bool) -> bool:
        """A yes opens the session, a no ends it."""
        return True


# ---- begin and end ------------------------------------------------------------------------------------


def commands(content: Content) -> Mapping[str, Command]:
    """The intents that begin a session: each is the id of one."""
    return {script.id: begin for script in content.scripts}


def begin(decision: Decision, match: Match) -> None:
    """Start the session that has the intent as its id; who begins alternates, unless it was said.

    The slots `name` and `duration` say who begins and how long it is to take.
    """
    script, slots = _script(decision, match.intent), match.slots
    first = NAME.said_in(slots) or _whose_turn(decision)
    values = {"day": str(runs(decision, script) % script.days + 1)}
    walk = Walk(
        script,
        (first, decision.manners.other(first)),
        values=values,
        without=without_private(decision.manners.without, decision),
    )
    seconds = DURATION.amount_in(slots, 0.0) or 60 * decision.manners.lengths.get(script.id, script.minutes)
    questions = replace(decision.state.questions, prompt=None)
    decision.change(questions=questions, walk=replace(walk, stretch=stretch(script, seconds)))
    for reminder in decision.records.reminders:
        if reminder.kind == ReminderKind.RETURN and reminder.offers == script.id:
            decision.act(EndReminder(reminder, ReminderStatus.DONE))  # they are back before the time they agreed on
    if DURATION.name in slots and not script.least <= seconds / 60 <= script.most:
        decision.say("length_nearest", time=speak_duration(60 * script.minutes * stretch(script, seconds)))
    if script.calm:
        ask_calm(decision)
    else:
        open_up(decision)


def ask_calm(decision: Decision) -> None:
    """Whether this is a calm moment for both; a pause there is over."""
    decision.change(awaited=CalmMoment(), walk=replace(walk_of(decision), stopped_at=None))
    decision.say("calm_moment")


def answer_calm(decision: Decision, awaited: CalmMoment, yes: bool) -> None:
    """Open the session in a calm moment; a no ends it kindly."""
    decision.change(awaited=None)
    if yes:
        open_up(decision)
    else:
        decline(decision)


def decline(decision: Decision) -> None:
    """This is no calm moment: another time."""
    decision.change(awaited=None, walk=None)
    decision.say("calm_no")


def open_up(decision: Decision) -> None:
    """The session is about to begin: count it, once, and say hello to it."""
    walk = replace(walk_of(decision), opened=True)
    decision.change(walk=walk)
    script, before = walk.script, runs(decision, walk.script)
    decision.act(SetSetting(BEGAN_LAST, walk.order[0]))
    decision.act(SetSetting(runs_of(script), str(before + 1)))
    if script.light_days:
        until = decision.now.date() + timedelta(days=script.light_days - before % script.days)
        decision.act(SetSetting("light until", until.isoformat()))
    greet(decision)


def greet(decision: Decision) -> None:
    """Say the opening, long or short."""
    script = walk_of(decision).script
    decision.chime(ChimeName.HELLO)
    opening = script.first if runs(decision, script) < SHORT_RUNS else script.later
    decision.say_text(steps.filled(decision, decision.wording(f"{script.id} opening", opening)))


def leave(decision: Decision) -> None:
    """Out of the session, with a kind close."""
    walk = walk_of(decision)
    decision.change(awaited=None)
    decision.say_text(decision.wording(f"{walk.script.id} left", walk.script.left))
    if walk.script.id in SAYS_GOODNIGHT:
        decision.say_goodnight()
    _end(decision)


def stop(decision: Decision) -> bool:
    """ "Stop": out of the session, where they are in one."""
    is_in_session = decision.state.walk is not None
    if is_in_session:
        leave(decision)
    return is_in_session


def _finish(decision: Decision) -> None:
    script = walk_of(decision).script
    decision.act(MarkDone(script.id, decision.now.date().isoformat()))
    if script.id in ENDS_THE_DAY:
        decision.say_goodnight()
    if script.days > 1 and runs(decision, script) % script.days == 0:  # its last day: it offers itself no more
        for reminder in decision.records.reminders:
            if reminder.offers == script.id:
                decision.act(EndReminder(reminder, ReminderStatus.DONE))
    _end(decision)


def _end(decision: Decision) -> None:
    decision.change(walk=None, aside=None)
    forget_place(decision)


def forget_place(decision: Decision) -> None:
    """No restart leads back into the session."""
    if decision.records.settings.get(PLACE):
        decision.act(SetSetting(PLACE, ""))


def _script(decision: Decision, name: str) -> Script:
    return next(script for script in decision.content.scripts if script.id == name)


def _whose_turn(decision: Decision) -> str:
    """The partner who did not begin the last session."""
    settings, partners = decision.records.settings, decision.manners.partners
    return decision.manners.other(settings[BEGAN_LAST]) if BEGAN_LAST in settings else partners[0]


def runs_of(script: Script) -> str:
    """The setting that counts how often a session was begun."""
    return f"runs of {script.id}"


def runs(decision: Decision, script: Script) -> int:
    """How often a session was begun."""
    return int(decision.records.settings.get(runs_of(script), "0"))


def walk_of(decision: Decision) -> Walk:
    """The session they are in."""
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
    walk = walk_of(decision)
    if walk.enough and walk.current and walk.current.repetition:
        go_to(decision, walk.current.repetition.end)
    elif isinstance(walk.current, HandedOver) and walk.current.who is Who.EACH and walk.part == 0:
        enter(decision, StepPosition(walk.step, 1, walk.order))
    else:
        go_to(decision, walk.step + 1)


def go_to(decision: Decision, number: int) -> None:
    """On to the first step from this number on that is to be taken: jumps lead on, and so do those left out."""
    walk = walk_of(decision)
    while number < len(walk.script.steps):
        match walk.script.steps[number]:
            case Go(target=target):
                number = target
            case Choose(variable=variable, cases=cases, otherwise=otherwise):
                number = cases.get(str(walk.values.get(variable, "")), otherwise)
            case step if type(step) in walk.without or not steps.can_be_said(step, walk, decision.manners):
                number += 1
            case step:
                if not (_lines_come(walk, number) or isinstance(step, KeepNote)) and consent.ask_for_held(decision):
                    return  # it goes on from here when that is settled
                enter(decision, StepPosition(number, 0, steps.order_at(step, walk)))
                return
    if not consent.ask_for_held(decision):
        _finish(decision)


def _lines_come(walk: Walk, number: int) -> bool:
    """Whether somebody may still say a line to keep, from this step on."""
    return any(isinstance(step, KeepNote) for step in walk.script.steps[number:])


def enter(decision: Decision, place: StepPosition) -> None:
    """Begin the step at this place."""
    before = walk_of(decision)
    step = before.script.steps[place.step]
    walk = before.at(place, length=steps.length(step, before.stretch))
    if isinstance(step, Turn):
        walk = replace(walk, values={key: value for key, value in walk.values.items() if key != PASSED})
    decision.change(walk=walk, awaited=None)
    if isinstance(step, steps.Activity):
        _remember(decision, walk, place)
    if not steps.begin(decision, walk, step):
        advance(decision)


def _remember(decision: Decision, walk: Walk, place: StepPosition) -> None:
    """Write down where they are, and let "back" find it."""
    if walk.trail[-1:] != (place,):
        decision.change(walk=replace(walk, trail=(*walk.trail, place)))
    parts = (walk.script.id, place.step, place.part, *place.order, walk.stretch, decision.now.isoformat())
    decision.act(SetSetting(PLACE, "\n".join(map(str, parts))))


def go_on_after_reminder(decision: Decision) -> None:
    """A reminder of a session is written down: where consent had to be asked for first, the session goes on now."""
    walk = decision.state.walk
    if walk and isinstance(walk.current, Remind) and not decision.state.speaking:
        advance(decision)


def wait_or_advance(decision: Decision) -> None:
    """All lines have been said: begin to wait, or go on to the next step."""
    walk = decision.state.walk
    if walk is None or decision.state.awaited or walk.stopped_at is not None or not walk.opened:
        return
    if not isinstance(walk.current, TakesTime):
        advance(decision)
    elif walk.since is None:
        decision.change(walk=replace(walk, since=decision.at))


def go_on_after_answer(decision: Decision) -> None:
    """A question inside a session is settled: the session goes on, unless something is asked, said or stored now."""
    if decision.state.walk and not (decision.state.awaited or decision.state.speaking or decision.actions):
        advance(decision)


ANSWERS = (Answers(CalmMoment, answer_calm),)
