"""Moonshine reads real speech, and nothing where there is none."""

from collections.abc import Iterator

import pytest

from tests.speech import noise, silence, spoken
from voice.child import Child
from voice.core.word_graph import word_graph
from voice.edges.recognizer_moonshine import MoonshineReader, model_folder, trusted
from voice.moonshine.search import Text


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
    assert isinstance(text, Text)
    assert text.text.lower().strip(".!?") == heard


@pytest.mark.parametrize("pcm", [b"", silence(0.1), silence(3.0), noise(2.0, 0.001), noise(2.0, 0.1)])
def test_nothing_is_invented(moonshine: Child, pcm: bytes) -> None:
    text = moonshine.call("read", pcm)
    assert isinstance(text, Text)
    assert text.text == ""


SAYABLE = (
    ("keep", "(log|keep) an appreciation [for {name}]"),
    ("timer", "set a timer for {duration}"),
    ("thank", "i appreciate that {clause}"),
)


@pytest.mark.parametrize(
    ("said", "likeliest"),
    [
        ("log an appreciation", "Log an appreciation."),  # heard as "Log on appreciation."
        ("set a timer for twenty five minutes", "Set a timer for twenty-five minutes."),
        ("i appreciate that sam picked up the kids", "I appreciate that Sam picked up the kids."),
    ],
)
def test_what_can_be_said_is_found_in_the_sound(moonshine: Child, said: str, likeliest: str) -> None:
    moonshine.tell("learn", "some", word_graph(SAYABLE, {}, {"name": {"sam": "Sam", "alex": "Alex"}}))
    pcm = spoken(said)
    read = moonshine.call("read", pcm)
    texts = moonshine.call("read_sayable", pcm, "some")
    assert isinstance(read, Text)
    assert isinstance(texts, tuple)
    assert texts[0].text == likeliest
    assert list(texts) == sorted(texts, key=lambda text: -text.score)
    assert read.score - texts[0].score < 6  # near to what is likeliest of all


def test_talk_is_far_likelier_as_talk(moonshine: Child) -> None:
    moonshine.tell("learn", "some", word_graph(SAYABLE, {}, {"name": {"sam": "Sam", "alex": "Alex"}}))
    pcm = spoken("the train was late again in the rain")
    read, texts = moonshine.call("read", pcm), moonshine.call("read_sayable", pcm, "some")
    assert isinstance(read, Text)
    assert isinstance(texts, tuple)
    assert all(read.score - text.score > 12 for text in texts)


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
