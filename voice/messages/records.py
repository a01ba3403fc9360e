"""What the journal holds, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

# ---- what is kept ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """A line that someone asked to keep. who, for_whom: "" where it is of both, or for nobody in particular.

    frame: how the text goes on from "I appreciate": "that" (that Sam picked up the kids), "for" (thank you for picking
    up the kids) or "line" (said as it is).
    kind: "appreciation", or what else it is, such as "need", "jar", "moment", "bucket" (see dialogue/note_kinds.py).
    done_at: when it was checked off, read or delivered; None: not yet. id: 0 until kept.
    """

    who: str
    for_whom: str
    text: str
    frame: str
    said_at: datetime
    id: int = 0
    kind: str = "appreciation"
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt that was read aloud. round: how often its deck had been used up before."""

    prompt: str
    deck: str
    asked_at: datetime
    round: int = 0


@dataclass(frozen=True, slots=True)
class OwnPrompt:
    """A question that the couple added by voice. id: 0 until kept."""

    text: str
    id: int = 0


class TimerKind(StrEnum):
    """What a timer is for. The values are those of the journal."""

    TIMER = "timer"
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
class Records:
    """Everything the journal holds, as values; read anew after every write.

    asked: oldest first. timers: those not yet rung or cancelled. reminders: those still to come.
    done: (what, local ISO date) pairs, such as ("nightly recap", "2026-11-23").
    settings: small texts kept between runs ("began last": "Alex").
    """

    notes: tuple[Note, ...] = ()
    asked: tuple[Asked, ...] = ()
    timers: tuple[Timer, ...] = ()
    done: frozenset[tuple[str, str]] = frozenset()
    settings: Mapping[str, str] = field(default_factory=dict)
    own_prompts: tuple[OwnPrompt, ...] = ()
    reminders: tuple[Reminder, ...] = ()

    @property
    def agreed_return(self) -> Reminder | None:
        """The end of a break that they agreed on; None while they take none."""
        return next((each for each in self.reminders if each.kind == ReminderKind.RETURN), None)
