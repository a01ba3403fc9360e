"""What a tired couple says in between: goodnight into an open question, a half yes, pieces of talk in a turn."""

from pathlib import Path

import pytest

from tests.support.evening import Evening, is_reply, mode, told
from voice.config import Config
from voice.messages.meaning import Addressing, Match, NoMatch
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.understanding import Understanding


@pytest.fixture
def evening(tmp_path: Path) -> Evening:
    return Evening(tmp_path, config=Config(partners=("Maya", "Tomás")))


# ---- goodnight ---------------------------------------------------------------------------------------


def test_goodnight_ends_an_open_question_and_the_evening(evening: Evening) -> None:
    told(evening, "I appreciate that Tomás cooked")
    said = told(evening, "goodnight")
    assert is_reply(evening, said[-1], "goodnight")
    assert not evening.loop.records.notes
    assert evening.wait(600) == []
    assert mode(evening) is Mode.IDLE


def test_goodnight_instead_of_a_time_lets_the_reminder_go(evening: Evening) -> None:
    told(evening, "remind us to call the plumber")
    assert is_reply(evening, told(evening, "goodnight")[-1], "goodnight")
    assert not evening.loop.records.reminders


def test_goodnight_at_a_calm_gate_begins_no_session(evening: Evening) -> None:
    told(evening, "let's do the weekly check-in", "goodnight")
    assert evening.loop.state.walk is None
    assert evening.wait(600) == []


# ---- a half yes --------------------------------------------------------------------------------------


def test_a_half_yes_is_asked_back_as_one(evening: Evening) -> None:
    said = told(evening, "let's do the weekly check-in", "mm yeah I think so")
    assert is_reply(evening, said[-1], "reprompt_half")
    assert is_reply(evening, told(evening, "okay then let's go on")[-1], "reprompt_2")
    told(evening, "yes")
    assert evening.loop.state.walk is not None


@pytest.mark.parametrize("line", ["all sorted now", "carry on as you were"])
def test_going_on_in_other_words_keeps_no_line(evening: Evening, line: str) -> None:
    told(evening, "I appreciate that Tomás cooked", line)
    assert not evening.loop.records.notes


def test_half_a_sentence_is_waited_for_and_is_no_line(evening: Evening) -> None:
    told(evening, "log an appreciation", "so I")
    assert mode(evening) is Mode.WORDS
    assert "Tomás cooked" in "".join(told(evening, "I appreciate that Tomás cooked")).replace(
        "you cooked", "Tomás cooked"
    )


# ---- a ritual on several days --------------------------------------------------------------------------


def test_a_ritual_keeps_all_its_days(evening: Evening) -> None:
    told(evening, "we want a new ritual", "a walk after dinner", "three times a week")
    told(evening, "monday wednesday and friday at seven", "about half an hour", "yes")
    (ritual,) = evening.loop.records.reminders
    assert "BYDAY=MO,WE,FR" in ritual.every


# ---- the open question ---------------------------------------------------------------------------------


@pytest.mark.parametrize("line", ["what was the question again sorry", "right where were we"])
def test_the_question_is_read_again_after_something_else(evening: Evening, line: str) -> None:
    question = told(evening, "ask us a question")[-1]
    told(evening, "i like that one, keep it")
    assert told(evening, line)[-1] == question


# ---- what is left out ----------------------------------------------------------------------------------


def test_what_no_topic_stands_for_is_left_out_by_its_words_and_let_in_again(evening: Evening) -> None:
    told(evening, "no questions about my neighbour's dog please")
    before = evening.loop.records.settings["left out"]
    assert "dog" in before
    told(evening, "we can talk about the dog again")
    assert not evening.loop.records.settings["left out"]


# ---- in a turn -----------------------------------------------------------------------------------------

TOLD = (
    "i waited for you to say something",
    "i'd like us to go back to the sea",
    "an hour alone",
    "never mind my mother",
    "let's be kinder about the car",
)


@pytest.mark.parametrize("line", TOLD)
def test_a_piece_of_talk_in_a_turn_is_no_word_for_us(understanding: Understanding, line: str) -> None:
    said = [Hypothesis(line, "moonshine")]
    assert isinstance(understanding.understand(said, Mode.TURN, addressing=Addressing.OVERHEARD), NoMatch)


@pytest.mark.parametrize(
    ("line", "intent"), [("nothing", "pass"), ("nothing comes to mind", "pass"), ("over to you", "done")]
)
def test_a_word_for_us_in_a_turn_is_one(understanding: Understanding, line: str, intent: str) -> None:
    said = [Hypothesis(line, "moonshine")]
    meant = understanding.understand(said, Mode.TURN, addressing=Addressing.OVERHEARD)
    assert isinstance(meant, Match)
    assert meant.intent == intent
