"""From hypotheses to meaning: slots, gates, margins, several readings, free words, safety first."""

import pytest

from voice.content import Intent, IntentPack
from voice.edges.phonemes import Phonemizer
from voice.messages.meaning import Match, NoMatch, Rejection
from voice.messages.recognition import WAIT_COMPLETE, WAIT_DEFAULT, WAIT_EXTENDABLE, WAIT_PREFIX, Hypothesis, Mode
from voice.nlu.understanding import Understanding
from voice.packs import load_content

DECKS = ("day", "dreams", "memories")


def hear(understanding: Understanding, *readings: str, mode: Mode = Mode.IDLE, timers: tuple[str, ...] = ()) -> Match:
    result = understanding.understand([Hypothesis(text, "moonshine") for text in readings], mode, timers=timers)
    assert isinstance(result, Match), result
    return result


def ignore(understanding: Understanding, *readings: str, mode: Mode = Mode.IDLE) -> NoMatch:
    result = understanding.understand([Hypothesis(text, "moonshine") for text in readings], mode)
    assert isinstance(result, NoMatch), result
    return result


# ---- slots -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "intent", "slots"),
    [
        ("Set a timer for 20 minutes.", "start_timer", {"duration": 1200}),
        ("set a timer for twenty minute", "start_timer", {"duration": 1200}),
        ("Set the timer for an hour and a half", "start_timer", {"duration": 5400}),
        ("set a 5-minute tea timer", "start_timer", {"duration": 300, "timer": "tea"}),
        ("Set a timer for five minutes called green tea", "start_timer", {"duration": 300, "timer": "green tea"}),
        ("A 20-second hug.", "hug", {"duration": 20}),
        ("hug timer", "hug", {}),
        ("Give me 2 minutes, Sam.", "promise", {"duration": 120, "name": "Sam"}),
        ("5 more minutes please", "add_time", {"duration": 300}),
        ("Give us a deep one", "ask", {"depth": "deep"}),
        ("ask about our day", "ask", {"deck": "day"}),
        ("ask us something about memory", "ask", {"deck": "memories"}),
        ("Pick the Dreams deck!", "pick_deck", {"deck": "dreams"}),
        ("what did we say this week", "recap", {"period": "week"}),
        ("log an appreciation for Sam", "appreciate_open", {"name": "Sam"}),
    ],
)
def test_slots(understanding: Understanding, said: str, intent: str, slots: dict[str, str | float]) -> None:
    match = hear(understanding, said)
    assert (match.intent, dict(match.slots)) == (intent, slots)


@pytest.mark.parametrize(
    ("said", "intent", "name", "text"),
    [
        ("I appreciate that Sam picked up the kids.", "appreciate_that", "Sam", "Sam picked up the kids"),
        ("i appreciate that alec's made us dinner", "appreciate_that", "Alex", "Alex's made us dinner"),
        ("I appreciate that Sam's so calm", "appreciate_that", "Sam", "Sam's so calm"),
        ("I appreciated that allocks called Mum", "appreciate_that", "Alex", "Alex called Mum"),
        ("Log an appreciation for Sam: he fixed it", "appreciate_that", "Sam", "he fixed it"),
        ("Log an appreciation for Alex for the soup.", "appreciate_for", "Alex", "the soup"),
        ("Thank you, Sam, for making dinner — really!", "appreciate_for", "Sam", "making dinner — really"),
        ("thank you alex four walking the dog", "appreciate_for", "Alex", "walking the dog"),
    ],
)
def test_free_words_are_kept_as_they_were_heard(
    understanding: Understanding, said: str, intent: str, name: str, text: str
) -> None:
    match = hear(understanding, said)
    assert (match.intent, match.slots["name"], match.slots["text"]) == (intent, name, text)


@pytest.mark.parametrize(
    "said", ["I appreciate that Sam", "thank you sam for", "I appreciate that some people cook", "i appreciate that"]
)
def test_free_words_are_never_empty_and_names_never_others(understanding: Understanding, said: str) -> None:
    ignore(understanding, said)


@pytest.mark.slow
def test_names_of_any_kind() -> None:
    understanding = Understanding(load_content("en").intents, ("Oluwaseun", "Mary Ann"), DECKS, Phonemizer())
    assert hear(understanding, "I appreciate that Olu washen cooked").slots["name"] == "Oluwaseun"
    assert hear(understanding, "thank you Marianne for the cake").slots["name"] == "Mary Ann"
    assert hear(understanding, "mary ann first", mode=Mode.SESSION).slots["name"] == "Mary Ann"


def test_the_name_of_a_timer_that_runs_is_preferred(understanding: Understanding) -> None:
    assert hear(understanding, "pause the tee timer", timers=("pasta", "tea")).slots["timer"] == "tea"
    assert (
        hear(understanding, "cancel the 20-minute timer", timers=("twenty minutes",)).slots["timer"] == "twenty minutes"
    )
    assert hear(understanding, "pause the egg timer", timers=("tea",)).slots["timer"] == "egg"


# ---- near enough, and not ----------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "intent"),
    [
        ("Ask as a question.", "ask"),
        ("Start our checkin", "bedtime"),
        ("Bed time check in", "bedtime"),
        ("Start our chicken", "bedtime"),
        ("What did we appreciate two day", "recap"),
    ],
)
def test_what_a_recognizer_makes_of_it(understanding: Understanding, said: str, intent: str) -> None:
    assert hear(understanding, said).intent == intent


@pytest.mark.parametrize(
    ("said", "mode"),
    [
        ("top", Mode.IDLE),
        ("stock", Mode.TURN),
        ("eyes", Mode.YES_NO),
        ("newt please", Mode.SESSION),
        ("yes", Mode.IDLE),
        ("thank you", Mode.QUESTION),
        ("what did we paint today", Mode.IDLE),
        ("could you ask us a question when you come back from the kitchen", Mode.IDLE),
        ("stop the car", Mode.IDLE),
    ],
)
def test_what_only_resembles_a_command(understanding: Understanding, said: str, mode: Mode) -> None:
    ignore(understanding, said, mode=mode)


def test_one_word_counts_when_it_sounds_the_same(understanding: Understanding) -> None:
    assert hear(understanding, "Paws.", mode=Mode.SESSION).intent == "pause"


def test_what_destroys_must_be_said_in_the_very_words(understanding: Understanding) -> None:
    assert hear(understanding, "Delete the last one.").intent == "forget"
    ignore(understanding, "delete the lost one")


def test_nothing_was_said(understanding: Understanding) -> None:
    assert ignore(understanding, "", "...").why == Rejection.NO_WORDS
    assert ignore(understanding).why == Rejection.NO_WORDS


# ---- several readings --------------------------------------------------------------------------------


def test_the_reading_nearest_to_something_sayable_is_taken(understanding: Understanding) -> None:
    match = hear(
        understanding, "sat a tie murder for ten minutes", "Set a timer for ten minutes", "said a timer of ten"
    )
    assert (match.intent, match.text, match.distance) == ("start_timer", "Set a timer for ten minutes", 0)


def test_a_short_sentence_must_be_in_every_reading(understanding: Understanding) -> None:
    assert ignore(understanding, "Athena", "That's enough.", mode=Mode.QUESTION).why == Rejection.DIFFERING
    assert hear(understanding, "That's in half", "That's enough.", mode=Mode.QUESTION).intent == "enough"


def test_two_intents_as_near_are_no_match() -> None:
    twins = IntentPack(
        "en",
        (
            Intent("left", frozenset({Mode.IDLE}), ("turn the lamp to the left",)),
            Intent("lift", frozenset({Mode.IDLE}), ("turn the lamp to the lift",)),
        ),
        {},
        {},
    )
    understanding = Understanding(twins, ("Alex", "Sam"), (), None)
    assert ignore(understanding, "turn the lamp to the loft").why == Rejection.AMBIGUOUS
    assert hear(understanding, "turn the lamp to the lift").intent == "lift"


# ---- modes -----------------------------------------------------------------------------------------


def test_dictation_takes_every_line_but_the_few_words_that_end_it(understanding: Understanding) -> None:
    line = hear(understanding, " Sam made soup, and it was good. ", mode=Mode.WORDS)
    assert (line.intent, line.slots) == ("words", {"text": "Sam made soup, and it was good."})
    assert hear(understanding, "Never mind.", mode=Mode.WORDS).intent == "cancel"
    assert hear(understanding, "stop", mode=Mode.WORDS).intent == "stop"
    assert hear(understanding, "never mine", mode=Mode.WORDS).intent == "words"


@pytest.mark.parametrize("mode", Mode)
def test_not_being_okay_is_heard_at_any_time_and_from_farther_away(understanding: Understanding, mode: Mode) -> None:
    assert hear(understanding, "I'm not OK.", mode=mode).intent == "not_okay"
    assert hear(understanding, "I do not feel save", mode=mode).intent == "not_okay"
    assert hear(understanding, "this isn't save", mode=mode).intent == "not_okay"


def test_how_long_it_waits_for_more_tells_whether_more_could_follow(understanding: Understanding) -> None:
    assert hear(understanding, "ask us a question").wait == WAIT_EXTENDABLE  # "... about our dreams"
    assert hear(understanding, "ask us a question about our dreams").wait == WAIT_COMPLETE
    assert hear(understanding, "again").wait == WAIT_EXTENDABLE  # "... in ten minutes"
    assert hear(understanding, "mute").wait == WAIT_COMPLETE  # "mute the microphone" would mean the same
    assert hear(understanding, "give me two minutes").wait == WAIT_EXTENDABLE  # "... Sam"
    assert hear(understanding, "stop").wait == WAIT_COMPLETE  # and never waits, whatever could follow
    assert hear(understanding, "i appreciate that sam made soup").wait == WAIT_DEFAULT
    assert ignore(understanding, "Set a timer for").wait == WAIT_PREFIX  # "... five minutes"
    assert ignore(understanding, "we had the soup for dinner").wait == WAIT_DEFAULT
    assert ignore(understanding, "I am", mode=Mode.TURN).wait == WAIT_DEFAULT  # what a partner tells is not waited for


# ---- for an engine that takes a grammar ----------------------------------------------------------------


def test_sentences_are_plain_and_bounded(understanding: Understanding) -> None:
    for mode in Mode:
        sentences = understanding.index.engine_grammar(mode)
        assert 10 <= len(sentences) <= 5000
        assert all(set(sentence) <= set("abcdefghijklmnopqrstuvwxyz' ") for sentence in sentences)
    idle = " ".join(understanding.index.engine_grammar(Mode.IDLE)).split()
    assert {"seventeen", "ninety", "seconds", "hour", "half", "sam", "alex", "dreams"} <= set(idle)


def test_lines_without_a_template_are_sentences_of_their_own() -> None:
    own = IntentPack("en", (Intent("ask", frozenset({Mode.IDLE}), (), say=("surprise us, please",)),), {}, {})
    assert hear(Understanding(own, ("Alex", "Sam"), (), None), "Surprise us please").intent == "ask"
