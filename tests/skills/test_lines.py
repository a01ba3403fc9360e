"""Everything the couple ask to keep, by keyboard through the real house: said, read back, kept, read, deleted."""

import itertools
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import yaml

from tests.support.evening import DINNER, Evening
from tests.support.program import hearthside, home_of_two
from tests.system.test_promises import Typing, files_with, records
from voice.commands.keyboard import settle
from voice.config import Home
from voice.dialogue.note_kinds import KINDS
from voice.edges.journal import Journal
from voice.edges.journal.file import MIGRATIONS
from voice.engines.moonshine.calibration import MOONSHINE
from voice.language.times import speak_day
from voice.messages.actions import Keep, Say
from voice.messages.events import Understood
from voice.messages.meaning import Match
from voice.messages.recognition import Heard, Hypothesis, Mode, Transcript
from voice.messages.records import Note, Records

LINE = Match("words", {"text": "the cake is yours"}, "the cake is yours", "")


@pytest.fixture
def evenings(tmp_path: Path) -> Iterator[Callable[[datetime], Evening]]:
    """Evenings in one home, each after the one before is over."""
    opened: list[Evening] = []

    def open_one(now: datetime) -> Evening:
        if opened:
            opened[-1].close()
        opened.append(Evening(tmp_path, now=now, seed=len(opened)))
        return opened[-1]

    yield open_one
    opened[-1].close()


def kept(evening: Evening) -> Records:
    return evening.loop.journal.records()


def texts(evening: Evening, kind: str) -> list[str]:
    return [note.text for note in kept(evening).notes if note.kind == kind]


def keep(evening: Evening, *notes: Note) -> None:
    """As if they had been kept on other evenings."""
    for note in notes:
        evening.loop.journal.store(Keep(note))
    evening.loop.records = kept(evening)


def note(text: str, kind: str = "appreciation", *, days: float = 0.0, who: str = "", for_whom: str = "") -> Note:
    """A line of so many days ago."""
    return Note(who, for_whom, text, "line", DINNER - timedelta(days=days), kind=kind)


# ---- every kind: asked for, read back, kept, read -----------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "opening", "line", "reading"),
    [
        ("win", "we have a small win", "we finished the shed", "read our small wins"),
        ("jar", "put this in the jar", "the way the rain sounded", "open the jar"),
        ("moment", "remember this moment", "the whole balcony smells of basil", "read our moments"),
        ("bucket", "add something to our bucket list", "a night in a tree house", "read our bucket list"),
        ("project", "write down our project", "learning Italian together", "what's our project"),
    ],
)
def test_a_line_of_both(evening: Evening, kind: str, opening: str, line: str, reading: str) -> None:
    assert len(evening.type(opening)) == 1
    assert evening.loop.listening.mode is Mode.WORDS
    (read_back,) = evening.type(line)
    assert line in read_back
    assert read_back.endswith("?")
    assert kept(evening).notes == ()
    evening.type("yes")
    (one,) = kept(evening).notes
    assert (one.kind, one.text, one.who, one.for_whom) == (kind, line, "", "")
    assert any(line in answer for answer in evening.type(reading))


def test_a_line_may_come_in_the_same_breath(evening: Evening) -> None:
    read_back = evening.address("put in our jar that we slept until nine")[-1]
    assert "we slept until nine" in read_back
    evening.type("yes")
    assert [(one.kind, one.text) for one in kept(evening).notes] == [("jar", "we slept until nine")]


@pytest.mark.parametrize(
    ("kind", "opening", "reading"),
    [
        ("need", "note a need for Sam", "what did we need this week"),
        ("wish", "write down a wish for Sam", "read our wishes"),
        ("journal", "a journal entry from Sam", "read Sam's entry"),
    ],
)
def test_a_line_of_one_of_them(evening: Evening, kind: str, opening: str, reading: str) -> None:
    evening.type(opening)
    (read_back,) = evening.type("an hour to myself")
    assert "Sam" in read_back
    evening.type("yes")
    (one,) = kept(evening).notes
    assert (one.kind, one.who) == (kind, "Sam")
    answer = " ".join(evening.type(reading))
    assert "Sam" in answer
    assert "an hour to myself" in answer


@pytest.mark.parametrize(("answer", "who"), [("yes", "Sam"), ("no", "Alex")])
def test_whose_a_line_is_gets_asked(evening: Evening, answer: str, who: str) -> None:
    evening.type("journal for us")
    assert "Sam" in evening.type("today was long and good")[0]
    evening.type(answer, "yes")
    assert [entry.who for entry in kept(evening).notes] == [who]


def test_recording_has_a_sound_at_its_beginning_and_end_and_a_win_its_own(evening: Evening) -> None:
    evening.type("log a small win", "we ran five miles", "yes")
    chimes = [chime["name"] for chime in evening.events("chime")]
    assert chimes == ["recording on", "recording off", "win"]


@pytest.mark.parametrize("answers", [("no",), ("never mind",), ("stop",)])
def test_without_a_yes_nothing_is_kept(evening: Evening, answers: tuple[str, ...]) -> None:
    evening.type("remember this moment", "the candles went out", *answers)
    assert kept(evening).notes == ()


def test_silence_keeps_nothing(evening: Evening) -> None:
    evening.type("remember this moment", "the candles went out")
    evening.wait(60)
    assert kept(evening).notes == ()


def test_a_line_can_be_said_again(evening: Evening) -> None:
    evening.type("log a small win", "we fixed the bite", "change it", "we fixed the bike", "yes")
    assert texts(evening, "win") == ["we fixed the bike"]


def test_there_is_no_kind_for_complaints() -> None:
    assert not {"complaint", "puzzle", "repair", "draft", "score"} & set(KINDS)


# ---- needs --------------------------------------------------------------------------------------------


def test_a_need_is_gone_after_its_week_from_every_file(evenings: Callable[[datetime], Evening], tmp_path: Path) -> None:
    evenings(DINNER).type("note a need for Sam", "a quiet saturday morning", "yes")
    assert "quiet" in " ".join(evenings(DINNER + timedelta(days=7)).type("read our needs"))
    late = evenings(DINNER + timedelta(days=9))
    assert kept(late).notes == ()
    assert late.said == []  # without a word
    assert files_with("quiet saturday", tmp_path) == []


# ---- the jar ------------------------------------------------------------------------------------------


def test_the_jar_is_sealed_until_jar_night(evening: Evening) -> None:
    assert evening.type("is there anything in the jar")[0].startswith("No")
    for line in ("Sam whistled all day", "Alex found my keys", "the walk by the canal"):
        evening.type("put this in the jar", line, "yes")
    for asking in ("read tonight's appreciations", "what did we log this week", "this month's appreciations"):
        assert "whistled" not in " ".join(evening.type(asking))
    (answer,) = evening.type("is there anything in the jar")
    assert answer.startswith("Yes")
    assert not set("0123456789") & set(answer)
    assert "three" not in answer
    read = " ".join(evening.type("open the jar"))
    assert "you whistled all day" in read
    assert "you found my keys" in read
    assert "the walk by the canal" in read
    assert all(one.done_at for one in kept(evening).notes)
    assert "whistled" not in " ".join(evening.type("open the jar"))
    assert "whistled" in " ".join(evening.type("this month's appreciations"))


def test_the_jar_is_read_in_turn_for_one_and_the_other(evening: Evening) -> None:
    lines = [note(f"line {n}", "jar", for_whom="Sam", who="Alex") for n in "abc"]
    lines += [note(f"line {n}", "jar", for_whom="Alex", who="Sam") for n in "de"]
    keep(evening, *lines)
    read = [line for line in evening.type("jar night") if ": line " in line]
    assert len(read) == 5
    for_sam = [line.index("Sam") < line.index("Alex") for line in read]  # whoever it is for is named first
    assert all(one != other for one, other in itertools.pairwise(for_sam))


def test_a_full_jar_is_read_a_few_at_a_time(evening: Evening) -> None:
    keep(evening, *(note(f"pebble {n}", "jar") for n in "abcdefg"))
    first = evening.type("open the jar")
    assert sum("pebble" in line for line in first) == 5
    assert first[-1].endswith("?")
    assert sum(one.done_at is None for one in kept(evening).notes) == 2
    assert sum("pebble" in line for line in evening.type("yes")) == 2


# ---- recaps -------------------------------------------------------------------------------------------


def test_what_was_logged_is_read_five_at_a_time(evening: Evening) -> None:
    keep(evening, *(note(f"tea {n}", who="Alex", for_whom="Sam") for n in "abcdefg"))
    first = evening.type("what did we log this week")
    assert sum("tea" in line for line in first) == 5
    rest = evening.type("yes")
    assert sum("tea" in line for line in rest) == 2
    assert not rest[-1].endswith("?")
    evening.type("what did we log this week")
    assert len(evening.type("no")) == 1


def test_the_month_has_its_small_wins(evening: Evening) -> None:
    keep(evening, note("making soup", days=20, who="Alex", for_whom="Sam"), note("we ran a mile", "win", days=12))
    keep(evening, note("long ago", days=40, who="Alex", for_whom="Sam"))
    read = " ".join(evening.type("read the appreciations of this month"))
    assert "making soup" in read
    assert "we ran a mile" in read
    assert "long ago" not in read


def test_on_this_day_prefers_other_years(evening: Evening) -> None:
    keep(evening, Note("", "", "the first snow", "line", DINNER.replace(month=9), kind="moment"))
    read = " ".join(evening.type("on this day"))
    assert "the first snow" in read
    assert "twenty-third of September" in read
    keep(evening, Note("", "", "the big storm", "line", DINNER.replace(year=2025), kind="moment"))
    read = " ".join(evening.type("on this day"))
    assert "the big storm" in read
    assert "last year" in read
    assert "snow" not in read


def test_an_old_appreciation_and_an_old_memory(evening: Evening) -> None:
    keep(evening, note("yesterday's tea", days=1, who="Alex", for_whom="Sam"))
    assert "tea" not in " ".join(evening.type("read us an old appreciation"))
    keep(evening, note("carrying the boxes", days=30, who="Alex", for_whom="Sam"), note("the lake", "moment", days=50))
    assert "carrying the boxes" in " ".join(evening.type("read us an old appreciation"))
    assert "the lake" in " ".join(evening.type("an old memory please"))


@pytest.mark.parametrize(
    ("day", "spoken"),
    [
        (DINNER, "today"),
        (DINNER - timedelta(days=1), "yesterday"),
        (DINNER.replace(month=5, day=3), "the third of May"),
        (DINNER.replace(year=2025, month=12, day=31), "the thirty-first of December, last year"),
        (DINNER.replace(year=2023), "the twenty-third of November, twenty twenty-three"),
    ],
)
def test_days_as_people_say_them(day: datetime, spoken: str) -> None:
    assert speak_day(day, DINNER) == spoken


# ---- notes for the partner ----------------------------------------------------------------------------


def test_a_note_is_handed_over_once_at_the_next_hello(evenings: Callable[[datetime], Evening], tmp_path: Path) -> None:
    evening = evenings(DINNER)
    evening.type("leave a note for Sam", "the cake in the tin is all yours", "yes")
    assert "cake" not in " ".join(evening.type("hello hearthside it's Alex"))
    later = evenings(DINNER + timedelta(hours=2))
    assert "cake" in later.type("hi hearthside it's Sam")[0]
    later.type("no")
    assert "cake" not in " ".join(later.type("hi hearthside it's Sam"))
    assert "cake" in later.type("any notes for Sam")[0]
    later.wait(60)
    morning = evenings(DINNER + timedelta(hours=12))
    assert kept(morning).notes == ()
    assert morning.said == []
    assert files_with("cake in the tin", tmp_path) == []


def test_a_note_is_read_back_in_a_low_voice(evening: Evening) -> None:
    def register() -> str:
        decided = evening.loop.assistant.decide(
            evening.loop.state, Understood(LINE, evening.clock.at()), evening.loop.records, DINNER
        )
        return next(action.register for action in decided.actions if isinstance(action, Say))

    evening.type("remember this moment")
    assert register() == "dinner"
    evening.type("never mind", "leave a note for Sam")
    assert register() == "bedtime"


@pytest.mark.parametrize("answer", ["yes", "thank you", "thanks for the note"])
def test_a_yes_keeps_a_note_and_so_do_thanks(evening: Evening, answer: str) -> None:
    evening.type("leave a note for Sam", "you make me laugh", "yes", "hello hearthside it's Sam", answer)
    assert texts(evening, "letter") == ["you make me laugh"]
    assert "you make me laugh" in " ".join(evening.type("read the notes we kept"))


def test_a_note_is_read_to_nobody_else(evening: Evening) -> None:
    evening.type("leave a note for Sam", "the cake is all yours", "yes")
    asked = evening.type("good morning hearthside")
    assert "Sam" in asked[0]
    assert asked[0].endswith((".", "?"))
    assert "cake" not in " ".join([*asked, *evening.type("no")])
    evening.type("any notes for me")
    assert "cake" in evening.type("yes")[0]


def test_silence_after_a_note_is_called_hands_nothing_over(evening: Evening) -> None:
    evening.type("leave a note for Sam", "the cake is all yours", "yes", "hello hearthside")
    assert "cake" not in " ".join(evening.wait(60))


def test_a_morning_note_waits_for_the_morning(evenings: Callable[[datetime], Evening]) -> None:
    evening = evenings(DINNER)
    evening.type("leave a morning note for Sam", "sleep was made for you", "yes")
    assert "sleep" not in " ".join(evening.type("hello hearthside it's Sam"))
    morning = evenings(DINNER + timedelta(hours=12))
    assert "sleep was made" in morning.type("good morning hearthside it's Sam")[0]


def test_a_hello_without_a_note_is_a_hello(evening: Evening) -> None:
    assert len(evening.type("good morning hearthside")) == 1
    assert len(evening.type("hi hearthside it's Sam")) == 1


# ---- the bucket list ----------------------------------------------------------------------------------


def test_the_bucket_list(evening: Evening) -> None:
    for wish in ("skydiving", "a night in a tree house", "seeing the northern lights", "learning to sail"):
        assert wish in evening.type(f"add {wish} to our bucket list")[0]
        evening.type("yes")
    first = evening.type("read our bucket list")
    assert len(first) == 5  # an opening, three, and whether to go on
    assert "learning to sail" in " ".join(evening.type("yes"))
    evening.type("check off skydiving")
    assert "skydiving" in evening.said[-1]
    assert "skydiving" not in " ".join(evening.type("read our bucket list"))
    evening.type("no")
    assert "tree house" in evening.type("take the tree house off our bucket list")[0]
    evening.type("yes")
    assert texts(evening, "bucket") == ["skydiving", "seeing the northern lights", "learning to sail"]


def test_what_is_on_no_list_is_talk_unless_a_list_was_named(evening: Evening) -> None:
    assert evening.type("check off the oven light") == []
    assert len(evening.type("check skydiving off our bucket list")) == 1
    assert len(evening.address("check off the oven light")) == 1  # somebody speaks to it, and is answered


def test_one_of_our_old_memories(evening: Evening) -> None:
    """The sentence names no kind of line; it once ended the program."""
    assert len(evening.type("read us one of our old memories")) == 1


def test_an_appreciation_that_no_frame_has_is_the_whole_sentence(evening: Evening) -> None:
    """The head knows what is meant, and no frame says for what: "gold star for Sam" once ended the program."""
    evening.address("gold star for Sam she babysat my niece")
    assert "babysat my niece" in evening.said[-1]
    evening.type("yes")
    assert [(note.who, note.for_whom) for note in evening.loop.journal.records().notes] == [("Alex", "Sam")]


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


EVERYTHING = (
    *("I appreciate that Sam sang a barcarolle", "yes", "log a small win", "the zeppelin landed", "yes"),
    *("put this in the jar", "a marzipan sunset", "yes", "remember this moment", "the velvet evening", "yes"),
    *("leave a note for Sam", "a crocodile kiss", "yes", "add skydiving to our bucket list", "yes"),
    *("add our own question", "which umbrella was yours", "yes", "set a saffron timer for five minutes"),
)
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


# ---- restarts, other versions, export -----------------------------------------------------------------


def test_lines_outlive_a_restart(evenings: Callable[[datetime], Evening]) -> None:
    evenings(DINNER).type("put this in the jar", "a marzipan sunset", "yes", "add skydiving to our bucket list", "yes")
    again = evenings(DINNER + timedelta(days=3))
    assert "marzipan" in " ".join(again.type("open the jar"))
    assert "skydiving" in " ".join(again.type("read our bucket list"))


def test_the_notes_of_an_older_journal_are_appreciations(tmp_path: Path) -> None:
    file = Home(tmp_path).database
    code = (
        "import sys, pathlib, voice.edges.journal.file as journal\n"
        "from voice.edges.journal.file import APPLICATION_ID\n"
        "import sqlite3\n"
        "connection = sqlite3.connect(sys.argv[1])\n"
        "[connection.execute(line) for version in journal.MIGRATIONS[:2] for line in version]\n"
        "connection.execute(\"INSERT INTO notes VALUES (1, 'Alex', 'Sam', 'Sam made tea', 'that',"
        " '2026-11-23T19:00:00+01:00')\")\n"
        "connection.execute(f'PRAGMA application_id = {APPLICATION_ID}')\n"
        "connection.execute('PRAGMA user_version = 2')\n"
        "connection.commit()\n"
    )
    subprocess.run([sys.executable, "-c", code, str(file)], check=True)
    journal = Journal(file)
    (old,) = journal.records().notes
    journal.close()
    assert len(MIGRATIONS) > 2
    assert (old.text, old.kind, old.done_at, old.id) == ("Sam made tea", "appreciation", None, 1)


def test_export_writes_every_line_for_people(tmp_path: Path) -> None:
    home, file = home_of_two(tmp_path / "home"), tmp_path / "ours.yaml"
    hearthside("type", "--home", home, "--now", "2026-11-23T20:00", lines=EVERYTHING)
    done = hearthside("export", "--home", home, "--to", file)
    assert (done.code, done.err) == (0, "")
    assert str(file) in done.out
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    written = yaml.safe_load(file.read_text("utf-8"))
    assert written["appreciations"] == [
        {"from": "Alex", "for": "Sam", "text": "Sam sang a barcarolle", "said": "2026-11-23 20:00"}
    ]
    assert written["bucket list"][0]["text"] == "skydiving"
    assert written["our own questions"] == ["Which umbrella was yours?"]
    assert "id" not in file.read_text("utf-8").split()


def test_export_of_nothing_is_a_clear_line(tmp_path: Path) -> None:
    file = tmp_path / "ours.yaml"
    done = hearthside("export", "--home", home_of_two(tmp_path / "home"), "--to", file)
    assert (done.code, done.err) == (0, "")
    assert "nothing is kept" in done.out.lower()
    assert not file.exists()
