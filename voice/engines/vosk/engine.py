"""The engine Vosk: a grammar and the open vocabulary side by side, each scored against the other."""

import json
import socket
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from voice.engines.protocol import Constraints, EngineDescription, EngineHypothesis, Hypotheses
from voice.engines.vosk.calibration import VOSK
from voice.engines.vosk.hearing import Decoded, Hearing
from voice.engines.vosk.model import REINSTALL, check_structure
from voice.errors import RecognizerError
from voice.messages.recognition import Need, Voice
from voice.messages.sound import RATE
from voice.messages.word_graph import Shortlist, WordGraph

UNKNOWN = "[unk]"  # the word of a grammar for everything else
CANDIDATES = 8  # texts that rescoring finds inside the grammar
UNMEASURED = -100.0  # the score of a grammar's reading before it is measured: below every threshold


class VoskEngine:
    """One loaded model and the utterance that is being heard.

    Vosk ends the process on misuse. So every utterance has a new KaldiRecognizer (10 ms with 500 sentences), never
    SetGrammar, and every grammar is checked.
    """

    def __init__(self, folder: str) -> None:
        """folder: an unpacked model. Raises RecognizerError when its files are not all there."""
        problems = check_structure(Path(folder))
        if problems:
            raise RecognizerError(problems[0], folder, REINSTALL)
        socket.has_ipv6 = False  # what vosk imports would bind a loopback socket to try out IPv6
        import vosk

        vosk.SetLogLevel(-2)
        self._vosk = vosk
        self._model: Any = vosk.Model(folder)
        self._in_grammar: Hearing | None = None
        self._open: Hearing | None = None
        self._pcm = bytearray()
        self._latest: tuple[bytes, Decoded] | None = None  # the utterance that was finished last, in open vocabulary

    def learn(self, name: str, graph: WordGraph) -> None:
        """Nothing: it takes grammars."""

    def begin(self, constraints: Constraints) -> None:
        """Begin a new utterance: inside the grammar, in open vocabulary, or both where both are allowed."""
        self.discard()
        grammar = self._grammar(constraints.sentences)
        alternatives = 1 if grammar and constraints.open_vocabulary else 0
        if grammar:
            self._in_grammar = self._hearing(grammar, alternatives)
        if constraints.open_vocabulary:
            self._open = self._hearing("", alternatives)

    def accept(self, pcm: bytes) -> None:
        """Take more sound of the utterance."""
        for hearing in (self._in_grammar, self._open):
            if hearing:
                hearing.accept(pcm)
        if self._open:
            self._pcm += pcm

    def partial(self) -> Hypotheses:
        """The words so far. A grammar's reading counts as unlikely until it is measured, unless open words agree."""
        in_grammar = without_gaps(self._in_grammar.partial()) if self._in_grammar else None
        free = self._open.partial() if self._open else None
        measured = None if in_grammar is None or free is None else 0.0 if in_grammar == free else UNMEASURED
        return tuple(_readings(in_grammar, measured, free))

    def finish(self) -> Hypotheses:
        """The words of the whole utterance; those of the grammar with their log-likelihood ratio."""
        in_grammar = self._in_grammar.finish() if self._in_grammar else None
        free = self._open.finish() if self._open else None
        if free:
            self._latest = bytes(self._pcm), free
        text = without_gaps(in_grammar.text) if in_grammar else None
        score = _ratio(in_grammar, free) if in_grammar and free else None
        self.discard()
        return tuple(_readings(text, score, free.text if free else None))

    def discard(self) -> None:
        """Forget the utterance undecoded."""
        self._in_grammar = self._open = None
        self._pcm.clear()

    def rescore(self, pcm: bytes, constraints: Constraints, shortlist: Shortlist) -> Hypotheses:
        """Measure the texts of the grammar and of the shortlist against the open vocabulary.

        Where the open vocabulary must not be heard there is nothing to measure against, and nothing is found.
        """
        grammar = self._grammar((*constraints.sentences, *_plain_sentences(shortlist.graph)))
        if not grammar or not constraints.open_vocabulary:
            return ()
        free = self._decoded_freely(pcm)
        hearing = self._hearing(grammar, CANDIDATES)
        hearing.accept(pcm)
        found = [(without_gaps(each.text), _ratio(each, free)) for each in hearing.finish_all()]
        floor = -VOSK.reach(shortlist.distance)
        likely = (EngineHypothesis(text, score, constrained=True) for text, score in found if score > floor and text)
        return *_readings(*found[0], free.text), *likely

    def voice(self, pcm: bytes, longest: float) -> Voice | None:
        """Nothing: it tells no voices."""
        return None

    def unknown_words(self, sentences: tuple[str, ...]) -> tuple[str, ...]:
        """The words of the sentences that are not in the model's vocabulary, sorted."""
        words = {word for sentence in sentences for word in sentence.lower().split()}
        return tuple(sorted(word for word in words if not self._knows(word)))

    def _decoded_freely(self, pcm: bytes) -> Decoded:
        if self._latest is None or self._latest[0] != pcm or self._latest[1].likelihood is None:
            hearing = self._hearing("", 1)
            hearing.accept(pcm)
            self._latest = pcm, hearing.finish()
        return self._latest[1]

    def _hearing(self, grammar: str, alternatives: int) -> Hearing:
        settings = (self._model, RATE, grammar) if grammar else (self._model, RATE)
        return Hearing(self._vosk.KaldiRecognizer(*settings), alternatives)

    def _knows(self, word: str) -> bool:
        return bool(self._model.vosk_model_find_word(word) >= 0)

    def _grammar(self, sentences: Iterable[str]) -> str:
        """The grammar as Vosk takes it: JSON, or "" when the model can hear no sentence of it.

        A sentence with an unknown word is left out whole: Vosk would leave out the word and hear the rest.
        """
        phrases = [" ".join(sentence.lower().split()) for sentence in sentences]
        heard = [phrase for phrase in dict.fromkeys(phrases) if phrase and all(map(self._knows, phrase.split()))]
        if not heard:
            return ""
        return json.dumps([*heard, *([UNKNOWN] if self._knows(UNKNOWN) else [])], ensure_ascii=False)


def describe(model: Path) -> EngineDescription:
    """Vosk with a model, as the parent knows it. model: its folder."""
    return EngineDescription("vosk", VoskEngine, (str(model),), frozenset({Need.GRAMMAR}), True, VOSK)


def without_gaps(text: str) -> str:
    """The text, or "" when something outside the grammar was said in it."""
    return "" if UNKNOWN in text.split() else text


def _readings(in_grammar: str | None, score: float | None, free: str | None) -> Iterator[EngineHypothesis]:
    """The hypotheses of both decodings; None where one was not asked for. score: that of the grammar's text."""
    if in_grammar is not None:
        yield EngineHypothesis(in_grammar, score, in_grammar=True)
    if free is not None:
        yield EngineHypothesis(free, None if score is None else 0.0)


def _ratio(text: Decoded, free: Decoded) -> float:
    """The log-likelihood ratio of a text against the open vocabulary."""
    return (text.likelihood or 0.0) - (free.likelihood or 0.0)


def _plain_sentences(graph: WordGraph) -> Iterator[str]:
    """The sentences of a small graph that have no slots."""
    for arcs in graph.sentences():
        words = [arc.word for arc in arcs if arc.word]
        if not any(word.startswith("{") for word in words):
            yield " ".join(words)
