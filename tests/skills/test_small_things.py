"""Small requests: an alarm, the time, the day; "thanks" and "okay"; and what only another assistant can do."""

from datetime import datetime

import pytest

from tests.support.evening import Evening, is_reply, mode
from voice.messages.recognition import Mode
from voice.messages.records import TimerKind


def alarms(evening: Evening) -> list[datetime]:
    """When the alarms ring."""
    running = evening.house.journal.records().timers
    return [each.ends_at for each in running if each.kind is TimerKind.ALARM and each.ends_at]


@pytest.mark.parametrize(
    ("line", "day", "hour", "minute"),  # it is half past seven in the evening of the 23rd
    [
        ("set an alarm for seven", 24, 7, 0),
        ("set an alarm for nine", 23, 21, 0),
        ("wake us at half past six", 24, 6, 30),
        ("could you wake me up tomorrow at quarter to eight please", 24, 7, 45),
        ("alarm at six forty five in the morning", 24, 6, 45),
        ("i need to be up by five", 24, 5, 0),
        ("wake me up in eight hours", 24, 3, 30),
    ],
)
def test_an_alarm_rings_at_the_next_such_time(evening: Evening, line: str, day: int, hour: int, minute: int) -> None:
    said = evening.address(line)
    (at,) = alarms(evening)
    assert (at.day, at.hour, at.minute) == (day, hour, minute)
    assert is_reply(evening, said[-1], "alarm_set")


def test_an_alarm_rings_until_somebody_stops_it(evening: Evening) -> None:
    evening.address("set an alarm for eight this evening")
    evening.wait(30 * 60 + 60)
    assert sum(event["state"] == "ringing" for event in evening.events("timer")) >= 9
    assert mode(evening) is Mode.RINGING
    evening.address("stop")
    rung = len(evening.events("timer"))
    evening.wait(60)
    assert len(evening.events("timer")) == rung
    assert not alarms(evening)


def test_an_alarm_without_a_time_asks_for_one(evening: Evening) -> None:
    asked = evening.address("set an alarm")
    assert is_reply(evening, asked[-1], "alarm_when")
    evening.address("seven in the morning")
    assert [at.hour for at in alarms(evening)] == [7]


def test_what_is_more_than_a_day_ahead_is_no_alarm(evening: Evening) -> None:
    assert is_reply(evening, evening.address("set an alarm for seven on friday")[-1], "alarm_far_off")
    assert not alarms(evening)


def test_an_alarm_is_cancelled(evening: Evening) -> None:
    evening.address("set an alarm for seven")
    evening.address("cancel the alarm")
    assert not alarms(evening)


@pytest.mark.parametrize(
    ("line", "heard"),
    [("what time is it", "half past seven"), ("which day is it today", "Monday"), ("what's the date", "twenty-third")],
)
def test_it_tells_the_time_and_the_day(evening: Evening, line: str, heard: str) -> None:
    assert heard in evening.address(line)[-1]


def test_thanks_get_a_word_and_okay_a_sound(evening: Evening) -> None:
    assert is_reply(evening, evening.address("thanks")[-1], "you_are_welcome")
    assert evening.address("okay") == []
    assert evening.events("chime")


@pytest.mark.parametrize("line", ["what time is it", "thanks", "okay", "thank you", "play some music"])
def test_overheard_these_are_said_to_each_other(evening: Evening, line: str) -> None:
    chimes = len(evening.events("chime"))
    assert evening.type(line) == []
    assert len(evening.events("chime")) == chimes


@pytest.mark.parametrize(
    "line", ["play some music", "turn the lights off", "what's the weather tomorrow", "call my mother", "order a pizza"]
)
def test_what_only_another_assistant_can_do_gets_one_honest_line(evening: Evening, line: str) -> None:
    said = evening.address(line)
    assert len(said) == 1
    assert is_reply(evening, said[0], "elsewhere")
    assert mode(evening) is Mode.IDLE
