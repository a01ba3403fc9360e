"""Listening, hard talks, being close: each session as a couple would go through it, and that nothing of it is kept."""

import re
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.evening import DINNER, Evening, mode
from voice.composition import open_house
from voice.config import Config, Home
from voice.content import Script
from voice.content.steps import ListenFor
from voice.dialogue.dictation import as_part
from voice.errors import ConfigError
from voice.messages.meaning import Match
from voice.messages.recognition import Hypothesis, Mode

NAMES = {"name": "Alex", "other": "Sam"}


def over(evening: Evening) -> bool:
    """Whether the session came to its end: its last line was said, and nobody is waited for."""
    evening.wait(12)
    lines = (re.escape(line).replace(r"\{back\}", ".+") for line in session(evening).steps[-1].lines)
    return evening.loop.state.walk is None and any(re.fullmatch(line, evening.said[-1]) for line in lines)


def session(evening: Evening) -> Script:
    """The session that was finished last."""
    done = [what for what, _ in evening.loop.records.done]
    return script(evening, done[-1])


def script(evening: Evening, name: str) -> Script:
    return next(script for script in evening.house.content.scripts if script.id == name)


def chimes(evening: Evening) -> list[object]:
    return [chime["name"] for chime in evening.events("chime")]


def is_kept_nowhere(directory: Path, *words: str) -> bool:
    files = [file.read_bytes().lower() for file in directory.rglob("*") if file.is_file()]
    return bool(files) and not any(word.encode() in file for word in words for file in files)


# ---- listening ------------------------------------------------------------------------------------------


def test_a_listening_round_is_heard_right_the_first_time(evening: Evening) -> None:
    evening.type("start a listening round")
    evening.wait(15)
    assert mode(evening) is Mode.TURN
    assert "Alex" in evening.said[-1]
    assert evening.type("Everything about my sister worries me at the moment") == []  # it is let pass unread
    evening.type("done")
    assert "Sam" in evening.said[-1]
    evening.type("done")
    assert mode(evening) is Mode.YES_NO
    assert "Alex" in evening.said[-1]
    evening.type("yes")
    assert "Sam" in evening.said[-1]  # Alex thanks Sam
    evening.wait(14)
    assert mode(evening) is Mode.TURN  # and now Sam talks
    evening.type("done", "done", "yes")
    assert over(evening)
    assert evening.loop.records.notes == ()


def test_not_quite_leads_to_two_more_tries_and_no_more(evening: Evening) -> None:
    evening.type("be our listening coach")
    evening.wait(15)
    evening.type("done", "done")
    assert mode(evening) is Mode.YES_NO
    evening.type("not quite")
    assert mode(evening) is Mode.TURN
    assert {"Alex", "Sam"} <= {word.strip(",.") for word in evening.said[-1].split()}
    evening.type("done", "not quite")
    assert mode(evening) is Mode.TURN
    before = len(evening.said)
    evening.type("done")
    assert "thank" in evening.said[before]  # it is not asked a third time


def test_silence_after_reflecting_lets_it_be_right(evening: Evening) -> None:
    evening.type("start a listening round")
    evening.wait(15)
    evening.type("done", "done")
    evening.wait(60)
    assert mode(evening) is Mode.TURN
    assert evening.loop.state.walk is not None
    assert evening.loop.state.walk.order[0] == "Sam"


def test_who_begins_and_how_long_can_be_said(evening: Evening) -> None:
    evening.type("start a listening round with Sam first")
    evening.wait(15)
    assert "Sam" in evening.said[-1]
    evening.type("stop", "start a listening round for eighteen minutes")
    assert evening.loop.state.walk is not None
    assert evening.loop.state.walk.stretch == 2


def test_heard_not_fixed_is_ten_minutes_a_bell_and_one_question(evening: Evening) -> None:
    evening.type("heard not fixed")
    evening.wait(12)
    assert mode(evening) is Mode.TURN
    said = len(evening.said)
    for _ in range(580):
        evening.loop.voices()  # they talk
        evening.wait(1)
    assert len(evening.said) == said
    assert chimes(evening).count("time") == 1
    evening.type("done")
    assert evening.said[-1].endswith("?")
    evening.type("done")
    assert over(evening)


def test_where_nobody_was_named_nobody_is_called_by_name(evening: Evening) -> None:
    evening.type("heard not fixed")
    evening.wait(10)
    evening.type("pause", "go on")
    evening.wait(700)
    assert not any(name in line for line in evening.said for name in ("Alex", "Sam"))


@pytest.mark.slow
def test_the_couples_own_word_begins_it(tmp_path: Path) -> None:
    config = Config(partners=("Alex", "Sam"), code_word="Red umbrella")
    evening = Evening(tmp_path, config=config)
    evening.type("red umbrella")
    assert evening.loop.state.walk is not None
    assert evening.loop.state.walk.script.id == "heard_not_fixed"
    evening.type("stop", "did you see my red umbrella")
    assert evening.loop.state.walk is None
    evening.close()


def test_without_a_word_of_their_own_nothing_begins(evening: Evening) -> None:
    assert evening.type("red umbrella") == []
    assert evening.loop.state.walk is None


@pytest.mark.slow
def test_a_code_word_that_means_something_else_is_refused(tmp_path: Path) -> None:
    (tmp_path / "config.yaml").write_text("partners: [Alex, Sam]\ncode_word: stop\n")
    with pytest.raises(ConfigError, match="means something else already"):
        open_house(Home(tmp_path))


# ---- finding words ----------------------------------------------------------------------------------------


def test_i_feel_is_read_back_as_one_sentence_and_kept_nowhere(evening: Evening, tmp_path: Path) -> None:
    evening.type("help me say it")
    evening.type("I feel invisible.", "When you never ask about my novel.", "I'd like ten minutes of your evening.")
    (sentence,) = [line for line in evening.said if "invisible" in line]
    assert "I feel invisible when you don't ask about my novel, and I'd like ten minutes of your evening." in sentence
    evening.wait(3)
    evening.loop.typed("say that again")
    assert evening.said[-1] != sentence
    assert "invisible" in evening.said[-1]
    evening.wait(20)
    assert over(evening)
    assert is_kept_nowhere(tmp_path, "invisible", "novel", "ten minutes of")
    assert evening.loop.records.notes == ()
    evening.type("what did you hear")
    assert "novel" not in evening.said[-1]


def test_what_was_passed_over_is_not_in_the_sentence(evening: Evening) -> None:
    evening.type("help me say it", "lonely", "pass", "to cook together")
    assert "I feel lonely, and I'd like to cook together." in evening.said[-1]
    evening.type("stop", "help me say it", "lonely", "when the house is quiet", "pass")
    assert "I feel lonely when the house is quiet." in evening.said[-1]


@pytest.mark.parametrize(
    ("said", "asked_for"),
    [
        ("that he does bedtime twice a week", "you to do bedtime twice a week"),
        ("um I need that you listen first", "you to listen first"),
        ("that you're home by six", "you to be home by six"),
        ("that you don't look at your phone", "you not to look at your phone"),
        ("that we eat together", "us to eat together"),
        ("more sleep", "more sleep"),
        ("you to call me", "you to call me"),
    ],
)
def test_a_need_that_is_said_as_a_clause_is_asked_for(evening: Evening, said: str, asked_for: str) -> None:
    evening.type("help me ask for something", said)
    evening.type("pass")
    assert f"I need {asked_for}." in evening.said[-1]


@pytest.mark.parametrize(
    ("said", "part"),
    [
        ("I feel left out.", "left out"),
        ("Left out", "left out"),
        ("I feel", "I feel"),
        ("When you're always late.", "you're late"),
        ("whenever you never listen", "you don't listen"),
        ("You’re never at home!", "you're not at home"),
        ("when you have never called", "you haven't called"),
        ("when Sam always leaves first", "Sam leaves first"),
        ("Sam never waits", "Sam seldom waits"),
        ("I wish you never came late", "you didn't come late"),
        ("because I always cook", "I always cook"),
    ],
)
def test_you_always_and_you_never_are_not_read_back(evening: Evening, said: str, part: str) -> None:
    helper = script(evening, "i_feel")
    stems = [stem for step in helper.steps if isinstance(step, ListenFor) for stem in step.answer.stems]
    assert as_part(said, stems, helper.instead, NAMES) == part


def test_a_need_is_made_one_clear_thing_and_kept_nowhere(evening: Evening, tmp_path: Path) -> None:
    evening.type("help me ask for what i need", "I need a quiet hour", "Saturday mornings without plans")
    assert "I need a quiet hour. For example: saturday mornings without plans." in evening.said[-1]
    evening.wait(15)
    assert over(evening)
    assert is_kept_nowhere(tmp_path, "quiet hour", "without plans")


def test_an_apology_in_three_parts_kept_nowhere(evening: Evening, tmp_path: Path) -> None:
    evening.type("help me apologise to Sam")
    evening.type("I'm sorry that I laughed at your drawing.", "It made you feel small.", "I'll look before I joke")
    deed, promise = evening.said[-2:]
    assert "I laughed at your drawing" in deed
    assert deed.endswith("I think it felt small.")
    assert promise.endswith("I'll look before I joke.")
    evening.wait(15)
    assert over(evening)
    assert is_kept_nowhere(tmp_path, "drawing", "before i joke")


# ---- hard talks -------------------------------------------------------------------------------------------


def returns_in(evening: Evening, *lines: str) -> float:
    """Seconds until the return that was agreed on."""
    evening.type("we need a break", *lines)
    evening.wait(0.5)
    assert evening.loop.state.walk is not None
    return float(evening.loop.state.walk.values["back"])


def test_a_break_takes_twenty_minutes_when_nobody_says_anything(evening: Evening) -> None:
    evening.type("time out please")
    evening.wait(60)
    assert over(evening)
    assert "twenty minutes" in evening.said[-1]
    assert "calm" not in " ".join(evening.said)  # no question of that kind now


@pytest.mark.parametrize(
    ("said", "seconds"), [("an hour", 3600.0), ("five minutes", 1200.0), ("twenty four hours", 82800.0)]
)
def test_a_break_is_held_within_twenty_minutes_and_a_day(evening: Evening, said: str, seconds: float) -> None:
    assert returns_in(evening, said) == seconds


def test_a_break_offers_two_breaths_and_lets_them_part(evening: Evening, tmp_path: Path) -> None:
    assert returns_in(evening, "an hour") == 3600
    evening.type("yes")
    evening.wait(30)
    assert chimes(evening).count("breathe in") == 2
    assert over(evening)
    assert "one hour" in evening.said[-1]


def test_the_agreed_return_is_kept_and_then_erased(evening: Evening) -> None:
    evening.type("time out please", "half an hour", "no")
    assert over(evening)
    (back,) = evening.loop.records.reminders
    assert (back.kind, back.every, back.offers) == ("return", "", "restart")
    assert evening.wait(1770) == []
    (offer,) = evening.wait(22)
    assert "gentle restart" in offer or "your talk" in offer
    evening.type("yes")
    assert evening.said[-1] in evening.house.content.replies["calm_moment"]
    assert evening.loop.records.reminders == ()


@pytest.mark.parametrize("line", ["we're ready to talk", "start a repair talk", "after a rough patch"])
@pytest.mark.parametrize("answer", ["no", ""])
def test_when_it_is_no_calm_moment_it_ends_kindly(evening: Evening, line: str, answer: str) -> None:
    evening.type(line)
    assert evening.said[-1] in evening.house.content.replies["calm_moment"]
    if answer:
        (kindly,) = evening.type(answer)
        assert kindly in evening.house.content.replies["calm_no"]
    else:
        evening.wait(60)
    assert evening.wait(60) == []
    assert mode(evening) is Mode.IDLE
    assert evening.loop.state.walk is None


def test_a_gentle_restart_from_the_opening_to_a_kind_word(evening: Evening) -> None:
    evening.type("we're ready to talk", "yes")
    evening.wait(14)
    assert mode(evening) is Mode.YES_NO  # a way to put it?
    evening.type("yes")
    evening.wait(8)
    assert "Alex" in evening.said[-1]
    evening.type("done")
    assert "Sam" in evening.said[-1]
    evening.type("done", "done", "done")
    assert mode(evening) is Mode.YES_NO  # a kind word each?
    evening.type("yes", "done", "done")
    assert over(evening)
    assert evening.loop.records.notes == ()


def test_a_repair_talk_keeps_nothing_and_ends_close(evening: Evening, tmp_path: Path) -> None:
    evening.type("start a repair talk", "yes")
    evening.wait(20)
    assert evening.type("You forgot the concert and I stood there in the rain") == []
    evening.type("done", "done", "not quite")
    assert mode(evening) is Mode.TURN  # once more
    evening.type("done")
    evening.wait(14)
    evening.type("done", "done", "yes")
    evening.wait(14)
    evening.type("done", "done")  # one need each
    assert mode(evening) is Mode.YES_NO
    evening.type("yes", "done", "done")  # a kind word each
    evening.wait(40)
    assert chimes(evening)[-1] == "time"  # the hug
    assert over(evening)
    assert evening.loop.records.notes == ()
    assert is_kept_nowhere(tmp_path, "concert", "rain")


def test_without_wanting_kind_words_a_hard_talk_just_ends(evening: Evening) -> None:
    evening.type("we're ready to talk", "yes")
    evening.wait(14)
    evening.type("no", "done", "done", "done", "done", "no")
    assert over(evening)


def test_three_rules_are_read_and_nobody_is_named(evening: Evening) -> None:
    before = len(evening.said)
    evening.type("remind us of the rules")
    evening.wait(40)
    rules = evening.said[before + 1 : -1]
    assert [rule.split(":")[0] for rule in rules] == ["First", "Second", "Third"]
    assert over(evening)
    assert not any(name in line for line in evening.said for name in ("Alex", "Sam"))


# ---- after a rough patch --------------------------------------------------------------------------------------


def day(directory: Path, number: int) -> Evening:
    """The evening of one day, in the middle of that day's session."""
    evening = Evening(directory, now=DINNER + timedelta(days=number - 1))
    evening.type("after a rough patch" if number == 1 else "go on with the gentle days", "yes")
    evening.wait(14)
    assert evening.loop.state.walk is not None
    assert evening.loop.state.walk.values["day"] == str(number)
    return evening


def talk_through(evening: Evening) -> None:
    """Both say what there is to say, until it is over."""
    for _ in range(40):
        if evening.loop.state.walk is None:
            return
        evening.type({Mode.TURN: "done", Mode.ANSWER: "in the evening", Mode.YES_NO: "yes"}.get(mode(evening), "again"))
        evening.wait(35 if mode(evening) is Mode.SESSION else 6)


def depths(evening: Evening) -> list[int]:
    """How deep the questions were that were asked."""
    prompts = {prompt.id: prompt.depth for deck in evening.house.content.decks for prompt in deck.prompts}
    return [prompts[asked.prompt] for asked in evening.loop.records.asked]


def test_five_light_days(tmp_path: Path) -> None:
    last = []
    for number in range(1, 6):
        evening = day(tmp_path, number)
        talk_through(evening)
        assert over(evening)
        counsellor = [line for line in evening.said if "counsellor" in line]
        assert len(counsellor) == (1 if number == 1 else 0)
        last = evening.said
        evening.type("ask us a deep question", "yes")
        assert set(depths(evening)) == {1}
        evening.close()
    assert "five" in last[-2]  # the last day closes all of them
    after = Evening(tmp_path, now=DINNER + timedelta(days=5))
    after.type("ask us a deep question", "yes")
    assert depths(after)[-1] == 3  # as always again
    after.close()


def test_the_days_offer_themselves_until_the_last_one(tmp_path: Path) -> None:
    for number in range(1, 6):
        evening = day(tmp_path, number)
        talk_through(evening)
        offers = evening.loop.records.reminders
        if number < 5:
            (offer,) = offers
            assert (offer.kind, offer.offers) == ("rough patch", "rough_patch")
            assert offer.every.startswith("FREQ=DAILY")
            assert offer.at.astimezone().hour == 19
        else:
            assert offers == ()
        evening.close()


def test_hearing_the_opening_again_is_no_second_day(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.type("after a rough patch")
    evening.loop.typed("yes")
    evening.loop.typed("say that again")
    evening.loop.typed("stop")
    evening.close()
    day(tmp_path, 2).close()


def test_a_stopped_day_ends_kindly(tmp_path: Path) -> None:
    evening = day(tmp_path, 1)
    (goodbye,) = evening.type("stop")
    assert goodbye in script(evening, "rough_patch").left
    evening.close()


# ---- being close ----------------------------------------------------------------------------------------------


def test_breathing_is_a_minute_of_tones(evening: Evening) -> None:
    evening.type("breathe with us")
    evening.wait(2)
    said = len(evening.said)
    evening.wait(56)
    assert len(evening.said) == said
    evening.wait(15)
    assert chimes(evening).count("breathe in") == chimes(evening).count("breathe out") == 6
    assert over(evening)


def test_a_longer_hug_is_a_minute_without_a_word(evening: Evening) -> None:
    evening.type("a longer hug please")
    evening.wait(2)
    said = len(evening.said)
    evening.wait(56)
    assert len(evening.said) == said
    assert "time" not in chimes(evening)
    evening.wait(8)
    assert chimes(evening)[-1] == "time"
    assert over(evening)


@pytest.mark.parametrize(
    ("line", "minutes"),
    [
        ("eye gazing", 3),
        ("four minutes of eye contact", 4),
        ("eye gazing for five minutes", 5),
        ("eye gazing for an hour", 5),
        ("one minute of eye contact", 3),
    ],
)
def test_eye_gazing_three_to_five_minutes_then_a_word_each(evening: Evening, line: str, minutes: int) -> None:
    evening.type(line)
    evening.wait(2)
    said = len(evening.said)
    evening.wait(60 * minutes - 4)
    assert len(evening.said) == said
    evening.wait(20)
    assert chimes(evening).count("time") == 1
    evening.wait(40)
    assert "word" in " ".join(evening.said[said:])
    assert over(evening)


# ---- all of them ----------------------------------------------------------------------------------------------


def test_sessions_begin_by_their_voice_lines(evening: Evening) -> None:
    understand = evening.house.understanding
    for line, name in {
        "start a listening round": "listening_round",
        "listening only please": "heard_not_fixed",
        "help me put it into words": "i_feel",
        "help me ask for something": "ask_need",
        "help me say sorry": "apology",
        "we need a break": "cool_off",
        "let's try to talk again": "restart",
        "we need a repair talk": "repair",
        "our ground rules please": "ground_rules",
        "we had a rough patch": "rough_patch",
        "a minute of breathing please": "breathe_with_us",
        "let's have a long hug": "long_hug",
        "let's look into each other's eyes": "eye_gazing",
    }.items():
        meant = understand.understand((Hypothesis(line, "keyboard"),), Mode.IDLE)
        assert isinstance(meant, Match)
        assert meant.intent == name
