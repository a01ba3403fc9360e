"""Breaks, restarts, repair talks, rough patches, and being close: each as a couple would go through it."""

from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.evening import DINNER, Evening, mode, script
from tests.support.quiet_sessions import chimes, is_kept_nowhere, over
from voice.messages.recognition import Mode


def returns_in(evening: Evening, *lines: str) -> float:
    """Seconds until the return that was agreed on."""
    evening.type("we need a break", *lines)
    evening.wait(0.5)
    assert evening.loop.state.walk is not None
    return float(evening.loop.state.walk.values["back"])


# ---- hard talks -------------------------------------------------------------------------------------------


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


# ---- after a rough patch --------------------------------------------------------------------------------------


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
