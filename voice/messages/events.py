"""Events: what happens to the assistant."""

from dataclasses import dataclass
from enum import StrEnum

from voice.messages.actions import Action
from voice.messages.meaning import Addressing, Match, NoMatch
from voice.messages.recognition import Voice

# ---- events: what happens to the assistant --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Started:
    """The session begins (or begins again after a restart)."""

    at: float
    """Seconds of the session."""


@dataclass(frozen=True, slots=True)
class Understood:
    """Somebody said or typed something that can be said now."""

    match: Match
    """What it means."""
    at: float
    """Seconds of the session."""
    typed: bool = False
    """Whether it came from the keyboard, which opens every lock."""
    addressed: bool = False
    """Whether it was said to Hearthside, and so wants an answer."""
    voice: Voice | None = None
    """Whose voice said it; None where that is not known."""


@dataclass(frozen=True, slots=True)
class NotUnderstood:
    """Somebody said something that means nothing now."""

    no_match: NoMatch
    """Why it means nothing."""
    at: float
    """Seconds of the session."""
    addressing: Addressing = Addressing.OVERHEARD
    """Whether somebody spoke to Hearthside: then it is answered, whatever it was."""


@dataclass(frozen=True, slots=True)
class SpeechStarted:
    """Somebody began to speak (nothing is known of what)."""

    at: float
    """Seconds of the session."""


@dataclass(frozen=True, slots=True)
class PlaybackFinished:
    """Everything that was to be said has been said aloud."""

    at: float
    """Seconds of the session."""


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passes; at least once a second."""

    at: float
    """Seconds of the session."""


@dataclass(frozen=True, slots=True)
class ClockSet:
    """Somebody, or a time server, has set the wall clock."""

    seconds: float
    """Forward; below 0: back."""
    at: float
    """Seconds of the session."""


class Key(StrEnum):
    """The effect of a key. The runtime opens and closes the microphone itself."""

    STOP = "stop"
    QUIT = "quit"


@dataclass(frozen=True, slots=True)
class KeyPressed:
    """Somebody pressed a key."""

    key: Key
    """Its effect."""
    at: float
    """Seconds of the session."""


@dataclass(frozen=True, slots=True)
class StoreSucceeded:
    """A storing action is on the disk now."""

    action: "Action"
    """The action."""
    at: float
    """Seconds of the session."""


@dataclass(frozen=True, slots=True)
class StoreFailed:
    """A storing action did not reach the disk."""

    action: "Action"
    """The action."""
    line: str
    """The one line for the user."""
    at: float
    """Seconds of the session."""


Event = (
    Started
    | Understood
    | NotUnderstood
    | SpeechStarted
    | PlaybackFinished
    | Tick
    | ClockSet
    | KeyPressed
    | StoreSucceeded
    | StoreFailed
)
