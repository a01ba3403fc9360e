"""The steps of a session: how each begins, and how the answers that it asks for are stored."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import ClassVar

from voice.content import LIGHTEST
from voice.content.steps import (
    Answer,
    Ask,
    Breathe,
    DurationAnswer,
    HandedOver,
    KeepNote,
    ListenFor,
    Quiet,
    Recap,
    Remind,
    RunTimer,
    SayLine,
    Spoken,
    Step,
    TakesTime,
    TimeAnswer,
    Turn,
    Who,
    WordsAnswer,
    YesNoAnswer,
)
from voice.dialogue.decision import Decision
from voice.dialogue.dictation import as_need, as_part
from voice.dialogue.kept_lines import named_in
from voice.dialogue.state import Household, PendingQuestion
from voice.dialogue.walk import Walk
from voice.language.moments.quantities import seconds_in
from voice.language.person.shift import turned
from voice.language.text import fill, speak_duration, speak_number
from voice.messages.actions import SetTimer, TimerStatus
from voice.messages.recognition import Mode
from voice.messages.records import Timer, TimerKind
from voice.skills.notes import keep_note, read_aloud
from voice.skills.questions import asking, available
from voice.skills.reminders import reminders
from voice.skills.sessions.values import is_clear

Activity = TakesTime | ListenFor | KeepNote  # steps in which people do something: "back" and a restart lead there
SETTLE = 1.0  # seconds of silence before a line of a session
MODES: Mapping[type[Answer], Mode] = {WordsAnswer: Mode.WORDS, YesNoAnswer: Mode.YES_NO}
"""How to listen for an answer; any other: Mode.ANSWER."""

FOR_PARTNER = frozenset({"apology", "ask_need", "i_feel"})
"""Sessions whose answers become words that one says to the other."""

_VARIABLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class StepQuestion(PendingQuestion):
    """The question of a step of a session."""

    is_of_step: ClassVar[bool] = True
    """Every one of them is."""

    @property
    def is_gate(self) -> bool:
        """A question for a yes is a gate: the steps after a yes come only after a yes."""
        return self.mode is Mode.YES_NO

    @property
    def settled_by(self) -> frozenset[str]:
        """ "Change it" passes over a question, except where words are awaited."""
        return frozenset() if self.mode is Mode.WORDS else frozenset({"change"})

    def takes_session_on(self, yes: bool) -> bool:
        """Every answer advances the session."""
        return True


def begin(decision: Decision, walk: Walk, step: Step) -> bool:
    """Begin a step; False: there is nothing to wait for."""
    match step:
        case Ask():
            return _ask(decision, step)
        case ListenFor(answer=TimeAnswer()) if is_clear(walk.told, decision.here):
            store_answer(decision, walk.told)
        case ListenFor(answer=answer):
            decision.change(awaited=StepQuestion(mode=MODES.get(type(answer), Mode.ANSWER)))
            _say(decision, walk, step)
        case KeepNote(note=note):
            line, other = _line(decision, walk, step), decision.manners.other(walk.speaker)
            keep_note.ask_line(decision, note, walk.speaker, other, line)
        case Recap(note=note, period=period):
            read_aloud.read(decision, note, period, silent_when_none=True)
        case RunTimer(name=name):
            ends_at = decision.now + timedelta(seconds=walk.length)
            timer = Timer(TimerKind.QUIET, name, walk.length, ends_at)
            decision.act(SetTimer(timer, TimerStatus.STARTED))
        case Remind():
            reminders.from_step(decision, step, walk.values)
        case SayLine() | Turn() | Quiet() | Breathe() if step.lines:
            _say(decision, walk, step)
        case Turn() | Quiet() | Breathe():
            decision.change(walk=replace(walk, since=decision.at))
            return True
    return decision.state.speaking or decision.state.awaited is not None


def order_at(step: Step, walk: Walk) -> tuple[str, str]:
    """The partners in the order in which they take a step that comes next."""
    swap = isinstance(step, SayLine | HandedOver) and step.swap
    return (walk.order[1], walk.order[0]) if swap else walk.order


def is_fixed(step: Step | None) -> bool:
    """True if the step keeps its length when the session is made longer or shorter."""
    return isinstance(step, Turn | Quiet) and step.fixed


def length(step: Step, stretch: float) -> float:
    """Seconds of a turn, a quiet or a timer in a session that takes `stretch` times as long as written; else 0."""
    if not isinstance(step, Turn | Quiet | RunTimer):
        return 0.0
    return step.seconds if is_fixed(step) else step.seconds * stretch


def _ask(decision: Decision, step: Ask) -> bool:
    """Read a prompt of the deck or family that is named, else of any that may be asked from; said to who answers first.

    A script that names an opt-in deck has asked both before. A deck of which everything is left out gives way to the
    others, so that what follows has a question.
    """
    walk = decision.state.walk
    wanted = walk.depth if walk and walk.depth else step.depth
    depth = LIGHTEST if available.is_light(decision) else wanted
    at_depth = available.only(available.available_decks(decision, (step.deck,)), lambda prompt: prompt.depth <= depth)
    named = [deck for deck in at_depth if step.deck and step.deck in (deck.name, deck.family)]
    decks = available.only(named, lambda prompt: step.about in prompt.tags) or named or at_depth
    if not decks:
        return False
    choice = asking.draw(decision, decks, depth)
    asking.mark_asked(decision, choice)
    said = asking.addressed(decision.manners, choice.prompt.text, _first_to_answer(walk) if walk else "")
    if walk:
        decision.change(walk=replace(walk, asked=said))
    decision.say_text(said, pause=SETTLE)
    return True


def _first_to_answer(walk: Walk) -> str:
    """The one who begins the turn that follows a question; turns may change who begins."""
    after = walk.script.steps[walk.step + 1 : walk.step + 2]
    return order_at(after[0], walk)[0] if after else walk.speaker


# ---- what is said -------------------------------------------------------------------------------------


def _say(decision: Decision, walk: Walk, step: Spoken) -> None:
    line = _line(decision, walk, step)
    quotes = any(isinstance(answer, str) and answer and answer in line for answer in walk.values.values())
    decision.change(walk=replace(decision.state.walk or walk, line=line))
    decision.say_text(line, pause=SETTLE, quotes=quotes)


def _line(decision: Decision, walk: Walk, step: Spoken) -> str:
    """One of the wordings in which nothing is missing."""
    words = _words(walk, decision.manners)
    possible = _possible(_lines_of(step, walk.part), words)
    is_second = bool(_second_lines(step, walk.part))
    text = decision.wording(f"{walk.script.id} {walk.step} {is_second}", tuple(possible))
    return fill(text, words)


def filled(decision: Decision, text: str) -> str:
    """A line of the session with its placeholders replaced."""
    walk = decision.state.walk
    return fill(text, _words(walk, decision.manners)) if walk else text


def named(walk: Walk) -> str:
    """The one whose part it is, when the line said so; "" where the script does not know who speaks."""
    lines = _lines_of(walk.current, walk.part) if isinstance(walk.current, Spoken) else ()
    return walk.speaker if any("{name}" in line for line in lines) else ""


def can_be_said(step: Step, walk: Walk, manners: Household) -> bool:
    """Whether a step has no line, or one in which nothing is missing: an answer may have been passed over."""
    if not isinstance(step, Spoken) or not step.lines:
        return True
    words = _words(replace(walk, part=0), manners) | {"count": _count(step)}
    return any(True for _ in _possible(step.lines, words))


def _lines_of(step: Spoken, part: int) -> tuple[str, ...]:
    return _second_lines(step, part) or step.lines


def _second_lines(step: Spoken, part: int) -> tuple[str, ...]:
    """The wordings for the second partner, where it is their part and there are any."""
    return step.then if part and isinstance(step, HandedOver) else ()


def _possible(lines: Iterable[str], words: Mapping[str, str]) -> Iterable[str]:
    return (line for line in lines if all(name in words for name in _VARIABLE.findall(line)))


def _words(walk: Walk, manners: Household) -> dict[str, str]:
    """What stands for each placeholder now."""
    speaker = walk.speaker
    other = manners.other(speaker)
    words = {"name": speaker, "other": other, "count": _count(walk.current)}
    for key, value in walk.values.items():
        name, _, whose = key.partition("/")
        spoken = speak_duration(value) if isinstance(value, float) else value
        if spoken and whose in ("", speaker):
            words[name] = spoken
        if spoken and whose == other:
            words[f"{name}_other"] = spoken
    return words


def _count(step: Step | None) -> str:
    return speak_number(step.repetition.number if step and step.repetition else 0)


# ---- what people answer -------------------------------------------------------------------------------


def _to_partner(text: str, walk: Walk, manners: Household) -> str:
    """Words that are to be said to the partner: "I snapped at him" -> "I snapped at you"; whoever it is who speaks."""
    of = named_in(text, manners.partners) or manners.other(walk.speaker)
    return turned(text, of=of, by=manners.other(of)).text


def store_answer(decision: Decision, value: str | float) -> None:
    """Put an answer into its variable; "" is none, then what silence means counts."""
    walk = decision.state.walk
    assert walk is not None, "only called inside a session"
    step = walk.current
    assert isinstance(step, ListenFor), "a step asked for it"
    key = f"{step.into}/{walk.speaker}" if step.who is Who.EACH else step.into
    value = value or step.otherwise
    match step.answer:
        case DurationAnswer(least=least, most=most):
            seconds = seconds_in(value) if isinstance(value, str) else value
            value = "" if seconds is None else min(max(seconds, least), most)
        case WordsAnswer(stems=stems, lead=lead):
            names = {"name": walk.speaker, "other": decision.manners.other(walk.speaker)}
            text = _to_partner(str(value), walk, decision.manners) if walk.script.id in FOR_PARTNER else str(value)
            value = as_need(as_part(text, stems, walk.script.instead, names, lead), str(value), stems)
    decision.change(awaited=None, walk=replace(walk, values={**walk.values, key: value}))
