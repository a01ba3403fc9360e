"""The engines of the recognizer, what they made of an utterance, and which of it counts."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from voice.child import Child
from voice.messages.recognition import Hypothesis
from voice.messages.word_graph import WordGraph

_SUPPORT = 0.5  # how alike, letter by letter, an open reading must be to a grammar's for that to stand; 1: the same


@dataclass(slots=True)
class Engine:
    """A recognizer in a child process, and how it fares.

    streams: the child is a VoskReader, which takes sound as it comes in; else a MoonshineReader, which takes whole
    utterances. awaited: it has been given its time to load. learned: what can be said, by name, with the number of the
    process that knows it. losses: how often in a row its process was lost.
    """

    name: str
    child: Child
    streams: bool
    awaited: bool = False
    learned: dict[str, tuple[WordGraph, int | None]] = field(default_factory=dict)
    losses: int = 0
    given_up: bool = False


@dataclass(frozen=True, slots=True)
class EngineReading:
    """What an engine made of an utterance ("": nothing). grammar: it could hear only what can be said now."""

    text: str
    engine: str
    grammar: bool
    score: float | None = None


def hypotheses_of(readings: Sequence[EngineReading]) -> tuple[Hypothesis, ...]:
    """The readings that say something, each once.

    Inside a grammar all talk sounds like something that can be said, so a grammar's reading stands only when an open
    reading of the same sound, where there is one, is like it.
    """
    from rapidfuzz.distance import Levenshtein

    heard: dict[str, Hypothesis] = {}
    free = [reading.text.lower() for reading in readings if not reading.grammar]
    for reading in readings:
        unsupported = (
            reading.grammar
            and free
            and all(Levenshtein.normalized_similarity(reading.text, text) < _SUPPORT for text in free)
        )
        if reading.text and not unsupported:
            heard.setdefault(reading.text, Hypothesis(reading.text, reading.engine, reading.score))
    return tuple(heard.values())
