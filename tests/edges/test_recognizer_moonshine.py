"""Moonshine reads real speech, and nothing where there is none."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest

from tests.support.speech import noise, silence, spoken
from voice.child import Child
from voice.edges.recognizer_moonshine import Likely, MoonshineReader, model_folder, trusted
from voice.language.text import SMALL, TENS
from voice.messages.sound import RATE
from voice.messages.word_graph import Shortlist, WordGraph
from voice.moonshine.model import Model
from voice.moonshine.search import ScoredText, likeliest, scores
from voice.moonshine.speeds import at_other_speeds
from voice.moonshine.token_graph import Spellings, State
from voice.moonshine.tokenizer import SPACE, Pieces
from voice.nlu.grammar.word_graph import graph_of_quantity, word_graph
from voice.sound.resampling import from_pcm


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
    assert isinstance(text, ScoredText)
    assert text.text.lower().strip(".!?") == heard


@pytest.mark.parametrize("pcm", [b"", silence(0.1), silence(3.0), noise(2.0, 0.001), noise(2.0, 0.1)])
def test_nothing_is_invented(moonshine: Child, pcm: bytes) -> None:
    text = moonshine.call("read", pcm)
    assert isinstance(text, ScoredText)
    assert text.text == ""


REACH = 24.0
NOTHING_NEAR = Shortlist(WordGraph((), 0, {}), REACH)
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
    likely = moonshine.call("read_sayable", spoken(said), "some", NOTHING_NEAR)
    assert isinstance(likely, Likely)
    assert likely.sayable[0].text == likeliest
    assert list(likely.sayable) == sorted(likely.sayable, key=lambda text: -text.score)
    assert likely.free.score - likely.sayable[0].score < 6  # near to what is likeliest of all
    assert len(likely.at_other_speeds) == 2
    heard, *others = likely.hypotheses("moonshine")
    assert (heard.text, heard.at_other_speeds, heard.sayable) == (likely.free.text, likely.at_other_speeds, False)
    assert [other.text for other in others if other.sayable] == [text.text for text in likely.sayable]


def test_what_is_near_is_found_where_all_that_can_be_said_does_not_hold_it(moonshine: Child) -> None:
    moonshine.tell("learn", "some", word_graph(SAYABLE, {}, {"name": {"sam": "Sam", "alex": "Alex"}}))
    near = Shortlist(word_graph([("ask", "ask us a question"), ("ask", "ask us the question")], {}, {}), REACH)
    likely = moonshine.call("read_sayable", spoken("ask us a question"), "some", near)
    assert isinstance(likely, Likely)
    assert likely.sayable[0].text == "Ask us a question."


def test_what_is_out_of_reach_is_not_looked_for(moonshine: Child) -> None:
    moonshine.tell("learn", "some", word_graph(SAYABLE, {}, {"name": {"sam": "Sam", "alex": "Alex"}}))
    talk = spoken("the train was late again in the rain")
    far = moonshine.call("read_sayable", talk, "some", replace(NOTHING_NEAR, reach=60.0))
    assert isinstance(far, Likely)
    assert far.free.score - far.sayable[0].score > 8.0
    assert moonshine.call("read_sayable", talk, "some", replace(NOTHING_NEAR, reach=8.0)) == replace(far, sayable=())


@pytest.mark.parametrize(
    ("written", "can_be_said"),
    [
        ("Set a timer for twenty five minutes", True),
        ("Set a timer, for twenty-five, minutes", True),
        ("Set a timer for 25 minutes please", True),
        ("An hour and a half more", True),
        ("An hour half more", False),
        ("Set a timer for twenty, five", False),
        ("Set a timer for minutes", False),
    ],
)
def test_a_part_is_said_as_if_it_were_written_out(written: str, can_be_said: bool) -> None:
    sentences = [("timer", "set a timer for {duration} [please]"), ("more", "{duration} more")]
    pieces, digits = Pieces(model_folder() / "tokenizer.bin"), dict(zip(SMALL, range(20), strict=True)) | dict(TENS)
    parts = {"{duration}": graph_of_quantity("{duration}")}
    whole = replace(word_graph(sentences, {}, {}), digits=digits)
    of_parts = replace(word_graph(sentences, {}, {}, spelled=False), digits=digits, parts=parts)
    words = written.replace(",", " ,").replace("-", " -").split(" ")
    spelled = [piece for word in words for piece in pieces.spell(word if word[0] in ",-" else SPACE + word)]
    for graph in (whole, of_parts):
        spellings = Spellings(graph, pieces)
        state: State | None = spellings.begin()
        for piece in spelled:
            state = behind(spellings, state, piece) if state else None
        assert (state is not None and spellings.ways(state).ends) is can_be_said


def behind(spellings: Spellings, state: State, piece: int) -> State | None:
    ways = spellings.ways(state)
    return next((ways.behind(number) for number, each in enumerate(ways.pieces) if each == piece), None)


def test_texts_that_are_commands_are_told_from_those_that_are_not() -> None:
    graph = word_graph([("ask", "ask us a question"), ("", "ask us anything")], {}, {})
    pieces = Pieces(model_folder() / "tokenizer.bin")
    spellings = Spellings(graph, pieces)
    for text, is_command in (("Ask us a question", True), ("Ask us anything", False)):
        state: State | None = spellings.begin()
        for piece in [piece for word in text.split() for piece in pieces.spell(SPACE + word)]:
            state = behind(spellings, state, piece) if state else None
        assert state
        assert spellings.ways(state).command is is_command
        over = behind(spellings, state, pieces.spell(".")[0])
        assert over
        assert over.is_over
        assert spellings.ways(over).command is is_command


def test_what_a_search_comes_to_takes_little_memory() -> None:
    names = ["".join(syllables) for syllables in product(("ba", "do", "fi", "ku", "lo", "me", "nu"), repeat=4)]
    graph = word_graph([("say", f"say ({'|'.join(names)})")], {}, {})
    pieces = Pieces(model_folder() / "tokenizer.bin")

    def search() -> Spellings:
        spellings = Spellings(graph, pieces)
        state: State | None = spellings.begin()
        for piece in pieces.spell(SPACE + "Say"):
            state = behind(spellings, state, piece) if state else None
        assert state
        assert len(spellings.ways(state).pieces) > 30
        return spellings

    search()  # what is kept for every search is not counted
    tracemalloc.start()
    kept = search()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept.begin()
    assert size < 400 * len(names)  # three forms of some pieces each; in sets of places it would be thirteen times that


def test_a_text_is_as_likely_as_when_it_was_read_and_several_at_once_as_each_alone() -> None:
    model, pieces = Model(model_folder()), Pieces(model_folder() / "tokenizer.bin")
    encoded = model.encode(from_pcm(spoken("give me two minutes")))
    read = likeliest(model, pieces, encoded)
    other = tuple(pieces.spell(SPACE + "Stop"))
    both = scores(model, encoded, [read.pieces, other, read.pieces[:-1]])
    assert both[0] == pytest.approx(read.score, abs=0.2)  # the weights are eight bits wide, and so are sums of rows
    assert both[0] > both[2] > both[1]


def test_speeds_are_a_sixteenth_faster_and_slower() -> None:
    lengths = [len(samples) for samples in at_other_speeds(from_pcm(silence(1.7)))]
    assert lengths == [pytest.approx(1.6 * RATE, abs=1), pytest.approx(1.7 * 16 / 15 * RATE, abs=1)]


def test_talk_is_far_likelier_as_talk(moonshine: Child) -> None:
    moonshine.tell("learn", "some", word_graph(SAYABLE, {}, {"name": {"sam": "Sam", "alex": "Alex"}}))
    likely = moonshine.call("read_sayable", spoken("the train was late again in the rain"), "some", NOTHING_NEAR)
    assert isinstance(likely, Likely)
    assert all(likely.free.score - text.score > 12 for text in likely.sayable)


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
