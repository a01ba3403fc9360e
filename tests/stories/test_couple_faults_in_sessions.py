"""What once spoiled a session, a consent or a deletion, walked by keyboard as tired couples talk."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.couple_faults import MAYA_AND_TOMAS, TO_THE_LINES, notes
from tests.support.evening import DINNER, Evening, mode, say
from voice.commands.keyboard import settle
from voice.config import Config
from voice.messages.recognition import Mode
from voice.messages.records import NoteKind

BO_AND_ANA = Config(partners=("Bo", "Ana Sofía"))


@pytest.fixture
def evenings(tmp_path: Path) -> Iterator[Callable[..., Evening]]:
    """Evenings of one home, each after the one before is over; every one begins with lines that are said."""
    opened: list[Evening] = []

    def open_one(*lines: str, config: Config = MAYA_AND_TOMAS, now: datetime = DINNER, consent: bool = True) -> Evening:
        if opened:
            opened[-1].close()
        opened.append(Evening(tmp_path, config=config, now=now, consent=consent, seed=len(opened)))
        opened[-1].type(*lines)
        settle(opened[-1].loop, opened[-1].clock)
        return opened[-1]

    yield open_one
    opened[-1].close()


# ---- 4, 8: control words in a turn, and the calm gate ------------------------------------------------------


@pytest.mark.parametrize("asking", ["what was the question", "say that again", "help"])
def test_in_a_turn_one_can_ask_what_it_was_about(evenings: Callable[..., Evening], asking: str) -> None:
    evening = evenings("start our bedtime check-in")
    assert say(evening, asking)
    assert mode(evening) is Mode.TURN


@pytest.mark.parametrize(
    "around", ["hold on", "no more", "done", "back", "Maya first", "make it fifteen minutes", "help"]
)
@pytest.mark.parametrize("then", ["say that again", "done", "hold on"])
def test_a_calm_moment_needs_its_yes(evenings: Callable[..., Evening], around: str, then: str) -> None:
    evening = evenings("start our repair talk")
    say(evening, around, then)
    evening.wait(60)
    walk = evening.loop.state.walk
    assert walk is None or not walk.opened
    assert not any("was hard" in line for line in evening.said)


def test_after_a_pause_the_calm_question_comes_again(evenings: Callable[..., Evening]) -> None:
    evening = evenings("start our repair talk")
    question = evening.said[-1]
    assert say(evening, "hold on", "go on").endswith("?")
    assert mode(evening) is Mode.YES_NO
    assert question.endswith("?")
    assert not any("was hard" in line for line in evening.said)
    say(evening, "yes")
    assert mode(evening) is Mode.TURN


@pytest.mark.parametrize(
    "yes", ["all right", "mm hm", "yes we are", "we both do", "sounds good", "definitely", "why not"]
)
def test_a_yes_in_any_words_begins_it(evenings: Callable[..., Evening], yes: str) -> None:
    evening = evenings("start our repair talk", yes)
    assert mode(evening) is Mode.TURN


@pytest.mark.parametrize("no", ["no", "not tonight", "maybe later"])
def test_no_calm_moment_is_no_dead_silence(evenings: Callable[..., Evening], no: str) -> None:
    evening = evenings("start our repair talk")
    assert say(evening, no)
    assert evening.loop.state.walk is None


# ---- 5: what a repair talk is for -------------------------------------------------------------------------


@pytest.mark.parametrize("hard", ["You hurt me.", "Tomás hurt me", "you hurt me again", "you hurt me last night"])
def test_a_repair_talk_holds_what_it_is_for(evenings: Callable[..., Evening], hard: str) -> None:
    evening = evenings("start our repair talk", "yes")
    say(evening, hard)
    assert evening.loop.state.walk is not None
    assert mode(evening) is Mode.TURN


@pytest.mark.parametrize("cry", ["stop it, you're hurting me", "get off me", "stop hitting me"])
def test_a_cry_for_help_ends_it(evenings: Callable[..., Evening], cry: str) -> None:
    evening = evenings("start our repair talk", "yes")
    assert say(evening, cry)
    assert evening.loop.state.walk is None


# ---- 9: consent is asked once ------------------------------------------------------------------------------


def test_after_stop_keeping_nothing_nags(evenings: Callable[..., Evening]) -> None:
    evening = evenings("stop keeping things")
    for line in ("thank you Tomás for the soup", "thank you Maya for the tea", "remember this moment"):
        assert "?" not in say(evening, line)
    assert notes(evening) == []


def test_a_session_without_consent_asks_neither_of_them_anything(evenings: Callable[..., Evening]) -> None:
    evening = evenings("stop keeping things", *TO_THE_LINES)
    handed_over = say(evening, "you made tea")
    assert "Keep" not in handed_over
    assert "Tomás" in handed_over
    assert "goodnight" in say(evening, "you laughed").lower()
    assert notes(evening) == []


def test_consent_does_not_cut_in_between_two_lines(evenings: Callable[..., Evening]) -> None:
    evening = evenings(*TO_THE_LINES, consent=False)
    say(evening, "you made tea", "yes")
    assert mode(evening) is Mode.WORDS  # Tomás is asked for his line, nobody for anything else
    asked = say(evening, "you laughed", "yes")
    assert "Maya" in asked
    assert "Tomás" in say(evening, "yes")
    assert notes(evening) == []
    say(evening, "yes")
    assert [note.who for note in notes(evening, NoteKind.APPRECIATION)] == ["Maya", "Tomás"]


# ---- 10: thanks deletes nothing ------------------------------------------------------------------------------


@pytest.mark.parametrize("thanks", ["thanks", "thank you", "thank you Maya"])
def test_a_love_note_survives_a_thank_you(evenings: Callable[..., Evening], thanks: str) -> None:
    evening = evenings("leave a note for Tomás", "you make me happy", "yes", "hello hearthside it's Tomás")
    say(evening, thanks)
    assert [note.text for note in notes(evening, NoteKind.LETTER)] == ["you make me happy"]


# ---- 11, 12, 14: said to the one it is about ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("said", "read"),
    [
        ("I appreciate that Ana Sofía drove me to the airport", "I appreciate that you drove me to the airport"),
        ("I appreciate Ana Sofía cooking all week", "I appreciate you cooking all week"),
        (
            "I appreciate that Ana Sofía picked up the kids even though she was exhausted and her back hurts",
            "you picked up the kids even though you were exhausted and your back hurts",
        ),
        (
            "I appreciate that Ana Sofía let me sleep in and she took the kids",
            "you let me sleep in and you took the kids",
        ),
        ("thank you Ana Sofía for being her silly self", "thank you for being your silly self"),
        ("I appreciate that Bo makes sure the kids know he loves them", "you make sure the kids know you love them"),
    ],
)
def test_the_whole_line_turns_or_none_of_it(evenings: Callable[..., Evening], said: str, read: str) -> None:
    assert read in say(evenings(config=BO_AND_ANA), said)


def test_in_doubt_a_line_is_in_its_own_words(evenings: Callable[..., Evening]) -> None:
    said = say(evenings(config=BO_AND_ANA), "I appreciate that Ana Sofía helped my sister when she moved")
    assert "Bo said" in said
    assert "Ana Sofía helped my sister when she moved" in said


# ---- deleting ------------------------------------------------------------------------------------------------


def test_a_line_is_deleted_by_the_yes_of_its_author_and_can_be_brought_back(evenings: Callable[..., Evening]) -> None:
    evening = evenings("a journal entry from Tomás", "I was proud today", "yes")
    asked = say(evening, "delete Tomás's last entry")
    assert asked.count("Tomás") == 2  # by whom it is, and who is asked
    assert len(notes(evening)) == 1
    say(evening, "yes")
    assert notes(evening) == []
    say(evening, "bring it back")
    assert [(note.text, note.who) for note in notes(evening, NoteKind.JOURNAL)] == [("I was proud today", "Tomás")]


def test_after_a_minute_it_is_gone_for_good(evenings: Callable[..., Evening]) -> None:
    evening = evenings("a journal entry from Tomás", "I was proud today", "yes", "delete Tomás's last entry", "yes")
    evening.wait(61)
    assert evening.loop.state.undoable is None
    say(evening, "bring it back")
    assert notes(evening) == []


def test_what_is_sealed_is_not_read_to_delete_it(evenings: Callable[..., Evening]) -> None:
    evening = evenings("leave a note for Tomás", "I booked the little hotel", "yes")
    asked = say(evening, "forget that")
    assert "hotel" not in asked
    assert "Maya" in asked


def test_everything_goes_only_with_a_yes_of_each_author(evenings: Callable[..., Evening]) -> None:
    evening = evenings("thank you Tomás for the soup", "yes", "thank you Maya for the tea", "yes")
    assert "Maya" in say(evening, "delete everything")
    assert "Tomás" in say(evening, "yes")
    assert len(notes(evening)) == 2
    say(evening, "yes")
    assert notes(evening) == []


# ---- 13: an interrupted session holds nothing hostage --------------------------------------------------


@pytest.mark.parametrize(
    ("wish", "then"),
    [
        ("let's do our bedtime check-in", Mode.SESSION),
        ("start our weekly check-in", Mode.YES_NO),
        ("ask us a question", Mode.QUESTION),
        ("set a timer for ten minutes", Mode.IDLE),
        ("the soup is really good tonight", Mode.IDLE),
    ],
)
def test_the_next_wish_is_done_although_a_session_was_interrupted(
    evenings: Callable[..., Evening], wish: str, then: Mode
) -> None:
    evenings("start our bedtime check-in", "done", "done")
    later = evenings(now=DINNER + timedelta(minutes=5))
    assert later.said
    assert mode(later) is Mode.YES_NO
    later.type(wish)
    assert mode(later) is then
    settle(later.loop, later.clock)
    repeats = [line for key in ("reprompt_1", "reprompt_2", "let_go") for line in later.house.content.replies[key]]
    assert not set(later.said) & set(repeats)


def test_a_yes_goes_on_where_they_were(evenings: Callable[..., Evening]) -> None:
    evenings("start our bedtime check-in", "done", "done")
    before = evenings("yes", now=DINNER + timedelta(minutes=5))
    assert before.loop.state.walk is not None
    assert before.loop.state.walk.script.id == "bedtime"


# ---- 15: nobody is called Alex or Sam who did not say so -----------------------------------------------


def test_without_names_nobody_is_called_alex_or_sam_until_they_tell_theirs(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=Config(), fresh=True)
    say(evening, "start our bedtime check-in", *["done"] * 6, "you picked me up", "yes", "the soup", "yes")
    say(evening, "ask us a question", "that's enough")
    say(evening, "I appreciate that you cooked", "help", "read tonight's appreciations")
    assert len(evening.said) > 12
    assert not any(name in line for line in evening.said for name in ("Alex", "Sam"))
    say(evening, "our names are Maya and Tomás", "yes")
    before = len(evening.said)
    say(evening, "ask us a question", "start our bedtime check-in", *["done"] * 6)
    told = " ".join(evening.said[before:])
    assert "Maya" in told
    assert "Tomás" in told
    evening.close()
