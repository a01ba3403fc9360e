"""What once spoiled a line or a goodnight, walked by keyboard as tired couples talk: it is no fault any more."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.couple_faults import MAYA_AND_TOMAS, TO_THE_LINES, notes
from tests.support.evening import DINNER, Evening, is_reply, mode, say
from voice.commands.keyboard import settle
from voice.config import Config
from voice.messages.actions import Keep
from voice.messages.recognition import Mode
from voice.messages.records import Note, NoteKind

LATE = DINNER.replace(hour=21, minute=40)


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


# ---- 1: "nothing" is no line ---------------------------------------------------------------------------


@pytest.mark.parametrize("nothing", ["nothing", "nothing really", "nope", "no nothing", "I can't think of anything"])
def test_nothing_is_not_thanked_for(evenings: Callable[..., Evening], nothing: str) -> None:
    evening = evenings(*TO_THE_LINES)
    answer = say(evening, nothing)
    assert "thank you for" not in answer
    assert "Tomás" in answer  # it is his turn
    assert mode(evening) is Mode.WORDS
    assert notes(evening) == []


# ---- 2: what steers is no line -------------------------------------------------------------------------


@pytest.mark.parametrize(
    "steering",
    [
        *("say that again", "what was the question", "sorry what", "what?", "what do you mean", "change it"),
        *("help", "what sort of thing", "give me an example", "yes", "okay", "I've got one", "um", "hmm", "ummm"),
    ],
)
def test_what_steers_leaves_the_question_open(evenings: Callable[..., Evening], steering: str) -> None:
    evening = evenings(*TO_THE_LINES)
    answer = say(evening, steering)
    assert not answer.endswith(("Keep it?", "save it?", "stay?"))
    assert "you picked me up" in say(evening, "you picked me up")
    assert [note.who for note in notes(evening)] == []
    say(evening, "yes")
    assert [note.who for note in notes(evening)] == ["Maya"]


@pytest.mark.parametrize(
    "passing",
    [
        *("no", "skip", "next", "done", "that's it", "that's all I've got", "okay that's me"),
        *("I don't know", "no idea, sorry", "not tonight", "I'd rather not"),
    ],
)
def test_what_passes_hands_over(evenings: Callable[..., Evening], passing: str) -> None:
    evening = evenings(*TO_THE_LINES)
    assert "Tomás" in say(evening, passing)
    assert mode(evening) is Mode.WORDS
    assert "Maya" in say(evening, "you picked me up")
    say(evening, "yes")
    assert [note.who for note in notes(evening)] == ["Tomás"]


def test_where_a_line_is_asked_for_the_evening_can_end(evenings: Callable[..., Evening]) -> None:
    evening = evenings(*TO_THE_LINES)
    assert say(evening, "goodnight")
    assert evening.loop.state.walk is None
    assert notes(evening) == []
    alone = evenings("log an appreciation")
    assert mode(alone) is Mode.WORDS
    assert say(alone, "goodnight")
    assert alone.loop.state.awaited is None


def test_where_a_line_is_asked_for_it_tells_whose_turn_it_is_and_waits(evenings: Callable[..., Evening]) -> None:
    evening = evenings(*TO_THE_LINES)
    assert "Maya" in say(evening, "whose turn is it")
    assert is_reply(evening, say(evening, "let me think about it"), "not_yet")
    assert mode(evening) is Mode.WORDS
    assert "you picked me up" in say(evening, "you picked me up")


@pytest.mark.parametrize(
    "line", ["done with the dishes before I came home", "no one makes me laugh like you", "thank you"]
)
def test_a_line_that_begins_like_it_is_a_line(evenings: Callable[..., Evening], line: str) -> None:
    evening = evenings(*TO_THE_LINES)
    assert say(evening, line).endswith("?")
    assert mode(evening) is Mode.YES_NO


def test_an_apology_is_said_to_the_one_it_is_for(evenings: Callable[..., Evening]) -> None:
    evening = evenings("help me say sorry")
    answer = say(evening, "um, well, I snapped at him", "he probably felt unimportant", "I'll walk out and breathe")
    assert "I snapped at you" in answer
    assert "felt unimportant" in answer
    assert "him" not in answer
    assert "um" not in answer.split()


@pytest.mark.parametrize(
    ("felt", "read"),
    [
        ("I think she felt small", "I think you felt small"),
        ("they must have felt ignored", "I think you felt ignored"),
        ("Maya was scared I guess", "I think you were scared"),
        ("it made her feel stupid", "I think you felt stupid"),
        ("it was really hurtful", "I think it was really hurtful"),
        ("left out", "I think it felt left out"),
        ("lonely, I think", "I think it felt lonely"),
        ("like she was nothing", "I think it felt like you were nothing"),
        ("she must have been so lonely", "I think you must have been so lonely"),
        ("I didn't care about her", "I think it felt like I didn't care about you"),
    ],
)
def test_an_apology_says_who_felt_it(evenings: Callable[..., Evening], felt: str, read: str) -> None:
    evening = evenings("help me apologise to Maya", "I forgot the day", felt)
    assert f"{read}." in say(evening, "I'll write it down")


def test_an_answer_can_be_changed_in_the_middle_of_an_apology(evenings: Callable[..., Evening]) -> None:
    evening = evenings("help me say sorry")
    say(evening, "I shouted at Tomás", "no change it")
    answer = say(evening, "I raised my voice", "you felt scared", "I'll walk out and breathe")
    assert "raised my voice" in answer
    assert "change it" not in answer
    assert "shouted" not in answer


# ---- 3: whose it is ------------------------------------------------------------------------------------


def test_a_need_belongs_to_the_one_who_said_it_now_and_next_week(evenings: Callable[..., Evening]) -> None:
    evening = evenings("start our weekly check-in", "yes", *["done"] * 6)
    said = say(evening, "I need you to do bedtime")
    assert "Tomás" in said
    assert "Maya" not in said
    said = say(evening, "yes", "an hour to myself")
    assert "Maya" in said
    assert "Tomás" not in said
    say(evening, "yes")
    assert [(note.who, note.for_whom, note.text) for note in notes(evening, NoteKind.NEED)] == [
        ("Tomás", "", "I need you to do bedtime"),
        ("Maya", "", "an hour to myself"),
    ]
    later = evenings("start our weekly check-in", now=DINNER + timedelta(days=7))
    read = say(later, "yes")
    assert _line_with(read, "do bedtime").count("Tomás") == 1
    assert "Maya" not in _line_with(read, "do bedtime")
    assert "Maya" in _line_with(read, "an hour to myself")


def _line_with(said: str, words: str) -> str:
    """The sentence around these words: from the full stop before to the one after."""
    at = said.index(words)
    return said[said.rfind(". ", 0, at) + 1 : said.find(".", at)]


@pytest.mark.parametrize("kind", [NoteKind.NEED, NoteKind.WISH, NoteKind.JOURNAL, NoteKind.WIN])
def test_lines_of_older_evenings_are_read_under_the_right_name(evenings: Callable[..., Evening], kind: str) -> None:
    evening = evenings()
    evening.loop.journal.store(Keep(Note("Tomás", "Maya", "to live by the sea", "line", DINNER, kind=kind)))
    evening.loop.records = evening.loop.journal.records()
    asking = {
        NoteKind.NEED: "read our needs",
        NoteKind.WISH: "read our wishes",
        NoteKind.JOURNAL: "read our journal",
        NoteKind.WIN: "read our small wins",
    }
    read = say(evening, asking[kind])
    assert "Tomás" in read
    assert "Maya" not in read


# ---- 3b: nothing after goodnight ------------------------------------------------------------------------


def test_after_the_bedtime_goodnight_nothing_is_said(evenings: Callable[..., Evening]) -> None:
    evening = evenings(*TO_THE_LINES, now=LATE)
    said = say(evening, "you made tea", "yes", "you laughed", "yes")
    assert "goodnight" in said.lower()
    assert evening.wait(600) == []
    again = evenings(now=LATE + timedelta(minutes=30))  # the program was started anew
    assert again.wait(300) == []


def test_what_both_have_just_heard_is_not_read_again(evenings: Callable[..., Evening]) -> None:
    evening = evenings(*TO_THE_LINES)
    said = say(evening, "you made tea", "yes", "you laughed", "yes")
    assert "you made tea" not in said
    assert "you laughed" not in said


def test_an_earlier_line_is_still_read_at_bedtime(evenings: Callable[..., Evening]) -> None:
    evenings("thank you Tomás for the soup", "yes", now=DINNER - timedelta(hours=6))
    evening = evenings(*TO_THE_LINES, now=LATE)
    assert "the soup" in say(evening, "pass", "pass")


def test_the_nightly_offer_knows_what_was_read(evenings: Callable[..., Evening]) -> None:
    evening = evenings("thank you Tomás for the soup", "yes", now=LATE.replace(hour=20, minute=50))
    assert "the soup" in say(evening, "read tonight's appreciations")
    assert evening.wait(60 * 60) == []


def test_the_nightly_offer_comes_once_and_does_not_sulk(evenings: Callable[..., Evening]) -> None:
    evening = evenings("thank you Tomás for the soup", "yes", now=LATE)
    said = evening.wait(120)
    assert len([line for line in said if line in evening.house.content.replies["recap_offer"]]) == 1
    assert said[-1].endswith(".")
    assert evening.wait(600) == []


def test_the_nightly_offer_waits_out_a_talk(evenings: Callable[..., Evening]) -> None:
    evening = evenings("thank you Tomás for the soup", "yes", "ask us a question", now=LATE)
    for _ in range(5):
        assert evening.wait(60) == []
        evening.loop.voices()


def test_a_goodnight_closes_the_evening(evenings: Callable[..., Evening]) -> None:
    evening = evenings("thank you Tomás for the soup", "yes", "goodnight hearthside", now=LATE)
    assert evening.wait(600) == []
