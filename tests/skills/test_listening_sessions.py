"""Listening and finding words: each session as a couple would go through it, and that nothing of it is kept."""

from pathlib import Path

import pytest

from tests.support.evening import Evening, mode, script
from tests.support.quiet_sessions import chimes, is_kept_nowhere, over
from voice.composition import open_house
from voice.config import Config, Home
from voice.content.steps import ListenFor
from voice.dialogue.dictation import as_part
from voice.errors import ConfigError
from voice.messages.meaning import Match
from voice.messages.recognition import Hypothesis, Mode

NAMES = {"name": "Alex", "other": "Sam"}


# ---- listening ------------------------------------------------------------------------------------------


def test_a_listening_round_is_heard_right_the_first_time(evening: Evening) -> None:
    evening.type("start a listening round")
    evening.wait(15)
    assert mode(evening) is Mode.TURN
    assert "Alex" in evening.said[-1]
    assert evening.type("Everything about my sister worries me at the moment") == []  # it is let pass unread
    evening.type("done")
    assert "Sam" in evening.said[-1]
    evening.type("done")
    assert mode(evening) is Mode.YES_NO
    assert "Alex" in evening.said[-1]
    evening.type("yes")
    assert "Sam" in evening.said[-1]  # Alex thanks Sam
    evening.wait(14)
    assert mode(evening) is Mode.TURN  # and now Sam talks
    evening.type("done", "done", "yes")
    assert over(evening)
    assert evening.loop.records.notes == ()


def test_not_quite_leads_to_two_more_tries_and_no_more(evening: Evening) -> None:
    evening.type("be our listening coach")
    evening.wait(15)
    evening.type("done", "done")
    assert mode(evening) is Mode.YES_NO
    evening.type("not quite")
    assert mode(evening) is Mode.TURN
    assert {"Alex", "Sam"} <= {word.strip(",.") for word in evening.said[-1].split()}
    evening.type("done", "not quite")
    assert mode(evening) is Mode.TURN
    before = len(evening.said)
    evening.type("done")
    assert "thank" in evening.said[before]  # it is not asked a third time


def test_silence_after_reflecting_lets_it_be_right(evening: Evening) -> None:
    evening.type("start a listening round")
    evening.wait(15)
    evening.type("done", "done")
    evening.wait(60)
    assert mode(evening) is Mode.TURN
    assert evening.loop.state.walk is not None
    assert evening.loop.state.walk.order[0] == "Sam"


def test_who_begins_and_how_long_can_be_said(evening: Evening) -> None:
    evening.type("start a listening round with Sam first")
    evening.wait(15)
    assert "Sam" in evening.said[-1]
    evening.type("stop", "start a listening round for eighteen minutes")
    assert evening.loop.state.walk is not None
    assert evening.loop.state.walk.stretch == 2


def test_heard_not_fixed_is_ten_minutes_a_bell_and_one_question(evening: Evening) -> None:
    evening.type("heard not fixed")
    evening.wait(12)
    assert mode(evening) is Mode.TURN
    said = len(evening.said)
    for _ in range(580):
        evening.loop.voices()  # they talk
        evening.wait(1)
    assert len(evening.said) == said
    assert chimes(evening).count("time") == 1
    evening.type("done")
    assert evening.said[-1].endswith("?")
    evening.type("done")
    assert over(evening)


def test_where_nobody_was_named_nobody_is_called_by_name(evening: Evening) -> None:
    evening.type("heard not fixed")
    evening.wait(10)
    evening.type("pause", "go on")
    evening.wait(700)
    assert not any(name in line for line in evening.said for name in ("Alex", "Sam"))


@pytest.mark.slow
def test_the_couples_own_word_begins_it(tmp_path: Path) -> None:
    config = Config(partners=("Alex", "Sam"), code_word="Red umbrella")
    evening = Evening(tmp_path, config=config)
    evening.type("red umbrella")
    assert evening.loop.state.walk is not None
    assert evening.loop.state.walk.script.id == "heard_not_fixed"
    evening.type("stop", "did you see my red umbrella")
    assert evening.loop.state.walk is None
    evening.close()


def test_without_a_word_of_their_own_nothing_begins(evening: Evening) -> None:
    assert evening.type("red umbrella") == []
    assert evening.loop.state.walk is None


@pytest.mark.slow
def test_a_code_word_that_means_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("partners: [Alex, Sam]\ncode_word: stop\n")
    with pytest.raises(ConfigError, match="means something else already"):
        open_house(Home(tmp_path))


# ---- finding words ----------------------------------------------------------------------------------------


def test_i_feel_is_read_back_as_one_sentence_and_kept_nowhere(evening: Evening, tmp_path: Path) -> None:
    evening.type("help me say it")
    evening.type("I feel invisible.", "When you never ask about my novel.", "I'd like ten minutes of your evening.")
    (sentence,) = [line for line in evening.said if "invisible" in line]
    assert "I feel invisible when you don't ask about my novel, and I'd like ten minutes of your evening." in sentence
    evening.wait(3)
    evening.loop.typed("say that again")
    assert evening.said[-1] != sentence
    assert "invisible" in evening.said[-1]
    evening.wait(20)
    assert over(evening)
    assert is_kept_nowhere(tmp_path, "invisible", "novel", "ten minutes of")
    assert evening.loop.records.notes == ()
    evening.type("what did you hear")
    assert "novel" not in evening.said[-1]


def test_what_was_passed_over_is_not_in_the_sentence(evening: Evening) -> None:
    evening.type("help me say it", "lonely", "pass", "to cook together")
    assert "I feel lonely, and I'd like to cook together." in evening.said[-1]
    evening.type("stop", "help me say it", "lonely", "when the house is quiet", "pass")
    assert "I feel lonely when the house is quiet." in evening.said[-1]


@pytest.mark.parametrize(
    ("said", "asked_for"),
    [
        ("that he does bedtime twice a week", "you to do bedtime twice a week"),
        ("um I need that you listen first", "you to listen first"),
        ("that you're home by six", "you to be home by six"),
        ("that you don't look at your phone", "you not to look at your phone"),
        ("that we eat together", "us to eat together"),
        ("more sleep", "more sleep"),
        ("you to call me", "you to call me"),
    ],
)
def test_a_need_that_is_said_as_a_clause_is_asked_for(evening: Evening, said: str, asked_for: str) -> None:
    evening.type("help me ask for something", said)
    evening.type("pass")
    assert f"I need {asked_for}." in evening.said[-1]


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("I feel left out.", "left out"),
        ("Left out", "left out"),
        ("I feel", "I feel"),
        ("When you're always late.", "you're late"),
        ("whenever you never listen", "you don't listen"),
        ("You’re never at home!", "you're not at home"),
        ("when you have never called", "you haven't called"),
        ("when Sam always leaves first", "Sam leaves first"),
        ("Sam never waits", "Sam seldom waits"),
        ("I wish you never came late", "you didn't come late"),
        ("because I always cook", "I always cook"),
    ],
)
def test_you_always_and_you_never_are_not_read_back(evening: Evening, said: str, part: str) -> None:
    helper = script(evening, "i_feel")
    stems = [stem for step in helper.steps if isinstance(step, ListenFor) for stem in step.answer.stems]
    assert as_part(said, stems, helper.instead, NAMES) == part


@pytest.mark.parametrize(
    ("feel", "moment", "wish", "read"),
    [
        (
            "it makes me sad",
            "every evening",
            "I'd want you to look at me",
            "sad every evening, and I'd like you to look",
        ),
        ("lonely, honestly", "after dinner", "I wish you'd call more", "lonely after dinner, and I'd like you to call"),
        (
            "you don't care",
            "you're late",
            "if you asked",
            "like you don't care when you're late, and I'd like it if you",
        ),
        (
            "I've been feeling restless",
            "mostly on Sundays",
            "we could talk",
            "restless mostly on Sundays, and I'd like us to talk",
        ),
        (
            "left out",
            "Sam is on his phone",
            "less of that",
            "left out when you are on your phone, and I'd like less of that",
        ),
    ],
)
def test_what_i_feel_is_one_sentence_however_it_is_told(
    evening: Evening, feel: str, moment: str, wish: str, read: str
) -> None:
    evening.type("help me say how I feel", feel, moment, wish)
    assert f"I feel {read}" in evening.said[-1]


def test_a_need_is_made_one_clear_thing_and_kept_nowhere(evening: Evening, tmp_path: Path) -> None:
    evening.type("help me ask for what i need", "I need a quiet hour", "Saturday mornings without plans")
    assert "I need a quiet hour. For example: saturday mornings without plans." in evening.said[-1]
    evening.wait(15)
    assert over(evening)
    assert is_kept_nowhere(tmp_path, "quiet hour", "without plans")


def test_an_apology_in_three_parts_kept_nowhere(evening: Evening, tmp_path: Path) -> None:
    evening.type("help me apologise to Sam")
    evening.type("I'm sorry that I laughed at your drawing.", "It made you feel small.", "I'll look before I joke")
    deed, promise = evening.said[-2:]
    assert "I laughed at your drawing" in deed
    assert deed.endswith("I think you felt small.")
    assert promise.endswith("I'll look before I joke.")
    evening.wait(15)
    assert over(evening)
    assert is_kept_nowhere(tmp_path, "drawing", "before i joke")


# ---- all of them ----------------------------------------------------------------------------------------------


def test_sessions_begin_by_their_voice_lines(evening: Evening) -> None:
    understand = evening.house.understanding
    for line, name in {
        "start a listening round": "listening_round",
        "listening only please": "heard_not_fixed",
        "help me put it into words": "i_feel",
        "help me ask for something": "ask_need",
        "help me say sorry": "apology",
        "we need a break": "cool_off",
        "let's try to talk again": "restart",
        "we need a repair talk": "repair",
        "our ground rules please": "ground_rules",
        "we had a rough patch": "rough_patch",
        "a minute of breathing please": "breathe_with_us",
        "let's have a long hug": "long_hug",
        "let's look into each other's eyes": "eye_gazing",
    }.items():
        meant = understand.understand((Hypothesis(line, "keyboard"),), Mode.IDLE)
        assert isinstance(meant, Match)
        assert meant.intent == name
