"""Actions: what the assistant wants done."""

from dataclasses import dataclass

from voice.messages.recognition import WAIT_DEFAULT, Mode
from voice.messages.records import Asked, Note, OwnPrompt, Reminder, Timer

# ---- actions: what the assistant wants done -------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Say:
    """Say this aloud. register: "dinner" or "bedtime". pause: seconds of silence before it."""

    text: str
    register: str = "dinner"
    pause: float = 0.0


@dataclass(frozen=True, slots=True)
class Chime:
    """Play a short sound. name: a key of CHIMES in voice/sound/chimes.py ("hello", "got it", "time", "ring", ...)."""

    name: str
    register: str = "dinner"


@dataclass(frozen=True, slots=True)
class StopSpeaking:
    """Stop speaking and chiming at once; forget what was still to be said."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Listen like this from now on."""

    mode: Mode
    patience: float = WAIT_DEFAULT
    longest: float = 15.0


@dataclass(frozen=True, slots=True)
class Keep:
    """Write this note down (new when its id is 0, else changed)."""

    note: Note


@dataclass(frozen=True, slots=True)
class Forget:
    """Remove this note for good."""

    note: Note


@dataclass(frozen=True, slots=True)
class MarkAsked:
    """Remember that this prompt was read."""

    asked: Asked


@dataclass(frozen=True, slots=True)
class KeepPrompt:
    """Write this question of the couple's down."""

    prompt: OwnPrompt


@dataclass(frozen=True, slots=True)
class ForgetPrompt:
    """Remove this question of the couple's for good."""

    prompt: OwnPrompt


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Write this timer down (new when its id is 0, else changed). state: the word for it in captions:

    "started", "paused", "resumed", "extended".
    """

    timer: Timer
    state: str


@dataclass(frozen=True, slots=True)
class Ring:
    """Let this timer be heard; it stays written down until EndTimer."""

    timer: Timer


@dataclass(frozen=True, slots=True)
class EndTimer:
    """This timer is over. state: "ended", "stopped" (while it rang) or "cancelled"."""

    timer: Timer
    state: str


@dataclass(frozen=True, slots=True)
class SetReminder:
    """Write this reminder down (new when its id is 0, else changed).

    state: the word for it in captions: "set", "begun" (by a session), "changed" (by the couple), "moved" (to its next
    time), "snoozed" or "renewed" (a ritual, after they were asked about it).
    """

    reminder: Reminder
    state: str


@dataclass(frozen=True, slots=True)
class EndReminder:
    """This reminder is over. state: "done" or "cancelled"."""

    reminder: Reminder
    state: str


@dataclass(frozen=True, slots=True)
class ForgetEverything:
    """Remove everything that is kept, for good: notes, questions, reminders, timers, settings, what was asked."""


@dataclass(frozen=True, slots=True)
class MarkDone:
    """Remember that this was done on this local date (ISO)."""

    what: str
    date: str


@dataclass(frozen=True, slots=True)
class SetSetting:
    """Remember a small text between runs."""

    key: str
    value: str


@dataclass(frozen=True, slots=True)
class Mute:
    """Close the microphone until a key or `hearthside unmute` opens it."""


@dataclass(frozen=True, slots=True)
class Quit:
    """End the program."""


Storing = (
    Keep
    | Forget
    | KeepPrompt
    | ForgetPrompt
    | MarkAsked
    | SetTimer
    | EndTimer
    | SetReminder
    | EndReminder
    | MarkDone
    | SetSetting
    | ForgetEverything
)
Action = Say | Chime | StopSpeaking | Listen | Ring | Mute | Quit | Storing
