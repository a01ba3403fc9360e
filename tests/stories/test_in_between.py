"""Wishes at the wrong moment: while a yes is awaited, while a session is paused, while a line is to be said."""

from pathlib import Path

import pytest

from tests.skills.test_by_voice import is_reply
from tests.support.evening import DINNER, Evening, agree, mode, say, told
from voice.assistant.pending_answers import TALKED_OVER
from voice.composition import STAND_INS
from voice.config import Config, Home
from voice.dialogue.consent import CONSENT
from voice.language.person.partner_words import with_name
from voice.messages.actions import Keep
from voice.messages.recognition import Mode
from voice.messages.records import Note, NoteKind, ReminderKind

MAYA_AND_TOMAS = Config(partners=("Maya", "Tomás"))
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
    for line in ("oh wait, the tea this morning", "I'd go to bed earlier", "nothing heavy"):
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


# ---- whom they mean ----------------------------------------------------------------------------------


@pytest.mark.parametrize(("answer", "for_whom"), [("yes", "Tomás"), ("no", "Maya")])
def test_whose_wife_or_husband_is_asked_while_nobody_said_who_speaks(
    tmp_path: Path, answer: str, for_whom: str
) -> None:
    evening = Evening(tmp_path, config=MAYA_AND_TOMAS)
    (asked,) = told(evening, "leave a note for my husband")
    assert is_reply(evening, asked, "whom_meant")
    told(evening, answer, "the key is under the pot", "yes")
    assert [(note.kind, note.for_whom) for note in kept(evening)] == [(NoteKind.NOTE, for_whom)]


@pytest.mark.parametrize(
    "line",
    ["leave a note for my husband", "leave him a note", "leave a note for my partner", "leave my husband a note"],
)
def test_the_one_who_speaks_means_the_other(tmp_path: Path, line: str) -> None:
    evening = Evening(tmp_path, config=MAYA_AND_TOMAS)
    told(evening, "this is Maya", line, "the key is under the pot", "yes")
    assert [(note.who, note.for_whom) for note in kept(evening)] == [("Maya", "Tomás")]


def test_thanks_to_a_wife_are_hers_and_my_is_no_maya(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=MAYA_AND_TOMAS)
    read = told(evening, "this is Tomás", "I appreciate that my wife cooked")[-1]
    assert "you cooked" in read
    told(evening, "yes", "I appreciate that my sister cooked")
    assert [(note.who, note.for_whom, note.text) for note in kept(evening)] == [("Tomás", "Maya", "Maya cooked")]


def test_what_is_reminded_of_keeps_its_own_words(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=MAYA_AND_TOMAS)
    told(evening, "remind me at nine tomorrow morning to call my husband")
    assert [reminder.text for reminder in evening.loop.records.reminders] == ["call my husband"]


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("leave a note for my wife", "leave a note for Bo"),
        ("read my husband's entry", "read Bo's entry"),
        ("leave her a note", "leave Bo a note"),
        ("read her entry", "read Bo's entry"),
        ("thank him for the soup", "thank Bo for the soup"),
        ("I love his patience", "I love Bo's patience"),
        ("thanks for the tea, my love", "thanks for the tea, my love"),
        ("the house of cards", "the house of cards"),
    ],
)
def test_the_name_stands_where_the_word_stood(line: str, named: str) -> None:
    assert with_name(line, "Bo") == named


# ---- what is asked about them -----------------------------------------------------------------------------


def test_what_one_of_them_needs_is_read_without_what_the_other_needs(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=MAYA_AND_TOMAS)
    for who, text in (("Maya", "an hour alone"), ("Tomás", "a lie-in on Sunday")):
        evening.loop.journal.store(Keep(Note(who, "", text, "line", DINNER, kind=NoteKind.NEED)))
    evening.loop.records = evening.loop.journal.records()
    read = " ".join(told(evening, "what did Tomás say he needs"))
    assert "lie-in" in read
    assert "alone" not in read


@pytest.mark.parametrize(
    ("line", "left_out"), [("no questions about my mother", "family"), ("leave out debts", "money")]
)
def test_a_topic_in_own_words_is_left_out(tmp_path: Path, line: str, left_out: str) -> None:
    evening = Evening(tmp_path)
    assert left_out in told(evening, line)[-1]
    assert evening.loop.records.settings["left out"] == left_out


@pytest.mark.parametrize("line", ["no questions about politics", "no questions about cats please"])
def test_what_is_no_topic_leaves_nothing_else_out(tmp_path: Path, line: str) -> None:
    evening = Evening(tmp_path)
    assert is_reply(evening, told(evening, line)[-1], "no_topic")
    assert not evening.loop.records.settings.get("left out")


# ---- promises that are kept -----------------------------------------------------------------------------


@pytest.mark.parametrize("refused", [False, True])
def test_a_break_comes_back_as_it_said_whether_or_not_lines_may_be_kept(tmp_path: Path, refused: bool) -> None:
    evening = Evening(tmp_path, consent=False)
    if refused:
        told(evening, "stop keeping things")
    said = " ".join(told(evening, "we need a break", "twenty minutes", "no"))
    assert "may I" not in said
    assert [reminder.kind for reminder in evening.loop.records.reminders] == [ReminderKind.RETURN]
    assert "minutes" in " ".join(told(evening, "how long have we got"))


def test_a_length_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    agree(Home(tmp_path), Config(partners=STAND_INS))
    evening = Evening(tmp_path)
    said = told(evening, "eye gazing for two minutes")
    assert is_reply(evening, said[0], "length_nearest")
    assert "three minutes" in said[0]


def test_a_promise_is_not_taken_for_a_pause(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    read = say(evening, "help me apologise", "I yelled at Sam", "it felt harsh", "I'll take a breath first")
    assert "I'll take a breath first" in read
    assert evening.loop.state.walk is None


@pytest.mark.parametrize(
    "hard",
    [
        "I just feel like I do everything",
        "I feel alone in this",
        "I can't do this anymore",
        "I feel like I'm failing at everything",
    ],
)
def test_a_hard_sentence_told_in_a_turn_ends_no_talk(tmp_path: Path, hard: str) -> None:
    evening = Evening(tmp_path)
    told(evening, "start a listening round")
    assert mode(evening) is Mode.TURN
    told(evening, hard)
    assert mode(evening) is Mode.TURN


@pytest.mark.parametrize(
    "words", ["you weren't listening to me", "you don't listen", "we had people over", "I'm sorry", "you were right"]
)
def test_what_is_told_in_a_turn_is_no_wish(tmp_path: Path, words: str) -> None:
    evening = Evening(tmp_path)
    told(evening, "start a repair talk", "yes")
    before = evening.loop.state.walk
    assert told(evening, words) == []
    assert evening.loop.state.walk == before
    assert not evening.loop.muted
    told(evening, "mute the microphone")
    assert evening.loop.muted


@pytest.mark.parametrize(
    "cry", ["I don't want to live anymore", "he pushed me", "I'm not okay", "I want to hurt myself"]
)
def test_a_cry_for_help_in_a_turn_ends_it(tmp_path: Path, cry: str) -> None:
    evening = Evening(tmp_path)
    told(evening, "start a listening round", cry)
    assert evening.loop.state.walk is None
