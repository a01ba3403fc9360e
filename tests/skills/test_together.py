"""Good things, play, the tour, and time for one alone: each as a couple would go through it, by keyboard."""

import pytest

from tests.support.evening import Evening, mode, script
from tests.support.together import is_over, kept, wordings
from voice.content.steps import KeepNote, ListenFor, SayLine, Turn
from voice.messages.meaning import Match
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.understanding import Understanding

# ---- appreciations ------------------------------------------------------------------------------------


def test_three_good_things_from_each_and_none_is_read_twice(evening: Evening) -> None:
    evening.type("three good things")
    for name, other in (("Alex", "Sam"), ("Sam", "Alex")):
        for number, thing in zip(("one", "two", "three"), ("made soup", "fixed the lamp", "sang for us"), strict=True):
            assert number in evening.said[-1].lower()
            assert name in evening.said[-1]
            assert mode(evening) is Mode.WORDS
            evening.type(f"{other} {thing}", "yes")
        assert mode(evening) is Mode.TURN
        assert f"{other}," in evening.said[-1]
        evening.type("done")
    assert [who for who, _ in kept(evening)] == ["Alex"] * 3 + ["Sam"] * 3
    for thing in ("made soup", "fixed the lamp", "sang for us"):  # read back once to each; they have just heard it
        assert sum(f"you {thing}" in line for line in evening.said) == 2
    assert is_over(evening, "three_good_things")


def test_fewer_than_three_is_fine(evening: Evening) -> None:
    evening.type("three good things", "Sam made soup for us", "yes", "no more")
    assert mode(evening) is Mode.TURN  # Sam may answer
    evening.type("done")
    assert "Sam" in evening.said[-1]
    assert "number one" in evening.said[-1].lower()
    evening.type("no more", "done")
    assert is_over(evening, "three_good_things")
    assert len(kept(evening)) == 1
    assert "less" not in " ".join(evening.said)


@pytest.mark.parametrize("all_of_it", ["that's all I've got", "that was it from me"])
def test_that_is_all_asks_for_no_more_of_them(evening: Evening, all_of_it: str) -> None:
    evening.type("three good things", "Sam made soup for us", "yes", all_of_it)
    assert mode(evening) is Mode.TURN  # Sam may answer
    evening.type("done", "Alex fixed the lamp", "yes", all_of_it, "done")
    assert [who for who, _ in kept(evening)] == ["Alex", "Sam"]
    assert is_over(evening, "three_good_things")


def test_who_has_nothing_is_not_asked_again_and_again(evening: Evening) -> None:
    evening.type("three good things", "nothing")
    assert mode(evening) is Mode.TURN  # Sam may answer
    evening.type("done", "I'll pass")
    assert mode(evening) is Mode.TURN
    evening.type("done")
    assert is_over(evening, "three_good_things")


def test_a_vague_line_is_asked_about_once(evening: Evening) -> None:
    closer = evening.house.content.replies["ask_closer"]
    asked = [line.replace("{name}", "Alex") for line in closer]
    evening.type("three good things")
    assert evening.type("Sam was so nice today")[-1] in asked
    evening.type("Sam brought me a blanket without a word")
    assert "brought me a blanket" in evening.said[-1]
    evening.type("yes")
    assert evening.type("Sam is great")[-1].endswith("?")  # read back, not asked about again
    assert evening.said[-1] not in asked
    evening.type("yes")
    assert [text for _, text in kept(evening)] == ["Sam brought me a blanket without a word", "Sam is great"]


@pytest.mark.parametrize("answer", ["pass", "no more", "never mind", ""])
def test_a_vague_line_stands_when_nothing_is_added(evening: Evening, answer: str) -> None:
    evening.type("three good things", "Sam was so nice today")
    if answer:
        evening.type(answer)
    else:
        assert len(evening.wait(31)) == 1
    assert "nice today" in evening.said[-1]
    evening.type("yes")
    assert kept(evening) == [("Alex", "Sam was so nice today")]


def test_a_vague_line_is_left_alone_elsewhere(evening: Evening) -> None:
    evening.type("appreciation time")
    evening.wait(15)
    assert mode(evening) is Mode.WORDS
    assert "nice" in evening.type("Sam was so nice today")[-1]


def test_appreciation_time_is_one_each_and_an_answer(evening: Evening) -> None:
    evening.type("appreciation time")
    evening.wait(15)
    evening.type("Sam called my mother", "yes")
    assert "Sam" in evening.said[-1]
    evening.type("Alex took the night train home", "yes")
    assert mode(evening) is Mode.TURN
    assert evening.said[-1].startswith("Sam,")  # who begins alternates
    evening.type("done", "thank you")
    assert is_over(evening, "appreciation_time")
    assert [who for who, _ in kept(evening)] == ["Alex", "Sam"]


def test_a_small_win_of_each_is_told_and_kept(evening: Evening) -> None:
    evening.type("small win")
    assert mode(evening) is Mode.TURN
    evening.type("done", "done")
    assert mode(evening) is Mode.WORDS
    evening.type("the lamp works again", "yes", "no more")
    assert is_over(evening, "small_win")
    assert len(kept(evening)) == 1
    assert {step.note for step in script(evening, "small_win").steps if isinstance(step, KeepNote)} == {"win"}


# ---- for one alone ------------------------------------------------------------------------------------


def test_two_minutes_for_one_alone_name_nobody_and_keep_nothing(evening: Evening) -> None:
    evening.type("two minutes for me")
    assert mode(evening) is Mode.SESSION
    before = len(evening.said)
    assert evening.wait(100) == []
    evening.wait(30)
    assert len(evening.said) == before + 1
    assert is_over(evening, "solo")
    assert not any(name in line for name in ("Alex", "Sam") for line in evening.said)
    assert evening.loop.records.notes == ()


def test_time_for_one_alone_takes_as_long_as_was_asked_for(evening: Evening) -> None:
    evening.type("ten minutes for myself")
    assert evening.wait(8 * 60) == []
    assert len(evening.wait(3 * 60)) == 1


# ---- play ---------------------------------------------------------------------------------------------


def test_two_truths_gives_both_two_rounds(evening: Evening) -> None:
    evening.type("let's play two truths")
    begins = []
    for _ in range(4):
        assert mode(evening) is Mode.TURN
        walk = evening.loop.state.walk
        assert walk
        begins.append(walk.speaker)
        evening.type("done")
    assert begins == ["Alex", "Sam", "Sam", "Alex"]
    assert is_over(evening, "two_truths")


def test_sentences_are_finished_by_both(evening: Evening) -> None:
    evening.type("let's finish each other's sentences")
    beginnings = []
    for _ in range(4):
        beginnings.append(evening.said[-1].split(": ")[-1])
        evening.type("done", "done")
    assert len(set(beginnings)) == 4
    assert is_over(evening, "finish_sentence")


@pytest.mark.parametrize(
    ("choice", "game"),
    [("this or that", "play_a_game"), ("two truths", "two_truths"), ("the third one", "finish_sentence")],
)
def test_a_game_is_chosen_among_three(evening: Evening, choice: str, game: str) -> None:
    evening.type("play a game")
    assert mode(evening) is Mode.ANSWER
    evening.type(choice)
    assert mode(evening) is Mode.TURN
    names = ("Alex", "Sam")
    turns = wordings(evening, game, Turn)
    assert evening.said[-1] in {line.replace("{name}", names[0]).replace("{other}", names[1]) for line in turns}


def test_no_answer_is_no_game(evening: Evening) -> None:
    evening.type("play a game", "pass")
    assert is_over(evening, "play_a_game")


# ---- what there is ------------------------------------------------------------------------------------


def test_the_tour_goes_on_only_on_a_yes(evening: Evening) -> None:
    evening.type("show us around")
    assert mode(evening) is Mode.YES_NO
    evening.type("no")
    assert is_over(evening, "guide")
    evening.type("what can you do for us", "yes", "yes")
    assert any("play a game" in line for line in evening.said)
    assert is_over(evening, "guide")


@pytest.mark.parametrize(
    "named",
    [
        "ask us a question",
        "start our check-in",
        "three good things",
        "hug timer",
        "make a ritual",
        "play a game",
        "start us off",
    ],
)
def test_what_the_tour_names_can_be_said(evening: Evening, named: str) -> None:
    told = " ".join(step_line for kind in (ListenFor, SayLine) for step_line in wordings(evening, "guide", kind))
    assert named in told
    understanding: Understanding = evening.house.understanding
    assert isinstance(understanding.understand((Hypothesis(named, "keyboard"),), Mode.IDLE), Match)
