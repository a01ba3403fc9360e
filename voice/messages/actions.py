"""Actions: what the assistant wants done."""

from dataclasses import dataclass
from enum import StrEnum

from voice.messages.delivery import AS_USUAL, ChimeName, Delivery, Register
from voice.messages.recognition import WAIT_DEFAULT, Mode
from voice.messages.records import Asked, LearnedVoice, Note, OwnPrompt, Reminder, Timer


@dataclass(frozen=True, slots=True)
class Say:
    """Say this aloud."""

    text: str
    """What is said."""
    register: Register = Register.DINNER
    """How it is worded and voiced."""
    pause: float = 0.0
    """Seconds of silence before it."""
    delivery: Delivery = AS_USUAL
    """How loud and how fast it is said."""
    quotes: bool = False
    """Words that one of the couple said stand in it."""


@dataclass(frozen=True, slots=True)
class Chime:
    """Play a short sound."""

    name: ChimeName
    """Which one."""
    register: Register = Register.DINNER
    """How loud it is; at BEDTIME it is softer."""
    volume: float = 1.0
    """Factor of its usual loudness."""


@dataclass(frozen=True, slots=True)
class StopSpeaking:
    """Stop speaking and chiming at once; forget what was still to be said."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Listen like this from now on."""

    mode: Mode
    """What is expected."""
    patience: float = WAIT_DEFAULT
    """Seconds of quiet that end an utterance when nothing says otherwise."""
    longest: float = 15.0
    """Seconds that an utterance may last."""
    voice_seconds: float = 0.0
    """Seconds of speech by which a voice is told, where it is worth telling; 0: no voice is listened to."""


@dataclass(frozen=True, slots=True)
class Keep:
    """Write this note down."""

    note: Note
    """New when its id is 0, else changed."""


@dataclass(frozen=True, slots=True)
class Forget:
    """Remove this note for good."""

    note: Note
    """As it is kept, with its id."""


@dataclass(frozen=True, slots=True)
class MarkAsked:
    """Remember that this prompt was read."""

    asked: Asked
    """The prompt, and when it was read."""


@dataclass(frozen=True, slots=True)
class KeepPrompt:
    """Write this question of the couple's down."""

    prompt: OwnPrompt
    """New: its id is 0."""


@dataclass(frozen=True, slots=True)
class ForgetPrompt:
    """Remove this question of the couple's for good."""

    prompt: OwnPrompt
    """As it is kept, with its id."""


class TimerStatus(StrEnum):
    """What has happened to a timer, as captions name it."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    EXTENDED = "extended"
    ENDED = "ended"
    STOPPED = "stopped"
    """While it rang."""
    CANCELLED = "cancelled"
    MOVED = "moved"
    """With the wall clock, which was set: as long is left as before."""


@dataclass(frozen=True, slots=True)
class SetTimer:
    """Write this timer down."""

    timer: Timer
    """New when its id is 0, else changed."""
    state: TimerStatus
    """STARTED, PAUSED, RESUMED or EXTENDED."""


@dataclass(frozen=True, slots=True)
class Ring:
    """Let this timer be heard; it stays written down until EndTimer."""

    timer: Timer
    """As it is kept, with its id."""


@dataclass(frozen=True, slots=True)
class EndTimer:
    """This timer is over."""

    timer: Timer
    """As it is kept, with its id."""
    state: TimerStatus
    """ENDED, STOPPED or CANCELLED."""


class ReminderStatus(StrEnum):
    """What has happened to a reminder, as captions name it."""

    SET = "set"
    BEGUN = "begun"
    """Set by a session, which tells of it in its own words."""
    CHANGED = "changed"
    """By the couple."""
    MOVED = "moved"
    """To its next time."""
    SNOOZED = "snoozed"
    RENEWED = "renewed"
    """A ritual, after they were asked about it."""
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class SetReminder:
    """Write this reminder down."""

    reminder: Reminder
    """New when its id is 0, else changed."""
    state: ReminderStatus
    """SET, BEGUN, CHANGED, MOVED, SNOOZED or RENEWED."""


@dataclass(frozen=True, slots=True)
class EndReminder:
    """This reminder is over."""

    reminder: Reminder
    """As it is kept, with its id."""
    state: ReminderStatus
    """DONE or CANCELLED."""


@dataclass(frozen=True, slots=True)
class ForgetEverything:
    """Remove everything that is kept, for good: notes, questions, reminders, timers, settings, what was asked."""


@dataclass(frozen=True, slots=True)
class KeepVoices:
    """Write down how the two sound."""

    voices: tuple[LearnedVoice, ...]
    """New ones: their ids are 0."""


@dataclass(frozen=True, slots=True)
class ForgetVoices:
    """Remove for good how the two sound."""

    voices: tuple[LearnedVoice, ...]
    """As they are kept, with their ids."""


@dataclass(frozen=True, slots=True)
class MarkDone:
    """Remember that something was done on a day."""

    what: str
    """Its name, such as "nightly recap"."""
    date: str
    """The local date (ISO)."""


@dataclass(frozen=True, slots=True)
class SetSetting:
    """Remember a small text between runs."""

    key: str
    """Its name, such as "began last"."""
    value: str
    """The text; "" where nothing is to be remembered any more."""


@dataclass(frozen=True, slots=True)
class Configure:
    """Write settings of the couple into config.yaml, and live by them from now on."""

    partners: tuple[str, str] | None = None
    """Their names; None: as before."""
    same_people: bool = False
    """The new names are of those who live here already: what is kept under the old names goes with them."""
    nameless: bool = False
    """Their names are forgotten; what is kept still tells the two apart."""
    returning: bool = False
    """The names are those that were forgotten a moment ago, each in its old place."""
    help_line: str | None = None
    """Whom they would call in need; None: as before."""
    alike: bool = False
    """The two names sound alike; known when it is stored."""


@dataclass(frozen=True, slots=True)
class Rename:
    """Write new names into everything that is kept."""

    before: tuple[str, str]
    """The old names."""
    after: tuple[str, str]
    """The new names, each in the place of the old one."""
    nobody: bool = False
    """The old names stood for nobody in particular."""


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
    | KeepVoices
    | ForgetVoices
    | MarkDone
    | SetSetting
    | ForgetEverything
    | Configure
    | Rename
)
Action = Say | Chime | StopSpeaking | Listen | Ring | Mute | Quit | Storing
