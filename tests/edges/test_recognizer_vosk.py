"""Vosk, the real library with a real (Korean) model, reads real speech and survives whatever it is given."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.speech import KOREAN, korean_model, silence, spoken_korean
from voice.child import Child, ChildLost
from voice.edges.recognizer_vosk import VoskReader, VoskReading, without_gaps
from voice.errors import RecognizerError


@pytest.fixture(scope="module")
def vosk() -> Iterator[Child]:
    with Child(VoskReader, str(korean_model()), name="vosk", patience=20.0) as child:
        yield child


def stream(vosk: Child, pcm: bytes) -> None:
    """As it comes from a microphone: 32 ms at a time."""
    for begin in range(0, len(pcm), 1024):
        vosk.tell("accept", pcm[begin : begin + 1024])


@pytest.mark.parametrize("words", KOREAN)
def test_a_grammar_is_heard(vosk: Child, words: str) -> None:
    vosk.tell("begin", KOREAN, False)
    stream(vosk, spoken_korean(words))
    assert vosk.call("partial") == VoskReading(in_grammar=words)
    assert vosk.call("finish") == VoskReading(in_grammar=words)


def test_an_utterance_with_long_pauses_stays_one(vosk: Child) -> None:
    vosk.tell("begin", KOREAN, False)
    stream(vosk, spoken_korean("타이머") + silence(2.0) + spoken_korean("감사합니다"))
    assert vosk.call("finish") == VoskReading(in_grammar="타이머 감사합니다")


def test_all_words_beside_the_grammar(vosk: Child) -> None:
    vosk.tell("begin", KOREAN, True)
    vosk.tell("accept", spoken_korean("아니요"))
    reading = vosk.call("finish")
    assert isinstance(reading, VoskReading)
    assert reading.in_grammar == "아니요"
    assert reading.in_all_words
    assert "아니" in reading.in_all_words


def test_nothing_is_heard_in_silence_and_nothing_is_left_of_what_is_thrown_away(vosk: Child) -> None:
    vosk.tell("begin", KOREAN, False)
    vosk.tell("accept", spoken_korean("타이머"))
    vosk.tell("discard")
    vosk.tell("accept", spoken_korean("타이머"))
    assert vosk.call("finish") == VoskReading()
    vosk.tell("begin", KOREAN, False)
    vosk.tell("accept", silence(1.0))
    assert vosk.call("finish") == VoskReading(in_grammar="")


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
    vosk.tell("begin", sentences, False)
    vosk.tell("accept", spoken_korean("계속"))
    reading = vosk.call("finish")
    assert isinstance(reading, VoskReading)
    assert reading.in_grammar in ("계속", "계속 계속")
    assert vosk.pid == pid


@pytest.mark.parametrize("sentences", [(), ("",), ("zzz",), ("타이머 zzz",)])
def test_without_a_sentence_that_it_knows_it_hears_nothing(vosk: Child, sentences: tuple[str, ...]) -> None:
    vosk.tell("begin", sentences, False)
    vosk.tell("accept", spoken_korean("타이머"))
    assert vosk.call("finish") == VoskReading()


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
        Child(VoskReader, str(model), name="vosk") as child,
        pytest.raises(RecognizerError, match=r"Gr.fst is missing"),
    ):
        child.wait()
    (model / "graph/Gr.fst").touch()
    with Child(VoskReader, str(model), name="vosk") as child, pytest.raises(RecognizerError, match=r"Gr.fst is empty"):
        child.wait()


@pytest.mark.parametrize("name", ["am/final.mdl", "graph/Gr.fst", "graph/HCLr.fst"])
def test_a_model_with_half_a_file_takes_only_the_child_with_it(tmp_path: Path, name: str) -> None:
    model = copy_of_model(tmp_path / "model")
    (model / name).unlink()
    with (korean_model() / name).open("rb") as whole, (model / name).open("wb") as half:
        half.write(whole.read(os.fstat(whole.fileno()).st_size // 2))
    with Child(VoskReader, str(model), name="vosk") as child:
        child.tell("begin", KOREAN, False)
        child.tell("accept", silence(0.5))
        with pytest.raises(ChildLost, match=r"would not start|died"):  # half an HCLr.fst loads, and then it crashes
            child.call("finish")
