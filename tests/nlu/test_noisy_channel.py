"""Typed lines in which words went wrong: understood when enough speaks for one sentence, left alone when not."""

import pytest

from voice.content import Intent, IntentPack
from voice.edges.phonemes import Phonemizer
from voice.messages.meaning import Match, NoMatch
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.index.inverted_index import WordIndex
from voice.nlu.index.pronunciation import Pronouncer
from voice.nlu.repair.error_model import BEGIN, ErrorModel
from voice.nlu.repair.quantity_repair import mended
from voice.nlu.repair.talk_model import COMMON, RAREST, BackgroundModel
from voice.nlu.understanding import Understanding
from voice.packs import load_content

LINES = (
    "brush the brown horses mane",
    "climb that windy hill again",
    "feed seven hungry ducklings",
    "polish grandmothers silver spoons",
)
DECKS = ("day", "dreams", "memories")


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    return Understanding(load_content("en").intents, ("Alex", "Sam"), DECKS, Phonemizer())


def typed(understanding: Understanding, line: str, mode: Mode = Mode.IDLE, engine: str = "keyboard") -> Match | NoMatch:
    return understanding.understand((Hypothesis(line, engine),), mode, timers=("tea",))


@pytest.mark.parametrize(
    ("line", "intent", "slots"),
    [
        ("ask us a election", "ask", {}),
        ("ask then us something about bout dreams", "ask", {"deck": "dreams"}),
        ("start our chick on in", "bedtime", {}),
        ("whats tonights class question", "tonight", {}),
        ("set a timer for ten um then minutes", "start_timer", {"duration": 600}),
        ("add far minutes", "add_time", {"duration": 240}),
        ("set a time for half anhour", "start_timer", {"duration": 1800}),
        ("set us timer for twenty minutes", "start_timer", {"duration": 1200}),
        ("set a dinner timer for twenty minutes", "start_timer", {"duration": 1200, "timer": "dinner"}),
        ("set a green tea timer for four minutes", "start_timer", {"duration": 240, "timer": "green tea"}),
        ("paws the tea timer please", "pause_timer", {"timer": "tea"}),
        ("thankyou sam for making dinner", "appreciate_for", {"name": "Sam", "text": "making dinner"}),
    ],
)
def test_words_that_went_wrong(
    understanding: Understanding, line: str, intent: str, slots: dict[str, str | float]
) -> None:
    match = typed(understanding, line)
    assert isinstance(match, Match), match
    assert (match.intent, dict(match.slots)) == (intent, slots)


@pytest.mark.parametrize(
    ("line", "mode"),
    [
        ("delete the lest one", Mode.IDLE),  # what destroys needs the very words, ...
        ("please delete that then", Mode.IDLE),
        ("stob", Mode.IDLE),  # ... as one word does
        ("pours", Mode.SESSION),
        ("ask us a favour", Mode.IDLE),
        ("how much salt is left in the jar", Mode.IDLE),
        ("the train was late again so we walked", Mode.QUESTION),
    ],
)
def test_what_is_left_alone(understanding: Understanding, line: str, mode: Mode) -> None:
    assert isinstance(typed(understanding, line, mode), NoMatch)


def test_what_is_overheard_is_not_read_so_kindly(understanding: Understanding) -> None:
    assert isinstance(typed(understanding, "ask us a election", engine="moonshine"), NoMatch)


def test_a_line_that_is_dictated_is_kept_as_it_is(understanding: Understanding) -> None:
    match = typed(understanding, "never mine that", Mode.WORDS)
    assert isinstance(match, Match)
    assert (match.intent, match.slots) == ("words", {"text": "never mine that"})


def test_it_is_told_why(understanding: Understanding) -> None:
    explanation = typed(understanding, "ask us a election").explanation
    assert explanation is not None
    assert (explanation.reason, explanation.nearest) == ("the likeliest word by word", "ask us a question")


# ---- what speaks for a sentence -------------------------------------------------------------------------


TALK = ("what a day it was", "what a long day", "the day was the best of the week", "it was a good day")


@pytest.fixture(scope="module")
def errors() -> ErrorModel:
    return ErrorModel(BackgroundModel(TALK), Pronouncer(Phonemizer()), lambda words: words == ("sam",))


def speaks(errors: ErrorModel, sentence: str, heard: str) -> float:
    found = errors.reckon(tuple(sentence.split()), tuple(heard.split()))
    return found.sum if found else -100.0


def test_a_rare_word_says_more_than_a_common_one() -> None:
    rarity = BackgroundModel(TALK)
    assert rarity("day") < rarity("week") < rarity("appreciation") == RAREST
    assert BackgroundModel(())("the") == COMMON
    assert BackgroundModel(())("timer") == RAREST


@pytest.mark.parametrize(
    ("nearer", "farther"),
    [
        ("pause the timer", "pause the time"),
        ("pause the time", "pause the soup"),
        ("pause timer", "the timer"),  # a lost little word, a lost telling one
        ("pause the timer", "pause um the timer"),
        ("pause the big timer", "pause the timer tomorrow"),  # talk goes on, errors are anywhere
        ("pausethe timer", "pausing timer"),
    ],
)
def test_what_went_wrong_less_speaks_more(errors: ErrorModel, nearer: str, farther: str) -> None:
    assert speaks(errors, "pause the timer", nearer) > speaks(errors, "pause the timer", farther)


def test_slots_are_filled(errors: ErrorModel) -> None:
    found = errors.reckon(("thank", "{name}", "for", "{text}"), ("um", "thank", "sam", "for", "the", "tea"))
    assert found is not None
    assert found.spans == {"name": (2, 3), "text": (4, 6)}
    assert errors.reckon(("give", "me", "{duration}"), ("give", "me", "{number}")) is None
    assert errors.reckon(("thank", "{name}"), ("thank", "you")) is None


SENTENCES = (
    "pause the timer",
    "pause the {timer} timer",
    "thank {name} for {text}",
    "give me {duration}",
    "log an apple",
)
HEARD = (
    "pause the timer",
    "paws thee timer",
    "the the tea timer now",
    "thank you sam for the tea",
    "give me {duration}",
    "logan apple",
    "lo gan a pple",
    "what a long day",
)


@pytest.mark.parametrize("heard", [tuple(line.split()) for line in HEARD])
def test_no_sentence_has_more_speaking_for_it_than_is_told_at_once(errors: ErrorModel, heard: tuple[str, ...]) -> None:
    most = errors.most([tuple(sentence.split()) for sentence in SENTENCES], heard)
    for sentence, bounds in most.items():
        found = errors.reckon(sentence, heard)
        assert not found or found.sum <= BEGIN + bounds[0]
        assert not found or errors.reckon(sentence, heard, found.sum, bounds) == found
        assert not found or errors.reckon(sentence, heard, BEGIN + bounds[0] + 0.1, bounds) is None


def test_without_a_rival_enough_speaks_for_any_sum() -> None:
    pack = IntentPack("en", (Intent("walk", frozenset({Mode.IDLE}), LINES),), {}, {})
    alone = Understanding(pack, ("Alex", "Sam"), (), Phonemizer())
    heard = [alone.understand((Hypothesis(f"{line} sofa", "keyboard"),), Mode.IDLE) for line in LINES]
    assert [match.intent for match in heard if isinstance(match, Match)] == ["walk"] * len(LINES)


# ---- durations put right --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("heard", "meant"),
    [
        ("add far minutes", "add four minutes"),
        ("add five moments", "add five minutes"),
        ("for half anhour", "for half an hour"),
        ("give metwo minutes", "give me two minutes"),
        ("hug for a then minute", "hug for a minute"),
        ("timer for hour", "timer for a hour"),  # lost its article; it is not four hours
        ("ten minute timer", "ten minute timer"),
        ("often we were late", "often we were late"),
        ("the last one", "the last one"),
    ],
)
def test_durations(heard: str, meant: str) -> None:
    known = frozenset("add give me hug timer for the".split())
    assert mended(tuple(heard.split()), Pronouncer(Phonemizer()).likeness, known) == tuple(meant.split())


def test_the_index_finds_sentences_by_their_telling_words() -> None:
    index = WordIndex([("ask", "us", "a", "question"), ("ask", "us", "a", "riddle"), ("stop", "the", "timer")])
    assert index.nearest(("us", "a", "a", "riddle"), 2) == [1, 0]
    assert index.nearest(("the", "timer"), 2) == [2]
    assert index.nearest(("nothing",), 2) == []
