"""What the steps of a session do when they begin, and what becomes of the answers they ask for."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

from voice.content import Step
from voice.dialogue.decision import Decision
from voice.dialogue.dictation import as_part
from voice.dialogue.state import Household, PendingQuestion
from voice.dialogue.walk import Walk
from voice.language.moments.quantities import seconds_in
from voice.language.slots import CHOICE, DURATION, TIME, moment_said
from voice.language.text import SMALL, fill, speak_duration, speak_number
from voice.messages.actions import SetTimer, TimerStatus
from voice.messages.recognition import Mode
from voice.messages.records import Timer, TimerKind
from voice.skills.notes import keep_note, read_aloud
from voice.skills.questions import asking, available
from voice.skills.questions.deck_choice import LIGHTEST
from voice.skills.reminders import reminders

TAKE_TIME = ("turn", "quiet", "breathe")  # what goes on after its line was said
PLACES = (*TAKE_TIME, "listen", "keep")  # where people do something, so that "back" and a restart lead there
SETTLE = 1.0  # seconds of silence before a line of a session
MODES = {"words": Mode.WORDS, "yes_no": Mode.YES_NO}  # how to listen for an answer; any other: Mode.ANSWER
ORDINALS = ("first", "second", "third")  # values of the slot {position}

Values = Mapping[str, str | float]

_VARIABLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class StepQuestion(PendingQuestion):
    """What a "listen" step of a session asks for."""

    @property
    def settled_by(self) -> frozenset[str]:
        """ "Change it" passes over the question."""
        return frozenset({"change"})

    def takes_session_on(self, yes: bool) -> bool:
        """Every answer advances the session."""
        return True


def begin(decision: Decision, walk: Walk, step: Step) -> bool:
    """Begin a step; False: there is nothing to wait for."""
    match step.kind:
        case "ask":
            return _ask(decision, step)
        case "listen":
            mode = MODES.get(step.answer, Mode.ANSWER)
            decision.change(awaited=StepQuestion(mode=mode))
            _say(decision, walk, step)
        case "keep":
            line, other = _line(decision, walk, step), decision.manners.other(walk.speaker)
            keep_note.ask_line(decision, step.note, walk.speaker, other, line)
        case "recap":
            read_aloud.read(decision, step.note, step.period, silent_when_none=True)
        case "timer":
            ends_at = decision.now + timedelta(seconds=walk.length)
            timer = Timer(TimerKind.QUIET, step.name, walk.length, ends_at)
            decision.act(SetTimer(timer, TimerStatus.STARTED))
        case "remind":
            reminders.from_step(decision, step, walk.values)
        case _ if step.lines:
            _say(decision, walk, step)
        case _ if step.kind in TAKE_TIME:
            decision.change(walk=replace(walk, since=decision.at))
            return True
    return decision.state.speaking or decision.state.awaited is not None


def _ask(decision: Decision, step: Step) -> bool:
    """Read a prompt of the deck or family that is named, else of any that may be asked from.

    A script that names an opt-in deck has asked both before. A deck of which everything is left out gives way to the
    others, so that what follows has a question.
    """
    depth = LIGHTEST if available.is_light(decision) else step.depth
    shelf = available.only(available.available_decks(decision, (step.deck,)), lambda prompt: prompt.depth <= depth)
    named = [deck for deck in shelf if step.deck and step.deck in (deck.name, deck.family)]
    decks = named or shelf
    if not decks:
        return False
    choice = asking.draw(decision, decks, depth)
    asking.mark_asked(decision, choice)
    decision.say_text(choice.prompt.text, pause=SETTLE)
    return True


# ---- what is said -------------------------------------------------------------------------------------


def _say(decision: Decision, walk: Walk, step: Step) -> None:
    decision.say_text(_line(decision, walk, step), pause=SETTLE)


def _line(decision: Decision, walk: Walk, step: Step) -> str:
    """One of the wordings in which nothing is missing."""
    words = _words(walk, decision.manners)
    possible = _possible(_lines_of(step, walk.part), words)
    text = decision.wording(f"{walk.script.id} {walk.step} {bool(walk.part and step.then)}", tuple(possible))
    return fill(text, words)


def filled(decision: Decision, text: str) -> str:
    """A line of the session with its placeholders replaced."""
    walk = decision.state.walk
    return fill(text, _words(walk, decision.manners)) if walk else text


def named(walk: Walk) -> str:
    """The one whose part it is, when the line said so; "" where the script does not know who speaks."""
    lines = _lines_of(walk.current, walk.part) if walk.current else ()
    return walk.speaker if any("{name}" in line for line in lines) else ""


def can_be_said(step: Step, walk: Walk, manners: Household) -> bool:
    """Whether a step has no line, or one in which nothing is missing: an answer may have been passed over."""
    words = _words(replace(walk, part=0), manners) | {"count": _count(step)}
    return not step.lines or any(True for _ in _possible(step.lines, words))


def _lines_of(step: Step, part: int) -> tuple[str, ...]:
    return step.then if part and step.then else step.lines


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
    return speak_number(step.count) if step else SMALL[0]


# ---- what people answer -------------------------------------------------------------------------------


def store_answer(decision: Decision, value: str | float) -> None:
    """Put an answer into its variable; "" is none, then what silence means counts."""
    walk = decision.state.walk
    assert walk is not None, "only called inside a session"
    assert walk.current is not None, "a step asked for it"
    step = walk.current
    key = step.into if step.who != "each" else f"{step.into}/{walk.speaker}"
    value = value or step.otherwise
    if step.answer == DURATION.name:
        seconds = seconds_in(value) if isinstance(value, str) else value
        value = "" if seconds is None else min(max(seconds, step.least), step.most)
    elif step.answer == "words":
        names = {"name": walk.speaker, "other": decision.manners.other(walk.speaker)}
        value = as_part(str(value), step.stems, walk.script.instead, names)
    decision.change(awaited=None, walk=replace(walk, values={**walk.values, key: value}))


def value_of(step: Step, slots: Values) -> str | float | None:
    """What an answer means for a step that asked for it; None: it is no answer to that."""
    if step.answer == CHOICE.name:
        names = tuple(step.options)
        choice, place = CHOICE.said_in(slots), str(slots.get("position", ""))
        if place in ORDINALS[: len(names)]:
            return names[ORDINALS.index(place)]
        return next((name for name, forms in step.options.items() if choice and choice in (name, *forms)), None)
    if step.answer == TIME.name:
        return moment_said(slots) or None
    return slots.get(step.answer)
