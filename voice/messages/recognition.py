"""What the ears expect and what they report: modes, hypotheses, transcripts, utterances."""

from dataclasses import dataclass
from enum import StrEnum

from voice.messages.word_graph import WordGraph


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
WAIT_COMPLETE, WAIT_EXTENDABLE, WAIT_DEFAULT, WAIT_PREFIX = 0.19, 0.35, 0.7, 1.5


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
    quiet: float = WAIT_DEFAULT


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
    patience: float = WAIT_DEFAULT
    longest: float = 15.0
    graph: WordGraph | None = None
