"""What the assistant knows between two events: frozen, and small enough to print."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, tzinfo
from enum import StrEnum
from typing import ClassVar

from voice.content import Prompt
from voice.content.steps import Step
from voice.dialogue.walk import Walk
from voice.messages.actions import Listen, Storing
from voice.messages.meaning import Match, NoMatch
from voice.messages.recognition import Mode
from voice.messages.records import Reminder

LONGEST_LINE = 30.0  # seconds


class LockTime(StrEnum):
    """When a word of the couple is needed before kept lines are read or deleted aloud. The values are settings."""

    OFF = "off"
    """Never."""
    NIGHT = "night"
    """In the quiet hours."""
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Lock:
    """When a word of theirs is needed before kept lines are read or deleted aloud."""

    when: LockTime = LockTime.OFF
    """When it is needed."""
    word: str = ""
    """Their word."""


@dataclass(frozen=True, slots=True)
class Household:
    """What the couple set once."""

    partners: tuple[str, str]
    """Their names."""
    recap_at: time | None = time(21, 30)
    """Local time at which the nightly recap is offered; None: never by itself."""
    quiet_hours: tuple[time, time] | None = (time(23, 0), time(7, 0))
    """Local times from and until which nothing is said by itself; None: there are none."""
    lengths: Mapping[str, float] = field(default_factory=dict)
    """Id of a session -> minutes that it takes here."""
    without: frozenset[type[Step]] = frozenset()
    """Kinds of steps that sessions leave out."""
    zone: tzinfo | None = None
    """The time zone at home with its summer time; None: only the offset of the clock is known."""
    help_line: str = ""
    """Whom they would call in need, as they wrote it; "" for nobody."""
    named: bool = True
    """False: nobody gave their names, and `partners` only keep the two apart."""
    lock: Lock = Lock()
    """The word without which kept lines are neither read nor deleted aloud."""

    def other(self, name: str) -> str:
        """The partner who is not `name`."""
        return self.partners[1] if name == self.partners[0] else self.partners[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingQuestion:
    """A question whose answer is awaited. Skills derive a class for each thing that they ask, with what it is about."""

    mode: Mode = Mode.YES_NO
    """How to listen for the answer."""
    since: float | None = None
    """Seconds of the session when the waiting began; None while Hearthside still speaks."""
    reprompts: int = 0
    """How often it was asked again."""
    held: float = 0.0
    """Seconds of silence that settle nothing, because somebody asked for a moment; 0: the usual ones."""
    put_again: tuple[str, ...] = ()
    """The words of the question, to be said once more when a wish in between is done; (): it is not interrupted."""

    longest_line: ClassVar[float] = LONGEST_LINE
    """Seconds after which a dictated line is cut."""
    voice_seconds: ClassVar[float] = 0.0
    """Seconds of speech that are looked at to learn a voice; 0: none is learned."""
    needs_plain_yes: ClassVar[bool] = False
    """Whether only the word "yes" itself settles it."""
    lets_go: ClassVar[bool] = False
    """Whether it is dropped as soon as something else is said."""
    is_of_step: ClassVar[bool] = False
    """Whether it is what a step of a session asks for."""
    is_asked_until_answered: ClassVar[bool] = False
    """Whether a new wish waits for the answer: words of theirs would be lost."""

    @property
    def is_gate(self) -> bool:
        """Whether something begins only after a yes: no other word leads past it. See assistant/gates.py."""
        return False

    @property
    def settled_by(self) -> frozenset[str]:
        """Intents that count as a no here, besides "no", "not now", "pass", "cancel" and "that's all"."""
        return frozenset()

    def takes_session_on(self, yes: bool) -> bool:
        """Whether this answer itself decides how a session goes on. Other answers take it to the next step."""
        return False


@dataclass(frozen=True, slots=True)
class QuestionState:
    """The question that is open, and how the next one is chosen."""

    prompt: Prompt | None = None
    """The prompt that they are talking about."""
    said: str = ""
    """What was read of it last: it, or one of its follow-ups."""
    asked_at: float = 0.0
    """Seconds of the session when it was read."""
    decks: tuple[str, ...] = ()
    """Names of the decks to ask from; none: any."""
    depth: int = 1
    """Depth of the questions: 1 light, 2 warm, 3 deep."""
    deep_agreed: bool = False
    """Both wanted the deepest prompts this time."""
    skips: int = 0
    """Questions skipped in a row."""
    anew: bool = False
    """They know that their decks are used up and start over."""
    first: str = ""
    """The partner who answers the open question first; "" before the first question."""
    dug: int = 0
    """How many follow-ups of the open question were read."""
    why: str = ""
    """The reply that tells why the open question was chosen."""
    left: int | None = None
    """Questions until it asks whether that is enough; None: it does not ask."""


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder that was said aloud."""

    reminder: Reminder
    """As it was when it was said."""
    since: float
    """Seconds of the session when it was said last."""
    times: int = 1
    """How often it was said."""


@dataclass(frozen=True, slots=True)
class ReminderState:
    """Which reminders were said, and which were not."""

    last: Reminded | None = None
    """The reminder said last, until somebody reacts to it."""
    told: Mapping[int, datetime] = field(default_factory=dict)
    """Id of a reminder -> for which of its times it was said."""
    missed: frozenset[int] = frozenset()
    """Ids of those whose time passed while the program was off."""
    reviewed: frozenset[int] = frozenset()
    """Ids of the rituals that were asked about this evening."""


@dataclass(frozen=True, slots=True)
class Ringing:
    """A timer that is being heard."""

    times: int
    """How often it was rung."""
    last: float
    """Seconds of the session when it was last rung."""


@dataclass(frozen=True, slots=True)
class TimerState:
    """Which timers ring."""

    ringing: Mapping[int, Ringing] = field(default_factory=dict)
    """Id of a timer that is being heard -> how often and when it was rung."""
    silenced: frozenset[int] = frozenset()
    """Ids of timers that are not to ring again."""
    spoken_of_at: float = float("-inf")
    """Seconds of the session when they last spoke of a timer."""


@dataclass(frozen=True, slots=True)
class NoteState:
    """Knowledge about kept lines that is not in the journal, and is never written down."""

    heard: Mapping[int, float] = field(default_factory=dict)
    """Id of a line -> seconds of the session when both last heard it."""
    held: tuple[Storing, ...] = ()
    """Actions that keep something once both have agreed. They are asked when the session is over."""
    told_not_saving: bool = False
    """They were told this evening that nothing is saved, and how to change that."""


@dataclass(frozen=True, slots=True)
class Undoable:
    """What was done last, while it can be taken back."""

    back: Storing
    """The action that takes it back."""
    reply: str
    """The key of what is said then; "" for nothing."""
    at: float
    """Seconds of the session when it was done."""


@dataclass(frozen=True, slots=True)
class NamedSoFar:
    """How far lists were read aloud, so that "more" goes on there."""

    decks: int = 0
    """Decks named so far."""
    reminders: int = 0
    """Reminders named so far."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """A partner who told who they are."""

    name: str
    """The partner."""
    evening: date
    """The evening on which that holds."""


@dataclass(frozen=True, slots=True)
class State:
    """Everything between two events."""

    listening: Listen = field(default_factory=lambda: Listen(Mode.IDLE))
    """How the ears were last told to listen."""
    speaking: bool = False
    """Something is being said."""
    again: tuple[str, ...] = ()
    """What "again" repeats."""
    awaited: PendingQuestion | None = None
    """The question whose answer is awaited."""
    walk: Walk | None = None
    """The session they are in."""
    aside: Walk | None = None
    """A session that was paused for so long that other things may be asked for."""
    questions: QuestionState = field(default_factory=QuestionState)
    """The open question."""
    reminders: ReminderState = field(default_factory=ReminderState)
    """Reminders that were said."""
    timers: TimerState = field(default_factory=TimerState)
    """Timers that ring."""
    notes: NoteState = field(default_factory=NoteState)
    """Kept lines."""
    undoable: Undoable | None = None
    """What was done last, while it can be taken back; None: there is nothing."""
    named: NamedSoFar = field(default_factory=NamedSoFar)
    """How far lists were read aloud."""
    last_heard: Match | NoMatch | None = None
    """What "what did you hear" tells of."""
    then: Match | None = None
    """A second wish of the same breath, for when nothing is going on."""
    speaker: Speaker | None = None
    """Who said "this is Maya" last."""
    opened_at: float | None = None
    """Seconds of the session when the word of the couple opened kept lines; None: not yet."""
    wrong_words: int = 0
    """Wrong words said since the last right one."""
    care: str = ""
    """The intent of care that ended everything, until something else is asked for; "" for none."""
    used: Mapping[str, int] = field(default_factory=dict)
    """Key of a reply -> the index of the wording that came last."""
    voices_at: float = 0.0
    """Seconds of the session when somebody last spoke."""
    tidied: str = ""
    """The date (ISO) on which lines whose time is over were last removed."""
    decisions: int = 0
    """How many decisions took a chance, so that each choice is its own."""

    def ended(self) -> "State":
        """The state with nothing going on and without anything that was said; the fields named here stay."""
        return State(
            listening=self.listening,
            speaking=self.speaking,
            again=self.again,
            reminders=self.reminders,
            timers=self.timers,
            named=self.named,
            speaker=self.speaker,
            opened_at=self.opened_at,
            wrong_words=self.wrong_words,
            used=self.used,
            voices_at=self.voices_at,
            tidied=self.tidied,
            decisions=self.decisions,
        )
