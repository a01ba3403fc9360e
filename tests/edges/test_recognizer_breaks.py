"""Engines that die, hang or cannot be opened: the next utterance is heard."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.engines import Build, OpenEngine, described, open_engine, texts
from tests.support.speech import KOREAN, korean_model, silence, spoken, spoken_korean
from voice.edges.recognizer import BUDGET, Recognizer, open_recognizer
from voice.engines.moonshine.calibration import MOONSHINE
from voice.engines.protocol import EngineDescription
from voice.errors import RecognizerError
from voice.messages.recognition import Hypothesis, Listening, Mode, Transcript


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
