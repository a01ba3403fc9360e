"""Names that no dictionary has: how they come out, which spellings are kept, and that they are the name then."""

from pathlib import Path

import pytest

from tests.support.english import english_content
from voice.adaptation.name_spellings import heard_name, spellings, with_names
from voice.config import Config, Home
from voice.edges.phonemes import Phonemizer
from voice.messages.meaning import Match
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.understanding import Understanding
from voice.runtime.name_hearing import find_spellings, lines_with, ordinary_words, unknown_names

CONTENT = english_content()
ORDINARY = ordinary_words(CONTENT)


@pytest.mark.parametrize(
    ("heard", "found"),
    [
        ("I appreciate that all-awaysune picked up the kids.", "all awaysune"),
        ("I appreciate that Oluwaseun picked up the kids.", "oluwaseun"),
        ("I appreciate that all the way soon picked up kids.", "all the way soon"),
        ("I depreciate that always soon picked up the kits.", "always soon"),
        ("The weather is lovely at the lake.", ""),
        ("", ""),
    ],
)
def test_the_name_is_what_stands_in_its_place(heard: str, found: str) -> None:
    sentence = "i appreciate that oluwaseun picked up the kids".split()
    assert heard_name(sentence, "Oluwaseun", heard) == found


def test_a_spelling_must_come_twice_and_be_no_talk() -> None:
    heard = ("psalm", "psalm", "some", "some", "some", "sam", "sam", "zam", "")
    assert spellings("Sam", heard, {"some"}, times=2) == ("psalm",)


def test_lines_of_the_packs_with_their_names() -> None:
    assert with_names("thank you sam for the tea", ("Alex", "Sam"), ("Siobhan", "Mary Ann")) == (
        "thank you Mary Ann for the tea"
    )
    assert all("Siobhan" in line for line in lines_with(CONTENT, "Siobhan"))


def test_which_names_no_dictionary_has() -> None:
    assert unknown_names(("Alex", "Oluwaseun", "Mary Alex"), "en") == ("Oluwaseun",)


@pytest.mark.slow
def test_our_own_voice_finds_how_a_name_comes_out(tmp_path: Path) -> None:
    config = Config(partners=("Oluwaseun", "Sam"))
    kept, (line,) = find_spellings(Home(tmp_path), config, CONTENT)
    assert set(kept) == {"Oluwaseun"}
    assert line.startswith("Oluwaseun comes out as “")
    understanding = Understanding(CONTENT.intents, ("Oluwaseun", "Sam"), (), Phonemizer(), kept)
    for form in kept["Oluwaseun"]:
        assert form in line
        assert form not in ORDINARY
        meant = understanding.understand((Hypothesis(f"Thank you {form} for making dinner", "moonshine"),), Mode.IDLE)
        assert isinstance(meant, Match)
        assert meant.slots == {"name": "Oluwaseun", "text": "making dinner"}
