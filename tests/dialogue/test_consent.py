"""Consent: before anything of theirs is kept, both have said yes aloud; and either of them takes it back."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.evening import DINNER, Evening
from tests.support.program import hearthside, home_of_two
from tests.support.typed_program import Typing, little_room, records
from voice.commands.keyboard import settle
from voice.config import Config, Home, save_config
from voice.dialogue.consent import CONSENT, REFUSED, setting_of
from voice.messages.recognition import Mode
from voice.messages.records import Records

LINE = "I appreciate that Sam picked up the kids"


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    one = Evening(tmp_path, consent=False)
    yield one
    one.close()


def kept(evening: Evening) -> Records:
    return evening.loop.journal.records()


def test_each_is_asked_by_name_and_then_the_line_is_kept(evening: Evening) -> None:
    (first,) = evening.type(LINE, "yes")
    assert "Alex" in first
    assert first.endswith("?")
    (second,) = evening.type("yes")
    assert "Sam" in second
    assert second.endswith("?")
    assert kept(evening).notes == ()
    assert kept(evening).settings == {}
    evening.type("yes")
    assert [note.text for note in kept(evening).notes] == ["Sam picked up the kids"]


def test_they_are_asked_once(evening: Evening) -> None:
    evening.type(LINE, "yes", "yes", "yes")
    evening.type("thank you Alex for making dinner", "yes")
    assert len(kept(evening).notes) == 2


@pytest.mark.parametrize("answers", [("no",), ("yes", "no"), ("never mind",), ("yes", "stop"), ("yes", "pass")])
def test_without_both_nothing_is_kept(evening: Evening, answers: tuple[str, ...]) -> None:
    said = evening.type(LINE, "yes", *answers)
    assert len(said) == 1
    assert kept(evening).notes == ()
    assert kept(evening).settings.get(CONSENT) in (None, REFUSED)


def test_silence_is_no_consent(evening: Evening) -> None:
    evening.type(LINE, "yes", "yes")
    assert len(evening.wait(60)) == 2  # asked once more, then that nothing is kept
    assert kept(evening).notes == ()
    assert kept(evening).settings == {}


@pytest.mark.parametrize("answers", [("no",), ("yes", "no")])
def test_a_no_is_remembered_and_nobody_is_asked_again(evening: Evening, answers: tuple[str, ...]) -> None:
    evening.type(LINE, "yes", *answers)
    for line in (LINE, "thank you Alex for making dinner", "remember this moment"):
        (said,) = evening.type(line)
        assert not said.endswith("?")
        assert evening.loop.listening.mode is Mode.IDLE
    assert kept(evening).notes == ()


def test_how_to_change_that_is_said_once(evening: Evening) -> None:
    evening.type(LINE, "yes", "no")
    assert "you may keep things" in evening.type(LINE)[0]
    assert "you may keep things" not in evening.type(LINE)[0]


def test_after_a_no_both_can_let_it_keep_things(evening: Evening) -> None:
    evening.type(LINE, "yes", "no", "you may keep things", "yes", "yes")
    evening.type(LINE, "yes")
    assert len(kept(evening).notes) == 1


@pytest.mark.parametrize("answer", ["never mind", "pass", "maybe later"])
def test_who_puts_it_off_is_asked_another_evening(tmp_path: Path, answer: str) -> None:
    evening = Evening(tmp_path, consent=False)
    evening.type(LINE, "yes", answer)
    assert not evening.type(LINE)[0].endswith("?")
    evening.close()
    tomorrow = Evening(tmp_path, consent=False, now=DINNER + timedelta(days=1))
    tomorrow.type(LINE, "yes", "yes", "yes")
    assert len(kept(tomorrow).notes) == 1
    tomorrow.close()


def test_the_second_one_hears_that_the_first_agreed_and_is_asked_by_name(evening: Evening) -> None:
    (second,) = evening.type(LINE, "yes", "yes")
    assert "Alex" in second
    assert "Sam" in second
    assert second.endswith("?")


def test_a_question_of_their_own_needs_it_too(evening: Evening) -> None:
    evening.type("add our own question", "what would we do with a boat", "yes")
    assert kept(evening).own_prompts == ()
    evening.type("yes", "yes")
    assert len(kept(evening).own_prompts) == 1


def test_either_one_takes_it_back(evening: Evening) -> None:
    evening.type(LINE, "yes", "yes", "yes")
    assert len(evening.type("stop keeping things")) == 1
    assert len(kept(evening).notes) == 1  # it stays until it is deleted
    for _ in range(3):
        assert not evening.type("thank you Alex for making dinner")[0].endswith("?")
    assert len(kept(evening).notes) == 1


def test_nothing_to_take_back_is_said_so(evening: Evening) -> None:
    assert len(evening.type("don't keep anything any more")) == 1


def test_what_is_kept_is_told_in_one_line_before_and_after(evening: Evening) -> None:
    before = evening.type("what do you keep")
    assert len(before) == 1
    evening.type(LINE, "yes", "yes", "yes")
    after = evening.type("may you keep things")
    assert len(after) == 1
    assert "delete everything" in before[0].lower()
    assert "delete everything" in after[0].lower()


@pytest.mark.slow
def test_it_lasts_until_other_people_live_here(tmp_path: Path) -> None:
    evening = Evening(tmp_path, consent=False)
    evening.type(LINE, "yes", "yes", "yes")
    evening.close()
    again = Evening(tmp_path, consent=False)
    again.type(LINE, "yes")
    assert len(kept(again).notes) == 2
    again.close()
    others = Evening(tmp_path, consent=False, config=Config(partners=("Alex", "Robin")))
    assert others.type("thank you Robin for making dinner", "yes")[0].endswith("?")
    assert len(kept(others).notes) == 2
    others.close()


def test_not_okay_wipes_what_was_waiting(evening: Evening) -> None:
    evening.type(LINE, "yes", "yes", "I'm not okay", "yes")
    assert kept(evening).notes == ()
    assert CONSENT not in kept(evening).settings


def test_in_a_session_it_is_asked_once_and_the_session_goes_on(evening: Evening) -> None:
    evening.type("start our check-in")
    evening.wait(25)
    evening.type(*["done"] * 6)
    said = evening.type("Sam made me laugh", "yes")
    assert kept(evening).notes == ()
    assert "may" not in " ".join(said)  # nobody is asked in between
    evening.type("Alex cooked for us", "yes")
    assert "Alex" in evening.said[-1] or "Sam" in evening.said[-1]
    evening.type("yes", "yes")
    settle(evening.loop, evening.clock)
    assert len(kept(evening).notes) == 2
    assert "goodnight" in evening.said[-1].lower()


def test_a_no_in_a_session_keeps_nothing_and_the_session_goes_on(evening: Evening) -> None:
    evening.type("start our check-in")
    evening.wait(25)
    evening.type(*["done"] * 6)
    evening.type("Sam made me laugh", "yes", "Alex cooked for us", "yes", "no")
    settle(evening.loop, evening.clock)
    assert kept(evening).notes == ()
    assert "goodnight" in evening.said[-1].lower()


# ---- when the disk refuses, or the power goes ---------------------------------------------------------


def home_without_consent(directory: Path) -> Path:
    save_config(Home(directory), Config(partners=("Alex", "Sam"), recap_at=None))
    return directory


@pytest.mark.slow
def test_killed_between_the_two_answers_nothing_is_kept(tmp_path: Path) -> None:
    home = home_without_consent(tmp_path)
    with Typing(home) as typing:
        typing.say(LINE, "yes", "yes")
        typing.wait_for("said", times=3)
        typing.kill()
    assert records(home).notes == ()
    assert records(home).settings == {}


@pytest.mark.slow
def test_killed_when_it_was_kept_both_are_on_the_disk(tmp_path: Path) -> None:
    home = home_without_consent(tmp_path)
    with Typing(home) as typing:
        typing.say(LINE, "yes", "yes", "yes")
        typing.wait_for("kept")
        typing.kill()
    assert len(records(home).notes) == 1
    assert setting_of(("Sam", "Alex")).value == records(home).settings[CONSENT]


def test_a_full_disk_is_told_and_consent_is_not_taken_for_given(tmp_path: Path) -> None:
    home = home_of_two(tmp_path)
    done = hearthside("type", "--json", "--home", home, lines=("stop keeping things",), in_the_child=little_room)
    assert len(done.of("error")) == 1
    assert len(done.said()) == 1
    assert records(home).settings[CONSENT]
