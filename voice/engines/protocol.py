"""The protocol of recognition engines: methods in the child process, a description for the parent, and a model."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from voice.messages.calibration import Calibration
from voice.messages.recognition import Need, Reading, Voice
from voice.messages.word_graph import Shortlist, WordGraph


@dataclass(frozen=True, slots=True)
class Constraints:
    """Constraints on the words of one utterance."""

    name: str = ""
    """The name under which the graph of these sentences was learned, for engines that need a graph."""
    sentences: tuple[str, ...] = ()
    """The grammar, for engines that need one."""
    open_vocabulary: bool = True
    """Whether words outside the sentences may be decoded at all."""
    again: bool = False
    """Hear it in the second of two ways; only for an engine that hears twice."""


@dataclass(frozen=True, slots=True)
class EngineHypothesis:
    """One reading of an utterance by one engine."""

    text: str
    """The words; "" when there were none."""
    score: float | None = None
    """Log-likelihood given the sound (natural logarithm), on a scale that only the engine's calibration explains."""
    in_grammar: bool = False
    """Decoded inside a grammar, where all talk sounds like a sentence of it: it needs support by an open reading."""
    constrained: bool = False
    """Found by rescoring among what can be said."""
    at_other_speeds: tuple[str, ...] = ()
    """What was read in the same sound at other playback speeds, by rescoring."""
    readings: tuple[Reading, ...] = ()
    """The likeliest texts in any words, by rescoring; the likeliest first."""


Hypotheses = tuple[EngineHypothesis, ...]


class Engine(Protocol):
    """An engine with its model loaded. It lives in a child process and is used from one thread.

    Sound is 16-bit mono PCM at RATE. A method raises a HearthsideError only for what a user can mend.
    """

    def learn(self, name: str, graph: WordGraph) -> None:
        """Keep a graph of what can be said under a name. Only called when the engine needs graphs."""

    def begin(self, constraints: Constraints) -> None:
        """Forget the utterance before, and begin a new one."""

    def accept(self, pcm: bytes) -> None:
        """Take more sound of the utterance."""

    def partial(self) -> Hypotheses:
        """The hypotheses for the utterance so far, which may go on."""

    def finish(self) -> Hypotheses:
        """The hypotheses for the utterance, which is over."""

    def discard(self) -> None:
        """Forget the utterance undecoded."""

    def rescore(self, pcm: bytes, constraints: Constraints, shortlist: Shortlist) -> Hypotheses:
        """The second pass: the free hypothesis, and constrained ones with scores on the same scale, likeliest first.

        pcm: the whole utterance. shortlist: sentences to search more closely than the rest.
        """

    def voice(self, pcm: bytes, longest: float) -> Voice | None:
        """How the one sounds who says this. Only called when the engine tells voices.

        longest: seconds of speech that are looked at. None where there is hardly any.
        """

    def unknown_words(self, sentences: tuple[str, ...]) -> tuple[str, ...]:
        """The words outside the vocabulary, sorted; () for an engine that can write any word."""


@dataclass(frozen=True, slots=True)
class EngineDescription:
    """How the parent builds, feeds and judges an engine."""

    name: str
    """As it stands in the config and in hypotheses."""
    factory: Callable[..., Engine]
    """A class or function of an importable module; it is called in the child process."""
    arguments: tuple[object, ...]
    """What the factory is called with."""
    needs: frozenset[Need]
    """The forms in which it takes what can be said."""
    streams: bool
    """Whether it decodes while the sound comes in; else it is given the whole utterance when it is asked."""
    calibration: Calibration
    """The thresholds for its scores."""
    tells_voices: bool = False
    """Whether it can tell how somebody sounds."""
    hears_twice: bool = False
    """Whether it hears sound in a second way, for what the first one made nothing of."""


@dataclass(frozen=True, slots=True)
class ModelFinding:
    """How the model of an engine is on this machine."""

    text: str
    """A line."""
    ok: bool = True
    """Whether nothing is amiss; a model that is not there is none that is damaged."""
    fix: str = ""
    """What to do; with ok, what one could do."""


@dataclass(frozen=True, slots=True)
class EngineModel:
    """The model of an engine, for who checks or installs it. It need not be there."""

    engine: str
    """The name of the engine."""
    title: str
    """What people call it."""
    installer: str
    """The command that installs it."""
    reinstall: str
    """What to do when it is damaged: a sentence."""
    is_fixed_vocabulary: bool
    """Whether its engine hears no word but those that the model knows."""
    examine: Callable[[Path | None, Path], ModelFinding]
    """Looks at its files. It takes the folder in the settings, or None, and that of the models that setup fetched.

    It raises a HearthsideError when the model cannot be used.
    """
