"""The built-in slot types: one table of how each stands in a template, what fills it, and how its value is read.

A slot of any other name takes one of a few words, from a list of the pack. A new type is an entry of SLOT_TYPES.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import NamedTuple

from voice.language.moments.lengths import duration_in
from voice.language.moments.quantities import durations, last_duration
from voice.language.text import DURATION_TEMPLATE, NUMBER_TEMPLATE, SMALL, TENS, numbers, speak_duration, speak_number
from voice.language.times import AT, TIME_TEMPLATE, TimeOfDay, speak_time, times
from voice.messages.meaning import Slots

Value = str | float


class Filler(Enum):
    """What fills a slot."""

    QUANTITY = auto()
    """What `find` finds among the words; one token of a sentence."""
    WORDS = auto()
    """A few words that nobody could list."""
    LINE = auto()
    """Any words, kept as they were heard."""
    PARTNER = auto()
    """The name of a partner, however it was spelled."""
    LISTED = auto()
    """One of a list: of the pack, or of what only a running house knows."""


FREE = (Filler.WORDS, Filler.LINE)  # nobody knows the words beforehand


class Found(NamedTuple):
    """A quantity in a row of words."""

    value: Value
    """In the unit of its type."""
    start: int
    """Index of its first word."""
    end: int
    """Index after its last word."""
    more: bool = False
    """It was said as "five more minutes"."""


def _nothing(plain_words: Sequence[str]) -> Sequence[Found]:
    return ()


def _never(plain_words: Sequence[str]) -> Value | None:
    return None


@dataclass(frozen=True, slots=True)
class SlotType:
    """A kind of slot."""

    name: str
    """As it stands in a template, between braces."""
    filler: Filler
    """What fills it."""
    example: str
    """What one may say for it."""
    widest: int = 0
    """Words that it is said in at most; 0: any number."""
    unit: str = ""
    """What its value counts; "" for a mere number, and for words."""
    template: str = ""
    """QUANTITY: every way to say it, for the word graph."""
    find: Callable[[Sequence[str]], Sequence[Found]] = _nothing
    """QUANTITY: all of them among plain words, from left to right."""
    in_own_words: Callable[[Sequence[str]], Value | None] = _never
    """Its value in the plain words of a sentence that no template has; None where it must be framed or named."""
    samples: tuple[str, ...] = ()
    """QUANTITY: some ways to say it, for an engine that takes whole phrases."""
    alike: str = ""
    """QUANTITY: what stands for any of them where the head learns; "" where it matters which."""
    speak: Callable[[float], str] = "{:g}".format
    """A value that is no text, for the ear."""
    leader: str = ""
    """LINE: the slot that it begins with."""
    into: str = ""
    """LINE: the slot of the match that takes it, with what its leader says; "": that of its own name."""

    @property
    def token(self) -> str:
        """How it stands in a template and among the tokens of a sentence."""
        return f"{{{self.name}}}"

    @property
    def key(self) -> str:
        """The slot of a match that it fills."""
        return self.into or self.name

    def said_in(self, slots: Slots) -> str:
        """What the slots of a match have for it, as text; "" for nothing."""
        return str(slots.get(self.key, ""))

    def amount_in(self, slots: Slots, otherwise: float) -> float:
        """What the slots of a match have for it, in its unit. Raises ValueError for words."""
        return float(slots.get(self.key, otherwise))


# ---- how the quantities are read --------------------------------------------------------------------

_BARE_MINUTES = re.compile(
    rf"\b(?:in|for|of|like|say"
    rf"|about) ((?:{'|'.join((*SMALL[1:], *TENS))})(?: (?:{'|'.join(SMALL[1:10])}))?)\b"
    r"(?: and a (half|quarter)\b)?(?! (?:of|times?))"
)
_SAMPLE_SECONDS = (*range(10, 60, 5), *range(60, 3600, 60), 90, 150, 3600, 5400, 7200)
_SAMPLE_MINUTES = range(6 * 60, 24 * 60, 15)  # since midnight


def _durations(plain_words: Sequence[str]) -> Sequence[Found]:
    return [Found(each.value, each.start, each.end, each.more) for each in durations(plain_words)]


def _numbers(plain_words: Sequence[str]) -> Sequence[Found]:
    return [Found(each.value, each.start, each.end) for each in numbers(plain_words)]


def _times(plain_words: Sequence[str]) -> Sequence[Found]:
    return [Found(speak_time(each.time, part=True), each.start, each.end) for each in times(plain_words)]


def _last_duration(plain_words: Sequence[str]) -> float | None:
    """The last duration, or the minutes of "wake us in twenty"; in seconds."""
    if (seconds := last_duration(plain_words)) is not None:
        return seconds
    said = " ".join(plain_words)
    bare = None if duration_in(said) else _BARE_MINUTES.search(said)
    if bare is None:
        return None
    part = {"half": 0.5, "quarter": 0.25}.get(bare[2] or "", 0.0)
    return 60.0 * (numbers(bare[1].split())[0].value + part)


def _last_time(plain_words: Sequence[str]) -> Value | None:
    found = _times(plain_words)
    return found[-1].value if found else None


# ---- the table --------------------------------------------------------------------------------------

DURATION = SlotType(
    "duration",
    Filler.QUANTITY,
    "twenty minutes",
    widest=11,
    unit="seconds",
    template=DURATION_TEMPLATE,
    find=_durations,
    in_own_words=_last_duration,
    samples=tuple(map(speak_duration, _SAMPLE_SECONDS)),
    alike="ten minutes",
    speak=speak_duration,
)
NUMBER = SlotType(
    "number",
    Filler.QUANTITY,
    "three",
    widest=5,
    template=NUMBER_TEMPLATE,
    find=_numbers,  # never in own words: there a number may be anything
    samples=(*SMALL, *TENS),
)
TIME = SlotType(  # its value is in words, such as "half past seven in the evening"
    "time",
    Filler.QUANTITY,
    "half past seven in the evening",
    widest=7,
    template=TIME_TEMPLATE,
    find=_times,
    in_own_words=_last_time,
    samples=tuple(speak_time(TimeOfDay(minutes), part=True) for minutes in _SAMPLE_MINUTES),
    alike="eight oclock",
)
TIMER = SlotType("timer", Filler.WORDS, "green tea", widest=2)
CALLED = SlotType("called", Filler.WORDS, "Maya and Tomás", widest=6)  # names that nobody knows yet; no speech
TEXT = SlotType("text", Filler.LINE, "we danced in the kitchen")
NAME = SlotType("name", Filler.PARTNER, "Sam", widest=4)  # "all the way soon" for Oluwaseun
CLAUSE = SlotType("clause", Filler.LINE, "Sam picked up the kids", leader=NAME.name, into=TEXT.name)
DECK = SlotType("deck", Filler.LISTED, "dreams")
CHOICE = SlotType("choice", Filler.LISTED, "the sofa")

OWN_DECK = "our own"  # the value of {deck} for the questions that were added by voice
ABOUT = "about"  # the group of a frame that holds a topic in their own words
NO_DECK = "no deck"  # the slot of a match whose topic no deck is about: the nearest decks, a line each
TOPIC = "topic"  # what may be left out; a list
NO_TOPIC = "no topic"  # the slot of a match that leaves out what is no topic: the nearest topics, a line each

SLOT_TYPES = {slot.name: slot for slot in (DURATION, NUMBER, TIME, TIMER, CALLED, TEXT, CLAUSE, NAME, DECK, CHOICE)}
"""Name -> type. Quantities are looked for in this order."""


def quantities() -> tuple[SlotType, ...]:
    """The types that are found among words."""
    return tuple(slot for slot in SLOT_TYPES.values() if slot.filler is Filler.QUANTITY)


def filler_of(name: str) -> Filler:
    """What fills a slot of this name; a slot of the pack's own is filled from its list."""
    return SLOT_TYPES[name].filler if name in SLOT_TYPES else Filler.LISTED


def key_of(name: str) -> str:
    """The slot of a match that a slot of a template fills: "clause" -> "text"."""
    return SLOT_TYPES[name].key if name in SLOT_TYPES else name


def parts_of(name: str) -> frozenset[str]:
    """The slots that a slot of a template stands for: a "clause" is a name and a text."""
    slot = SLOT_TYPES.get(name)
    return frozenset({slot.leader, slot.key}) if slot and slot.leader else frozenset({name})


def found_in(plain_words: Sequence[str]) -> Mapping[str, Sequence[Found]]:
    """Every quantity among plain words: name of its type -> all of them, from left to right."""
    return {slot.name: found for slot in quantities() if (found := slot.find(plain_words))}


def with_leaders(sentence: str) -> str:
    """A sentence with the slots that others begin with: "that {clause}" -> "that {name} {clause}"."""
    for slot in SLOT_TYPES.values():
        if slot.leader:
            sentence = sentence.replace(slot.token, f"{{{slot.leader}}} {slot.token}")
    return sentence


# ---- slots -> what is said --------------------------------------------------------------------------

_TOKEN = re.compile(r"\{(\w+)\}")


def slots_to_text(sentence: str, slots: Slots) -> str:
    """A sentence for the ear: its slots filled with what they stand for, left out where that is not known."""
    values = {name: _spoken(name, value) for name, value in slots.items()}
    values |= {slot.name: values.get(slot.key, "") for slot in SLOT_TYPES.values() if slot.into}
    return " ".join(_TOKEN.sub(lambda found: values.get(found[1], ""), sentence).split())


def _spoken(name: str, value: Value) -> str:
    if isinstance(value, str):
        return value
    return SLOT_TYPES[name].speak(value) if name in SLOT_TYPES else f"{value:g}"


def moment_said(slots: Slots) -> str:
    """The slots every, day and time of an answer as words that `voice.language.moments` understands; "" for none.

    A mere number ("seven") is an hour.
    """
    day = " ".join(str(slots[slot]) for slot in ("every", "day") if slots.get(slot))
    hour = slots.get(NUMBER.name)
    time = TIME.said_in(slots) or (speak_number(int(hour)) if isinstance(hour, float) else "")
    return " ".join(filter(None, (day, f"{AT} {time}" if time else "")))
