"""What the ears expect and what they report: modes, hypotheses, transcripts, utterances."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from voice.messages.calibration import Calibration
from voice.messages.word_graph import WordGraph


class Need(StrEnum):
    """The form in which an engine takes what can be said now."""

    GRAMMAR = "grammar"  # plain sentences
    GRAPH = "graph"  # a word graph


# What stands in the place of an engine's name in a hypothesis that no engine read.
KEYBOARD = "keyboard"  # a line that was typed
PACK = "pack"  # a line that stands in a pack
NOBODY = "nobody"  # no words, of an utterance in which there were none

ITS_NAME = "Hearthside"  # what people call it by


class Mode(StrEnum):
    """The modes of listening, by what is expected. An intent says in which of them it can be said."""

    IDLE = "idle"  # nothing is going on
    QUESTION = "question"  # a question was asked and the couple are talking about it
    SESSION = "session"  # inside a guided session, between turns
    TURN = "turn"  # a partner has the turn: hand-over and stop words only, nothing else becomes text
    YES_NO = "yes_no"  # a yes or a no is awaited
    ANSWER = "answer"  # one of a few things is awaited: a choice, a number, a name, a length or a time of day
    WORDS = "words"  # a line that someone asked to keep is being dictated
    SPEAKING = "speaking"  # Hearthside is speaking: stop words only
    RINGING = "ringing"  # a timer is ringing


UNHESITATING = (Mode.TURN, Mode.SPEAKING)  # where most sound is no command: nobody waits for the rest of one

# End-of-utterance silence in seconds: sentence complete; complete but extendable; plainly meant, in words of their own;
# default; only a prefix so far.
WAIT_COMPLETE, WAIT_EXTENDABLE, WAIT_MEANT, WAIT_DEFAULT, WAIT_PREFIX = 0.19, 0.35, 0.45, 0.7, 1.5
BETWEEN_LOOKS = 0.0  # the quiet of a report that came when the recognizer was done, and is there to prepare an answer


# ---- voices ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Voice:
    """How the one sounds who said an utterance."""

    embedding: tuple[float, ...] = field(repr=False)
    """256 numbers, the length of which as a vector is 1."""
    seconds: float
    """Seconds of speech that they were taken from."""


# ---- words ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Reading:
    """One of the likeliest texts of a sound."""

    text: str
    """The words, as the engine writes them."""
    score: float
    """Log-likelihood given the sound (natural logarithm)."""


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """One reading of an utterance."""

    text: str
    """The words, as the engine writes them."""
    engine: str
    """Which engine read it; KEYBOARD, PACK or NOBODY where none did."""
    score: float | None = None
    """Log-likelihood of the text given the sound (natural logarithm); None where the engine gives none."""
    constrained: bool = False
    """Found by constrained decoding: only what can be said now was searched."""
    at_other_speeds: tuple[str, ...] = ()
    """What the engine read in the same sound played a little faster and slower, where it did."""
    readings: tuple[Reading, ...] = ()
    """The likeliest texts in any words, this one among them, where the engine looked for them."""
    calibration: Calibration | None = field(default=None, repr=False)
    """The thresholds for the score; None where there is no score."""

    def reworded(self, text: str) -> "Hypothesis":
        """The hypothesis with other words, without what the engine knew of all its words."""
        return replace(self, text=text, score=None, readings=())

    def each_text(self, change: Callable[[str], str]) -> "Hypothesis":
        """The hypothesis with its text, and that of each of its readings, changed in the same way."""
        readings = tuple(replace(reading, text=change(reading.text)) for reading in self.readings)
        return replace(self, text=change(self.text), readings=readings)


@dataclass(frozen=True, slots=True)
class Transcript:
    """The readings of one utterance by all recognizers."""

    hypotheses: tuple[Hypothesis, ...]
    """The readings. Those of the engine whose words count first come first."""
    final: bool = True
    """False while the speaker may go on."""
    trouble: str = ""
    """Empty, or plain sentences: an engine died or hung and was replaced."""
    voice: Voice | None = None
    """Whose voice it is; None where nobody asked, where there was too little speech, or where no engine can tell."""

    @property
    def text(self) -> str:
        """The first reading, or ""."""
        return self.hypotheses[0].text if self.hypotheses else ""


@dataclass(frozen=True, slots=True)
class Heard:
    """An utterance as the ears report it."""

    transcript: Transcript
    """What was made of it so far."""
    number: int
    """Counts the utterances; an early hearing (transcript.final False) and the final one share it."""
    began: float
    """Seconds of audio when its first word began, or a little later."""
    at: float
    """Seconds of audio when it was reported."""
    quiet_before: float = 1.0
    """Seconds of quiet before it."""
    quiet: float = WAIT_DEFAULT
    """Seconds of quiet after its last word so far; BETWEEN_LOOKS in a report that settles nothing."""

    own: float | None = None
    """How much of its sound may be Hearthside's own voice, 0 to 1 of its energy; None where the sound does not tell."""
    is_faint: bool = False
    """Hearthside's own voice was so much louder, or so out of step, that the rest may be what is left of it."""

    @property
    def is_at_a_look(self) -> bool:
        """Whether the audio alone decided when this was reported, so that it may be acted on."""
        return self.quiet != BETWEEN_LOOKS


@dataclass(frozen=True, slots=True)
class Listening:
    """How to listen now."""

    mode: Mode
    """What is expected."""
    sentences: tuple[str, ...] = ()
    """What can be said, for an engine that needs a grammar; empty: anything."""
    patience: float = WAIT_DEFAULT
    """Seconds of quiet that end an utterance."""
    longest: float = 15.0
    """Seconds; a longer utterance is thrown away undecoded in TURN, and cut in other modes."""
    graph: WordGraph | None = None
    """What can be said, for an engine that needs a graph."""
    own_words: str = ""
    """What Hearthside is saying, which the ears may hear too; "" where it is silent."""
    voice_seconds: float = 0.0
    """Seconds of speech by which a voice is told, where it is worth telling; 0: no voice is listened to."""
