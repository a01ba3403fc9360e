"""Vosk, the real library with a real (Korean) model, reads real speech and survives whatever it is given."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest

from tests.support.speech import KOREAN, korean_model, silence, spoken_korean
from voice.child import Child, ChildLost
from voice.engines.protocol import Constraints, EngineHypothesis, Hypotheses
from voice.engines.vosk.calibration import VOSK
from voice.engines.vosk.engine import UNMEASURED, VoskEngine, without_gaps
from voice.errors import RecognizerError
from voice.messages.word_graph import Shortlist, WordGraph


@pytest.fixture(scope="module")
def vosk() -> Iterator[Child]:
    with Child(VoskEngine, str(korean_model()), name="vosk", patience=20.0) as child:
        yield child


NOTHING_NEAR = Shortlist(WordGraph((), 0, {}), distance=0.0)


def in_grammar(text: str) -> Hypotheses:
    return (EngineHypothesis(text, in_grammar=True),)


def heard(vosk: Child) -> Hypotheses:
    return cast(Hypotheses, vosk.call("finish"))


def stream(vosk: Child, pcm: bytes) -> None:
    """As it comes from a microphone: 32 ms at a time."""
    for begin in range(0, len(pcm), 1024):
        vosk.tell("accept", pcm[begin : begin + 1024])


@pytest.mark.parametrize("words", KOREAN)
def test_a_grammar_is_heard(vosk: Child, words: str) -> None:
    vosk.tell("begin", Constraints(sentences=KOREAN, open_vocabulary=False))
    stream(vosk, spoken_korean(words))
    assert vosk.call("partial") == in_grammar(words)
    assert vosk.call("finish") == in_grammar(words)


def test_an_utterance_with_long_pauses_stays_one(vosk: Child) -> None:
    vosk.tell("begin", Constraints(sentences=KOREAN, open_vocabulary=False))
    stream(vosk, spoken_korean("타이머") + silence(2.0) + spoken_korean("감사합니다"))
    assert vosk.call("finish") == in_grammar("타이머 감사합니다")


def test_all_words_beside_the_grammar(vosk: Child) -> None:
    vosk.tell("begin", Constraints(sentences=KOREAN))
    vosk.tell("accept", spoken_korean("아니요"))
    inside, free = heard(vosk)
    assert (inside.text, inside.in_grammar, free.in_grammar) == ("아니요", True, False)
    assert "아니" in free.text


def test_a_grammars_words_are_scored_against_all_words(vosk: Child) -> None:
    scores = {}
    for words in ("아니요", "오늘은 정말 길고 힘든 하루였어요"):
        vosk.tell("begin", Constraints(sentences=KOREAN))
        vosk.tell("accept", spoken_korean(words))
        early, free = cast(Hypotheses, vosk.call("partial"))
        assert (early.score, free.score) == (UNMEASURED, 0.0)  # before the end nothing is measured
        inside, free = heard(vosk)
        assert free.score == 0.0
        assert inside.score is not None
        scores[words] = inside.score
    said, talk = scores.values()
    assert said > VOSK.unsure > talk


def test_rescoring_finds_the_sentence_with_the_score_that_was_measured(vosk: Child) -> None:
    limits, pcm = Constraints(sentences=KOREAN), spoken_korean("아니요")
    vosk.tell("begin", limits)
    vosk.tell("accept", pcm)
    inside, free = heard(vosk)
    read, again, best, *_ = cast(Hypotheses, vosk.call("rescore", pcm, limits, NOTHING_NEAR))
    assert (read.text, again) == (inside.text, free)
    assert read.score is not None
    assert read.score > VOSK.unsure
    assert best == EngineHypothesis("아니요", read.score, constrained=True)


def test_rescoring_where_not_all_words_may_be_heard_finds_nothing(vosk: Child) -> None:
    limits = Constraints(sentences=KOREAN, open_vocabulary=False)
    assert vosk.call("rescore", spoken_korean("아니요"), limits, NOTHING_NEAR) == ()


def test_nothing_is_heard_in_silence_and_nothing_is_left_of_what_is_thrown_away(vosk: Child) -> None:
    vosk.tell("begin", Constraints(sentences=KOREAN, open_vocabulary=False))
    vosk.tell("accept", spoken_korean("타이머"))
    vosk.tell("discard")
    vosk.tell("accept", spoken_korean("타이머"))
    assert vosk.call("finish") == ()
    vosk.tell("begin", Constraints(sentences=KOREAN, open_vocabulary=False))
    vosk.tell("accept", silence(1.0))
    assert vosk.call("finish") == in_grammar("")


@pytest.mark.parametrize(
    "sentences",
    [
        ('타이머"]', "계속"),
        ("[]", "[", "", "   ", "계속"),
        ("\\", "\n", "계속\n계속", "계속"),
        ("계속\0", "\ud7ff\U0001f600", "계속"),
        ("계속",) * 1000,
    ],
)
def test_no_grammar_can_hurt_it(vosk: Child, sentences: tuple[str, ...]) -> None:
    vosk.wait()
    pid = vosk.pid
    vosk.tell("begin", Constraints(sentences=sentences, open_vocabulary=False))
    vosk.tell("accept", spoken_korean("계속"))
    (found,) = heard(vosk)
    assert found.text in ("계속", "계속 계속")
    assert vosk.pid == pid


@pytest.mark.parametrize("sentences", [(), ("",), ("zzz",), ("타이머 zzz",)])
def test_without_a_sentence_that_it_knows_it_hears_nothing(vosk: Child, sentences: tuple[str, ...]) -> None:
    vosk.tell("begin", Constraints(sentences=sentences, open_vocabulary=False))
    vosk.tell("accept", spoken_korean("타이머"))
    assert vosk.call("finish") == ()


def test_words_that_it_does_not_know_are_reported(vosk: Child) -> None:
    assert vosk.call("unknown_words", ("타이머 Zzz", "계속 foo", "foo")) == ("foo", "zzz")


def test_a_gap_is_no_reading() -> None:
    assert without_gaps("ask us [unk] question") == ""
    assert without_gaps("ask us a question") == "ask us a question"


def copy_of_model(folder: Path) -> Path:
    """The model again, file by file without copying them."""
    for source in korean_model().rglob("*"):
        if source.is_file():
            target = folder / source.relative_to(korean_model())
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(source)
    return folder


def test_a_model_with_a_file_missing_or_empty_is_never_loaded(tmp_path: Path) -> None:
    model = copy_of_model(tmp_path / "model")
    (model / "graph/Gr.fst").unlink()
    with (
        Child(VoskEngine, str(model), name="vosk") as child,
        pytest.raises(RecognizerError, match=r"Gr.fst is missing"),
    ):
        child.wait()
    (model / "graph/Gr.fst").touch()
    with Child(VoskEngine, str(model), name="vosk") as child, pytest.raises(RecognizerError, match=r"Gr.fst is empty"):
        child.wait()


@pytest.mark.parametrize("name", ["am/final.mdl", "graph/Gr.fst", "graph/HCLr.fst"])
def test_a_model_with_half_a_file_takes_only_the_child_with_it(tmp_path: Path, name: str) -> None:
    model = copy_of_model(tmp_path / "model")
    (model / name).unlink()
    with (korean_model() / name).open("rb") as whole, (model / name).open("wb") as half:
        half.write(whole.read(os.fstat(whole.fileno()).st_size // 2))
    with Child(VoskEngine, str(model), name="vosk") as child:
        child.tell("begin", Constraints(sentences=KOREAN, open_vocabulary=False))
        child.tell("accept", silence(0.5))
        with pytest.raises(ChildLost, match=r"would not start|died"):  # half an HCLr.fst loads, and then it crashes
            child.call("finish")
