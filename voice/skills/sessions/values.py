"""The value in what people say to a question of a session: a choice, a length, a time, a number, a name."""

import re
from collections.abc import Mapping
from datetime import datetime

from voice.content.steps import (
    Answer,
    ChoiceAnswer,
    DurationAnswer,
    NameAnswer,
    NumberAnswer,
    TimeAnswer,
    WordsAnswer,
    YesNoAnswer,
)
from voice.language.bare_values import duration_alone, moment_alone, option_alone
from voice.language.moments.reading import Moment, completed, moment_in
from voice.language.moments.speech import speak_clock
from voice.language.moments.unclear import Unclear
from voice.language.slots import CHOICE, DURATION, NAME, NUMBER, moment_said
from voice.messages.meaning import Match

ORDINALS = ("first", "second", "third")  # values of the slot {position}

Values = Mapping[str, str | float]

_EVERY_PART = dict.fromkeys(("every morning", "every evening", "every night"), "every day")
"""Values of the slot {every} that a choice of day, week or month has under another name."""
_OFTEN = {"FREQ=DAILY": "every day", "FREQ=WEEKLY": "every week", "FREQ=MONTHLY": "every month"}
"""Beginning of a rule by RFC 5545 -> the form of a choice that it is."""
_RECURS = re.compile(r"^(?:(?:every|each|weekly|monthly|once a week|once a month)[\s,]+(?:on )?)+", re.IGNORECASE)


def value_of(answer: Answer, said: Match, now: datetime) -> str | float | None:
    """What was said, where this answer was asked for; None: it is no answer to that."""
    slots = said.slots
    match answer:
        case ChoiceAnswer(options=options):
            return _chosen(options, slots)
        case TimeAnswer():
            return _when(said, now) or None
        case NumberAnswer():
            return slots.get(NUMBER.name)
        case NameAnswer():
            return slots.get(NAME.name)
        case DurationAnswer():
            return slots.get(DURATION.name)
        case WordsAnswer() | YesNoAnswer():
            return None


def _when(said: Match, now: datetime) -> str:
    """The words that say when; with all of several days, of which a slot holds one."""
    moment = moment_in(said.text, now)
    names_several = moment.rule or moment.unclear is Unclear.UNSUPPORTED
    return moment.words if names_several else moment_said(said.slots)


def _chosen(options: Mapping[str, tuple[str, ...]], slots: Values) -> str | None:
    """The option that was named, by one of its forms or by its position."""
    names = tuple(options)
    choice, place = CHOICE.said_in(slots), str(slots.get("position", ""))
    if place in ORDINALS[: len(names)]:
        return names[ORDINALS.index(place)]
    said = choice or _EVERY_PART.get(str(slots.get("every", "")), "")
    return next((name for name, forms in options.items() if said and said in (name, *forms)), None)


def value_in_words(answer: Answer, text: str, now: datetime) -> str | float | None:
    """The value in an utterance that no sentence of the pack has: "I don't know, an hour?", "on Sundays"."""
    match answer:
        case DurationAnswer():
            return duration_alone(text)
        case TimeAnswer():
            moment = moment_alone(text, now)
            return moment.words if moment else None
        case ChoiceAnswer(options=options):
            names, moment = tuple(options), moment_alone(text, now)
            number = option_alone(text, [(name, *options[name]) for name in names])
            often = _OFTEN.get(_rule(moment, now).split(";")[0], "") if moment else ""
            return next((name for name in names if often in options[name]), None) if number is None else names[number]
        case _:
            return None


def when_told(answer: Answer, text: str, now: datetime) -> str:
    """The day, or the day and the time, that were said with a choice of day, week or month; "" for none."""
    moment = moment_alone(text, now) if isinstance(answer, ChoiceAnswer) else None
    if moment is None or not moment.names_day:
        return ""
    is_daily = moment.first and moment.rule.startswith("FREQ=DAILY")
    return f"at {speak_clock(moment.first)}" if moment.first and is_daily else _RECURS.sub("", moment.words)


def is_clear(when: str, now: datetime) -> bool:
    """Whether words that say when leave nothing open."""
    return bool(when) and moment_in(when, now).first is not None


def with_day(told: str, when: str, now: datetime) -> str:
    """A time on the day that was told before, unless another day is said with it."""
    return when if not told or moment_in(when, now).names_day else f"{told} at {when.removeprefix('at ')}"


def _rule(moment: Moment, now: datetime) -> str:
    """How it comes again, whatever the time of day; "" for once."""
    return moment.rule or completed(moment.words, "at noon", now).rule
