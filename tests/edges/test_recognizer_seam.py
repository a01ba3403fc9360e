"""What the recognizer reads ahead, what it listens for, and which readings stand."""

from collections.abc import Iterator

import pytest

from tests.support.engines import Build, OpenEngine, described, open_engine, texts
from tests.support.speech import silence
from voice.edges.recognizer import Recognizer
from voice.engines.moonshine.calibration import MOONSHINE
from voice.engines.protocol import Constraints, EngineDescription, EngineHypothesis, Hypotheses
from voice.messages.recognition import Hypothesis, Listening, Mode, Need, Transcript
from voice.messages.word_graph import Shortlist, WordGraph

NEAR = Shortlist(WordGraph((), 0, {}), distance=0.0)


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


def grammar_engine() -> EngineDescription:
    return described("grammar", GrammarEngine, grammar=True)


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
