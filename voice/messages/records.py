"""What the journal holds, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

# ---- what is kept ---------------------------------------------------------------------------------


class NoteKind(StrEnum):
    """The kinds of kept lines. The values are those of journal and packs.

    How each is treated stands in dialogue/note_kinds.py. Complaints have no kind, and so they are never kept.
    """

    APPRECIATION = "appreciation"
    WIN = "win"
    NEED = "need"
    WISH = "wish"
    JAR = "jar"
    """Sealed until jar night."""
    MOMENT = "moment"
    JOURNAL = "journal"
    NOTE = "note"
    """For the other one, handed over once."""
    MORNING = "morning"
    """For the other one, handed over once, from the next morning on."""
    LETTER = "letter"
    """A note that was handed over and is to stay."""
    BUCKET = "bucket"
    """Something to do together one day."""
    CLOSING = "closing"
    """One line to remember from a date night."""
    PROJECT = "project"


class CarrierPhrase(StrEnum):
    """The phrase after which a line is said. The values are those of the journal."""

    THAT = "that"
    """ "I appreciate that you picked up the kids"."""
    OF = "of"
    """ "I appreciate you cooking all week", "I appreciate your patience"."""
    FOR = "for"
    """ "Thank you for making dinner"."""
    LINE = "line"
    """None: it is said as it is."""


@dataclass(frozen=True, slots=True)
class Note:
    """A line that someone asked to keep."""

    who: str
    """Who said it; "" where it is of both."""
    for_whom: str
    """For whom it is; "" where it is for nobody in particular."""
    text: str
    """The line."""
    carrier: CarrierPhrase
    """The phrase after which the line is said."""
    said_at: datetime
    """When it was said."""
    id: int = 0
    """Row in the journal; 0 until it is kept."""
    kind: NoteKind = NoteKind.APPRECIATION
    """Its kind."""
    done_at: datetime | None = None
    """When it was checked off, read or delivered; None: not yet."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt that was read aloud."""

    prompt: str
    """Id of the prompt."""
    deck: str
    """Name of its deck."""
    asked_at: datetime
    """When it was read."""
    round: int = 0
    """How often its deck had been used up before."""


@dataclass(frozen=True, slots=True)
class OwnPrompt:
    """A question that the couple added by voice."""

    text: str
    """The question."""
    id: int = 0
    """Row in the journal; 0 until it is kept."""


class TimerKind(StrEnum):
    """What a timer is for. The values are those of the journal."""

    TIMER = "timer"
    ALARM = "alarm"
    """It rings at a time of day."""
    HUG = "hug"
    PROMISE = "promise"
    """ "Give me two minutes": one of them waits for the other."""
    SILENT = "minute"
    """A minute to think, without a word before or after."""
    PHONES = "phones"
    """The phones are away."""
    UNPLUGGED = "unplugged"
    """An evening without screens."""
    QUIET = "quiet"
    """Set by a session, which tells of it in its own words."""


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer that survives a restart."""

    kind: TimerKind
    """What it is for."""
    name: str
    """As people call it ("tea", "hug", "20 minute")."""
    seconds: float
    """The whole length in seconds."""
    ends_at: datetime | None
    """When it rings; None while it is paused."""
    left: float = 0.0
    """Seconds left while it is paused."""
    for_whom: str = ""
    """Who waits, for a promise."""
    id: int = 0
    """Row in the journal; 0 until it is kept."""


class ReminderKind(StrEnum):
    """Kinds of reminders that are treated in a way of their own. Practices and sessions use further kinds."""

    REMINDER = "reminder"
    RITUAL = "ritual"
    """After some weeks it is asked about."""
    PROMISE = "promise"
    UNPLUGGED = "unplugged"
    """It begins an evening without screens."""
    RETURN = "return"
    """An agreed return to a talk; it comes in quiet hours too."""
    DATE_NIGHT = "date night"


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to be said at a time of day, once or again and again."""

    text: str
    """What it is about, in the words of the one who asked for it."""
    at: datetime
    """When it comes next."""
    made_at: datetime
    """Since when it is kept, or when it was last agreed on."""
    every: str = ""
    """A rule by RFC 5545; "" for once. Older journals have "day", "weekdays", "week", "month" and "month 31"."""
    who: str = ""
    """For whom it is; "" for both."""
    kind: str = ReminderKind.REMINDER
    """A `ReminderKind`, or the kind that a practice or a session gives it ("check-in", "rough patch")."""
    offers: str = ""
    """The intent that it offers to run, such as a session or "ask"; "" for none."""
    seconds: float = 0.0
    """Seconds that a ritual takes; 0: unknown."""
    id: int = 0
    """Row in the journal; 0 until it is kept."""


@dataclass(frozen=True, slots=True)
class LearnedVoice:
    """How a partner sounds, learned with the consent of both."""

    who: str
    """The partner."""
    embedding: tuple[float, ...] = field(repr=False)
    """256 numbers, the length of which as a vector is 1."""
    id: int = 0
    """Row in the journal; 0 until it is kept."""


@dataclass(frozen=True, slots=True)
class Records:
    """Everything the journal holds, as values; read anew after every write."""

    notes: tuple[Note, ...] = ()
    """Lines that were kept."""
    asked: tuple[Asked, ...] = ()
    """Prompts that were read, oldest first."""
    timers: tuple[Timer, ...] = ()
    """Timers not yet rung or cancelled."""
    done: frozenset[tuple[str, str]] = frozenset()
    """Pairs of what was done and the local date (ISO): ("nightly recap", "2026-11-23")."""
    settings: Mapping[str, str] = field(default_factory=dict)
    """Small texts kept between runs ("began last": "Alex")."""
    own_prompts: tuple[OwnPrompt, ...] = ()
    """Questions that the couple added."""
    reminders: tuple[Reminder, ...] = ()
    """Reminders still to come."""
    voices: tuple[LearnedVoice, ...] = ()
    """How the two sound; none unless both have agreed to that."""

    @property
    def agreed_return(self) -> Reminder | None:
        """The end of a break that they agreed on; None while they take none."""
        return next((each for each in self.reminders if each.kind == ReminderKind.RETURN), None)
