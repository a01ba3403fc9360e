"""Evenings as a couple would tell them, by keyboard: the whole program but for the sound."""

import itertools
from dataclasses import replace
from datetime import datetime, time
from pathlib import Path

import pytest

from tests.support.evening import DINNER, Evening, as_said, mode
from voice.config import Config
from voice.messages.recognition import Mode


def prompts(evening: Evening) -> dict[str, int]:
    """What can be asked, as it is said, with its depth."""
    asked = (prompt for deck in evening.house.content.decks for prompt in deck.prompts)
    return {text: prompt.depth for prompt in asked for text in as_said(prompt.text)}


# ---- ask --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    [
        "ask us a question",
        "Ask us another question, please.",
        "give us a question",
        "question for dinner",
        "could you ask us a question",
        "ask about our day",
    ],
)
def test_one_prompt_is_read_and_then_it_is_silent(evening: Evening, line: str) -> None:
    first, asked = evening.type(line)
    assert "first" in first
    assert asked in prompts(evening)
    assert evening.wait(600) == []


def test_talk_about_a_question_is_left_alone(evening: Evening) -> None:
    evening.type("ask us a question")
    assert evening.type("I think it was the day we missed the train and walked home") == []
    assert evening.events("ignored")[-1]["why"]


def test_another_skip_and_again(evening: Evening) -> None:
    first = evening.type("ask us a question")[-1]
    second = evening.type("another one")[-1]
    third = evening.type("skip")
    assert len({first, second, *third}) == 3
    assert evening.type("say that again") == third


def test_the_deepest_level_is_asked_for_once(evening: Evening) -> None:
    depths = prompts(evening)
    assert depths[evening.type("ask us a question")[-1]] == 1
    assert depths[evening.type("go deeper")[-1]] == 2
    consent = evening.type("go deeper")
    assert len(consent) == 1
    assert consent[0].endswith("?")
    assert consent[0] not in depths
    assert depths[evening.type("yes")[-1]] == 3
    evening.type("something lighter")
    assert depths[evening.said[-1]] == 2


def test_without_a_yes_it_goes_no_deeper(evening: Evening) -> None:
    depths = prompts(evening)
    evening.type("ask us a question", "go deeper", "go deeper", "no")
    assert depths[evening.said[-1]] < 3


def test_silence_is_no_consent(evening: Evening) -> None:
    evening.type("ask us a deep question")
    waited = evening.wait(30)
    assert all(prompts(evening).get(line, 0) < 3 for line in waited)


def test_enough_closes_the_questions(evening: Evening) -> None:
    evening.type("ask us a question", "that's enough")
    assert mode(evening) is Mode.IDLE
    assert evening.type("another one") == []


def test_no_prompt_twice_until_the_deck_is_used_up_across_restarts(tmp_path: Path) -> None:
    asked: list[str] = []
    for seed, questions in enumerate((20, 20, 23)):
        evening = Evening(tmp_path, seed=seed)
        for line in ("pick the memories deck", *["another one"] * (questions - 1)):
            evening.type(line)
            while mode(evening) is Mode.YES_NO:  # a warmer one? the deep ones?
                evening.type("yes")
            asked.append(evening.said[-1])
        evening.close()
    assert len(set(asked)) == len(asked) == 63
    memories = next(deck for deck in evening.house.content.decks if deck.name == "memories")
    left = [prompt.depth for prompt in memories.prompts if not as_said(prompt.text) & set(asked)]
    assert set(left) <= {3}  # between two of the deepest stands one of another deck


# ---- check in -----------------------------------------------------------------------------------------


def test_a_bedtime_check_in_from_hello_to_goodnight(evening: Evening) -> None:
    opening = evening.type("start our check-in")
    assert "phones" in " ".join(opening).lower()
    evening.wait(25)  # two breaths
    assert mode(evening) is Mode.TURN
    assert evening.said[-1].startswith("Alex, ")
    assert evening.type("your turn")[-1].startswith("Sam, ")
    assert evening.type("done")[-1].startswith("Sam, ")  # who begins alternates
    assert evening.type("done")[-1].startswith("Alex, ")
    evening.type("pass", "I'm done", "that's it")
    assert mode(evening) is Mode.WORDS
    evening.type("Sam made me laugh", "yes", "Alex cooked for us", "yes")
    for line in ("you made me laugh", "you cooked for us"):  # read back; they have just heard it
        assert sum(line in said for said in evening.said) == 1
    assert "goodnight" in evening.said[-1].lower()
    assert mode(evening) is Mode.IDLE
    assert [kept["for"] for kept in evening.events("kept")] == ["Sam", "Alex"]


def test_the_other_one_begins_the_next_time(tmp_path: Path) -> None:
    for name in ("Alex", "Sam", "Alex"):
        evening = Evening(tmp_path)
        evening.type("start our check-in")
        evening.wait(25)
        assert evening.said[-1].startswith(f"{name}, ")
        evening.type("stop")
        evening.close()


def at_first_turn(evening: Evening) -> None:
    evening.type("bedtime check-in")
    evening.wait(25)
    assert mode(evening) is Mode.TURN


def test_what_a_partner_tells_is_not_turned_into_text(evening: Evening) -> None:
    at_first_turn(evening)
    assert evening.type("I am worried about my mother") == []
    assert "mother" not in str(evening.captions)
    evening.type("stop")
    assert "mother" not in " ".join(evening.type("what did you hear"))


def test_time_up_is_a_bell_and_never_an_interruption(evening: Evening) -> None:
    at_first_turn(evening)
    before = len(evening.said)
    evening.loop.voices()
    for _ in range(60):
        evening.wait(2)
        evening.loop.voices()  # somebody speaks on and on
    assert len(evening.said) == before
    assert [chime["name"] for chime in evening.events("chime")].count("time") == 1


def test_one_nudge_after_long_silence(evening: Evening) -> None:
    at_first_turn(evening)
    nudges = evening.wait(300)
    assert len(nudges) == 1
    assert mode(evening) is Mode.TURN


def test_a_bit_more_time_moves_the_bell(evening: Evening) -> None:
    at_first_turn(evening)
    evening.wait(30)
    evening.type("a bit more")
    evening.wait(50)
    assert "time" not in [chime["name"] for chime in evening.events("chime")]


def test_pause_go_on_back_and_skip(evening: Evening) -> None:
    at_first_turn(evening)
    asked = evening.said[-1]
    evening.type("pause")
    assert mode(evening) is Mode.SESSION
    assert evening.wait(1000) == []
    evening.type("go on")
    assert mode(evening) is Mode.TURN
    evening.type("done")
    assert evening.said[-1].startswith("Sam, ")
    evening.type("back")
    assert evening.said[-1].split(",")[0] == asked.split(",")[0]
    evening.type("skip")
    assert evening.said[-1].startswith("Sam, ")


def test_stop_leaves_with_a_kind_word(evening: Evening) -> None:
    at_first_turn(evening)
    goodbye = evening.type("stop")
    assert len(goodbye) == 1
    assert mode(evening) is Mode.IDLE


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


# ---- timers -------------------------------------------------------------------------------------------


def timers(evening: Evening) -> list[tuple[object, object]]:
    return [(timer["name"], timer["state"]) for timer in evening.events("timer")]


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
