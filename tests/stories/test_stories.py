"""Evenings as a couple would tell them, by keyboard: questions and the check-in."""

from pathlib import Path

import pytest

from tests.support.evening import Evening, as_said, mode
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
