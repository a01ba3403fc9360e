"""Packs of any size: a template of trillions of sentences with its slots, and the likely ones of many plain strings."""

import random

import pytest
from rapidfuzz.distance import Levenshtein

from tests.support.paths import ROOT
from voice.edges.phonemes import Phonemizer
from voice.messages.meaning import Match
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.index.qgram_index import QGramIndex
from voice.nlu.understanding import Understanding
from voice.packs import load_intents

COFFEE = ROOT / "bench" / "packs" / "coffee"


@pytest.fixture(scope="module")
def counter() -> Understanding:
    return Understanding(load_intents(COFFEE, "en"), ("Alex", "Sam"), (), Phonemizer())


@pytest.mark.parametrize(
    ("heard", "slots"),
    [
        ("Give me a coffee.", {"coffeeDrink": "coffee"}),
        (
            "I'd like a dark roast 16-ounce ice moka with lots of brown sugar and skin milk, please!",
            {
                "coffeeDrink": "iced mocha",
                "roast": "dark roast",
                "size": "sixteen ounce",
                "sugarAmount": "lots of brown sugar",
                "milkAmount": "skim milk",
            },
        ),
        (
            "we would like a double shot cappuchino plus a lot of sweetener",
            {"coffeeDrink": "cappuccino", "numberOfShots": "double shot", "sugarAmount": "a lot of sweetener"},
        ),
    ],
)
def test_an_order_is_understood_with_its_slots(counter: Understanding, heard: str, slots: dict[str, str]) -> None:
    match = counter.understand((Hypothesis(heard, "moonshine"),), Mode.IDLE)
    assert isinstance(match, Match), match
    assert (match.intent, dict(match.slots)) == ("orderDrink", slots)


def test_talk_about_coffee_is_no_order(counter: Understanding) -> None:
    for said in (
        "the coffee was cold again this morning",
        "we should buy some milk and sugar tomorrow",
        "give me a kiss",
    ):
        assert not isinstance(counter.understand((Hypothesis(said, "moonshine"),), Mode.IDLE), Match)


def test_of_many_strings_none_that_is_near_is_left_out() -> None:
    chance = random.Random(2)
    words = ["".join(chance.choices("abcdefghij", k=chance.randint(1, 6))) for _ in range(300)]
    strings = [" ".join(chance.choices(words, k=chance.randint(2, 5))) for _ in range(4000)]
    likely = QGramIndex(strings)
    for heard in ("", "abc", *(text.replace("a", "e")[:-1] for text in strings[:20])):
        apart = ((Levenshtein.normalized_distance(heard, text), at) for at, text in enumerate(strings))
        assert likely.near(heard, 0.3) == sorted((distance, at) for distance, at in apart if distance <= 0.3)
