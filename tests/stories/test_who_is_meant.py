"""Who and what is meant: a partner without a name, what is asked about them, and what is told in a turn."""

from pathlib import Path

import pytest

from tests.support.evening import DINNER, Evening, agree, is_reply, mode, say, told
from voice.composition import STAND_INS
from voice.config import Config, Home
from voice.language.person.partner_words import with_name
from voice.messages.actions import Keep
from voice.messages.recognition import Mode
from voice.messages.records import Note, NoteKind, ReminderKind

MAYA_AND_TOMAS = Config(partners=("Maya", "Tomás"))


def kept(evening: Evening) -> list[Note]:
    return list(evening.loop.records.notes)


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
    said = told(evening, line)
    assert is_reply(evening, said[0], "no_topic")
    assert evening.loop.records.settings["left out"] in ("politics", "cats")


def test_what_no_deck_is_about_is_told_of_with_its_neighbours(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    said = told(evening, "ask us a question about politics")
    assert is_reply(evening, said[0], "no_deck_near")
    assert len(said) == 1
    assert evening.loop.state.questions.prompt is None


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
