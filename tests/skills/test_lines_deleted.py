"""Kept lines that are deleted, by keyboard through the real house: asked about first, and in no file afterwards."""

import itertools
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.evening import Evening
from tests.support.lines import EVERYTHING, kept, texts
from tests.support.program import home_of_two
from tests.support.typed_program import Typing, files_with, records
from voice.commands.keyboard import settle
from voice.engines.moonshine.calibration import MOONSHINE
from voice.messages.recognition import Heard, Hypothesis, Mode, Transcript
from voice.messages.records import Records

# ---- deleting -----------------------------------------------------------------------------------------


def test_a_line_of_a_kind_is_deleted_after_a_yes(evening: Evening, tmp_path: Path) -> None:
    evening.type("a journal entry from Sam", "a marvellous melody", "yes", "log a small win", "we won", "yes")
    assert "marvellous" in evening.type("delete Sam's last entry")[0]
    evening.type("no")
    assert texts(evening, "journal") == ["a marvellous melody"]
    evening.type("delete my last journal entry", "yes")
    assert texts(evening, "journal") == []
    assert texts(evening, "win") == ["we won"]
    assert files_with("marvellous", tmp_path) == []
    assert len(evening.type("delete my last journal entry")) == 1


def test_the_last_entry_is_the_last_line_of_any_kind(evening: Evening) -> None:
    evening.type("a journal entry from Sam", "a marvellous melody", "yes")
    evening.type("I appreciate that Sam fixed the bicycle", "yes")
    assert "fixed the bicycle" in evening.type("delete my last entry")[0]
    evening.type("yes")
    assert texts(evening, "appreciation") == []
    assert texts(evening, "journal") == ["a marvellous melody"]
    evening.type("I appreciate that Sam sang", "yes")
    assert "marvellous" in evening.type("delete Sam's last entry")[0]


UTTERANCES = itertools.count(1)


def unsurely(evening: Evening, heard: str, sayable: str) -> list[str]:
    """What is answered to an utterance that was read as something else, and sounds like what can be said."""
    free = Hypothesis(heard, "moonshine", -5.0, calibration=MOONSHINE)
    readings = free, replace(free, text=sayable, score=-8.0, constrained=True)
    settle(evening.loop, evening.clock)
    evening.wait(3)  # so that none of its own words are in it
    before, at = len(evening.said), evening.clock.at()
    evening.loop.hear(Heard(Transcript(readings), next(UTTERANCES), at - 1, at))
    return evening.said[before:]


def test_what_deletes_and_was_not_surely_heard_is_asked_about_first(evening: Evening) -> None:
    evening.type("log a small win", "we won", "yes", "log a small win", "we sang", "yes")
    (asked,) = unsurely(evening, "Delhi the last one.", "Delete the last one.")
    assert "delete the last one" in asked
    evening.type("no")
    unsurely(evening, "Delhi the last one.", "Delete the last one.")
    evening.wait(60)
    assert texts(evening, "win") == ["we won", "we sang"]
    unsurely(evening, "Delhi the last one.", "Delete the last one.")
    evening.type("yes", "yes")
    assert texts(evening, "win") == ["we won"]


def test_what_deletes_more_is_asked_about_twice(evening: Evening) -> None:
    evening.type("log a small win", "we won", "yes")
    unsurely(evening, "Arrays everything.", "Erase everything.")
    (asked,) = evening.type("yes")
    assert asked.endswith("?")
    assert texts(evening, "win") == ["we won"]
    evening.type("yes")
    assert texts(evening, "win") == []


WORDS = ("barcarolle", "zeppelin", "marzipan", "velvet", "crocodile", "skydiving", "umbrella", "saffron")


def test_delete_everything_leaves_no_word_in_any_file(evening: Evening, tmp_path: Path) -> None:
    evening.type(*EVERYTHING, "ask us a question")
    assert all(files_with(word, tmp_path) for word in WORDS)
    (asked,) = evening.type("delete everything")
    assert asked.endswith("?")
    assert len(evening.type("yes")) == 1
    assert kept(evening) == Records()
    assert [word for word in WORDS if files_with(word, tmp_path)] == []
    assert not any(word in line for line in evening.type("say that again") for word in WORDS)
    assert evening.loop.listening.mode is Mode.IDLE
    assert evening.type("I appreciate that Sam cooked", "yes")[0].endswith("?")  # both are asked anew


@pytest.mark.parametrize("answer", ["no", "never mind", "sure", "okay", "keep it", "please do"])
def test_only_a_plain_yes_deletes_everything(evening: Evening, answer: str) -> None:
    evening.type("log a small win", "we won", "yes", "delete everything", answer)
    evening.wait(60)
    assert texts(evening, "win") == ["we won"]


def test_silence_deletes_nothing(evening: Evening) -> None:
    evening.type("log a small win", "we won", "yes", "delete everything")
    evening.wait(60)
    assert texts(evening, "win") == ["we won"]


@pytest.mark.slow
def test_killed_right_after_everything_was_deleted(tmp_path: Path) -> None:
    home = home_of_two(tmp_path)
    with Typing(home) as typing:
        typing.say(*EVERYTHING, "delete everything", "yes")
        typing.wait_for("said", times=len(EVERYTHING) + 2)
        typing.kill()
    assert records(home) == Records()
    assert [word for word in WORDS if files_with(word, tmp_path)] == []
