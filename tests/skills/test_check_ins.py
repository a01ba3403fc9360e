"""Check-ins, talks and guided dates as a couple would tell them, by keyboard: from the first line to the end."""

import itertools
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.evening import DINNER, Evening, as_said, mode
from voice.content import Script
from voice.messages.recognition import Mode


def script(evening: Evening, name: str) -> Script:
    return next(script for script in evening.house.content.scripts if script.id == name)


def prompts(evening: Evening, *decks: str) -> dict[str, int]:
    """The prompts of these decks, or of all, with their depths."""
    shelf = evening.house.content.decks
    named = (each for deck in shelf if not decks or deck.name in decks for each in deck.prompts)
    return {text: each.depth for each in named for text in as_said(each.text)}


def begin(evening: Evening, line: str) -> Script:
    """Begin a session; past the question whether the moment is calm, to the first thing that takes time."""
    evening.type(line)
    walk = evening.loop.state.walk
    assert walk is not None, line
    if walk.script.calm:
        assert mode(evening) is Mode.YES_NO
        evening.type("yes")
    evening.wait(1)
    return walk.script


def begun(evening: Evening) -> str:
    """The id of the session that is going on, "" for none."""
    walk = evening.loop.state.walk
    return walk.script.id if walk else ""


def speakers(evening: Evening, turns: int) -> list[str]:
    """Who has each of the next turns; every one is handed over."""
    names = []
    for _ in range(turns):
        walk = evening.loop.state.walk
        assert walk is not None
        assert mode(evening) is Mode.TURN
        assert walk.speaker in evening.said[-1]
        names.append(walk.speaker)
        evening.type("done")
    return names


def kept(evening: Evening) -> list[tuple[str, str, str]]:
    """Kind, who said it, and the line, of everything that was kept."""
    return [(note.kind, note.who, note.text) for note in evening.loop.journal.records().notes]


def is_over(evening: Evening, name: str) -> bool:
    """Whether a session came to its own end, with its goodbye as the last thing said."""
    done = any(what == name for what, _ in evening.loop.records.done)
    return done and mode(evening) is Mode.IDLE and evening.said[-1] in script(evening, name).steps[-1].lines


# ---- how each begins, and that talk does not begin it -------------------------------------------------

BEGINNINGS = {
    "daily": ["daily check-in", "start a fifteen minute check-in", "let's do our daily check-in"],
    "short_check_in": ["short check-in", "quick check-in please"],
    "coffee": ["coffee check-in", "start the morning check-in"],
    "just_a_hug": ["just a hug tonight", "only a hug today"],
    "feelings": ["how are we really doing", "start feelings check-in"],
    "weekly": ["weekly check-in", "Sunday check-in"],
    "temperature": ["temperature reading", "start the five parts"],
    "stress_talk": ["start stress talk", "let's unwind together"],
    "twenty_minutes": ["twenty minutes for us", "let's have thirty minutes for us"],
    "needs": ["ask us what we need", "ask what we need", "needs check-in"],
    "good_news": ["good news round", "start a good news round"],
    "question_game": ["let's play the question game"],
    "closeness": ["start the closeness ladder"],
    "inner_world": ["start share your inner world", "inner world talk"],
    "weekly_truth": ["weekly truth", "one true thing each"],
    "date_money": ["start a date night about money"],
    "date_dreams": ["start a date about dreams"],
    "date_fun": ["let's have a date about fun"],
    "date_family": ["start a date about our families"],
    "date_trust": ["start a date night about trust"],
    "date_growth": ["start a date about growth"],
    "date_intimacy": ["start a date night about intimacy", "start a date about touch"],
    "date_conflict": ["start a date about conflict", "a date night about disagreeing please"],
    "date_closing": ["close our date night"],
    "monthly": ["monthly talk", "let's have our monthly date"],
    "swap_childhood": ["tell us to swap childhood stories"],
    "funny_story": ["funny story swap", "make us laugh"],
    "good_memory": ["ask about a good memory"],
    "attachment_talk": ["attachment questions"],
    "bedtime": ["start our check-in", "bedtime check-in", "five minute check-in"],
}


@pytest.mark.parametrize(("name", "line"), [(name, line) for name, lines in BEGINNINGS.items() for line in lines])
def test_a_line_begins_it_and_stop_leaves_it_with_a_kind_word(evening: Evening, name: str, line: str) -> None:
    evening.type(line)
    assert begun(evening) == name
    if script(evening, name).calm:
        evening.type("yes")
    evening.loop.typed("stop")
    assert evening.said[-1] in script(evening, name).left
    assert mode(evening) is Mode.IDLE


@pytest.mark.parametrize("name", ["weekly", "temperature", "date_money", "date_trust", "date_conflict"])
def test_a_sensitive_one_asks_whether_the_moment_is_calm_and_a_no_ends_it_kindly(evening: Evening, name: str) -> None:
    (question,) = evening.type(BEGINNINGS[name][0])
    assert "calm" in question
    (kindly,) = evening.type("no")
    assert kindly in evening.house.content.replies["calm_no"]
    assert mode(evening) is Mode.IDLE
    assert evening.wait(600) == []


# ---- the check-ins of a day ---------------------------------------------------------------------------


def test_the_daily_check_in_hands_over_by_name_and_ends_with_a_thank_you_each(evening: Evening) -> None:
    begin(evening, "daily check-in")
    assert speakers(evening, 6) == ["Alex", "Sam", "Sam", "Alex", "Alex", "Sam"]
    assert mode(evening) is Mode.WORDS
    evening.type("Alex fixed the lamp", "yes", "pass")
    assert is_over(evening, "daily")
    assert [note[:2] for note in kept(evening)] == [("appreciation", "Sam")]


@pytest.mark.parametrize(
    ("line", "first_turn"),
    [("start a fifteen minute check-in", 120), ("thirty minute check-in", 240), ("ten minute daily check-in", 80)],
)
def test_the_length_of_a_check_in_is_said_as_it_begins(evening: Evening, line: str, first_turn: float) -> None:
    begin(evening, line)
    walk = evening.loop.state.walk
    assert walk is not None
    assert walk.length == pytest.approx(first_turn)
    evening.type("make it five minutes")
    walk = evening.loop.state.walk
    assert walk is not None
    assert walk.length == pytest.approx(40)


def test_a_check_in_can_say_who_begins(evening: Evening) -> None:
    begin(evening, "daily check-in Sam first")
    assert speakers(evening, 2) == ["Sam", "Alex"]


def test_the_short_check_in_is_two_rounds_and_keeps_nothing(evening: Evening) -> None:
    begin(evening, "short check-in")
    assert speakers(evening, 4) == ["Alex", "Sam", "Sam", "Alex"]
    assert is_over(evening, "short_check_in")
    assert kept(evening) == []


def test_over_coffee_it_is_the_night_the_day_and_what_helps(evening: Evening) -> None:
    coffee = begin(evening, "coffee check-in")
    asked = []
    for _ in range(3):
        asked.append(evening.said[-1].replace(begin_of(evening), "{name}").replace(other_of(evening), "{other}"))
        speakers(evening, 2)
    assert [line in step.wordings for line, step in zip(asked, coffee.steps, strict=False)] == [True, True, True]
    assert is_over(evening, "coffee")


def begin_of(evening: Evening) -> str:
    walk = evening.loop.state.walk
    assert walk is not None
    return walk.speaker


def other_of(evening: Evening) -> str:
    return "Sam" if begin_of(evening) == "Alex" else "Alex"


def test_just_a_hug_is_a_line_a_silence_and_a_line(evening: Evening) -> None:
    begin(evening, "just a hug tonight")
    said = len(evening.said)
    assert evening.wait(30) == []
    assert len(evening.wait(10)) == 1
    assert len(evening.said) == said + 1
    assert [chime["name"] for chime in evening.events("chime")] == ["hello", "time"]
    assert is_over(evening, "just_a_hug")


def test_a_shorter_hug_is_still_twenty_seconds_about(evening: Evening) -> None:
    begin(evening, "just a hug of ten seconds")
    assert evening.wait(15) == []
    assert len(evening.wait(5)) == 1


def test_feelings_are_told_back_before_the_other_one_tells(evening: Evening) -> None:
    begin(evening, "how are we really doing")
    assert "phone" in " ".join(evening.said).lower() or "screen" in " ".join(evening.said).lower()
    lengths = []
    names = []
    for _ in range(4):
        walk = evening.loop.state.walk
        assert walk is not None
        lengths.append(walk.length)
        names += speakers(evening, 1)
    assert names == ["Alex", "Sam", "Sam", "Alex"]
    assert lengths == [180, 60, 180, 60]
    assert is_over(evening, "feelings")
    assert kept(evening) == []


# ---- weekly -------------------------------------------------------------------------------------------


def test_the_weekly_check_in_ends_with_a_need_each_that_the_next_one_reads(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    begin(evening, "weekly check-in")
    assert speakers(evening, 6) == ["Alex", "Sam", "Sam", "Alex", "Alex", "Sam"]
    assert mode(evening) is Mode.WORDS
    evening.type("an evening for myself", "yes", "a walk on sunday", "yes")
    assert is_over(evening, "weekly")
    assert kept(evening) == [("need", "Sam", "an evening for myself"), ("need", "Alex", "a walk on sunday")]
    evening.close()
    next_week = Evening(tmp_path, now=DINNER + timedelta(days=7))
    before = len(next_week.said)
    begin(next_week, "weekly check-in")
    told = " ".join(next_week.said[before:])
    assert "an evening for myself" in told
    assert "a walk on sunday" in told
    assert next_week.said[-1].startswith("Sam, ")  # who begins alternates
    next_week.close()


def test_the_first_weekly_check_in_has_nothing_to_read(evening: Evening) -> None:
    evening.type("weekly check-in")
    introduction, question = evening.type("yes")
    assert introduction in script(evening, "weekly").first
    assert question.startswith("Alex, ")


def test_what_both_need_is_finished_in_one_line_and_a_pass_keeps_nothing(evening: Evening) -> None:
    begin(evening, "ask us what we need")
    assert speakers(evening, 2) == ["Alex", "Sam"]
    assert evening.said[-1].startswith("Sam, ")
    assert evening.said[-1].endswith("...")
    evening.type("somebody else cooked on tuesday", "yes")
    assert evening.type("pass")[-1] in script(evening, "needs").steps[-1].lines
    assert [note[:2] for note in kept(evening)] == [("need", "Sam")]


def test_a_truth_may_be_passed_and_nobody_comes_back_to_it(evening: Evening) -> None:
    begin(evening, "weekly truth")
    assert evening.wait(10) == []
    evening.wait(7)
    assert "Alex" in evening.said[-1]
    (second,) = evening.type("pass")
    assert "Sam" in second
    (goodbye,) = evening.type("pass")
    assert "pass" not in goodbye.lower()
    assert is_over(evening, "weekly_truth")
    assert evening.wait(900) == []
    assert kept(evening) == []


# ---- the five parts -----------------------------------------------------------------------------------


def test_the_five_parts_come_in_order_and_what_is_to_change_is_never_kept(evening: Evening, tmp_path: Path) -> None:
    begin(evening, "temperature reading")
    assert mode(evening) is Mode.WORDS
    assert "thank" in evening.said[-1].lower() or "glad" in evening.said[-1] or "thanks" in evening.said[-1].lower()
    evening.type("Sam watered the plants", "yes", "Alex sang in the car", "yes")
    openings = []
    for _ in range(4):
        openings.append(" ".join(evening.said[-2:]).lower())
        assert mode(evening) is Mode.TURN
        assert evening.type("when the door is left open I feel cold and I'd like it closed") == []
        assert len(set(speakers(evening, 2))) == 2
    news, puzzles, change, hopes = openings
    assert "news" in news
    assert "puzzle" in puzzles
    assert "thank you" in change  # a line for the listener before the wish for a change
    assert "i feel" in change or "what you feel" in change
    assert "hop" in hopes or "part five" in hopes
    assert mode(evening) is Mode.WORDS
    evening.type("a week by the sea", "yes", "pass")
    assert is_over(evening, "temperature")
    assert [kind for kind, _, _ in kept(evening)] == ["appreciation", "appreciation", "wish"]
    for file in tmp_path.rglob("*"):
        if file.is_file():
            assert b"door is left open" not in file.read_bytes()


def test_nothing_is_a_good_answer_in_every_part(evening: Evening) -> None:
    begin(evening, "temperature reading")
    heard = len(evening.said)
    for _ in range(12):
        evening.type("nothing this time")
    assert is_over(evening, "temperature")
    assert kept(evening) == []
    assert len(evening.said) - heard == 13  # what comes next each time, the line before the change, and no word more


# ---- talks --------------------------------------------------------------------------------------------


def chimes(evening: Evening) -> list[object]:
    return [chime["name"] for chime in evening.events("chime")]


def talk(evening: Evening, seconds: float) -> None:
    """Somebody speaks all the time."""
    for _ in range(round(seconds / 5)):
        evening.loop.voices()
        evening.wait(5, step=2.5)


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


# ---- dates --------------------------------------------------------------------------------------------

DECKS = {  # what a date asks from; the others have questions of their own
    "date_money": ("home and money",),
    "date_dreams": ("dreams",),
    "date_fun": ("adventure", "food", "music", "stars"),
    "date_family": ("history", "people"),
    "date_growth": ("growth",),
    "date_intimacy": ("intimacy",),
}


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
