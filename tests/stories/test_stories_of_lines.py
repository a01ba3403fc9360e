"""Evenings as a couple would tell them, by keyboard: appreciations, recaps, timers, and what can always be said."""

import itertools
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest

from tests.support.evening import DINNER, Evening, mode
from voice.config import Config
from voice.messages.recognition import Mode


def at_first_turn(evening: Evening) -> None:
    evening.type("bedtime check-in")
    evening.wait(25)
    assert mode(evening) is Mode.TURN


# ---- appreciate ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "who", "for_whom", "text"),
    [
        ("I appreciate that Sam picked up the kids", "Alex", "Sam", "picked up the kids"),
        ("log an appreciation for Sam: Sam made coffee", "Alex", "Sam", "made coffee"),
        ("thank you Sam for fixing the bike", "Alex", "Sam", "fixing the bike"),
        ("Thank you, Alex, for making dinner.", "Sam", "Alex", "making dinner"),
        ("i appreciate that alex listened to me", "Sam", "Alex", "listened to me"),
    ],
)
def test_an_appreciation_is_read_back_and_kept_on_a_yes(
    evening: Evening, line: str, who: str, for_whom: str, text: str
) -> None:
    read_back = evening.type(line)
    assert len(read_back) == 1
    assert who in read_back[0]
    assert for_whom in read_back[0]
    assert text in read_back[0]
    assert evening.events("kept") == []
    evening.type("yes")
    (kept,) = evening.events("kept")
    assert (kept["who"], kept["for"]) == (who, for_whom)
    assert text in str(kept["text"])
    assert len(evening.loop.journal.records().notes) == 1


@pytest.mark.parametrize("answer", ["no", "never mind", "stop"])
def test_without_a_yes_nothing_is_kept(evening: Evening, answer: str) -> None:
    evening.type("I appreciate that Sam picked up the kids", answer)
    assert evening.loop.journal.records().notes == ()
    assert mode(evening) is Mode.IDLE


def test_silence_keeps_nothing_and_is_asked_about_once(evening: Evening) -> None:
    evening.type("I appreciate that Sam picked up the kids")
    waited = evening.wait(40)
    assert len(waited) == 2  # once more, then that it is not kept
    assert evening.loop.journal.records().notes == ()


def test_two_short_reprompts_and_then_patience(evening: Evening) -> None:
    evening.type("I appreciate that Sam picked up the kids")
    assert len(evening.type("the dog wants out")) == 1
    assert len(evening.type("did you lock the door")) == 1
    assert evening.type("I think I did") == []
    evening.type("yes")
    assert len(evening.events("kept")) == 1


def test_change_it_lets_them_say_it_again(evening: Evening) -> None:
    evening.type("I appreciate that Sam picked up the kits", "change it", "Sam picked up the kids", "keep it")
    (kept,) = evening.events("kept")
    assert kept["text"] == "Sam picked up the kids"


def test_an_open_line_finds_its_partner(evening: Evening) -> None:
    evening.type("log an appreciation", "Sam brought me tea", "yes")
    (kept,) = evening.events("kept")
    assert (kept["who"], kept["for"]) == ("Alex", "Sam")


def test_forget_that_removes_the_last_for_good(evening: Evening, tmp_path: Path) -> None:
    evening.type("I appreciate that Sam picked up the kids", "yes")
    evening.type("I appreciate that Sam whistled a marvellous melody", "yes", "forget that", "yes")
    assert [note.text for note in evening.loop.journal.records().notes] == ["Sam picked up the kids"]
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert b"marvellous" not in file.read_bytes()


# ---- recap --------------------------------------------------------------------------------------------


def test_a_recap_addresses_the_one_appreciated(evening: Evening) -> None:
    evening.type("I appreciate that Sam picked up the kids", "yes", "thank you Alex for making dinner", "yes")
    lines = evening.type("read tonight's appreciations")
    assert "you picked up the kids" in lines[1]
    assert lines[1].index("Sam") < lines[1].index("you")
    assert "for making dinner" in lines[2]
    assert evening.type("what did we say this week")[1:3] != []


def test_an_empty_recap_says_so(evening: Evening) -> None:
    assert len(evening.type("read tonight's appreciations")) == 1


def test_the_nightly_recap_comes_by_itself_once_a_date(tmp_path: Path) -> None:
    evening = Evening(tmp_path, now=datetime(2026, 11, 23, 21, 28).astimezone())
    evening.type("I appreciate that Sam picked up the kids", "yes")
    assert evening.wait(110) == []
    offer = evening.wait(12)
    assert len(offer) == 1
    assert offer[0].endswith("?")
    assert any("you picked up the kids" in line for line in evening.type("yes"))
    assert evening.wait(1200) == []
    evening.close()
    again = Evening(tmp_path, now=datetime(2026, 11, 23, 22, 0).astimezone())
    assert again.wait(60) == []
    again.close()


def test_the_nightly_recap_keeps_quiet_hours(tmp_path: Path) -> None:
    config = Config(partners=("Alex", "Sam"), recap_at=time(22, 59), quiet_hours=(time(23, 0), time(7, 0)))
    evening = Evening(tmp_path, now=datetime(2026, 11, 23, 23, 5).astimezone(), config=config)
    evening.type("I appreciate that Sam picked up the kids", "yes")
    assert evening.wait(600) == []
    evening.close()


def test_the_nightly_recap_waits_for_a_pause_in_the_talk(tmp_path: Path) -> None:
    evening = Evening(tmp_path, now=datetime(2026, 11, 23, 21, 29).astimezone())
    evening.type("I appreciate that Sam picked up the kids", "yes")
    for _ in range(20):
        evening.loop.voices()
        assert evening.wait(10) == []
    assert evening.wait(8) == []
    assert len(evening.wait(6)) == 1
    evening.close()


def timers(evening: Evening) -> list[tuple[object, object]]:
    return [(timer["name"], timer["state"]) for timer in evening.events("timer")]


# ---- timers -------------------------------------------------------------------------------------------


def test_a_hug_ends_with_a_soft_bell_and_no_word(evening: Evening) -> None:
    evening.type("twenty second hug")
    assert evening.wait(18) == []
    assert evening.wait(4) == []
    assert timers(evening) == [("hug", "started"), ("hug", "ringing"), ("hug", "ended")]


def test_give_me_two_minutes_remembers_who_waits(evening: Evening) -> None:
    evening.type("give me two minutes Sam")
    (line,) = evening.wait(125)
    assert "Sam" in line
    assert "Alex" in line


def test_several_timers_by_name(evening: Evening) -> None:
    evening.type("set a tea timer for five minutes", "set a timer for twenty minutes")
    assert len(evening.type("how long is left")) == 2
    evening.type("pause the tea timer")
    evening.wait(400)
    assert ("tea", "ringing") not in timers(evening)
    evening.type("resume the tea timer", "add five minutes to the tea timer")
    assert "ten minutes" in evening.type("how long is left on the tea timer")[0]
    evening.type("cancel the tea timer")
    assert len(evening.loop.journal.records().timers) == 1


def test_a_timer_rings_with_an_end_and_stop_quiets_it(evening: Evening) -> None:
    evening.type("set a timer for one minute")
    evening.wait(62)
    assert mode(evening) is Mode.RINGING
    evening.type("stop")
    assert timers(evening)[-1][1] == "stopped"
    assert evening.wait(60) == []
    evening.type("set a timer for one minute")
    evening.wait(200)
    assert timers(evening)[-1][1] == "ended"
    assert [state for _, state in timers(evening)].count("ringing") <= 8


def test_timers_survive_a_restart(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.type("set a tea timer for five minutes")
    evening.close()
    again = Evening(tmp_path, now=DINNER.replace(minute=34))
    assert "tea" in " ".join(again.type("how long is left"))
    assert "tea" in " ".join(again.wait(65))
    again.close()  # it was still ringing
    late = Evening(tmp_path, now=DINNER.replace(hour=22))
    assert len(late.said) == 1  # it rang while nobody was there to hear its end
    late.close()


def test_cancel_it_means_the_timer_just_spoken_of(evening: Evening) -> None:
    evening.type("set a timer for ten minutes", "cancel it")
    assert evening.loop.journal.records().timers == ()
    evening.type("set a timer for ten minutes")
    evening.wait(120)
    assert evening.type("never mind") == []
    assert len(evening.loop.journal.records().timers) == 1


# ---- always ---------------------------------------------------------------------------------------------


def test_help_fits_the_moment(evening: Evening) -> None:
    idle = evening.type("what can I say")
    evening.type("ask us a question")
    assert evening.type("help") != idle


def test_what_did_you_hear(evening: Evening) -> None:
    evening.type("pass the salt please")
    (answer,) = evening.type("what did you hear")
    assert "pass the salt" in answer
    evening.type("ask us a question")
    (answer,) = evening.type("what did you hear")
    assert "ask us a question" in answer


def test_not_okay_ends_everything_with_fixed_words(evening: Evening) -> None:
    at_first_turn(evening)
    fixed = [text.split(" You can also call")[0] for text in evening.house.content.replies["not_okay"]]
    assert evening.type("I'm not okay") == fixed
    assert mode(evening) is Mode.IDLE
    assert "okay" not in " ".join(evening.type("what did you hear"))


def test_wordings_vary(evening: Evening) -> None:
    answers = []
    for _ in range(6):
        answers += evening.type("ask us a question", "that's enough")
    assert all(before != after for before, after in itertools.pairwise(answers))


def test_the_same_seed_gives_the_same_evening(tmp_path: Path) -> None:
    lines = ("ask us a question", "another one", "go deeper", "that's enough", "twenty second hug", "help")
    evenings = []
    for name in ("one", "two"):
        evening = Evening(tmp_path / name)
        evening.type(*lines)
        evenings.append(evening.captions)
        evening.close()
    assert [replace(caption) for caption in evenings[0]] == evenings[1]
