"""What the journal holds, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

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


@dataclass(frozen=True, slots=True)
class Timer:
    """A timer that survives a restart. kind: "timer", "hug", "promise" (give me two minutes), "minute" (to think,
    without a word), "phones" (away) or "unplugged" (an evening).

    name: as people call it ("tea", "hug", "20 minute"). seconds: the whole length.
    ends_at: when it rings, None while paused. left: seconds left, when paused.
    for_whom: who is waiting (promise). id: 0 until kept.
    """

    kind: str
    name: str
    seconds: float
    ends_at: datetime | None
    left: float = 0.0
    for_whom: str = ""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Reminder:
    """Something to be said at a time of day, once or again and again.

    at: when it comes next. every: "" once, else a rule by RFC 5545; older: "day", "weekdays", "week", "month",
    "month 31". text: what it is about, in the words of the one who asked for it. who: for whom it is, "" for both.
    kind: "reminder", "ritual", "promise", "date night", "unplugged", "return" (an agreed return to a talk), ...
    offers: the id of the session that it offers to begin, "" for none. seconds: how long a ritual takes, 0 unknown.
    made_at: since when it is kept, or was last agreed on. id: 0 until kept.
    """

    text: str
    at: datetime
    made_at: datetime
    every: str = ""
    who: str = ""
    kind: str = "reminder"
    offers: str = ""
    seconds: float = 0.0
    id: int = 0


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
