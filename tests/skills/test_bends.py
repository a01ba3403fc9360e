"""A session bends: the question again, another, lighter, deeper, how long, done, a timer, put off, passed."""

from pathlib import Path

import pytest

from tests.support.evening import Evening, as_said, is_reply, mode
from voice.messages.recognition import Mode
from voice.messages.records import ReminderKind


def depths(evening: Evening) -> dict[str, int]:
    prompts = [prompt for deck in evening.house.content.decks for prompt in deck.prompts]
    return {text: prompt.depth for prompt in prompts for text in as_said(prompt.text)}


def in_a_game(directory: Path) -> Evening:
    """An evening in the first turn of a game of questions."""
    evening = Evening(directory)
    evening.type("let's play the question game")
    evening.wait(5)
    assert mode(evening) is Mode.TURN
    return evening


def asked(evening: Evening) -> list[str]:
    """The prompts that were read so far."""
    known = depths(evening)
    return [line for line in evening.said if line in known]


def test_in_a_turn_the_question_is_read_again_and_the_time_runs_on(tmp_path: Path) -> None:
    evening = in_a_game(tmp_path)
    (question,) = asked(evening)
    evening.wait(20)
    walk = evening.loop.state.walk
    assert evening.type("what was the question") == [question]
    assert evening.loop.state.walk == walk


def test_skip_is_the_question_for_both_and_pass_is_one_of_them(tmp_path: Path) -> None:
    evening = in_a_game(tmp_path)
    before = evening.loop.state.walk
    evening.type("skip this question")
    evening.wait(3)
    after = evening.loop.state.walk
    assert before
    assert after
    assert len(asked(evening)) == 2
    assert (after.step, after.part, after.speaker) == (before.step, 0, before.speaker)
    evening.type("pass")
    evening.wait(3)
    passed = evening.loop.state.walk
    assert passed
    assert len(asked(evening)) == 2
    assert passed.speaker != before.speaker


def test_lighter_and_another_in_a_session(tmp_path: Path) -> None:
    evening = in_a_game(tmp_path)
    evening.type("another one")
    evening.wait(3)
    evening.type("something lighter")
    evening.wait(3)
    assert len(set(asked(evening))) == 3
    assert depths(evening)[asked(evening)[-1]] == 1
    assert mode(evening) is Mode.TURN


def test_deeper_asks_both_before_the_deepest(tmp_path: Path) -> None:
    evening = in_a_game(tmp_path)
    while mode(evening) is Mode.TURN:
        evening.type("go deeper")
        evening.wait(3)
    before = asked(evening)
    assert all(depths(evening)[line] < 3 for line in before)
    evening.type("no")
    evening.wait(3)
    assert asked(evening) == before
    assert mode(evening) is Mode.TURN
    evening.type("go deeper", "yes")
    evening.wait(3)
    assert depths(evening)[asked(evening)[-1]] == 3


def test_where_there_is_one_question_it_says_so(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.type("start our check-in")
    evening.wait(25)
    walk = evening.loop.state.walk
    assert is_reply(evening, evening.type("another question")[-1], "one_question_here")
    assert evening.loop.state.walk == walk


def test_how_long_is_left_help_and_the_end(tmp_path: Path) -> None:
    evening = in_a_game(tmp_path)
    assert is_reply(evening, evening.type("how long is left")[-1], "turn_left")
    assert is_reply(evening, evening.type("help")[-2], "help_turn")
    evening.type("we're done")
    assert evening.loop.state.walk is None


def test_a_timer_is_set_in_a_turn_and_the_turn_goes_on(tmp_path: Path) -> None:
    evening = in_a_game(tmp_path)
    walk = evening.loop.state.walk
    evening.type("start a ten minute oven timer")
    assert [timer.name for timer in evening.loop.records.timers] == ["oven"]
    assert evening.loop.state.walk == walk
    evening.wait(3)
    assert mode(evening) is Mode.TURN
    assert is_reply(evening, evening.type("set a timer for the oven")[-1], "missing_duration")
    assert evening.loop.state.walk == walk


# ---- gates ----------------------------------------------------------------------------------------------


def test_hold_on_at_the_calm_question_waits_for_a_yes(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.type("start the repair talk")
    assert is_reply(evening, evening.type("hold on")[-1], "gate_waits")
    assert evening.wait(300) == []
    evening.type("go on")
    assert evening.loop.state.walk
    assert evening.loop.state.walk.current is None
    assert evening.loop.state.awaited is not None
    evening.type("yes")
    evening.wait(3)
    assert mode(evening) is Mode.TURN


# ---- passing, and another day ---------------------------------------------------------------------------


@pytest.mark.parametrize("begin", ["start a listening round"])
def test_after_a_pass_nobody_has_to_say_it_back(tmp_path: Path, begin: str) -> None:
    evening = Evening(tmp_path)
    evening.type(begin)
    evening.wait(3)
    first = evening.loop.state.walk
    assert first
    evening.type("pass")
    evening.wait(3)
    second = evening.loop.state.walk
    assert second
    assert second.speaker != first.speaker
    assert any("say back" in line or "saying back" in line for line in evening.said)
    assert second.current
    assert second.current.lines == first.script.steps[0].lines  # it is the other one's turn to talk


def test_not_tonight_puts_a_step_of_a_plan_off(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.type("what's our plan")
    evening.wait(3)
    script = evening.loop.state.walk
    assert script
    evening.type("not tonight")
    assert evening.loop.state.walk is None
    assert evening.wait(60) == []
    evening.type("what's our plan")
    again = evening.loop.state.walk
    assert again
    assert again.values["day"] == "1"


# ---- a break --------------------------------------------------------------------------------------------


def test_a_break_tells_how_long_it_lasts_and_ends_early(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.type("we need a break", "half an hour", "no")
    evening.wait(5)
    assert [each.kind for each in evening.loop.records.reminders] == [ReminderKind.RETURN]
    evening.wait(300, step=5)
    (left,) = evening.type("how long is left")
    assert is_reply(evening, left, "break_left")
    assert "twenty-five minutes" in left
    evening.type("we're ready")
    assert evening.loop.records.reminders == ()
    assert evening.loop.state.walk
    assert evening.loop.state.walk.script.id == "restart"


def test_without_a_break_those_who_are_ready_are_ready_for_each_other(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    assert evening.type("we're ready") == []
    assert [caption.event for caption in evening.captions][-1] == "ignored"


# ---- would you like to go on ----------------------------------------------------------------------------


def test_the_offer_to_go_on_gives_way_to_anything_else(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.type("start our check-in")
    evening.wait(25)
    evening.close()
    evening = Evening(tmp_path)
    assert is_reply(evening, evening.said[-1], "session_resume")
    assert evening.type("ask us a question")[-1] in depths(evening)
    evening.close()
    evening = Evening(tmp_path)
    assert evening.type("did you lock the door downstairs before you came up") == []
    assert evening.wait(60) == []
    evening.type("continue the check-in")
    assert evening.loop.state.walk


def test_a_date_about_money_asks_about_money_and_names_the_one_who_listens(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.type("start a date night about money", "yes")
    evening.wait(5)
    decks = {prompt.id: prompt for deck in evening.house.content.decks for prompt in deck.prompts}
    for line in ("skip this question", "something lighter", "another one", "done", "done", "another one"):
        walk, prompt = evening.loop.state.walk, decks[evening.loop.records.asked[-1].prompt]
        assert walk
        assert "money" in prompt.tags
        if walk.part == 0 and "{other}" in prompt.text:
            assert walk.order[1] in walk.asked
            assert walk.order[0] not in walk.asked
        evening.type(line)
        evening.wait(3)


def test_every_question_of_a_session_is_put_to_the_one_who_begins(tmp_path: Path) -> None:
    evening = in_a_game(tmp_path)
    named = 0
    for _ in range(30):
        walk = evening.loop.state.walk
        assert walk
        names = [name for name in walk.order if name in walk.asked]
        assert names in ([], [walk.order[1]])
        named += bool(names)
        evening.type("another one")
        evening.wait(3)
    assert named


def test_goodnight_in_a_turn_ends_the_session_and_the_evening(tmp_path: Path) -> None:
    evening = in_a_game(tmp_path)
    script = evening.loop.state.walk
    assert script
    (said,) = evening.type("goodnight")
    assert said in script.script.left
    assert mode(evening) is Mode.IDLE
    assert evening.wait(3 * 3600) == []


def test_not_now_passes_in_a_turn(tmp_path: Path) -> None:
    evening = in_a_game(tmp_path)
    before = evening.loop.state.walk
    evening.type("not now, we're too tired")
    after = evening.loop.state.walk
    assert before
    assert after
    assert after.speaker != before.speaker


def test_whose_turn_it_is_is_told_and_can_be_changed(tmp_path: Path) -> None:
    evening = in_a_game(tmp_path)
    walk = evening.loop.state.walk
    assert walk
    (said,) = evening.type("wait, whose turn is it?")
    assert walk.speaker in said
    other = walk.order[1]
    evening.type(f"no, {other} first")
    evening.wait(3)
    after = evening.loop.state.walk
    assert after
    assert (after.speaker, after.part) == (other, 0)


def test_a_topic_is_left_out_from_within_a_game(tmp_path: Path) -> None:
    evening = in_a_game(tmp_path)
    walk = evening.loop.state.walk
    (said,) = evening.type("no questions about money please")
    assert "money" in said
    assert evening.loop.state.walk == walk
    evening.type("leave out work")
    assert evening.loop.records.settings["left out"] == "money, work"


def test_a_turn_without_a_deck_asks_again_in_the_same_words(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.type("start our check-in")
    evening.wait(30)
    assert mode(evening) is Mode.TURN
    question, before = evening.said[-1], evening.loop.state.walk
    assert evening.type("what was the question") == [question]
    assert evening.loop.state.walk == before
