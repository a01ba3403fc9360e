"""Every value that crosses a border while Hearthside runs: sound, words, events, actions, what is kept.

Seconds called `at` count from the start of the session, in samples of the audio where there is audio;
`now` is the wall clock, an aware datetime in local time. Sound is 16-bit little-endian mono PCM.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from functools import cached_property

RATE = 16_000  # samples a second of everything that is listened to
FRAME_SAMPLES = 512  # 32 ms: what the voice activity detector takes at a time
FRAME_SECONDS = FRAME_SAMPLES / RATE

Slots = Mapping[str, str | float]


class Mode(StrEnum):
    """What the ears expect now; an intent says in which of these it can be said."""

    IDLE = "idle"  # nothing is going on
    QUESTION = "question"  # a question was asked and the couple are talking about it
    SESSION = "session"  # inside a guided session, between turns
    TURN = "turn"  # a partner has the turn: hand-over and stop words only, nothing else becomes text
    YES_NO = "yes_no"  # a yes or a no is awaited
    ANSWER = "answer"  # one of a few things is awaited: a choice, a number, a name, a length or a time of day
    WORDS = "words"  # a line that someone asked to keep is being dictated
    SPEAKING = "speaking"  # Hearthside is speaking: stop words only
    RINGING = "ringing"  # a timer is ringing


# Seconds of quiet after which nobody is going on: after a sentence that nothing can continue, after one that something
# could, where nothing else is said, and after the beginning of a sentence.
AT_ONCE, WHOLE, PATIENCE, BEGUN = 0.19, 0.35, 0.7, 1.5


# ---- sound ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frame:
    """FRAME_SAMPLES of what the microphone heard, RATE a second.

    pcm: 2 * FRAME_SAMPLES bytes. at: seconds, of the first sample.
    """

    pcm: bytes
    at: float


@dataclass(frozen=True, slots=True)
class Sound:
    """A piece of sound to play. pcm: 16-bit mono. rate: samples a second."""

    pcm: bytes
    rate: int

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.pcm) / 2 / self.rate


# ---- words ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One reading of an utterance. engine: "vosk", "moonshine" or "keyboard".

    score: the natural logarithm of the probability of these words, given the sound, where the engine says it.
    sayable: it was looked for among what can be said, and nowhere else.
    at_other_speeds: what the same sound was read as a little faster and slower, where it was.
    """

    text: str
    engine: str
    score: float | None = None
    sayable: bool = False
    at_other_speeds: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Transcript:
    """What the recognizers made of one utterance. final: False while the speaker may go on.

    trouble: "" or one plain sentence: an engine died or hung and was replaced.
    """

    hypotheses: tuple[Hypothesis, ...]
    final: bool = True
    trouble: str = ""

    @property
    def text(self) -> str:
        """The first reading, or ""."""
        return self.hypotheses[0].text if self.hypotheses else ""


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance as the ears report it.

    number: counts the utterances; an early hearing (transcript.final False) and the final one share it.
    began, at: seconds, when its first word began (or a little later) and when it was reported.
    quiet_before, quiet: seconds of quiet before it, and after its last word so far.
    """

    transcript: Transcript
    number: int
    began: float
    at: float
    quiet_before: float = 1.0
    quiet: float = PATIENCE


@dataclass(frozen=True, slots=True)
class Arc:
    """A word between two nodes.

    word: one plain word, or "{text}", "{clause}", "{timer}" for free words; "" says nothing.
    slot, value: on the first word of a listed form, which slot it fills and what it means.
    """

    source: int
    target: int
    word: str
    slot: str = ""
    value: str = ""


@dataclass(frozen=True)
class WordGraph:
    """An acyclic graph of words.

    arcs: in topological order of their sources, which are numbers counted in that order. start: where every sentence
    begins. finals: node -> the intent of the sentences that may end there ("": a line that is no command).
    written: how plain words may be written too (thats -> that's). digits: words for numbers -> their values.
    parts: words that stand for all the sentences of a graph of their own, such as {duration}.
    """

    arcs: tuple[Arc, ...]
    start: int
    finals: Mapping[int, str]
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    digits: Mapping[str, int] = field(default_factory=dict)
    parts: Mapping[str, "WordGraph"] = field(default_factory=dict)

    @cached_property
    def size(self) -> int:
        """How many nodes it has."""
        return 1 + max((arc.target for arc in self.arcs), default=self.start)

    @cached_property
    def leaving(self) -> tuple[tuple[Arc, ...], ...]:
        """The arcs that leave each node."""
        found: list[list[Arc]] = [[] for _ in range(self.size)]
        for arc in self.arcs:
            found[arc.source].append(arc)
        return tuple(map(tuple, found))

    def sentences(self) -> Iterator[tuple[Arc, ...]]:
        """Every way through the graph: only for small ones."""
        ways: list[tuple[int, tuple[Arc, ...]]] = [(self.start, ())]
        while ways:
            node, way = ways.pop()
            if node in self.finals:
                yield way
            ways += [(arc.target, (*way, arc)) for arc in self.leaving[node]]

    def count(self) -> int:
        """How many ways lead through it."""
        ways = [0] * self.size
        ways[self.start] = 1
        for arc in self.arcs:
            ways[arc.target] += ways[arc.source]
        return sum(ways[node] for node in self.finals)


@dataclass(frozen=True, slots=True)
class Nearby:
    """What an utterance sounds like, to be looked for in its sound.

    graph: the sentences that are most like the words that were read. reach: how much less likely than these words
    (natural logarithm) anything that can be said may be and still have been meant.
    """

    graph: WordGraph
    reach: float


@dataclass(frozen=True, slots=True)
class Listening:
    """How to listen now.

    sentences: what can be said, for an engine that takes a grammar (empty: anything). graph: the same for an engine
    that looks for the likeliest of it.
    patience: seconds of quiet that end an utterance.
    longest: seconds; a longer utterance is thrown away undecoded in TURN, cut in other modes.
    """

    mode: Mode
    sentences: tuple[str, ...] = ()
    patience: float = PATIENCE
    longest: float = 15.0
    graph: WordGraph | None = None


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why an utterance was or was not acted on.

    hypotheses: everything that was heard. nearest: the sentence nearest to one of them; intent: what that means, ""
    for a line that is no command. distance: how far it is, and gate: how far it might be, 0 (the same) to 1.
    rival: the nearest sentence of another intent; margin: how much farther that is, None when nothing else is near.
    likelier: where the sound itself decided, how much likelier the sentence is than the likeliest words of all (natural
    logarithm, mostly negative).
    """

    hypotheses: tuple[Hypothesis, ...] = ()
    nearest: str = ""
    intent: str = ""
    distance: float = 1.0
    gate: float = 0.0
    rival: str = ""
    margin: float | None = None
    likelier: float | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Match:
    """An utterance that means something now.

    text: the hypothesis taken. sentence: the sayable sentence it was nearest to.
    distance: 0 (the same) to 1. wait: seconds of quiet after which nobody is going on with this sentence.
    care: somebody is not okay: it ends everything, and nothing of it is shown or kept.
    unsure: only the very words count, and the sound alone says that they were these: it wants a yes first.
    """

    intent: str
    slots: Slots
    text: str
    sentence: str
    distance: float = 0.0
    wait: float = AT_ONCE
    explanation: Explanation | None = field(default=None, compare=False, repr=False)
    care: bool = False
    unsure: bool = False


@dataclass(frozen=True, slots=True)
class NoMatch:
    """An utterance that is not for us. why: "nothing near", "between two intents", "no words", ...

    wait: seconds of quiet after which nobody is going on; it may be the beginning of something.
    """

    text: str
    why: str
    nearest: str = ""
    distance: float = 1.0
    wait: float = PATIENCE
    explanation: Explanation | None = field(default=None, compare=False, repr=False)


# ---- what is kept ---------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Note:
    """A line that someone asked to keep. who, for_whom: "" where it is of both, or for nobody in particular.

    frame: how the text goes on from "I appreciate": "that" (that Sam picked up the kids), "for" (thank you for picking
    up the kids) or "line" (said as it is).
    kind: "appreciation", or what else it is, such as "need", "jar", "moment", "bucket" (core/lines.py names them all).
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

    at: when it comes next. every: "" once, "day", "weekdays", "week", "month", or "month 31" where not every month has
    that day. text: what it is about, in the words of the one
    who asked for it. who: for whom it is, "" for both.
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


# ---- events: what happens to the assistant --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Started:
    """The session begins (or begins again after a restart)."""

    at: float


@dataclass(frozen=True, slots=True)
class Understood:
    """Somebody said or typed something that can be said now."""

    match: Match
    at: float


@dataclass(frozen=True, slots=True)
class Unclear:
    """Somebody said something that means nothing now."""

    no_match: NoMatch
    at: float


@dataclass(frozen=True, slots=True)
class Voices:
    """Somebody began to speak (nothing is known of what)."""

    at: float


@dataclass(frozen=True, slots=True)
class Spoken:
    """Everything that was to be said has been said aloud."""

    at: float


@dataclass(frozen=True, slots=True)
class Tick:
    """Time passes; at least once a second."""

    at: float


@dataclass(frozen=True, slots=True)
class Pressed:
    """A key. key: "stop", "mute", "next", "quit"."""

    key: str
    at: float


@dataclass(frozen=True, slots=True)
class Stored:
    """A Keep, Forget or timer action is on the disk now. action: which."""

    action: "Action"
    at: float


@dataclass(frozen=True, slots=True)
class Failed:
    """A storing action did not reach the disk. line: the one line for the user."""

    action: "Action"
    line: str
    at: float


Event = Started | Understood | Unclear | Voices | Spoken | Tick | Pressed | Stored | Failed


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
class Hush:
    """Stop speaking and chiming at once; forget what was still to be said."""


@dataclass(frozen=True, slots=True)
class Listen:
    """Listen like this from now on."""

    mode: Mode
    patience: float = PATIENCE
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
Action = Say | Chime | Hush | Listen | Ring | Mute | Quit | Storing
