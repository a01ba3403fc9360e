"""Moonshine reads real speech, and nothing where there is none."""

from collections.abc import Iterator

import pytest

from tests.speech import noise, silence, spoken
from voice.child import Child
from voice.edges.recognizer_moonshine import MoonshineReader, model_folder, trusted


@pytest.fixture(scope="module")
def moonshine() -> Iterator[Child]:
    with Child(MoonshineReader, name="moonshine") as child:
        yield child


@pytest.mark.parametrize(
    ("said", "heard"),
    [
        ("stop", "stop"),
        ("yes", "yes"),
        ("how long is left", "how long is left"),
        ("give me two minutes", "give me two minutes"),
        ("ask us a question", "ask us a question"),
    ],
)
def test_speech_is_read(moonshine: Child, said: str, heard: str) -> None:
    text = moonshine.call("read", spoken(said))
    assert isinstance(text, str)
    assert text.lower().strip(".!?") == heard


@pytest.mark.parametrize("pcm", [b"", silence(0.1), silence(3.0), noise(2.0, 0.001), noise(2.0, 0.1)])
def test_nothing_is_invented(moonshine: Child, pcm: bytes) -> None:
    assert moonshine.call("read", pcm) == ""


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Go deeper.", True),
        ("Stop! Stop! Stop!", True),
        ("I appreciate that Sam picked up the kids, picked up the dog and cooked.", True),
        ("?", False),
        ("...", False),
        ("It's a little bit of a little bit of a little bit of a little", False),
        ("you you you you you you you", False),
    ],
)
def test_loops_and_punctuation_are_no_words(text: str, kept: bool) -> None:
    assert trusted(text) == (text if kept else "")


def test_the_model_is_in_its_package() -> None:
    assert (model_folder() / "tokenizer.bin").is_file()
