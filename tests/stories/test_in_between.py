"""Wishes at the wrong moment: while a yes is awaited, while a session is paused, while a line is to be said."""

from pathlib import Path

import pytest

from tests.support.evening import Evening, is_reply, mode, told
from voice.assistant.pending_answers import TALKED_OVER
from voice.dialogue.consent import CONSENT
from voice.messages.recognition import Mode
from voice.messages.records import Note, NoteKind

THANKS = "thank you Sam for the soup"


def kept(evening: Evening) -> list[Note]:
    return list(evening.loop.records.notes)


# ---- while a question is open -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "wish",
    [
        "set a timer for ten minutes",
        "are you recording us",
        "louder please",
        "set a timer for the pasta eight minutes",
    ],
)
def test_what_is_done_at_once_is_done_and_the_question_is_put_once_more(tmp_path: Path, wish: str) -> None:
    evening = Evening(tmp_path)
    (question,) = told(evening, THANKS)
    answer, again = told(evening, wish)
    assert answer != question
    assert again == question
    assert told(evening, "say that again") == [question]
    told(evening, "yes")
    assert [note.kind for note in kept(evening)] == [NoteKind.APPRECIATION]


def test_the_timer_in_between_has_its_name(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    told(evening, THANKS, "set a timer for the pasta eight minutes")
    assert [timer.name for timer in evening.loop.records.timers] == ["pasta"]


@pytest.mark.parametrize(("answer", "keeps"), [("yes", True), ("no", False)])
def test_where_words_would_be_lost_the_wish_waits_for_the_answer(tmp_path: Path, answer: str, keeps: bool) -> None:
    evening = Evening(tmp_path)
    told(evening, THANKS)
    assert is_reply(evening, told(evening, "ask us a question")[-1], "reprompt_1")
    assert evening.loop.state.questions.prompt is None
    told(evening, answer)
    assert bool(kept(evening)) is keeps
    assert evening.loop.state.questions.prompt is not None


def test_consent_is_asked_before_the_next_wish_and_never_taken_for_given(tmp_path: Path) -> None:
    evening = Evening(tmp_path, consent=False)
    told(evening, THANKS, "yes", "ask us a question")
    assert CONSENT not in evening.loop.records.settings
    told(evening, "no")
    assert kept(evening) == []
    assert evening.loop.state.questions.prompt is not None


@pytest.mark.parametrize("open_question", ["something spicy", "pick the intimacy deck", "delete everything"])
def test_any_other_question_gives_way_to_the_next_wish(tmp_path: Path, open_question: str) -> None:
    evening = Evening(tmp_path)
    told(evening, THANKS, "yes", open_question)
    assert mode(evening) is Mode.YES_NO
    told(evening, "ask us a question for dinner")
    assert mode(evening) is Mode.QUESTION
    told(evening, "yes")
    assert len(kept(evening)) == 1


def test_at_a_calm_question_a_timer_is_set_and_nothing_begins(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    (question,) = told(evening, "start our weekly check-in")
    assert told(evening, "set a timer for ten minutes")[-1] == question
    assert told(evening, "ask us a question")[-1] != question
    assert evening.loop.state.walk is not None
    assert not evening.loop.state.walk.opened
    told(evening, "yes")
    assert mode(evening) is Mode.TURN


def test_a_guess_of_ours_is_dropped_when_something_else_is_said(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    for line in ("do the thing with the hands", "something with us two", "the blue one from monday", "the heavy stuff"):
        told(evening, line)
        if mode(evening) is Mode.YES_NO:
            break
    assert mode(evening) is Mode.YES_NO
    evening.type("did you see the heron by the canal")  # to each other
    assert mode(evening) is Mode.IDLE
    assert evening.type("yes") == []


def test_a_yes_among_themselves_answers_nothing_that_was_talked_over(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.type(THANKS)
    for _ in range(3):
        evening.type("the kids left their boots in the hall again")
    for _ in range(int(TALKED_OVER / 5) + 1):
        evening.wait(5)
        evening.loop.voices()
    assert mode(evening) is Mode.IDLE
    assert any(is_reply(evening, line, "not_kept") for line in evening.said)
    evening.type("yes")
    assert kept(evening) == []


def test_a_timer_is_set_while_a_line_is_awaited(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    (question,) = told(evening, "log an appreciation for Sam")
    assert told(evening, "set a timer for ten minutes")[-1] == question
    assert len(evening.loop.records.timers) == 1
    assert mode(evening) is Mode.WORDS
    told(evening, "you set a timer for the eggs", "yes")
    assert [note.text for note in kept(evening)] == ["you set a timer for the eggs"]


# ---- while a session is paused ------------------------------------------------------------------------


def test_a_paused_session_makes_room_for_a_wish_and_can_be_gone_on_with(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    told(evening, "start our bedtime check-in", "done", "hold on")
    told(evening, "ask us a question")
    assert mode(evening) is Mode.QUESTION
    told(evening, "that's enough", "go on")
    walk = evening.loop.state.walk
    assert walk is not None
    assert walk.script.id == "bedtime"


def test_what_a_session_knows_itself_leaves_it_paused(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    told(evening, "start our bedtime check-in", "done", "hold on", "set a timer for ten minutes")
    walk = evening.loop.state.walk
    assert walk is not None
    assert walk.stopped_at is not None


# ---- the end of a session -----------------------------------------------------------------------------


def test_what_may_be_told_in_a_turn_does_not_end_it_unasked(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    told(evening, "start our weekly check-in", "yes")
    assert is_reply(evening, told(evening, "we got through it")[-1], "stop_here")
    told(evening, "no")
    assert mode(evening) is Mode.TURN
    told(evening, "we're done")
    assert evening.loop.state.walk is None


def test_what_asks_for_something_of_its_own_is_no_question_about_the_question(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    (question,) = told(evening, THANKS)
    assert told(evening, "keep what exactly") == [question]
    assert is_reply(evening, told(evening, "what's on our bucket list")[-1], "reprompt_1")
    told(evening, "yes")
    assert [note.kind for note in kept(evening)] == [NoteKind.APPRECIATION]
    assert told(evening, "which reminders are there")  # nothing is asked any more
    assert mode(evening) is Mode.IDLE


def test_carry_on_keeps_nothing(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    told(evening, THANKS, "carry on")
    assert mode(evening) is Mode.YES_NO
    assert kept(evening) == []
