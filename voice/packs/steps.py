"""Reads one step of a session: a table says which keys each kind of step may have, and how their values are read."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from voice.content import DEEPEST, LIGHTEST
from voice.content.steps import (
    STEP_TYPES,
    Answer,
    ChoiceAnswer,
    DurationAnswer,
    ListenFor,
    NameAnswer,
    NumberAnswer,
    Period,
    Step,
    TimeAnswer,
    Who,
    WordsAnswer,
    YesNoAnswer,
)
from voice.files.fields import Fields
from voice.language.moments.quantities import seconds_in
from voice.language.slots import CHOICE, DURATION, NAME, NUMBER, TIME
from voice.messages.records import NoteKind, ReminderKind

LONGEST_STEP = 4 * 3600.0  # seconds
MOST_BREATHS = 100

Read = Callable[[Fields, str], Any]
"""Reads the value of a key; where it is wrong, it notes the mistake and returns an empty value."""
ReadLines = Callable[[Fields, str], tuple[str, ...]]
"""Reads the wordings of a key, with the placeholders of the session."""


@dataclass(frozen=True, slots=True)
class Form:
    """How something with keys is written."""

    keys: tuple[str, ...]
    """The keys it may have; `- word: value` gives the first of them."""
    needs: tuple[str, ...] = ()
    """The keys that it must have."""


@dataclass(frozen=True, slots=True)
class StepForm(Form):
    """How a step of one kind is written. The fields of its class are named like its keys."""

    values: Mapping[str, Read] = field(default_factory=dict)
    """Key -> how its value is read. The other keys hold wordings, or belong to the answer."""


@dataclass(frozen=True, slots=True)
class AnswerForm:
    """How an answer of one kind is asked for."""

    make: Callable[..., Answer]
    """Its class; the fields are named like the keys."""
    values: Mapping[str, Read] = field(default_factory=dict)
    """Key -> how its value is read."""


# ---- values -------------------------------------------------------------------------------------------


def _seconds(fields: Fields, key: str) -> float:
    return fields.number(key, 0.0, most=LONGEST_STEP)


def _flag(fields: Fields, key: str) -> bool:
    return fields.boolean(key, False)


def _text(fields: Fields, key: str) -> str:
    return fields.text(key, "")


def _who(fields: Fields, key: str) -> Who:
    return Who(fields.choice(key, tuple(Who), Who.ONE))


def _period(fields: Fields, key: str) -> Period:
    return Period(fields.choice(key, tuple(Period), Period.TONIGHT))


def _kind_of_note(fields: Fields, key: str) -> NoteKind:
    return NoteKind(fields.choice(key, tuple(NoteKind), NoteKind.APPRECIATION))


def _kind_of_reminder(fields: Fields, key: str) -> str:
    return fields.text(key, ReminderKind.REMINDER)


def _breaths(fields: Fields, key: str) -> int:
    return fields.count(key, 0, most=MOST_BREATHS)


def _depth(fields: Fields, key: str) -> int:
    return fields.count(key, 2, least=LIGHTEST, most=DEEPEST)


def _options(fields: Fields, key: str) -> dict[str, tuple[str, ...]]:
    options = fields.section(key)
    if not options.names:
        fields.mistake("answer", f'expected "{key}" for a choice')
    return {name: options.texts(name) for name in options.names}


def _least(fields: Fields, key: str) -> float:
    return _spoken(fields, key, 0.0)


def _most(fields: Fields, key: str) -> float:
    return _spoken(fields, key, float("inf"))


def _spoken(fields: Fields, key: str, otherwise: float) -> float:
    """A duration as people say it, in seconds; `otherwise` when none is given."""
    text = fields.text(key, "")
    seconds = seconds_in(text) if text else otherwise
    if seconds is None:
        fields.mistake(key, f'expected a duration such as "twenty minutes"; found "{text}"')
    return otherwise if seconds is None else seconds


def _text_or_none(fields: Fields, key: str) -> str:
    return fields.text(key, "")


# ---- the tables ---------------------------------------------------------------------------------------

WORDINGS = ("lines", "then")

ANSWERS: Mapping[str, AnswerForm] = {
    "words": AnswerForm(WordsAnswer, {"stems": Fields.texts, "lead": _text_or_none}),
    "yes_no": AnswerForm(YesNoAnswer),
    CHOICE.name: AnswerForm(ChoiceAnswer, {"options": _options}),
    NUMBER.name: AnswerForm(NumberAnswer),
    NAME.name: AnswerForm(NameAnswer),
    DURATION.name: AnswerForm(DurationAnswer, {"least": _least, "most": _most}),
    TIME.name: AnswerForm(TimeAnswer),
}
"""The value of `answer` -> how it is asked for."""

OF_ANSWERS = tuple(key for form in ANSWERS.values() for key in form.values)
"""The keys of a "listen" step that belong to its answer."""

FORMS: Mapping[str, Form] = {
    "say": StepForm(("lines", "swap"), ("lines",), {"swap": _flag}),
    "ask": StepForm(("deck", "depth", "about"), (), {"deck": _text, "depth": _depth, "about": _text}),
    "turn": StepForm(
        ("lines", "seconds", "then", "who", "swap", "fixed"),
        ("lines", "seconds"),
        {"seconds": _seconds, "who": _who, "swap": _flag, "fixed": _flag},
    ),
    "quiet": StepForm(
        ("seconds", "lines", "bell", "fixed"),
        ("seconds",),
        {"seconds": _seconds, "bell": _flag, "fixed": _flag},
    ),
    "breathe": StepForm(("breaths", "lines"), ("breaths",), {"breaths": _breaths}),
    "timer": StepForm(("seconds", "name"), ("seconds", "name"), {"seconds": _seconds, "name": _text}),
    "listen": StepForm(
        ("answer", "into", "lines", "then", "who", "swap", "otherwise", *OF_ANSWERS),
        ("answer", "into", "lines"),
        {"into": _text, "who": _who, "swap": _flag, "otherwise": _text},
    ),
    "keep": StepForm(
        ("lines", "note", "nudge", "then", "who", "swap"),
        ("lines",),
        {"note": _kind_of_note, "nudge": _flag, "who": _who, "swap": _flag},
    ),
    "recap": StepForm(("period", "note"), (), {"period": _period, "note": _kind_of_note}),
    "remind": StepForm(
        ("name", "note", "at", "seconds", "every", "offers"),
        ("note",),
        {"note": _kind_of_reminder, "seconds": _seconds} | dict.fromkeys(("name", "at", "every", "offers"), _text),
    ),
    "choose": Form(("into", "cases", "otherwise"), ("into", "cases")),
    "repeat": Form(("times", "steps"), ("times", "steps")),
    "include": Form(("script",), ("script",)),
}
"""The word of a step -> how it is written."""

_ALL_KEYS = frozenset(key for form in FORMS.values() for key in form.keys)


# ---- reading ------------------------------------------------------------------------------------------


def read_step(word: str, fields: Fields, read_lines: ReadLines) -> Step:
    """The step that begins with a word, which must be one of a StepForm."""
    form = FORMS[word]
    assert isinstance(form, StepForm), "the other forms are laid out as several steps"
    found = {key: read(fields, key) for key, read in form.values.items()}
    found |= {key: read_lines(fields, key) for key in WORDINGS if key in form.keys}
    if word == "listen":
        return ListenFor(answer=_answer(fields), **found)
    return STEP_TYPES[word](**found)


def _answer(fields: Fields) -> Answer:
    """What a "listen" step asks for."""
    word = fields.choice("answer", tuple(ANSWERS), "")
    form = ANSWERS.get(word)
    if form is None:
        for key in OF_ANSWERS:
            fields.node(key)  # it may belong to the answer that was meant
        return YesNoAnswer()
    if word == DURATION.name:
        _spoken(fields, "otherwise", 0.0)
    for key in OF_ANSWERS:
        if key not in form.values and fields.node(key) is not None:
            fields.mistake(key, f'an answer "{word}" has no "{key}"')
    return form.make(**{key: read(fields, key) for key, read in form.values.items()})


def finish_step(word: str, fields: Fields) -> None:
    """Note every key that does not belong to this kind of step."""
    for key in fields.names:
        if key in _ALL_KEYS and key not in FORMS[word].keys:
            fields.node(key)
            fields.mistake(key, f'a step "{word}" has no "{key}"')
    fields.finish()
