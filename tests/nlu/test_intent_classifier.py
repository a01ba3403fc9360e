"""Open wording: unseen sentences are understood, talk is not, and what is grave, private or open is never guessed."""

import pytest

from bench.typed import Noise
from bench.wording import chosen
from tests.support.paths import TABLE_TALK
from voice.edges.phonemes import Phonemizer
from voice.messages.meaning import Match
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.classifier.intent_classifier import IntentClassifier
from voice.nlu.classifier.ridge_classifier import RidgeClassifier
from voice.nlu.understanding import Understanding
from voice.packs import load_content

KITCHEN = [
    ("how long do i boil an egg", "time"),
    ("how many minutes does pasta take", "time"),
    ("what is the cooking time for rice", "time"),
    ("tell me how long to roast a chicken", "time"),
    ("how much flour goes into the dough", "amount"),
    ("how many eggs do i need", "amount"),
    ("what amount of sugar is right", "amount"),
    ("tell me how much salt to take", "amount"),
    ("what can i use instead of butter", "swap"),
    ("i have no milk what else would work", "swap"),
    ("is there a substitute for eggs", "swap"),
    ("replace the cream with something", "swap"),
]
TALK = ["she was late again", "the film was lovely", "i saw him at the station", "my feet hurt", "it rained all day"]


@pytest.fixture(scope="module")
def kitchen() -> RidgeClassifier:
    return RidgeClassifier(KITCHEN, TALK)


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("for how many minutes should potatoes boil", "time"),
        ("how long must the bread roast", "time"),
        ("the right amount of flour please", "amount"),
        ("what could i take instead of sugar", "swap"),
        ("does something else work as a substitute for cream", "swap"),
        ("it was raining when i saw her at the film", ""),
    ],
)
def test_sentences_that_nobody_wrote_down(kitchen: RidgeClassifier, said: str, intent: str) -> None:
    guess = kitchen.guess(said)
    assert guess.intent == intent
    assert guess.runner_up != intent
    assert 0.25 < guess.probability <= 1.0


def test_what_it_never_saw_makes_it_unsure(kitchen: RidgeClassifier) -> None:
    assert kitchen.guess("qqq zzz").probability == pytest.approx(1 / 4)
    surer = kitchen.guess("how long do i boil an egg").probability
    assert surer > kitchen.guess("how long do i boil an ostrich under the glacier").probability


def test_the_same_examples_teach_the_same(kitchen: RidgeClassifier) -> None:
    assert RidgeClassifier(KITCHEN, TALK).guess("boil the milk") == kitchen.guess("boil the milk")


def test_one_intent_alone_is_nothing_to_choose_from() -> None:
    with pytest.raises(ValueError, match="at least two"):
        RidgeClassifier(KITCHEN[:4])


def test_the_protocol_of_the_bench_is_what_it_says() -> None:
    train = [[f"{letter} {number}", letter] for letter in "zyx" for number in range(12)] + [["what", "oos"]]
    learned, asked = chosen({"train": train, "test": [["last", "z"], ["nowhere", "oos"]]})
    assert [text for text, intent in learned if intent == "x"] == [f"x {number}" for number in range(10)]
    assert asked == [("last", "z")]


def test_noise_changes_nothing_or_nearly_everything_as_told() -> None:
    from random import Random

    vocabulary = ["timer", "time", "dinner", "minutes", "minute", "set", "sit", "a", "for"]
    line = "set a timer for minutes"
    assert Noise(vocabulary, Random(1), str)(line, 0.0) == line
    noisy = [Noise(vocabulary, Random(seed), str)(line, 1.0).split() for seed in range(8)]
    assert all(words != line.split() for words in noisy)
    assert Noise(vocabulary, Random(3), str)(line, 0.5) == Noise(vocabulary, Random(3), str)(line, 0.5)


# ---- in the program ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding(load_content("en").intents, ("Alex", "Sam"), ("day", "dreams"), Phonemizer())


def meant(understanding: Understanding, said: str, mode: Mode) -> str:
    result = understanding.understand((Hypothesis(said, "keyboard"),), mode)
    return result.intent if isinstance(result, Match) else ""


@pytest.mark.parametrize(
    ("said", "mode", "intent"),
    [
        ("please tell us what decks of questions there are", Mode.IDLE, "decks"),
        ("that's quite enough questions for now thanks", Mode.QUESTION, "enough"),
        ("i would so like to log an appreciation", Mode.IDLE, "appreciate_open"),
        ("uh um set a timer for um twenty minutes", Mode.IDLE, "start_timer"),
        ("ask us a a question", Mode.IDLE, "ask"),
        ("well give us just another question", Mode.IDLE, "ask"),
    ],
)
def test_other_words_for_what_can_be_asked(understanding: Understanding, said: str, mode: Mode, intent: str) -> None:
    assert meant(understanding, said, mode) == intent


@pytest.mark.parametrize(
    "said",
    [
        "so delete that",  # only the very words delete
        "please could you now forget the very last one",
        "would you please go and mute the microphone now dear",  # never a guess
        "would you read us all of our appreciations aloud",
        "go on then",
        "oh no",
    ],
)
@pytest.mark.parametrize("mode", [Mode.IDLE, Mode.QUESTION, Mode.SESSION, Mode.TURN])
def test_what_is_grave_or_private_is_never_guessed(understanding: Understanding, said: str, mode: Mode) -> None:
    assert meant(understanding, said, mode) == ""


@pytest.mark.parametrize("mode", [Mode.TURN, Mode.YES_NO, Mode.SPEAKING])
def test_nothing_is_guessed_where_people_talk_or_answer(understanding: Understanding, mode: Mode) -> None:
    assert meant(understanding, "i would so like to log an appreciation", mode) == ""


def test_a_guess_needs_every_reading() -> None:
    pack = load_content("en").intents
    wording = IntentClassifier(pack, {intent.name: () for intent in pack.intents}, "Alex")
    sure, talk = "tell us which decks you have".split(), "what a day at the sea we had".split()
    assert wording.guess(sure).intent == "decks"
    assert wording.meant([sure, talk], Mode.IDLE) == ""


def test_talk_is_not_the_talk_that_is_tested_with() -> None:
    tested = TABLE_TALK
    learned = load_content("en").intents.talk
    assert len(set(learned)) == len(learned) >= 400
    assert set(learned) & set(tested) == set()
