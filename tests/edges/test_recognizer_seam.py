"""Whatever happens to an engine, an utterance costs little and the next one is heard."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast

import pytest

from tests.support.speech import KOREAN, korean_model, silence, spoken, spoken_korean
from voice.edges.recognizer import BUDGET, Recognizer, open_recognizer
from voice.engines.moonshine.calibration import MOONSHINE
from voice.engines.protocol import Constraints, Engine, EngineDescription, EngineHypothesis, Hypotheses
from voice.errors import RecognizerError
from voice.messages.recognition import Hypothesis, Listening, Mode, Need, Transcript
from voice.messages.word_graph import Shortlist, WordGraph

NEAR = Shortlist(WordGraph((), 0, {}), distance=0.0)


class OpenEngine:
    """An engine that is given whole utterances and tells what it was built with, dies, or refuses to live."""

    def __init__(self, text: str) -> None:
        if text == "damaged":
            raise RecognizerError("the model is damaged", "somewhere", "Get another.")
        self.text, self.size, self.lessons = text, 0, 0

    def learn(self, name: str, graph: WordGraph) -> None:
        self.name = name
        self.lessons += 1

    def begin(self, constraints: Constraints) -> None:
        self.size = 0

    def accept(self, pcm: bytes) -> None:
        self.size += len(pcm)

    def partial(self) -> Hypotheses:
        if self.text == "poison":
            os._exit(1)
        return (EngineHypothesis(self.text or str(self.size), -1.0),)

    finish = partial

    def rescore(self, pcm: bytes, constraints: Constraints, shortlist: Shortlist) -> Hypotheses:
        assert constraints.name == self.name
        found = f"{self.text}, {len(pcm)} bytes, lesson {self.lessons}"
        return EngineHypothesis(self.text, -1.5), EngineHypothesis(found, -2.0, constrained=True)


class SilentEngine(OpenEngine):
    """An engine that finds no words."""

    def __init__(self) -> None:
        super().__init__("silent")

    def partial(self) -> Hypotheses:
        return (EngineHypothesis("", -1.0),)

    finish = partial


class GrammarEngine:
    """An engine that streams and tells what it was asked to listen for."""

    def begin(self, constraints: Constraints) -> None:
        self.found: Hypotheses = ()
        if constraints.sentences:
            self.found += (EngineHypothesis(" ".join(constraints.sentences), in_grammar=True),)
        if constraints.open_vocabulary:
            self.found += (EngineHypothesis("all words"),)

    def accept(self, pcm: bytes) -> None:
        pass

    def discard(self) -> None:
        self.found = ()

    def partial(self) -> Hypotheses:
        return self.found

    finish = partial


def described(name: str, factory: Callable[..., object], *arguments: str, grammar: bool = False) -> EngineDescription:
    needs = frozenset({Need.GRAMMAR if grammar else Need.GRAPH})
    return EngineDescription(name, cast(Callable[..., Engine], factory), arguments, needs, grammar, MOONSHINE)


def open_engine(text: str) -> EngineDescription:
    return described("open", OpenEngine, text)


def grammar_engine() -> EngineDescription:
    return described("grammar", GrammarEngine, grammar=True)


Build = Callable[..., Recognizer]


@pytest.fixture
def build() -> Iterator[Build]:
    """A recognizer of these engines, which the test does not have to close."""
    built: list[Recognizer] = []

    def build_it(*engines: EngineDescription) -> Recognizer:
        built.append(Recognizer(engines))
        return built[-1]

    yield build_it
    for recognizer in built:
        recognizer.close()


def hear(recognizer: Recognizer, mode: Mode, *sentences: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What it made of an utterance, early and in the end."""
    recognizer.listen(Listening(mode, sentences))
    recognizer.accept(silence(0.1))
    early, late = recognizer.early(), recognizer.finish()
    assert not early.final
    assert late.final
    return texts(early), texts(late)


def texts(transcript: Transcript) -> tuple[str, ...]:
    return tuple(hypothesis.text for hypothesis in transcript.hypotheses)


# ---- reading ahead ----------------------------------------------------------------------------------


def test_what_a_glance_began_to_read_is_the_answer_unless_the_speaker_went_on(build: Build) -> None:
    recognizer = build(open_engine(""))
    recognizer.listen(Listening(Mode.IDLE))
    recognizer.accept(bytes(100))
    recognizer.glance()
    recognizer.accept(bytes(20))
    assert texts(recognizer.early()) == ("100",)
    assert recognizer.glanced
    assert texts(recognizer.finish()) == ("100",)
    recognizer.accept(bytes(100))
    recognizer.glance()
    recognizer.went_on()
    recognizer.accept(bytes(20))
    assert not recognizer.glanced
    assert texts(recognizer.early()) == ("120",)
    assert texts(recognizer.finish()) == ("120",)


def test_a_glance_into_a_partners_turn_reads_nothing(build: Build) -> None:
    recognizer = build(open_engine("private"))
    recognizer.listen(Listening(Mode.TURN))
    recognizer.accept(bytes(100))
    recognizer.glance()
    assert not recognizer.glanced
    assert texts(recognizer.early()) == ()


def test_an_engine_that_dies_at_a_glance_is_asked_again(build: Build) -> None:
    recognizer = build(open_engine("poison"), grammar_engine())
    recognizer.listen(Listening(Mode.IDLE, ("yes",)))
    recognizer.accept(bytes(100))
    recognizer.glance()
    early = recognizer.early()
    assert texts(early) == ("yes",)
    assert "was started again" in early.trouble


# ---- what is listened for, and which readings stand -------------------------------------------------


def test_one_engine_with_a_grammar_listens_for_all_words_too(build: Build) -> None:
    alone = build(grammar_engine())
    assert hear(alone, Mode.IDLE, "all word")[1] == ("all word", "all words")
    assert hear(alone, Mode.YES_NO, "yes")[1] == ("yes",)
    assert hear(alone, Mode.WORDS, "keep it")[1] == ("all words",)
    assert hear(alone, Mode.IDLE)[1] == ("all words",)


def test_in_a_turn_nothing_is_heard_but_the_grammar(build: Build) -> None:
    alone = build(grammar_engine())
    assert hear(alone, Mode.TURN, "done") == (("done",), ("done",))
    assert hear(alone, Mode.TURN) == ((), ())


def test_in_a_turn_the_open_engine_is_not_given_what_is_not_over(build: Build) -> None:
    assert hear(build(open_engine("what a day")), Mode.TURN) == ((), ("what a day",))


def test_beside_an_open_engine_the_grammar_is_enough(build: Build) -> None:
    both = build(grammar_engine(), open_engine("Go deeper."))
    assert hear(both, Mode.IDLE, "go deeper")[1] == ("go deeper", "Go deeper.")


def test_a_grammars_reading_stands_only_with_support(build: Build) -> None:
    assert hear(build(grammar_engine(), open_engine("We should go there later.")), Mode.IDLE, "go deeper")[1] == (
        "We should go there later.",
    )
    assert hear(build(grammar_engine(), described("silent", SilentEngine)), Mode.IDLE, "stop")[1] == ()


def test_the_same_words_come_once(build: Build) -> None:
    assert hear(build(grammar_engine(), open_engine("stop")), Mode.IDLE, "stop")[1] == ("stop",)


def test_what_is_over_can_be_looked_for_among_what_can_be_said_until_the_next_one_begins(build: Build) -> None:
    recognizer = build(open_engine("tea"))
    recognizer.listen(Listening(Mode.IDLE, graph=WordGraph((), 0, {})))
    recognizer.accept(bytes(3200))
    assert texts(recognizer.finish()) == ("tea",)
    free, likely = recognizer.rescore(lambda: NEAR).hypotheses
    assert free == Hypothesis("tea", "open", -1.5, calibration=MOONSHINE)
    found = "tea, 3200 bytes, lesson 1"
    assert likely == Hypothesis(found, "open", -2.0, constrained=True, calibration=MOONSHINE)
    recognizer.accept(bytes(1600))
    _, likely = recognizer.rescore(lambda: NEAR).hypotheses
    assert likely.text == "tea, 1600 bytes, lesson 1"
    recognizer.discard()
    recognizer.listen(Listening(Mode.WORDS))
    recognizer.accept(bytes(3200))
    assert recognizer.rescore(lambda: NEAR).hypotheses == ()


def test_what_can_be_said_is_learned_once_by_every_process(build: Build) -> None:
    graph = WordGraph((), 0, {})
    recognizer = build(open_engine("tea"))
    recognizer.learn(Mode.IDLE, graph)
    recognizer.listen(Listening(Mode.IDLE, graph=graph))
    for _ in range(2):
        recognizer.accept(bytes(3200))
        assert texts(recognizer.rescore(lambda: NEAR))[1].endswith("lesson 1")
        recognizer.finish()
    (engine,) = recognizer._supervisor.at_work
    engine.child.close()  # as when it is lost
    recognizer.accept(bytes(3200))
    assert recognizer.finish().hypotheses
    assert texts(recognizer.rescore(lambda: NEAR))[1].endswith("lesson 1")


def test_the_needs_are_those_of_the_engines_that_listen(build: Build) -> None:
    assert build(open_engine("tea")).needs == {Need.GRAPH}
    assert build(grammar_engine()).needs == {Need.GRAMMAR}
    assert build(grammar_engine(), open_engine("tea")).needs == {Need.GRAMMAR, Need.GRAPH}


def test_nothing_is_left_of_what_is_thrown_away(build: Build) -> None:
    recognizer = build(grammar_engine(), open_engine("what a day"))
    recognizer.listen(Listening(Mode.TURN, ("done",)))
    recognizer.accept(silence(0.1))
    recognizer.discard()
    assert recognizer.early() == Transcript((), final=False)
    assert recognizer.finish() == Transcript(())


# ---- engines that break -----------------------------------------------------------------------------


def test_what_the_others_heard_counts_when_one_dies(build: Build) -> None:
    recognizer = build(open_engine("poison"), described("other", OpenEngine, "stop"))
    recognizer.accept(silence(0.1))
    assert recognizer.finish() == Transcript(
        (Hypothesis("stop", "other", -1.0, calibration=MOONSHINE),),
        trouble="The recognizer open died and was started again.",
    )


def test_an_engine_that_always_dies_is_given_up(build: Build) -> None:
    recognizer = build(open_engine("poison"), described("other", OpenEngine, "stop"))
    troubles = []
    for _ in range(6):
        recognizer.accept(silence(0.1))
        troubles.append(recognizer.finish().trouble)
    assert ["given up" in trouble for trouble in troubles] == [False, False, False, True, False, False]
    assert recognizer.engines == ("other",)


def test_without_any_engine_that_lives_it_says_so(build: Build) -> None:
    recognizer = build(open_engine("poison"))
    recognizer.accept(silence(0.1))
    recognizer.finish()
    recognizer.accept(silence(0.1))
    with pytest.raises(RecognizerError, match="no recognizer can be kept running"):
        recognizer.finish()


def test_a_damaged_model_is_told_at_once(build: Build) -> None:
    recognizer = build(open_engine("damaged"))
    recognizer.accept(silence(0.1))
    with pytest.raises(RecognizerError, match=r"somewhere: the model is damaged. Get another."):
        recognizer.finish()


@pytest.fixture(scope="module")
def moonshine() -> Iterator[Recognizer]:
    recognizer = open_recognizer("auto", None)
    yield recognizer
    recognizer.close()


@pytest.fixture(scope="module")
def vosk() -> Iterator[Recognizer]:
    recognizer = open_recognizer("vosk", korean_model())
    recognizer.listen(Listening(Mode.YES_NO, KOREAN))
    yield recognizer
    recognizer.close()


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_moonshine_comes_back(moonshine: Recognizer, blow: signal.Signals) -> None:
    survives(moonshine, spoken("how long is left"), "How long is left?", blow)


@pytest.mark.parametrize("blow", [signal.SIGKILL, signal.SIGSTOP])
def test_vosk_comes_back(vosk: Recognizer, blow: signal.Signals) -> None:
    survives(vosk, spoken_korean("감사합니다"), "감사합니다", blow)


def survives(recognizer: Recognizer, pcm: bytes, words: str, blow: signal.Signals) -> None:
    """The utterance in which the engine is struck costs no more than the budget; the next one is heard."""
    recognizer.accept(pcm)
    assert texts(recognizer.finish()) == (words,)
    (engine,) = recognizer._supervisor.at_work
    assert engine.child.pid is not None
    recognizer.accept(pcm)
    os.kill(engine.child.pid, blow)
    before = time.monotonic()
    struck = recognizer.finish()
    assert time.monotonic() - before < BUDGET + 1.0  # ending and starting a process takes a moment
    assert "was started again" in struck.trouble
    assert texts(struck) in ((words,), ())
    engine.child.wait()
    recognizer.accept(pcm)
    again = recognizer.finish()
    assert (texts(again), again.trouble) == ((words,), "")


def test_early_words_of_real_speech(vosk: Recognizer) -> None:
    vosk.accept(silence(0.1))
    assert texts(vosk.early()) == ()
    vosk.accept(spoken_korean("감사합니다"))
    assert texts(vosk.early()) == ("감사합니다",)
    assert texts(vosk.finish()) == ("감사합니다",)
    assert vosk.unknown_words(["타이머 zzz"]) == ("zzz",)


# ---- opening ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ears", "model", "engines"),
    [
        ("auto", None, ("moonshine",)),
        ("auto", Path("model"), ("vosk", "moonshine")),
        ("vosk", Path("model"), ("vosk",)),
        ("moonshine", Path("model"), ("moonshine",)),
    ],
)
def test_which_engines_listen(ears: str, model: Path | None, engines: tuple[str, ...]) -> None:
    recognizer = open_recognizer(ears, model)
    assert recognizer.engines == engines
    recognizer.close()


def test_vosk_without_a_model() -> None:
    with pytest.raises(RecognizerError, match=r"no Vosk model on this machine. Run `hearthside setup`"):
        open_recognizer("vosk", None)


@pytest.mark.parametrize(
    "reader",
    [
        "voice.engines.moonshine.engine import MoonshineEngine as E; e = E(); e.accept(bytes(32000)); e.finish()",
        f"voice.engines.vosk.engine import VoskEngine; VoskEngine({str(korean_model())!r})",
    ],
)
def test_no_engine_opens_a_socket(reader: str) -> None:
    program = f"""
import sys
sys.path[:] = {sys.path!r}
sys.addaudithook(lambda event, _: event.startswith("socket") and print(event))
from {reader}
print("done")
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert run.stdout == "done\n", run.stderr
