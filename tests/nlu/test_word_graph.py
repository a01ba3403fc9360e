"""The word graph: it says what the templates say, no more and no less, and stays small."""

import random
from collections.abc import Callable, Sequence

import pytest

from tests.support.english import english_content
from voice.language.moments.quantities import durations, seconds_in
from voice.language.slots import quantities
from voice.language.text import Quantity, numbers
from voice.messages.recognition import Mode
from voice.nlu.grammar.grammar import Grammar
from voice.nlu.grammar.word_graph import WordGraph, pack_graph, word_graph
from voice.nlu.index.sentence import tokens

RULES = {
    "please": "[please|if you like]",
    "ask": "(ask us|give us)",
    "coffee": "a {depth} coffee [with {number} shots]",
}
LISTS = {
    "depth": {"light": "light", "easy going": "light", "deep": "deep", "deep down": "deep"},
    "name": {"alex": "Alex", "jo ann": "Jo Ann"},
}


def graph(*templates: str, spelled: bool = False, intent: str = "it") -> WordGraph:
    return word_graph([(intent, template) for template in templates], RULES, LISTS, spelled=spelled)


def said(graph: WordGraph) -> list[str]:
    """Every sentence, with its slots, in some order."""
    return sorted(
        " ".join(f"{arc.word}<{arc.slot}={arc.value}>" if arc.slot else arc.word for arc in way)
        for way in graph.sentences()
    )


@pytest.mark.parametrize(
    "template",
    [
        "go on",
        "[please] ask us (a|another) question [now|please]",
        "(a|b|(c [d|e]))[f]",
        "set [a|the] timer[s] [now [please]]",
        "<ask> a {depth} one <please>",
        "[<coffee>] [<coffee>]",
        "I'm (not |)okay, 20-second (hug|hugs)",
        "((a))|b",
        "[ ](a|b) (c| d)",
        "hug {duration}(s|) for{name}",
        "(a|b)" * 8,
    ],
)
def test_it_says_what_the_template_expands_to(template: str) -> None:
    expanded = Grammar(RULES, LISTS).expand(template)
    expected = {tokens(expansion.text): dict(expansion.slots) for expansion in expanded}
    found = {
        tuple(arc.word for arc in way): {arc.slot: arc.value for arc in way if arc.slot}
        for way in graph(template).sentences()
    }
    assert found == expected


def test_a_clause_begins_with_a_name() -> None:
    assert said(graph("that {clause}")) == ["that alex<name=Alex> {clause}", "that jo<name=Jo Ann> ann {clause}"]


def test_a_listed_form_says_what_it_means_on_its_first_word() -> None:
    assert said(graph("a {depth} one")) == [
        "a deep<depth=deep> down one",
        "a deep<depth=deep> one",
        "a easy<depth=light> going one",
        "a light<depth=light> one",
    ]


def test_no_word_leads_two_ways_and_none_says_nothing() -> None:
    many = graph("[a] [b] [c] [d] x", "a b x", "[b] (c|d) [x]", "[a|b] [a|c] y")
    for arcs in many.leaving:
        labels = [(arc.word, arc.slot, arc.value) for arc in arcs]
        assert len(labels) == len(set(labels))
        assert all(arc.word for arc in arcs)
    assert many.count() == len(set(said(many)))


def test_arcs_come_in_topological_order() -> None:
    many = graph("[a] [b] [c] [d] x", "<ask> a {depth} one <please>")
    assert [arc.source for arc in many.arcs] == sorted(arc.source for arc in many.arcs)
    assert all(arc.source < arc.target for arc in many.arcs)


def test_every_sentence_has_its_intent_and_the_first_one_counts() -> None:
    many = word_graph([("go", "go [on]"), ("stay", "go on"), ("", "go home")], {}, {})
    intents = {" ".join(arc.word for arc in way): many.finals[way[-1].target] for way in many.sentences()}
    assert intents == {"go": "go", "go on": "go", "go home": ""}


def test_saying_nothing_is_no_sentence() -> None:
    assert said(graph("[a]")) == ["a"]


def test_a_template_of_millions_stays_small() -> None:
    wide = graph("[please] " + " ".join(f"(one{i}|two{i}|three{i} [four{i}]) [and]" for i in range(20)))
    assert wide.count() > 10**18
    assert len(wide.arcs) < 300


def test_what_would_multiply_keeps_its_silent_arcs() -> None:
    """From the right this is a short sentence; read from the left, every node would need to remember ten words."""
    template = "[a|b] " * 12 + "a" + " (a|b)" * 10
    many = graph(template)
    assert len(many.arcs) < 300
    assert any(not arc.word for arc in many.arcs)


@pytest.mark.parametrize(("slot", "found_by"), [("duration", durations), ("number", numbers)])
def test_quantities_are_spelled_as_they_are_understood(
    slot: str, found_by: Callable[[Sequence[str]], Sequence[Quantity]]
) -> None:
    spelled = graph(f"{{{slot}}}", spelled=True)
    chance = random.Random(5)
    for _ in range(500):
        node, words = spelled.start, list[str]()
        while node not in spelled.finals or (spelled.leaving[node] and chance.random() < 0.5):
            arc = chance.choice(spelled.leaving[node])
            node, words = arc.target, [*words, arc.word]
        (quantity,) = found_by(words)
        assert (quantity.start, quantity.end) == (0, len(words)), words


@pytest.mark.parametrize(
    "said",
    [
        "half an hour",
        "twenty seconds",
        "a minute",
        "one and a half minutes",
        "an hour and a half",
        "two minutes thirty",
        "a quarter of an hour",
        "a couple of minutes",
        "fifty nine minutes",
        "an hour and twenty minutes",
        "five more minutes",
    ],
)
def test_usual_durations_can_be_spelled(said: str) -> None:
    spelled = graph("{duration}", spelled=True)
    node = spelled.start
    for word in said.split():
        (node,) = (arc.target for arc in spelled.leaving[node] if arc.word == word)
    assert node in spelled.finals
    assert seconds_in(said)


@pytest.mark.slow
def test_our_own_pack_stays_small(capsys: pytest.CaptureFixture[str]) -> None:
    pack = english_content().intents
    lists = {**pack.lists, "name": {"alex": "Alex", "sam": "Sam"}, "deck": {"dreams": "dreams"}}
    for mode in Mode:
        whole = pack_graph(pack, mode, lists)
        with capsys.disabled():
            print(f"\n{mode}: {len(whole.arcs)} arcs, {whole.size} nodes, {whole.count():.2g} sentences", end="")
        assert len(whole.arcs) < 15_500
        assert {slot.token for slot in quantities()} & {arc.word for arc in whole.arcs} == whole.parts.keys()
    assert any(arc.word == "minutes" for arc in whole.parts["{duration}"].arcs)
