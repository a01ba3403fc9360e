"""The steps of guided sessions, one class for each kind; they lie in a row, and jumps lead to their indices."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from voice.messages.records import NoteKind, ReminderKind


class Who(StrEnum):
    """Whose a step is."""

    ONE = "one"
    """The partner whose turn it is."""
    EACH = "each"
    """Both partners, one after the other."""
    BOTH = "both"
    """Both partners together."""


class Period(StrEnum):
    """The time from which kept lines are read. The values are those of packs."""

    TONIGHT = "tonight"
    """Since five in the morning."""
    WEEK = "week"
    """The last 7 days."""
    MONTH = "month"
    """The last 31 days."""
    THIS_DAY = "this day"
    """The same day of the same month in earlier years; where there is none, the same day of earlier months."""
    LAST = "last"
    """The newest line of each partner."""
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Repetition:
    """The repetition that a step belongs to."""

    number: int
    """Which time this is, from 1."""
    end: int
    """Index of the step after the last time: "no more" goes on there."""


# ---- what kinds of steps have in common ---------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class AnyStep:
    """A step of any kind."""

    repetition: Repetition | None = None
    """The repetition that the step belongs to; None: it is taken once."""

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every line that it may say, for either partner."""
        return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken(AnyStep):
    """A step with a line of its own."""

    lines: tuple[str, ...] = ()
    """Wordings, one of which is said first; {name} has the turn, {other} listens. None: nothing is said."""

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every line that it may say."""
        return self.lines


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver(Spoken):
    """A step that a partner takes."""

    then: tuple[str, ...] = ()
    """Wordings for the second partner of an EACH step; none: `lines`."""
    who: Who = Who.ONE
    """Whose step it is."""
    swap: bool = False
    """From this step on the other partner begins."""

    @property
    def wordings(self) -> tuple[str, ...]:
        """Every line that it may say, those for the second partner too."""
        return (*self.lines, *self.then)


# ---- what a ListenFor asks for ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class WordsAnswer:
    """Dictated words."""

    stems: tuple[str, ...] = ()
    """Beginnings that the line is kept without ("I feel")."""
    lead: str = ""
    """Begins a line that tells how something felt, and does not say so itself: "left out" -> "it felt left out"."""


@dataclass(frozen=True, slots=True)
class YesNoAnswer:
    """A yes or a no."""


@dataclass(frozen=True, slots=True)
class ChoiceAnswer:
    """One of a few things."""

    options: Mapping[str, tuple[str, ...]]
    """Name of each option -> further ways to say it."""


@dataclass(frozen=True, slots=True)
class NumberAnswer:
    """A number."""


@dataclass(frozen=True, slots=True)
class NameAnswer:
    """The name of a partner."""


@dataclass(frozen=True, slots=True)
class DurationAnswer:
    """A length of time."""

    least: float = 0.0
    """Seconds that it is at least."""
    most: float = float("inf")
    """Seconds that it is at most."""


@dataclass(frozen=True, slots=True)
class TimeAnswer:
    """A moment: a time of day, a day, how often."""


Answer = WordsAnswer | YesNoAnswer | ChoiceAnswer | NumberAnswer | NameAnswer | DurationAnswer | TimeAnswer


# ---- the kinds ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class SayLine(Spoken):
    """A line is said."""

    swap: bool = False
    """From this step on the other partner begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask(AnyStep):
    """A prompt is read."""

    deck: str = ""
    """Name of the deck or family; "" for any."""
    depth: int = 2
    """The deepest prompt that may be read."""
    about: str = ""
    """The topic that its prompts touch, as long as there is one; "" for any."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn(HandedOver):
    """People speak."""

    seconds: float
    """Seconds after which a soft bell rings; nobody is cut off."""
    fixed: bool = False
    """Its length stays when the session is made longer or shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet(Spoken):
    """Nothing happens for a while."""

    seconds: float
    """Seconds that it takes."""
    bell: bool = False
    """A soft bell rings at its end."""
    fixed: bool = False
    """Its length stays when the session is made longer or shorter."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breathe(Spoken):
    """Slow breaths with tones."""

    breaths: int
    """Number of breaths."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RunTimer(AnyStep):
    """A timer begins; it runs on beside the session and after it."""

    seconds: float
    """Seconds that it takes."""
    name: str
    """Its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ListenFor(HandedOver):
    """An answer goes into a variable."""

    answer: Answer
    """What is asked for."""
    into: str
    """The variable that takes the answer, for as long as the session lasts."""
    otherwise: str = ""
    """What silence means; "" for nothing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepNote(HandedOver):
    """A partner says a line to keep."""

    note: NoteKind = NoteKind.APPRECIATION
    """Kind of the note that the line becomes."""
    nudge: bool = False
    """A vague line is asked about, once a session."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recap(AnyStep):
    """Kept lines are read."""

    period: Period = Period.TONIGHT
    """The period whose lines are read."""
    note: NoteKind = NoteKind.APPRECIATION
    """Kind of the notes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remind(AnyStep):
    """A reminder is set. Its name, `at`, `every` and `offers` may each be the variable that says it."""

    name: str = ""
    """Text of the reminder."""
    note: str = ReminderKind.REMINDER
    """Kind of the reminder."""
    at: str = ""
    """When it comes; "": after `seconds`."""
    seconds: float = 0.0
    """Seconds after which it comes, where `at` is ""."""
    every: str = ""
    """How often it comes; "" for once."""
    offers: str = ""
    """The intent that it offers to run; "" for none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choose(AnyStep):
    """A jump that the value of a variable decides."""

    variable: str
    """The variable."""
    cases: Mapping[str, int] = field(default_factory=dict)
    """Value -> index of the step to go on to."""
    otherwise: int = 0
    """Index of the step to go on to for any other value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Go(AnyStep):
    """A jump."""

    target: int
    """Index of the step to go on to."""


Step = SayLine | Ask | Turn | Quiet | Breathe | RunTimer | ListenFor | KeepNote | Recap | Remind | Choose | Go
TakesTime = Turn | Quiet | Breathe
"""Steps that go on after their line was said."""

STEP_TYPES: Mapping[str, type[Step]] = {
    "say": SayLine,
    "ask": Ask,
    "turn": Turn,
    "quiet": Quiet,
    "breathe": Breathe,
    "timer": RunTimer,
    "listen": ListenFor,
    "keep": KeepNote,
    "recap": Recap,
    "remind": Remind,
    "choose": Choose,
}
"""The word for a kind of step in scripts, settings and intents -> the kind. A Go has none: only branches make it."""

WORDS: Mapping[type[Step], str] = {kind: word for word, kind in STEP_TYPES.items()}
"""A kind of step -> its word in scripts."""
