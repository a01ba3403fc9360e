"""Moonshine reads real speech, and nothing where there is none."""

import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from itertools import product
from typing import cast

import pytest

from tests.support.speech import noise, silence, spoken
from voice.child import Child
from voice.engines.moonshine.calibration import MOONSHINE
from voice.engines.moonshine.engine import MoonshineEngine, model_folder, trusted
from voice.engines.moonshine.model import Model
from voice.engines.moonshine.search import greedy, scores
from voice.engines.moonshine.speeds import at_other_speeds
from voice.engines.moonshine.token_graph import GraphState, TokenGraph
from voice.engines.moonshine.tokenizer import SPACE, Tokenizer
from voice.engines.protocol import Constraints, EngineHypothesis, Hypotheses
from voice.language.text import SMALL, TENS
from voice.messages.sound import RATE
from voice.messages.word_graph import Shortlist, WordGraph
from voice.nlu.grammar.word_graph import graph_of_quantity, word_graph
from voice.sound.resampling import from_pcm


@pytest.fixture(scope="module")
def moonshine() -> Iterator[Child]:
    with Child(MoonshineEngine, name="moonshine") as child:
        yield child


def read(moonshine: Child, pcm: bytes) -> EngineHypothesis:
    """The free hypothesis."""
    moonshine.tell("begin", Constraints())
    moonshine.tell("accept", pcm)
    (found,) = cast(Hypotheses, moonshine.call("finish"))
    return found


def rescored(moonshine: Child, pcm: bytes, shortlist: Shortlist) -> tuple[EngineHypothesis, Hypotheses]:
    """The free hypothesis and the constrained ones."""
    free, *found = cast(Hypotheses, moonshine.call("rescore", pcm, Constraints("some"), shortlist))
    return free, tuple(found)


def score(found: EngineHypothesis) -> float:
    assert found.score is not None
    return found.score


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
    text = read(moonshine, spoken(said))
    assert text.text.lower().strip(".!?") == heard


@pytest.mark.parametrize("pcm", [b"", silence(0.1), silence(3.0), noise(2.0, 0.001), noise(2.0, 0.1)])
def test_nothing_is_invented(moonshine: Child, pcm: bytes) -> None:
    text = read(moonshine, pcm)
    assert text.text == ""


NOTHING_NEAR = Shortlist(WordGraph((), 0, {}), distance=0.0)
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
    free, found = rescored(moonshine, spoken(said), NOTHING_NEAR)
    assert found[0].text == likeliest
    assert list(found) == sorted(found, key=lambda text: -score(text))
    assert score(free) - score(found[0]) < 6  # near to what is likeliest of all
    assert len(free.at_other_speeds) == 2
    assert not free.constrained
    assert all(each.constrained for each in found)


def test_what_is_near_is_found_where_all_that_can_be_said_does_not_hold_it(moonshine: Child) -> None:
    moonshine.tell("learn", "some", word_graph(SAYABLE, {}, {"name": {"sam": "Sam", "alex": "Alex"}}))
    near = Shortlist(word_graph([("ask", "ask us a question"), ("ask", "ask us the question")], {}, {}), 0.0)
    _, found = rescored(moonshine, spoken("ask us a question"), near)
    assert found[0].text == "Ask us a question."


def test_what_is_out_of_reach_is_not_looked_for(moonshine: Child) -> None:
    moonshine.tell("learn", "some", word_graph(SAYABLE, {}, {"name": {"sam": "Sam", "alex": "Alex"}}))
    near = spoken("keep your appreciation")
    free, found = rescored(moonshine, near, NOTHING_NEAR)
    assert MOONSHINE.reach(0.0) > score(free) - score(found[0]) > MOONSHINE.reach(0.75)
    again, nothing = rescored(moonshine, near, replace(NOTHING_NEAR, distance=0.75))
    assert (again.text, again.score, nothing) == (free.text, free.score, ())


@pytest.mark.parametrize("voice", ["en-us", "en-gb+f3", "en-gb-scotland", "en-029+m3"])
def test_its_name_is_heard_however_it_sounds(moonshine: Child, voice: str) -> None:
    assert read(moonshine, spoken("Hearthside, what could we do on Saturday?", voice)).text.startswith("Hearthside, ")


@pytest.mark.parametrize(
    "words",
    [
        "her side of the bed is always cold",
        "her side of the story is different",
        "by the fireside it was warm",
        "harsh light in the kitchen hurts my eyes",
        "hot side of the grill please",
        "what could we do on Saturday",
    ],
)
@pytest.mark.parametrize("voice", ["en-us", "en-gb+f3"])
def test_what_sounds_like_its_name_is_no_call(moonshine: Child, words: str, voice: str) -> None:
    assert "Hearthside" not in read(moonshine, spoken(words, voice)).text


def test_after_its_name_is_found_what_can_be_said(moonshine: Child) -> None:
    moonshine.tell("learn", "some", word_graph(SAYABLE, {}, {"name": {"sam": "Sam", "alex": "Alex"}}))
    free, found = rescored(moonshine, spoken("Hearthside, log an appreciation"), NOTHING_NEAR)
    assert free.text.startswith("Hearthside, ")
    assert found[0].text.lower().rstrip(".") == "log an appreciation"
    assert score(free) - score(found[0]) < 6


def test_the_likeliest_texts_are_told_with_the_first(moonshine: Child) -> None:
    moonshine.tell("learn", "some", word_graph(SAYABLE, {}, {"name": {"sam": "Sam", "alex": "Alex"}}))
    free, _ = rescored(moonshine, spoken("we want a phone free dinner"), NOTHING_NEAR)
    texts = [reading.text for reading in free.readings]
    assert free.text in texts
    assert len(set(texts)) == len(texts) > 2
    assert list(free.readings) == sorted(free.readings, key=lambda reading: -reading.score)


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
    tokenizer, digits = (
        Tokenizer(model_folder() / "tokenizer.bin"),
        dict(zip(SMALL, range(20), strict=True)) | dict(TENS),
    )
    parts = {"{duration}": graph_of_quantity("{duration}")}
    whole = replace(word_graph(sentences, {}, {}), digits=digits)
    of_parts = replace(word_graph(sentences, {}, {}, spelled=False), digits=digits, parts=parts)
    words = written.replace(",", " ,").replace("-", " -").split(" ")
    spelled = [piece for word in words for piece in tokenizer.encode(word if word[0] in ",-" else SPACE + word)]
    for graph in (whole, of_parts):
        graph_of_tokens = TokenGraph(graph, tokenizer)
        state: GraphState | None = graph_of_tokens.initial()
        for piece in spelled:
            state = next_state(graph_of_tokens, state, piece) if state else None
        assert (state is not None and graph_of_tokens.transitions(state).is_final) is can_be_said


def next_state(graph_of_tokens: TokenGraph, state: GraphState, token: int) -> GraphState | None:
    transitions = graph_of_tokens.transitions(state)
    return next((transitions.next_state(index) for index, each in enumerate(transitions.tokens) if each == token), None)


def test_texts_that_are_commands_are_told_from_those_that_are_not() -> None:
    graph = word_graph([("ask", "ask us a question"), ("", "ask us anything")], {}, {})
    tokenizer = Tokenizer(model_folder() / "tokenizer.bin")
    graph_of_tokens = TokenGraph(graph, tokenizer)
    for text, is_command in (("Ask us a question", True), ("Ask us anything", False)):
        state: GraphState | None = graph_of_tokens.initial()
        for piece in [piece for word in text.split() for piece in tokenizer.encode(SPACE + word)]:
            state = next_state(graph_of_tokens, state, piece) if state else None
        assert state
        assert graph_of_tokens.transitions(state).is_command is is_command
        over = next_state(graph_of_tokens, state, tokenizer.encode(".")[0])
        assert over
        assert over.is_over
        assert graph_of_tokens.transitions(over).is_command is is_command


def test_what_a_search_comes_to_takes_little_memory() -> None:
    names = ["".join(syllables) for syllables in product(("ba", "do", "fi", "ku", "lo", "me", "nu"), repeat=4)]
    graph = word_graph([("say", f"say ({'|'.join(names)})")], {}, {})
    tokenizer = Tokenizer(model_folder() / "tokenizer.bin")

    def search() -> TokenGraph:
        graph_of_tokens = TokenGraph(graph, tokenizer)
        state: GraphState | None = graph_of_tokens.initial()
        for piece in tokenizer.encode(SPACE + "Say"):
            state = next_state(graph_of_tokens, state, piece) if state else None
        assert state
        assert len(graph_of_tokens.transitions(state).tokens) > 30
        return graph_of_tokens

    search()  # what is kept for every search is not counted
    tracemalloc.start()
    kept = search()
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert kept.initial()
    assert size < 400 * len(names)  # three forms of some pieces each; in sets of places it would be thirteen times that


def test_a_text_is_as_likely_as_when_it_was_read_and_several_at_once_as_each_alone() -> None:
    model, tokenizer = Model(model_folder()), Tokenizer(model_folder() / "tokenizer.bin")
    encoded = model.encode(from_pcm(spoken("give me two minutes")))
    free = greedy(model, tokenizer, encoded)
    other = tuple(tokenizer.encode(SPACE + "Stop"))
    both = scores(model, encoded, [free.tokens, other, free.tokens[:-1]])
    assert both[0] == pytest.approx(free.score, abs=0.2)  # the weights are eight bits wide, and so are sums of rows
    assert both[0] > both[2] > both[1]


def test_speeds_are_a_sixteenth_faster_and_slower() -> None:
    lengths = [len(samples) for samples in at_other_speeds(from_pcm(silence(1.7)))]
    assert lengths == [pytest.approx(1.6 * RATE, abs=1), pytest.approx(1.7 * 16 / 15 * RATE, abs=1)]


def test_talk_is_far_likelier_as_talk(moonshine: Child) -> None:
    moonshine.tell("learn", "some", word_graph(SAYABLE, {}, {"name": {"sam": "Sam", "alex": "Alex"}}))
    free, found = rescored(moonshine, spoken("the train was late again in the rain"), NOTHING_NEAR)
    assert all(score(free) - score(text) > 12 for text in found)


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
