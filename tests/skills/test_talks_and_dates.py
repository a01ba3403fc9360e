"""Talks and guided dates as a couple would tell them, by keyboard: from the first line to the end."""

import itertools
from pathlib import Path

import pytest

from tests.support.check_ins import BEGINNINGS, begin, is_over, kept, speakers
from tests.support.evening import DINNER, Evening, as_said, mode, script
from voice.messages.recognition import Mode


def prompts(evening: Evening, *decks: str) -> dict[str, int]:
    """The prompts of these decks, or of all, with their depths."""
    shelf = evening.house.content.decks
    named = (each for deck in shelf if not decks or deck.name in decks for each in deck.prompts)
    return {text: each.depth for each in named for text in as_said(each.text)}


def chimes(evening: Evening) -> list[object]:
    return [chime["name"] for chime in evening.events("chime")]


def talk(evening: Evening, seconds: float) -> None:
    """Somebody speaks all the time."""
    for _ in range(round(seconds / 5)):
        evening.loop.voices()
        evening.wait(5, step=2.5)


# ---- talks --------------------------------------------------------------------------------------------


def test_the_stress_talk_is_two_equal_turns_that_tell_of_their_last_minute(evening: Evening) -> None:
    begin(evening, "start stress talk")
    said = len(evening.said)
    for name in ("Alex", "Sam"):
        walk = evening.loop.state.walk
        assert walk is not None
        assert (walk.speaker, walk.length) == (name, 580)
        talk(evening, 515)
        assert "minute left" not in chimes(evening)[-1:]
        talk(evening, 10)
        assert chimes(evening)[-1] == "minute left"
        talk(evening, 60)
        assert chimes(evening)[-1] == "time"
        evening.type("done")
    assert len(evening.said) == said + 2  # the other one's turn, and the end
    assert is_over(evening, "stress_talk")


def test_a_stress_talk_of_thirty_minutes_has_longer_halves(evening: Evening) -> None:
    begin(evening, "start a thirty minute stress talk")
    walk = evening.loop.state.walk
    assert walk is not None
    assert walk.length == pytest.approx(870)


@pytest.mark.parametrize("answer", ["yes", "no"])
def test_twenty_minutes_begin_with_a_question_only_if_it_is_wanted(evening: Evening, answer: str) -> None:
    begin(evening, "twenty minutes for us")
    assert mode(evening) is Mode.YES_NO
    before = len(evening.said)
    evening.type(answer)
    evening.wait(1)
    asked = [line for line in evening.said[before:] if line in prompts(evening)]
    assert len(asked) == (answer == "yes")
    talk(evening, 580)
    assert chimes(evening)[-1] == "time"  # half way: the soft bell hands over
    assert speakers(evening, 2) == ["Alex", "Sam"]
    assert is_over(evening, "twenty_minutes")


def test_good_news_is_asked_about(evening: Evening) -> None:
    begin(evening, "good news round")
    assert speakers(evening, 1) == ["Alex"]
    assert evening.said[-1].startswith("Sam")  # "Sam, say tell me more. Alex, go on."
    assert "more" in evening.said[-1] or "best part" in evening.said[-1]
    assert speakers(evening, 2) == ["Alex", "Sam"]
    assert evening.said[-1].startswith("Alex")
    assert speakers(evening, 1) == ["Sam"]
    assert is_over(evening, "good_news")


def test_the_question_game_takes_turns_in_beginning_and_no_more_ends_it(evening: Evening) -> None:
    begin(evening, "let's play the question game")
    assert evening.said[-2] in prompts(evening)
    assert speakers(evening, 4) == ["Alex", "Sam", "Sam", "Alex"]
    asked = [line for line in evening.said if line in prompts(evening)]
    assert len(set(asked)) == 3
    evening.type("no more")
    assert is_over(evening, "question_game")


def test_the_ladder_goes_deeper_only_after_a_yes(evening: Evening) -> None:
    depths = prompts(evening)
    begin(evening, "start the closeness ladder")
    assert speakers(evening, 4) == ["Alex", "Sam", "Sam", "Alex"]
    assert mode(evening) is Mode.YES_NO
    evening.type("yes")
    evening.wait(1)
    assert speakers(evening, 4) == ["Alex", "Sam", "Sam", "Alex"]
    assert mode(evening) is Mode.YES_NO
    assert [depths[line] for line in evening.said if line in depths] == [1, 1, 2, 2]
    evening.type("yes")
    evening.wait(1)
    speakers(evening, 2)
    assert [depths[line] for line in evening.said if line in depths] == [1, 1, 2, 2, 3]
    assert is_over(evening, "closeness")


def test_without_a_yes_the_ladder_stays_where_it_is(evening: Evening) -> None:
    depths = prompts(evening)
    begin(evening, "start the closeness ladder")
    speakers(evening, 4)
    evening.wait(30)  # nobody says anything: that is no yes
    assert is_over(evening, "closeness")
    assert {depths[line] for line in evening.said if line in depths} == {1}


def test_the_inner_world_offers_three_topics_then_three_others(evening: Evening) -> None:
    begin(evening, "start share your inner world")
    assert mode(evening) is Mode.ANSWER
    assert evening.type("hopes")[-1].startswith("Alex, ")
    told = evening.type("done")[-1]
    assert "thank" in told  # the listener thanks before going on
    assert "Alex" in told
    assert "Sam" in told
    evening.type("done")
    assert is_over(evening, "inner_world")
    begin(evening, "start share your inner world")
    evening.type("pass")
    assert "worries, struggles" in evening.said[-1]
    evening.type("pass")  # the next one is taken
    evening.wait(1)
    assert mode(evening) is Mode.TURN
    assert speakers(evening, 2) == ["Sam", "Alex"]
    assert is_over(evening, "inner_world")


def test_a_childhood_story_has_four_minutes(evening: Evening) -> None:
    begin(evening, "tell us to swap childhood stories")
    walk = evening.loop.state.walk
    assert walk is not None
    assert walk.length == 240
    assert speakers(evening, 2) == ["Alex", "Sam"]
    assert is_over(evening, "swap_childhood")


def test_funny_stories_get_no_comment(evening: Evening) -> None:
    begin(evening, "funny story swap Sam first")
    said = len(evening.said)
    assert evening.type("and then the goat ate the tickets") == []
    assert speakers(evening, 2) == ["Sam", "Alex"]
    assert len(evening.said) == said + 2
    assert is_over(evening, "funny_story")


def test_a_good_memory_brings_back_a_line_of_this_day(tmp_path: Path) -> None:
    last_year = Evening(tmp_path, now=DINNER.replace(year=2025))
    last_year.type("I appreciate that Sam carried the boxes", "yes")
    last_year.close()
    evening = Evening(tmp_path)
    begin(evening, "ask about a good memory")
    assert evening.said[-2] in prompts(evening, "memories")
    assert speakers(evening, 2) == ["Alex", "Sam"]
    assert any("you carried the boxes" in line for line in evening.said)
    assert is_over(evening, "good_memory")
    evening.close()


def test_near_and_free_is_talked_about_without_a_name_for_anybody(evening: Evening) -> None:
    near = begin(evening, "attachment questions")
    speakers(evening, 8)
    assert is_over(evening, "attachment_talk")
    asked = [line for line in evening.said if line in prompts(evening)]
    assert len(asked) == 3
    assert set(asked) <= set(prompts(evening, "closeness"))
    lines = [line for step in near.steps for line in step.wordings] + [*near.first, *near.later]
    assert not any(word in line.lower() for line in lines for word in ("attach", "style", "anxious", "avoid", "secure"))


DECKS = {  # what a date asks from; the others have questions of their own
    "date_money": ("home and money",),
    "date_dreams": ("dreams",),
    "date_fun": ("adventure", "food", "music", "stars"),
    "date_family": ("history", "people"),
    "date_growth": ("growth",),
    "date_intimacy": ("intimacy",),
}


# ---- dates --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [name for name in BEGINNINGS if name.startswith("date_") and name != "date_closing"])
def test_a_date_is_five_questions_and_one_thing_to_remember(evening: Evening, name: str) -> None:
    begin(evening, BEGINNINGS[name][0])
    if name == "date_intimacy":
        assert mode(evening) is Mode.YES_NO
        evening.type("yes")
        evening.wait(1)
    first = speakers(evening, 10)[::2]
    assert all(one != other for one, other in itertools.pairwise(first))  # who begins alternates
    asked = [line for line in evening.said if line in prompts(evening)]
    assert set(asked) <= set(prompts(evening, *DECKS.get(name, ("no deck",))))
    assert len(asked) == {"date_family": 2, "date_trust": 0, "date_conflict": 0}.get(name, 5)
    speakers(evening, 2)  # the best of it
    assert mode(evening) is Mode.WORDS
    evening.type("the way we laughed", "yes", "pass")
    done = {what for what, _ in evening.loop.records.done}
    assert done == {name}
    assert mode(evening) is Mode.IDLE
    assert evening.said[-1] in script(evening, "date_closing").steps[-1].lines
    assert [(kind, text) for kind, _, text in kept(evening)] == [("closing", "the way we laughed")]


def test_a_date_about_touch_asks_both_first(evening: Evening) -> None:
    begin(evening, "start a date night about intimacy")
    evening.type("no")
    assert mode(evening) is Mode.IDLE
    assert not any(line in prompts(evening) for line in evening.said)


def test_a_date_whose_topic_is_left_out_asks_something_else(evening: Evening) -> None:
    evening.type("no questions about money")
    begin(evening, "start a date night about money")
    speakers(evening, 2)
    asked = [line for line in evening.said if line in prompts(evening)]
    money = [each for deck in evening.house.content.decks for each in deck.prompts if "money" in each.tags]
    assert not {text for each in money for text in as_said(each.text)} & set(asked)


def test_any_evening_can_be_given_an_ending(evening: Evening) -> None:
    begin(evening, "close our date night")
    assert speakers(evening, 2) == ["Sam", "Alex"]
    evening.type("the rain on the roof", "yes", "pass")
    assert is_over(evening, "date_closing")


def test_the_monthly_talk_is_a_longer_date(evening: Evening) -> None:
    monthly = begin(evening, "monthly talk")
    assert monthly.minutes >= 30
    speakers(evening, 4)
    speakers(evening, 6)
    asked = [line for line in evening.said if line in prompts(evening)]
    assert len(asked) == 3
    assert set(asked) <= set(prompts(evening, "future"))
    speakers(evening, 4)
    evening.type("pass", "pass")
    assert is_over(evening, "monthly")
    assert kept(evening) == []
