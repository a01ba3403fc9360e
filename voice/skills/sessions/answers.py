"""Answers to what a step of a session asks for."""

from voice.content.steps import ListenFor, WordsAnswer
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers
from voice.language.text import plain
from voice.messages.delivery import ChimeName
from voice.messages.meaning import Match
from voice.messages.recognition import Mode
from voice.skills.sessions import session, steps
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
    walk = decision.state.walk
    step = walk.current if walk else None
    value = steps.value_of(step.answer, match, decision.here) if isinstance(step, ListenFor) else None
    if value is None:
        return False
    steps.store_answer(decision, value)
    session.advance(decision)
    return True


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
        chosen=_take_choice,
        is_silence_yes=_is_silence_yes,
    ),
)
