"""The lattice: it finds the sentences that a comparison with every one of them would find."""

import random

import pytest

from voice.nlu.grammar.word_graph import WordGraph, word_graph
from voice.nlu.index.graph_distance import HALF, WHOLE, GraphMatcher
from voice.nlu.index.phonetic_distance import fold

TEMPLATES = [
    ("order", "[please] (get|bring) [me] a (small|tall) [hot] (coffee|mocha) [with (milk|soy milk)]"),
    ("order", "(one|two|three) (teas|coffees) [and (a|another) (bun|scone|muffin)]"),
    ("bill", "[please] bring [me|us] the (bill|check) [now]"),
    ("", "the mocha was cold"),
]


def graph_of(*templates: tuple[str, str]) -> WordGraph:
    return word_graph(templates, {}, {"size": {"tall": "large", "large": "large"}}, spelled=False)


GRAPH = graph_of(*TEMPLATES)
ANY = 0.99  # as far as it may be


def letters(word: str) -> str | None:
    return None if word == "{text}" else f" {word}"


def cost_of(sentence: str, heard: str, class_of: str = "") -> int:
    """The distance by the book: one cell after the other."""

    def exchange(a: str, b: str) -> int:
        return 0 if a == b else HALF if class_of and fold(a) == fold(b) else WHOLE

    row = [WHOLE * column for column in range(len(heard) + 1)]
    for a in sentence:
        above, row = row, [row[0] + WHOLE]
        for column, b in enumerate(heard):
            row.append(min(above[column + 1] + WHOLE, row[column] + WHOLE, above[column] + exchange(a, b)))
    return row[-1]


def misheard(sentence: str, chance: random.Random) -> str:
    made = list(sentence)
    for _ in range(chance.randint(0, 6)):
        place = chance.randrange(len(made))
        made[place : place + chance.randint(0, 2)] = chance.choice(["", "e", "th", " "])
    return "".join(made)


@pytest.mark.parametrize("sounds", [False, True])
def test_it_finds_what_comparing_with_every_sentence_finds(sounds: bool) -> None:
    lattice = GraphMatcher(GRAPH, str, fold) if sounds else GraphMatcher(GRAPH, letters)
    spell = str if sounds else " {}".format
    every = {way: ("".join(spell(arc.word) for arc in way), GRAPH.finals[way[-1].target]) for way in GRAPH.sentences()}
    chance = random.Random(3)
    for _ in range(8):
        heard = misheard(chance.choice(list(every.values()))[0], chance)
        expected = sorted(
            (cost_of(said, heard, "classes" if sounds else ""), intent) for said, intent in every.values()
        )
        found = lattice.nearest(heard, 4, ANY)
        assert [way.cost for way in found[:4]] == [cost for cost, _ in expected[:4]]
        assert all(way.cost == cost_of(*(every[way.arcs][0], heard, "classes" if sounds else "")) for way in found)
        assert len({way.arcs for way in found}) == len(found)
        intents = {way.intent for way in found}
        assert len(intents) > 1
        other = min(cost for cost, intent in expected if intent != found[0].intent)
        assert min(way.cost for way in found if way.intent != found[0].intent) == other


def test_words_heard_as_one_cost_nothing_in_sounds() -> None:
    (way, *_) = GraphMatcher(GRAPH, str, fold).nearest("bringmeasmallhotcoffee", 1, ANY)
    assert (way.cost, " ".join(arc.word for arc in way.arcs)) == (0, "bring me a small hot coffee")


def test_free_words_are_any_words_but_some() -> None:
    lattice = GraphMatcher(graph_of(("note", "note that {text} [please]"), ("note", "note")), letters)
    (way, *_) = lattice.nearest(" note that we walked the dog please", 1, ANY)
    assert (way.cost, way.arcs[-1].word) == (0, "{text}")
    (way, *_) = lattice.nearest(" note", 1, ANY)
    assert len(way.arcs) == 1
    (way, *_) = lattice.nearest(" note that", 1, ANY)
    assert (way.cost, [arc.word for arc in way.arcs]) == (WHOLE, ["note", "that", "{text}"])


def test_a_listed_form_keeps_what_it_means() -> None:
    (way, *_) = GraphMatcher(graph_of(("order", "a {size} one")), letters).nearest(" a tal won", 1, ANY)
    assert [(arc.slot, arc.value) for arc in way.arcs if arc.slot] == [("size", "large")]


@pytest.mark.parametrize("heard", ["", " ", "zzzzzzzzzzzzzzzz", "한국어", " a" * 200])
def test_nothing_heard_makes_it_fail(heard: str) -> None:
    assert all(way.intent for way in GraphMatcher(GRAPH, letters).nearest(heard, 2, ANY))


def test_what_is_farther_is_not_found() -> None:
    lattice = GraphMatcher(graph_of(("note", "note")), letters)
    assert [len(lattice.nearest(" nose", 1, far)) for far in (0.1, 0.3)] == [0, 1]
