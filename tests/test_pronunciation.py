"""Pronunciation: the tables answer as the dictionaries they were made of, and it all sounds as hibari itself does."""

import re

import pytest
from hibari import Hibari, g2p

from voice.edges.synthesizer_natural import SEED, WORDS_PER_MINUTE, NaturalVoice
from voice.pronunciation import PackedTable, TextTable, lexicon, reader

pytestmark = pytest.mark.slow  # all compare with the whole dictionary of the package

TEXT = '{"a":"ɐ","am":{"DEFAULT":"æm","None":"ˈæm"},"b.":"bˈi","use":{"NN":"jˈus","VB":"jˈuz"},"é":""}'
ENTRIES = {
    "a": "ɐ",
    "am": {"DEFAULT": "æm", "None": "ˈæm"},
    "b.": "bˈi",
    "use": {"NN": "jˈus", "VB": "jˈuz"},
    "é": "",
}
STRANGE = ["", "A", "NN", "aa", "z", '"', '","', "\n", 'a"', "b", "\udce4", "🙂"]

SENTENCES = [
    "Read what you read on the 2nd of March, at 9:30 p.m.",
    "Sam's record plays; Oluwaseun records it in the studio, doesn't he?",
    "I used to live by the sea - it cost $12.50 a night.",
]


@pytest.mark.parametrize("table", [TextTable(TEXT.encode()), PackedTable(ENTRIES)], ids=["text", "packed"])
def test_a_table_answers_as_the_dictionary_does(table: TextTable | PackedTable) -> None:
    assert {key: table.get(key) for key in ENTRIES} == ENTRIES
    assert [table.get(key, "none") for key in STRANGE] == ["none"] * len(STRANGE)


@pytest.mark.parametrize(("place", "kind"), [("golds", "gold"), ("silvers", "silver")])
def test_every_word_of_the_dictionary_is_found(place: str, kind: str) -> None:
    table = getattr(lexicon(), place).d
    words = g2p._load_json(f"lexicon_us_{kind}.json.gz")
    assert all(table.get(word) == phonemes for word, phonemes in words.items())


def test_sentences_are_read_as_hibari_reads_them() -> None:
    assert list(map(reader(), SENTENCES)) == list(map(g2p.G2P(), SENTENCES))


@pytest.mark.parametrize(
    ("sentence", "sound"),
    [
        ("When do you feel close to each other?", "klˈOs"),
        ("Close your eyes for a moment.", "klˈOz"),
        ("Where would you love to live?", "lˈɪv"),
        ("When did you last hear live music?", "lˈIv"),
        ("What would you like to read to each other?", "ɹˈid"),
        ("Which book did you read as a child?", "ɹˈid"),
        ("What was the last thing you read that stayed with you?", "ɹˈɛd"),
        ("Where did that lead you?", "lˈid"),
        ("Take a minute each.", "mˈɪnət"),
        ("What is the best present you ever got?", "pɹˈɛzᵊnt"),
        ("What helps you wind down?", "wˈInd"),
    ],
)
def test_words_of_two_sounds_that_prompts_may_use_are_said_right(sentence: str, sound: str) -> None:
    assert sound in re.findall(r"[^\s.,?]+", reader()(sentence))


def test_the_voice_is_that_of_hibari() -> None:
    samples = Hibari()(SENTENCES[0], seed=SEED)
    sound = NaturalVoice().render(SENTENCES[0], WORDS_PER_MINUTE)
    assert sound.pcm == (samples.clip(-1, 1) * 32_767).astype("<i2").tobytes()
