"""The seam to the recognizers: sound in, a transcript out, whatever happens to the engines in their child processes."""

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import cast

from voice.edges.recognizer_merging import as_hypothesis, merged
from voice.edges.recognizer_supervision import BUDGET, RESCORING_PATIENCE, Message, SupervisedEngine, Supervisor
from voice.engines.protocol import Constraints, EngineDescription, Hypotheses
from voice.engines.registry import engines_for
from voice.messages.recognition import Hypothesis, Listening, Mode, Need, Transcript, Voice
from voice.messages.sound import RATE
from voice.messages.word_graph import Shortlist, WordGraph

__all__ = ["BUDGET", "UNHURRIED", "Recognizer", "open_recognizer"]

UNHURRIED = 120.0  # seconds; the budget where nobody waits: results do not depend on the speed of the machine
_CLOSED = frozenset({Mode.TURN, Mode.YES_NO, Mode.SPEAKING, Mode.RINGING})  # modes in which a grammar is enough


class Recognizer:
    """All engines as one; used from one thread, but for `learn`.

    An engine that dies or hangs is replaced. That costs an utterance at most the budget; its transcript holds what the
    other engines heard, and when they heard nothing, the utterance is read once more.
    """

    def __init__(self, engines: Sequence[EngineDescription], budget: float = BUDGET) -> None:
        """engines: the one whose words count first, first. They begin to load now.

        budget: seconds that an utterance may cost at most; the patience with an engine grows with it.
        """
        self._supervisor = Supervisor(engines, budget, self._resume)
        self._listening = self._current = Listening(Mode.IDLE)
        self._audio = bytearray()
        self._finished = b""  # the utterance before, until the next one begins
        self._glances: dict[str, Future[Hypotheses | None]] = {}  # engine -> its reading of the utterance so far
        self._glanced = b""  # the sound of these readings
        self._glancing = ThreadPoolExecutor(1, "glance")
        self._rescored: dict[bool, Transcript] = {}  # of the current utterance; by whether it was heard again
        self._again: Transcript | None = None  # of the current utterance
        self._voice: Future[Voice | None] | None = None  # of the current utterance

    @property
    def engines(self) -> tuple[str, ...]:
        """The names of the engines that are at work, in order."""
        return tuple(engine.name for engine in self._at_work)

    @property
    def needs(self) -> frozenset[Need]:
        """The forms in which the engines at work take what can be said."""
        return frozenset().union(*(engine.description.needs for engine in self._at_work))

    def listen(self, listening: Listening) -> None:
        """Listen like this from the next utterance on."""
        self._listening = listening

    def learn(self, mode: Mode, graph: WordGraph) -> None:
        """Make ready for what can be said in a mode, which takes a moment; may be called from another thread."""
        for engine in self._at_work:
            if Need.GRAPH in engine.description.needs:
                engine.learn(str(mode), graph)

    def accept(self, pcm: bytes) -> None:
        """More of the current utterance, or the beginning of one: 16-bit mono, RATE, of any length."""
        beginning = not self._audio
        if beginning:
            self._current, self._finished, self._voice = self._listening, b"", None
            self._rescored, self._again = {}, None
        self._audio += pcm
        for engine in self._at_work:
            if engine.description.streams:
                if beginning:
                    engine.child.tell("begin", self._constraints(engine))
                engine.child.tell("accept", pcm)

    def glance(self) -> None:
        """Begin to read the utterance so far without waiting; what comes after it is taken for silence.

        `early` and `finish` use that reading unless `went_on` is called. An engine that streams needs no glance, and in
        a partner's turn nothing is read.
        """
        deadline = self._supervisor.deadline()
        engines = [
            each for each in self._at_work if not each.description.streams and self._current.mode is not Mode.TURN
        ]
        self._glanced = bytes(self._audio) if engines else b""
        self._glances = {
            engine.name: self._glancing.submit(self._read_whole, engine, "partial", self._glanced, deadline)
            for engine in engines
        }

    @property
    def glanced(self) -> bool:
        """Whether the glance is done, so that `early` does not wait for it."""
        return bool(self._glances) and all(glance.done() for glance in self._glances.values())

    def went_on(self) -> None:
        """The speaker went on: what was read at a glance is not all."""
        self._glances, self._glanced, self._rescored, self._again, self._voice = {}, b"", {}, None, None

    def early(self) -> Transcript:
        """The hypotheses for the utterance so far; it may go on. In a partner's turn only the grammar is asked."""
        return self._transcript("partial", final=False)

    def finish(self) -> Transcript:
        """The hypotheses for the utterance, which is over.

        Raises RecognizerError when no engine can be kept running.
        """
        transcript = self._transcript("finish", final=True)
        self._finished = self._glanced or bytes(self._audio)
        self._audio.clear()
        self._glances, self._glanced = {}, b""
        return transcript

    def rescore(self, shortlist: Callable[[], Shortlist], *, again: bool = False) -> Transcript:
        """The second pass over the utterance so far, or over the one that was finished last.

        Its transcript holds the free hypothesis and constrained ones, with scores on one scale for each engine.
        shortlist: finds sentences to search more closely; it is called once an utterance. again: by the engines that
        hear twice, in their second way. As with `glance`, what comes after the utterance is taken for silence unless
        `went_on` is called.
        """
        if again not in self._rescored:
            self._rescored[again] = self._rescore(shortlist(), again)
        return self._rescored[again]

    @property
    def seconds(self) -> float:
        """Of sound in the utterance of `rescore`."""
        return len(self._heard) / 2 / RATE

    def read_again(self) -> Transcript:
        """What the engines that hear twice read in their second way in the utterance of `rescore`."""
        if self._again is None:
            pcm, deadline = self._heard, self._supervisor.deadline()
            engines = [each for each in self._at_work if each.description.hears_twice and pcm]
            answers = {each: self._read_whole(each, "partial", pcm, deadline, again=True) for each in engines}
            found = {engine.description: answer or () for engine, answer in answers.items()}
            self._again = Transcript(merged(found), True, self._supervisor.take_troubles())
        return self._again

    def begin_voice(self) -> None:
        """Begin to find out how the speaker of the utterance so far sounds; what comes after is taken for silence."""
        pcm = self._heard
        engine = next((each for each in self._at_work if each.description.tells_voices), None)
        longest = self._current.voice_seconds
        if self._voice is None and engine and pcm and longest:
            deadline = self._supervisor.deadline()
            self._voice = self._glancing.submit(self._supervisor.voice, engine, pcm, longest, deadline)

    def voice(self) -> Voice | None:
        """How the speaker sounds of the utterance so far, or of the one that was finished last; it is waited for.

        None unless it was listened to with `voice_seconds`, and where there is too little speech.
        """
        self.begin_voice()
        return self._voice.result() if self._voice else None

    def discard(self) -> None:
        """Throw the utterance away undecoded."""
        for engine in self._at_work:
            if engine.description.streams and self._audio:
                engine.child.tell("discard")
        self._audio.clear()
        self.went_on()

    def unknown_words(self, sentences: Iterable[str]) -> tuple[str, ...]:
        """The words of the sentences that are outside the vocabulary of an engine that needs a grammar.

        Raises ChildLost or RecognizerError when such an engine does not run.
        """
        words: set[str] = set()
        asked = tuple(sentences)
        for engine in self._at_work:
            if Need.GRAMMAR in engine.description.needs:
                words.update(cast(tuple[str, ...], engine.child.call("unknown_words", asked)))
        return tuple(sorted(words))

    def close(self) -> None:
        """End all engines."""
        self._glancing.shutdown(wait=False, cancel_futures=True)
        self._supervisor.close()

    # ---- reading --------------------------------------------------------------------------------

    @property
    def _at_work(self) -> list[SupervisedEngine]:
        return self._supervisor.at_work

    def _transcript(self, method: str, final: bool) -> Transcript:
        if not self._audio:
            return Transcript((), final)
        self._supervisor.await_all()
        deadline = self._supervisor.deadline()
        engines = [each for each in self._at_work if final or self._may_read_early(each)]
        answers = {engine: self._read(engine, method, deadline) for engine in engines}
        if not any(answers.values()):
            for engine in engines:
                if answers[engine] is None and not engine.is_given_up:
                    answers[engine] = self._read(engine, method, deadline)
        found = {engine.description: answer or () for engine, answer in answers.items()}
        return Transcript(merged(found), final, self._supervisor.take_troubles())

    def _may_read_early(self, engine: SupervisedEngine) -> bool:
        """In a partner's turn nothing but a grammar may be read before the utterance is known to be short."""
        return Need.GRAMMAR in engine.description.needs or self._current.mode is not Mode.TURN

    def _read(self, engine: SupervisedEngine, method: str, deadline: float) -> Hypotheses | None:
        """One engine's hypotheses for the utterance so far; None when it was lost or is not back yet."""
        if glance := self._glances.get(engine.name):
            glanced = glance.result()
            if glanced is None:
                del self._glances[engine.name]
            return glanced
        if not engine.description.streams:
            return self._read_whole(engine, method, bytes(self._audio), deadline)
        return self._supervisor.call(engine, (method, ()), len(self._audio), deadline)

    def _read_whole(
        self, engine: SupervisedEngine, method: str, pcm: bytes, deadline: float, *, again: bool = False
    ) -> Hypotheses | None:
        before = self._replay(engine, pcm, again=again)
        return self._supervisor.call(engine, (method, ()), len(pcm), deadline, before=before)

    @property
    def _heard(self) -> bytes:
        """The sound of the utterance so far, or of the one that was finished last."""
        return self._glanced or bytes(self._audio) or self._finished

    def _rescore(self, shortlist: Shortlist, again: bool) -> Transcript:
        pcm, deadline = self._heard, self._supervisor.deadline()
        found: list[Hypothesis] = []
        for engine in self._at_work:
            if pcm and self._is_constrained(engine) and (engine.description.hears_twice or not again):
                if self._current.graph and Need.GRAPH in engine.description.needs:
                    engine.learn(str(self._current.mode), self._current.graph)
                message = "rescore", (pcm, replace(self._constraints(engine), again=again), shortlist)
                answer = self._supervisor.call(engine, message, len(pcm), deadline, patience=RESCORING_PATIENCE)
                found += (as_hypothesis(each, engine.description) for each in answer or ())
        return Transcript(tuple(found), True, self._supervisor.take_troubles())

    def _is_constrained(self, engine: SupervisedEngine) -> bool:
        """Whether the utterance was listened to with all that this engine needs to rescore it."""
        has = {Need.GRAPH: self._current.graph is not None, Need.GRAMMAR: bool(self._current.sentences)}
        return all(has[need] for need in engine.description.needs)

    # ---- what an engine is told -----------------------------------------------------------------

    def _constraints(self, engine: SupervisedEngine) -> Constraints:
        """What the current utterance may contain for this engine.

        Where an engine without a grammar listens too, the grammar is enough for the others. Dictation has no grammar,
        and in a partner's turn nothing but the grammar may be heard.
        """
        mode = self._current.mode
        if Need.GRAMMAR not in engine.description.needs:
            return Constraints(str(mode))
        sentences = () if mode is Mode.WORDS else self._current.sentences
        is_alone = all(Need.GRAMMAR in each.description.needs for each in self._at_work)
        open_vocabulary = mode is not Mode.TURN and (not sentences or (is_alone and mode not in _CLOSED))
        return Constraints(str(mode), sentences, open_vocabulary)

    def _replay(self, engine: SupervisedEngine, pcm: bytes, *, again: bool = False) -> list[Message]:
        return [("begin", (replace(self._constraints(engine), again=again),)), ("accept", (pcm,))]

    def _resume(self, engine: SupervisedEngine) -> None:
        """Give an engine that streams, and was started again, the utterance so far."""
        if engine.description.streams and self._audio:
            for method, arguments in self._replay(engine, bytes(self._audio)):
                engine.child.tell(method, *arguments)


def open_recognizer(ears: str, model: Path | None, budget: float = BUDGET, *, rooms: str = "auto") -> Recognizer:
    """The recognizers that begin to load now.

    ears, model, rooms: as `engines_for` takes them. budget: as Recognizer takes it. Raises RecognizerError.
    """
    return Recognizer(engines_for(ears, model, rooms), budget)
