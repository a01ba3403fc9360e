"""Two people who are not there: what they do next in a guided session, so that a script can be played fast."""

from dataclasses import dataclass

from voice.assistant.pending_answers import REPROMPTS
from voice.content.steps import (
    Answer,
    ChoiceAnswer,
    DurationAnswer,
    ListenFor,
    NameAnswer,
    NumberAnswer,
    TimeAnswer,
    Turn,
    WordsAnswer,
    YesNoAnswer,
)
from voice.dialogue.state import State
from voice.dialogue.walk import Walk
from voice.language.slots import DURATION, NUMBER
from voice.messages.recognition import Mode

TURN_USED = 0.9  # of a turn; people who are told of no clock take about as long as they are given
THINKING, ANSWERING = 3.0, 1.5  # seconds before a dictated line begins; before a short answer
A_LINE = 5.0  # seconds that a dictated line takes
LINES = (
    "{other} made tea for us this morning",
    "{other} listened to me for a long time",
    "we laughed about the broken umbrella",
    "a quiet evening without any plans",
)


@dataclass(frozen=True, slots=True)
class Reaction:
    """What one of them says."""

    after: float
    """Seconds from now."""
    words: str
    """What is said."""


def reaction(state: State, variant: int) -> Reaction | None:
    """What they say next; None while there is nothing for them to say.

    variant: which way they take where there are several: 0 says yes to everything and takes the first of every choice,
    1 says no and takes the second, and so on.
    """
    walk, awaited = state.walk, state.awaited
    if awaited and awaited.reprompts > REPROMPTS:
        return Reaction(ANSWERING, "pass")  # what they say is not understood
    if awaited and not awaited.is_of_step:
        if awaited.mode is Mode.WORDS:
            return _line(walk)
        return Reaction(ANSWERING, "yes")
    step = walk.current if walk else None
    if awaited and walk and isinstance(step, ListenFor):
        return _answer(walk, step.answer, variant)
    if walk and isinstance(step, Turn) and walk.since is not None:
        return Reaction(TURN_USED * walk.length, "done")
    return None


def _line(walk: Walk | None) -> Reaction:
    other = walk.order[1 - walk.part] if walk else ""
    return Reaction(THINKING + A_LINE, LINES[walk.step % len(LINES) if walk else -1].replace("{other}", other))


def _answer(walk: Walk, answer: Answer, variant: int) -> Reaction:
    match answer:
        case WordsAnswer():
            return _line(walk)
        case YesNoAnswer():
            words = "no" if variant % 2 else "yes"
        case ChoiceAnswer(options=options):
            name = tuple(options)[variant % len(options)]
            words = (*options[name], name)[0]
        case NameAnswer():
            words = walk.order[variant % 2]
        case NumberAnswer():
            words = NUMBER.example
        case DurationAnswer():
            words = DURATION.example
        case TimeAnswer():
            words = "tomorrow at seven"
    return Reaction(ANSWERING, words)
