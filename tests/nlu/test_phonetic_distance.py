"""Sounds: what sounds alike is near, and the table finds the nearest of many."""

import random

import pytest

from voice.edges.phonemes import Phonemizer
from voice.nlu.index.phonetic_distance import SoundTable, as_phonemes, fold, sound_distance

COMMANDS = (
    "ask us a question",
    "start our check in",
    "keep it",
    "read tonight's appreciations",
    "set a timer for twenty minutes",
    "how long is left",
    "something lighter",
    "that's enough",
)


@pytest.fixture(scope="module")
def phonemize() -> Phonemizer:
    phonemizer = Phonemizer()
    phonemizer.warm_up()
    return phonemizer


@pytest.mark.parametrize(
    ("text", "same_as"),
    [
        ("Ask us a question.", "ask us a question"),
        ("check-in", "check in"),
        ("20 minutes", "twenty minutes"),
        ("9:30 pm", "nine thirty p.m."),
        ("the 2nd one", "the second one"),
        ("OK", "okay"),
        ("read", "reed"),
        ("Sam’s tea", "Sam's tea"),
        ("🙂 hello", "hello"),
    ],
)
def test_what_is_said_alike_is_spelled_alike(phonemize: Phonemizer, text: str, same_as: str) -> None:
    assert phonemize(text) == phonemize(same_as) != ""


@pytest.mark.parametrize("text", ["", " ", "...", "한국어", "<b>", "9" * 50, "x" * 500, "1e9", "٣", "[a](/b/)", "\x00"])
def test_nothing_written_makes_the_phonemizer_fail(phonemize: Phonemizer, text: str) -> None:
    assert not set(phonemize(text)) & set(" ˈˌ.,")


def test_a_name_that_no_dictionary_knows_has_a_sound(phonemize: Phonemizer) -> None:
    name = as_phonemes(phonemize("Oluwaseun"))
    assert len(name.exact) > 5
    misheard = sound_distance(name, as_phonemes(phonemize("Olu washing")))
    assert misheard < sound_distance(name, as_phonemes(phonemize("another question")))


def test_in_another_language_the_letters_stand_for_the_sounds() -> None:
    assert Phonemizer("de")("Stell uns eine Frage!") == "stellunseinefrage"


def test_an_exchange_inside_a_class_costs_half() -> None:
    bat, pat, sat = (as_phonemes(word) for word in ("bæt", "pæt", "sæt"))
    assert sound_distance(bat, bat) == 0
    assert sound_distance(bat, pat) == pytest.approx(1 / 6)
    assert sound_distance(bat, sat) == pytest.approx(1 / 3)
    assert sound_distance(bat, as_phonemes("")) == 1
    assert sound_distance(as_phonemes(""), as_phonemes("")) == 0


def test_folding_keeps_the_length_and_is_settled_at_once(phonemize: Phonemizer) -> None:
    for command in COMMANDS:
        phonemes = phonemize(command)
        assert len(fold(phonemes)) == len(phonemes)
        assert fold(fold(phonemes)) == fold(phonemes)


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("ask as a question", "ask us a question"),
        ("start our chicken", "start our check in"),
        ("read tonight's a precious sheens", "read tonight's appreciations"),
        ("said a time or for 20 minutes", "set a timer for twenty minutes"),
        ("some thin lie there", "something lighter"),
        ("cheap it", "keep it"),
    ],
)
def test_what_was_misheard_is_nearest_to_what_was_meant(phonemize: Phonemizer, heard: str, meant: str) -> None:
    table = SoundTable(as_phonemes(phonemize(command)) for command in COMMANDS)
    assert COMMANDS[table.nearest(as_phonemes(phonemize(heard)), limit=1)[0].index] == meant


def test_the_table_agrees_with_one_comparison_after_another(phonemize: Phonemizer) -> None:
    words = sorted({word for command in COMMANDS for word in command.split()})
    chance = random.Random(7)
    sentences = [" ".join(chance.choices(words, k=chance.randint(1, 6))) for _ in range(300)]
    candidates = [as_phonemes(phonemize(sentence)) for sentence in sentences]
    table = SoundTable(candidates)
    for command in COMMANDS:
        heard = as_phonemes(phonemize(command))
        expected = [sound_distance(heard, candidate) for candidate in candidates]
        ranked = sorted((distance, index) for index, distance in enumerate(expected) if distance <= 0.6)
        found = [(near.distance, near.index) for near in table.nearest(heard, limit=5, cutoff=0.6)]
        assert found == ranked[:5]
