"""Answers to what a step of a session asks for."""

from dataclasses import replace

from voice.content.steps import Answer, ListenFor, TimeAnswer, WordsAnswer
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers
from voice.language.text import plain
from voice.messages.delivery import ChimeName
from voice.messages.meaning import Match
from voice.messages.recognition import Mode
from voice.skills.sessions import session, steps, values
from voice.skills.sessions.steps import StepQuestion


def _take_yes_or_no(decision: Decision, awaited: StepQuestion, yes: bool) -> None:
    """A yes or a no; where something else was asked for, the question was passed over."""
    steps.store_answer(decision, ("yes" if yes else "no") if awaited.mode is Mode.YES_NO else "")
    session.advance(decision)


def _take_line(decision: Decision, awaited: StepQuestion, text: str) -> None:
    decision.chime(ChimeName.RECORDING_OFF)
    steps.store_answer(decision, text)
    session.advance(decision)


def _take_choice(decision: Decision, awaited: StepQuestion, match: Match) -> bool:
    """One of a few things; False: it does not answer what was asked."""
    wanted = _wanted(decision)
    value = values.value_of(wanted, match, decision.here) if wanted else None
    if value is None:
        return _take_in_words(decision, awaited, match.text)
    _take(decision, value, match.text)
    return True


def _take_in_words(decision: Decision, awaited: StepQuestion, text: str) -> bool:
    """The same of words that are no sentence of the pack, such as "I don't know, an hour?"."""
    wanted = _wanted(decision)
    value = values.value_in_words(wanted, text, decision.here) if wanted else None
    if value is None:
        return False
    _take(decision, value, text)
    return True


def _wanted(decision: Decision) -> Answer | None:
    """What the step that they are at listens for; None: for nothing."""
    step = decision.state.walk.current if decision.state.walk else None
    return step.answer if isinstance(step, ListenFor) else None


def _take(decision: Decision, value: str | float, text: str) -> None:
    walk, wanted = session.walk_of(decision), _wanted(decision)
    if isinstance(wanted, TimeAnswer):
        value = values.with_day(walk.told, str(value), decision.here)
    elif wanted:
        decision.change(walk=replace(walk, told=values.when_told(wanted, text, decision.here)))
    steps.store_answer(decision, value)
    session.advance(decision)


def _is_silence_yes(decision: Decision) -> bool:
    """Only where the step says so: a yes without a word is nothing to keep by, nor to go deeper."""
    walk = decision.state.walk
    step = walk.current if walk else None
    return isinstance(step, ListenFor) and step.otherwise == "yes"


def _begins_line(decision: Decision, text: str) -> bool:
    """Whether it begins as the step's answers do: "I'll take a breath first", to "what will you do next time?"."""
    walk = decision.state.walk
    step = walk.current if walk else None
    stems = step.answer.stems if isinstance(step, ListenFor) and isinstance(step.answer, WordsAnswer) else ()
    filled = (plain(steps.filled(decision, stem)) for stem in stems)
    return plain(text).startswith(tuple(f"{stem} " for stem in filled))


ANSWERS = (
    Answers(
        StepQuestion,
        _take_yes_or_no,
        dictated=_take_line,
        begins_line=_begins_line,
        in_words=_take_in_words,
        chosen=_take_choice,
        is_silence_yes=_is_silence_yes,
    ),
)
