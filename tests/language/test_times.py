"""Times of day and days: as they are said, as they are read back, and when they come next by the clock on the wall."""

import time
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from voice.edges.clock import LocalZone
from voice.language.calendar import following, here, next_time, recurrence, speak_when
from voice.language.text import plain
from voice.language.times import TimeOfDay, When, said, speak_time, time_of, times, when_of

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 23, 19, 30, tzinfo=BERLIN)  # a Monday

SPOKEN = [
    ("noon", "12:00", True),
    ("midday", "12:00", True),
    ("midnight", "00:00", True),
    ("twelve", "12:00", True),
    ("twelve at night", "00:00", True),
    ("12 am", "00:00", True),
    ("twelve thirty", "12:30", True),
    ("quarter to one", "12:45", True),
    ("quarter to one in the morning", "00:45", True),
    ("seven", "07:00", False),
    ("seven o'clock", "07:00", False),
    ("seven thirty", "07:30", False),
    ("7:30", "07:30", False),
    ("7:05", "07:05", False),
    ("7:00 p.m.", "19:00", True),
    ("7:30 p.m.", "19:30", True),
    ("7pm", "19:00", True),
    ("5 a.m.", "05:00", True),
    ("seven oh five", "07:05", False),
    ("half past seven", "07:30", False),
    ("half seven", "07:30", False),
    ("a quarter past seven", "07:15", False),
    ("quarter to eight", "07:45", False),
    ("ten to six", "05:50", False),
    ("twenty five past nine", "09:25", False),
    ("ten minutes past three in the afternoon", "15:10", True),
    ("nine in the evening", "21:00", True),
    ("nine at night", "21:00", True),
    ("six in the morning", "06:00", True),
    ("19:30", "19:30", True),
    ("twenty one fifteen", "21:15", True),
]


@pytest.mark.parametrize(("spoken", "clock", "sure"), SPOKEN)
def test_times_of_day_as_people_say_them(spoken: str, clock: str, sure: bool) -> None:
    found = time_of(spoken)
    assert found is not None
    assert (found.clock.isoformat("minutes"), found.sure) == (clock, sure)


@pytest.mark.parametrize("text", ["", "twenty", "half", "half an hour", "the time", "seven people", "quarter past"])
def test_what_is_no_time_of_day(text: str) -> None:
    assert time_of(text) is None


def test_times_are_found_among_other_words() -> None:
    heard = plain("remind us at half past seven to call them, and at 9 p.m. again").split()
    assert [(found.time.minutes, found.start, found.end) for found in times(heard)] == [(450, 3, 6), (1260, 11, 14)]


def test_what_is_spoken_is_understood_again() -> None:
    for minutes in range(24 * 60):
        sure = TimeOfDay(minutes)
        assert time_of(speak_time(sure, part=True)) == sure
        if 60 <= minutes < 12 * 60:
            unsure = TimeOfDay(minutes, sure=False)
            assert time_of(speak_time(unsure)) == unsure


@pytest.mark.parametrize(
    ("text", "day", "part", "every"),
    [
        ("tonight", "today", "evening", ""),
        ("this evening", "today", "evening", ""),
        ("this afternoon", "today", "afternoon", ""),
        ("tomorrow morning", "tomorrow", "morning", ""),
        ("on friday", "friday", "", ""),
        ("next friday", "next friday", "", ""),
        ("every friday", "friday", "", "week"),
        ("on fridays", "friday", "", "week"),
        ("weekly on sunday", "sunday", "", "week"),
        ("every week", "", "", "week"),
        ("every day", "", "", "day"),
        ("daily", "", "", "day"),
        ("every night", "", "evening", "day"),
        ("every morning", "", "morning", "day"),
        ("on weekdays", "", "", "weekdays"),
        ("monthly", "", "", "month"),
        ("every month", "", "", "month"),
    ],
)
def test_days_and_recurrences(text: str, day: str, part: str, every: str) -> None:
    assert when_of(text) == When(None, day, part, every)
    seven = when_of(said({"day": text, "time": "half past seven"}))
    assert seven == When(TimeOfDay(450, sure=False), day, part, every)


@pytest.mark.parametrize(
    ("text", "comes"),
    [
        ("eight", "2026-11-23T20:00"),  # the next one while people are awake
        ("seven", "2026-11-24T07:00"),
        ("six", "2026-11-24T18:00"),  # before seven nobody means the morning
        ("noon", "2026-11-24T12:00"),
        ("midnight", "2026-11-24T00:00"),
        ("tonight at nine", "2026-11-23T21:00"),
        ("tonight at one", "2026-11-24T01:00"),
        ("tonight", "2026-11-23T21:00"),
        ("tomorrow at eight", "2026-11-24T20:00"),
        ("tomorrow at ten", "2026-11-24T10:00"),
        ("tomorrow morning at eight", "2026-11-24T08:00"),
        ("friday at seven", "2026-11-27T19:00"),
        ("next friday at seven", "2026-12-04T19:00"),
        ("monday at seven", "2026-11-30T19:00"),
        ("monday at eight", "2026-11-23T20:00"),
        ("today at seven thirty p m", "2026-11-24T19:30"),
        ("every night at nine", "2026-11-23T21:00"),
        ("every morning at six", "2026-11-24T06:00"),
        ("every day at seven", "2026-11-24T19:00"),
        ("every friday at six", "2026-11-27T18:00"),
        ("weekly on sunday at ten", "2026-11-29T10:00"),
        ("on weekdays at seven", "2026-11-24T19:00"),
    ],
)
def test_when_something_comes_next(text: str, comes: str) -> None:
    found = next_time(NOW, when_of(text))
    assert found.replace(tzinfo=None).isoformat(timespec="minutes") == comes
    assert found.tzinfo is not None


def test_an_hour_may_be_a_mere_number() -> None:
    assert when_of(said({"day": "tomorrow", "number": 8.0})) == When(TimeOfDay(480, sure=False), "tomorrow")


def test_weekdays_leave_out_the_weekend() -> None:
    friday = datetime(2026, 11, 27, 20, 0, tzinfo=BERLIN)
    monday = next_time(friday, when_of("on weekdays at seven"))
    assert monday.date().isoformat() == "2026-11-30"
    days = [monday]
    while len(days) < 6:
        days.append(following(days[-1], "weekdays", days[-1]))
    assert [day.weekday() for day in days] == [0, 1, 2, 3, 4, 0]


def test_the_thirty_first_of_every_month() -> None:
    at = datetime(2027, 1, 31, 18, 0, tzinfo=BERLIN)
    every = recurrence("month", at)
    found = list[str]()
    while len(found) < 4:
        at = following(at, every, at)
        found.append(at.date().isoformat())
    assert found == ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]
    assert recurrence("month", at.replace(day=12)) == "month"
    assert following(datetime(2026, 12, 12, 18, 0, tzinfo=BERLIN), "month", at).date().isoformat() == "2027-06-12"


@pytest.mark.parametrize("zone", [BERLIN, ZoneInfo("America/New_York")])
def test_the_hour_on_the_wall_stays_when_the_clocks_change(zone: ZoneInfo) -> None:
    at = datetime(2026, 1, 1, 21, 0, tzinfo=zone)
    for _ in range(400):
        at = following(at, "day", at)
        assert (at.hour, at.minute) == (21, 0)
        assert at.utcoffset() == at.replace(tzinfo=None).replace(tzinfo=zone).utcoffset()


def test_a_time_that_the_clocks_leave_out_comes_an_hour_later_and_one_that_comes_twice_once() -> None:
    spring = datetime(2027, 3, 27, 12, 0, tzinfo=BERLIN)
    missing = next_time(spring, When(TimeOfDay(150), "tomorrow"))
    assert missing.isoformat() == "2027-03-28T03:30:00+02:00"
    assert following(missing, "day", missing).isoformat() == "2027-03-29T03:30:00+02:00"
    autumn = datetime(2026, 10, 24, 12, 0, tzinfo=BERLIN)
    twice = next_time(autumn, When(TimeOfDay(150), "tomorrow"))
    assert twice.isoformat() == "2026-10-25T02:30:00+02:00"
    again = following(twice, "day", twice + timedelta(minutes=1))
    assert again.isoformat() == "2026-10-26T02:30:00+01:00"


def test_a_time_with_a_plain_offset_keeps_it_where_it_is_not_that_of_this_machine() -> None:
    elsewhere = timezone(timedelta(hours=-9, minutes=-30))
    now = here(datetime(2026, 11, 23, 19, 30, tzinfo=elsewhere), LocalZone())
    assert next_time(now, when_of("tomorrow at ten")).isoformat() == "2026-11-24T10:00:00-09:30"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has one zone for all its programs")
def test_the_zone_of_this_machine_has_its_summer_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        now = here(datetime(2027, 3, 27, 19, 30).astimezone(), LocalZone())
        assert next_time(now, when_of("tomorrow at ten")).isoformat() == "2027-03-28T10:00:00+02:00"
        assert next_time(now, When(TimeOfDay(150), "tomorrow")).isoformat() == "2027-03-28T03:30:00+02:00"
        assert next_time(now, when_of("tonight at nine")).isoformat() == "2027-03-27T21:00:00+01:00"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("at", "every", "spoken"),
    [
        ("2026-11-23T21:00", "", "tonight at nine"),
        ("2026-11-24T07:30", "", "tomorrow at half past seven in the morning"),
        ("2026-11-27T19:00", "", "on Friday at seven in the evening"),
        ("2026-12-04T19:00", "", "a week on Friday at seven in the evening"),
        ("2026-12-25T12:00", "", "in four weeks, on Friday at noon"),
        ("2026-11-23T21:00", "day", "every night at nine"),
        ("2026-11-24T12:00", "day", "every day at noon"),
        ("2026-11-29T18:00", "week", "every Sunday at six in the evening"),
        ("2026-11-24T08:00", "weekdays", "on weekdays at eight in the morning"),
        ("2026-11-29T18:00", "month", "every month at six in the evening, first on Sunday"),
    ],
)
def test_when_something_comes_is_spoken(at: str, every: str, spoken: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=BERLIN)
    assert speak_when(moment, every, NOW) == spoken
