"""The seam to the recognizers: sound in, a transcript out, whatever happens to the engines in their child processes."""

import time
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from voice.child import Child, ChildLost
from voice.edges.recognizer_moonshine import Likely, MoonshineReader
from voice.edges.recognizer_readings import Engine, EngineReading, hypotheses_of
from voice.edges.recognizer_vosk import VoskReader, VoskReading
from voice.errors import HearthsideError, RecognizerError
from voice.messages.recognition import Hypothesis, Listening, Mode, Transcript
from voice.messages.sound import RATE
from voice.messages.word_graph import Shortlist, WordGraph
from voice.moonshine.search import ScoredText

BUDGET = 5.0  # seconds that an utterance may cost at most, whatever breaks, while people wait
UNHURRIED = 120.0  # the same where nobody waits: a slow machine must not change what is heard
_PATIENCE = 1.5  # seconds before an engine counts as hung, and ...
_PATIENCE_PER_SECOND = 0.25  # ... as much again for every second of sound: Moonshine takes 0.04 to 0.07
_SEARCH_PATIENCE = 3.0  # instead of the first to look for what can be said: six times the work of reading
_LOSSES = 4  # in a row, and an engine is given up
_CLOSED = frozenset({Mode.TURN, Mode.YES_NO, Mode.SPEAKING, Mode.RINGING})  # where a grammar alone will do
_FIX = "Run `hearthside doctor`."


class Recognizer:
    """All engines as one; used from one thread.

    An engine that dies or hangs is replaced: that costs an utterance at most the budget, its transcript holds
    what the others heard, and when they heard nothing, the utterance is read once more.
    """

    def __init__(self, engines: Sequence[Engine], budget: float = BUDGET) -> None:
        """engines: the one whose words count first, first. They begin to load now.

        budget: seconds that an utterance may cost at most; the patience with an engine grows with it.
        """
        self._engines, self._budget = list(engines), budget
        self._listening = self._current = Listening(Mode.IDLE)
        self._audio = bytearray()
        self._finished = b""  # the utterance before, until the next one begins
        self._glances: dict[
            str, Future[list[EngineReading] | None]
        ] = {}  # engine -> what it makes of the utterance so far
        self._glanced = b""  # the utterance as it was read last at a glance
        self._glancing = ThreadPoolExecutor(1, "glance")
        self._sayable: Transcript | None = None  # what could be said that was likeliest, when that was looked for
        self._troubles: list[str] = []
        for engine in self._engines:
            engine.child.start()

    @property
    def engines(self) -> tuple[str, ...]:
        """The names of the engines that are at work, in order."""
        return tuple(engine.name for engine in self._at_work())

    def listen(self, listening: Listening) -> None:
        """Listen like this from the next utterance on."""
        self._listening = listening

    def learn(self, mode: Mode, graph: WordGraph) -> None:
        """Make ready for what can be said in a mode, which takes a moment; may be called from another thread."""
        for engine in self._at_work():
            if not engine.streams:
                self._teach(engine, str(mode), graph)

    def accept(self, pcm: bytes) -> None:
        """More of the current utterance, or the beginning of one: 16-bit mono, RATE, of any length."""
        beginning = not self._audio
        if beginning:
            self._current, self._finished, self._sayable = self._listening, b"", None
        self._audio += pcm
        for engine in self._at_work():
            if engine.streams:
                if beginning:
                    engine.child.tell("begin", *self._grammar())
                engine.child.tell("accept", pcm)

    def glance(self) -> None:
        """Begin to read the utterance so far without waiting: what comes after it is taken for silence.

        `early` and `finish` use its reading unless `went_on` is called. In a partner's turn it reads nothing.
        """
        deadline = time.monotonic() + self._budget
        engines = [engine for engine in self._at_work() if not engine.streams and self._current.mode is not Mode.TURN]
        self._glanced = bytes(self._audio) if engines else b""
        self._glances = {
            engine.name: self._glancing.submit(self._read_whole, engine, self._glanced, deadline) for engine in engines
        }

    @property
    def glanced(self) -> bool:
        """Whether what a glance began has been read, so that `early` does not wait for it."""
        return bool(self._glances) and all(glance.done() for glance in self._glances.values())

    def went_on(self) -> None:
        """The speaker went on: what was read at a glance is not all."""
        self._glances, self._glanced, self._sayable = {}, b"", None

    def early(self) -> Transcript:
        """What the utterance means so far; it may go on. In a partner's turn only the grammar is asked."""
        return self._transcript("partial", final=False)

    def finish(self) -> Transcript:
        """What the utterance means; it is over. Raises RecognizerError when no engine can be kept running."""
        transcript = self._transcript("finish", final=True)
        self._finished = self._glanced or bytes(self._audio)
        self._audio.clear()
        self._glances, self._glanced = {}, b""
        return transcript

    def sayable(self, near: Callable[[], Shortlist]) -> Transcript:
        """What can be said that is likeliest to have been the utterance so far, or the one that was finished last.

        near: finds what it sounded like, which is looked for more closely than all that can be said; once an utterance.
        Beside it stands, not as something sayable, what was read in any words, with a score on the same scale.
        As with `glance`, what comes after it is taken for silence unless `went_on` is called.
        """
        if self._sayable is None:
            self._sayable = self._find_sayable(near())
        return self._sayable

    def _find_sayable(self, near: Shortlist) -> Transcript:
        pcm = self._glanced or bytes(self._audio) or self._finished
        mode, graph = str(self._current.mode), self._current.graph
        deadline = time.monotonic() + self._budget
        found: list[Hypothesis] = []
        for engine in self._at_work() if pcm and graph else ():
            if not engine.streams and graph:
                self._teach(engine, mode, graph)
                sound = pcm, mode, near
                likely = self._call(engine, len(pcm), deadline, "read_sayable", *sound, patience=_SEARCH_PATIENCE)
                if likely is not None:
                    assert isinstance(likely, Likely)
                    found += likely.hypotheses(engine.name)
        troubles, self._troubles = self._troubles, []
        return Transcript(tuple(found), True, " ".join(troubles))

    @staticmethod
    def _teach(engine: Engine, name: str, graph: WordGraph) -> None:
        """Have the process that an engine has now learn what can be said, once."""
        known, process = engine.learned.get(name, (None, None))
        if known is graph and process == engine.child.pid:
            return
        process = engine.child.pid  # when another one takes its place meanwhile, that is taught again
        engine.child.tell("learn", name, graph)
        engine.learned[name] = graph, process

    def discard(self) -> None:
        """Throw the utterance away undecoded."""
        for engine in self._at_work():
            if engine.streams and self._audio:
                engine.child.tell("discard")
        self._audio.clear()
        self.went_on()

    def unknown_words(self, sentences: Iterable[str]) -> tuple[str, ...]:
        """The words of the sentences that an engine with a fixed vocabulary does not know.

        Raises ChildLost or RecognizerError when such an engine does not run.
        """
        words: set[str] = set()
        for engine in self._at_work():
            if engine.streams:
                answer = engine.child.call("unknown_words", tuple(sentences))
                assert isinstance(answer, tuple)
                words.update(answer)
        return tuple(sorted(words))

    def close(self) -> None:
        """End all engines."""
        self._glancing.shutdown(wait=False, cancel_futures=True)
        for engine in self._engines:
            engine.child.close()

    # ---- reading --------------------------------------------------------------------------------

    def _transcript(self, method: str, final: bool) -> Transcript:
        if not self._audio:
            return Transcript((), final)
        self._await_engines()
        deadline = time.monotonic() + self._budget
        engines = [
            engine for engine in self._at_work() if final or engine.streams or self._current.mode is not Mode.TURN
        ]
        answers = {engine.name: self._read(engine, method, deadline) for engine in engines}
        if not any(answers.values()):
            for engine in engines:
                if answers[engine.name] is None and not engine.given_up:
                    answers[engine.name] = self._read(engine, method, deadline)
        readings = [reading for answer in answers.values() for reading in answer or ()]
        troubles, self._troubles = self._troubles, []
        return Transcript(hypotheses_of(readings), final, " ".join(troubles))

    def _read(self, engine: Engine, method: str, deadline: float) -> list[EngineReading] | None:
        """What one engine makes of the utterance so far; None when it was lost or is not back yet."""
        if glance := self._glances.get(engine.name):
            glanced = glance.result()
            if glanced is None:
                del self._glances[engine.name]
            return glanced
        if not engine.streams:
            return self._read_whole(engine, bytes(self._audio), deadline)
        words = self._call(engine, len(self._audio), deadline, method)
        if words is None:
            return None
        assert isinstance(words, VoskReading)
        readings = ((words.in_grammar, True), (words.in_all_words, False))
        return [EngineReading(text, engine.name, grammar) for text, grammar in readings if text is not None]

    def _read_whole(self, engine: Engine, pcm: bytes, deadline: float) -> list[EngineReading] | None:
        text = self._call(engine, len(pcm), deadline, "read", pcm)
        if text is None:
            return None
        assert isinstance(text, ScoredText)
        return [EngineReading(text.text, engine.name, grammar=False, score=text.score)]

    def _call(
        self, engine: Engine, size: int, deadline: float, method: str, *arguments: object, patience: float = _PATIENCE
    ) -> object | None:
        """An engine's answer about so many bytes of sound; None when it was lost or is not back yet."""
        try:
            if not engine.child.wait(deadline - time.monotonic()):
                return None
            longest = (patience + _PATIENCE_PER_SECOND * size / 2 / RATE) * self._budget / BUDGET
            timeout = max(0.0, min(longest, deadline - time.monotonic()))
            answer = engine.child.call(method, *arguments, timeout=timeout)
        except (ChildLost, HearthsideError) as error:
            self._lose(engine, error)
            return None
        engine.losses = 0
        return answer

    def _grammar(self) -> tuple[tuple[str, ...], bool]:
        """For engines that stream: the sentences of the grammar, and whether to listen for all words too.

        With an engine beside it that hears any words, the grammar is enough. Dictation needs none, and in a partner's
        turn nothing but the grammar may be heard.
        """
        mode, sentences = self._current.mode, self._current.sentences
        if mode is Mode.WORDS:
            return (), True
        if mode is Mode.TURN:
            return sentences, False
        alone = all(engine.streams for engine in self._at_work())
        return sentences, not sentences or (alone and mode not in _CLOSED)

    # ---- keeping the engines alive --------------------------------------------------------------

    def _at_work(self) -> list[Engine]:
        return [engine for engine in self._engines if not engine.given_up]

    def _await_engines(self) -> None:
        """The first utterance waits until the engines are loaded."""
        for engine in self._at_work():
            if not engine.awaited:
                engine.awaited = True
                try:
                    engine.child.wait()
                except (ChildLost, HearthsideError) as error:
                    self._lose(engine, error)

    def _lose(self, engine: Engine, error: ChildLost | HearthsideError) -> None:
        """Start the engine again with the utterance so far; give it up when that has not helped or cannot help."""
        engine.losses += 1
        engine.given_up = engine.losses >= _LOSSES or isinstance(error, HearthsideError)
        if not engine.given_up:
            self._troubles.append(
                f"The recognizer {engine.name} {getattr(error, 'reason', error)} and was started again."
            )
            engine.child.start()
            if engine.streams and self._audio:
                engine.child.tell("begin", *self._grammar())
                engine.child.tell("accept", bytes(self._audio))
            return
        engine.child.close()
        if not self._at_work():
            if isinstance(error, RecognizerError):
                raise error
            raise RecognizerError(f"no recognizer can be kept running ({error})", fix=_FIX) from error
        self._troubles.append(f"The recognizer {engine.name} was given up: {error}")


def open_recognizer(ears: str, model: Path | None, budget: float = BUDGET) -> Recognizer:
    """The recognizers that begin to load now.

    ears: "auto" (Vosk with Moonshine beside it where there is a model, else Moonshine), "vosk" or "moonshine".
    model: the folder of a Vosk model. budget: as Recognizer takes it. Raises RecognizerError when Vosk is asked for
    and there is none.
    """
    if ears == "vosk" and model is None:
        raise RecognizerError(
            "there is no Vosk model on this machine",
            fix="Run `hearthside setup` to get one, or set `ears: auto` to do without.",
        )
    engines = []
    if model is not None and ears != "moonshine":
        engines.append(Engine("vosk", Child(VoskReader, str(model), name="vosk"), streams=True))
    if ears != "vosk":
        engines.append(Engine("moonshine", Child(MoonshineReader, name="moonshine"), streams=False))
    return Recognizer(engines, budget)
