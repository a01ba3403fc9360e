"""Times of day and days: as they are said, as they are read back, and when they come next by the clock on the wall."""

import time
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from voice.edges.clock import AudioClock, LocalZone
from voice.language.calendar import following, here, speak_when
from voice.language.moments.reading import moment_in
from voice.language.slots import moment_said
from voice.language.text import plain
from voice.language.times import TimeOfDay, speak_time, times

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


def time_of(text: str) -> TimeOfDay | None:
    """The time of day that the whole text stands for."""
    words = plain(text).split()
    found = times(words)
    return found[0].time if [(each.start, each.end) for each in found] == [(0, len(words))] else None


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
    assert times(tuple(heard)) == times(heard)


def test_what_is_spoken_is_understood_again() -> None:
    for minutes in range(24 * 60):
        sure = TimeOfDay(minutes)
        assert time_of(speak_time(sure, part=True)) == sure
        if 60 <= minutes < 12 * 60:
            unsure = TimeOfDay(minutes, sure=False)
            assert time_of(speak_time(unsure)) == unsure


def test_the_slots_of_an_answer_are_said_again() -> None:
    assert moment_said({"day": "tomorrow", "number": 8.0}) == "tomorrow at eight"
    assert moment_said({"every": "every friday", "time": "half past six"}) == "every friday at half past six"
    assert moment_said({}) == ""


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
        ("tomorrow at ten", "2026-11-24T10:00"),
        ("tomorrow morning at eight", "2026-11-24T08:00"),
        ("friday at seven", "2026-11-27T19:00"),
        ("next friday at seven", "2026-12-04T19:00"),
        ("monday at seven", "2026-11-30T19:00"),
        ("monday at eight", "2026-11-23T20:00"),
        ("every night at nine", "2026-11-23T21:00"),
        ("every morning at six", "2026-11-24T06:00"),
        ("every day at seven", "2026-11-24T19:00"),
        ("every friday at six", "2026-11-27T18:00"),
        ("weekly on sunday at ten", "2026-11-29T10:00"),
        ("on weekdays at seven", "2026-11-24T19:00"),
    ],
)
def test_when_something_comes_next(text: str, comes: str) -> None:
    found = moment_in(text, NOW).first
    assert found is not None
    assert found.replace(tzinfo=None).isoformat(timespec="minutes") == comes
    assert found.tzinfo is not None


def test_a_time_that_the_clocks_leave_out_is_an_hour_later_that_day_alone() -> None:
    spring = datetime(2027, 3, 27, 12, 0, tzinfo=BERLIN)
    found = moment_in("every day at half past two in the morning", spring)
    assert found.first is not None
    assert found.first.isoformat() == "2027-03-28T03:30:00+02:00"
    again = following(found.first, found.rule, found.first)
    assert again is not None
    assert again.isoformat() == "2027-03-29T02:30:00+02:00"


@pytest.mark.parametrize(
    ("every", "days"),
    [
        ("day", ["2027-02-01", "2027-02-02"]),
        ("week", ["2027-02-07", "2027-02-14"]),
        ("weekdays", ["2027-02-01", "2027-02-02"]),
        ("month 31", ["2027-02-28", "2027-03-31"]),
    ],
)
def test_recurrences_that_were_kept_before_go_on(every: str, days: list[str]) -> None:
    at: datetime | None = datetime(2027, 1, 31, 18, 0, tzinfo=BERLIN)
    for day in days:
        assert at is not None
        at = following(at, every, at)
        assert at is not None
        assert (at.date().isoformat(), at.hour) == (day, 18)


def test_a_recurrence_with_an_end_does_not_come_any_more() -> None:
    at = datetime(2027, 1, 31, 18, 0, tzinfo=BERLIN)
    assert following(at, "FREQ=DAILY;BYHOUR=18;BYMINUTE=0;BYSECOND=0;UNTIL=20270131T225959Z", at) is None


def test_a_time_with_a_plain_offset_keeps_it_where_it_is_not_that_of_this_machine() -> None:
    elsewhere = timezone(timedelta(hours=-9, minutes=-30))
    now = here(datetime(2026, 11, 23, 19, 30, tzinfo=elsewhere), LocalZone())
    found = moment_in("tomorrow at ten", now).first
    assert found is not None
    assert found.isoformat() == "2026-11-24T10:00:00-09:30"


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has one zone for all its programs")
def test_the_zone_of_this_machine_has_its_summer_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        now = here(datetime(2027, 3, 27, 19, 30).astimezone(), LocalZone())
        for text, comes in (
            ("tomorrow at ten", "2027-03-28T10:00:00+02:00"),
            ("tomorrow at half past two in the morning", "2027-03-28T03:30:00+02:00"),
            ("tonight at nine", "2027-03-27T21:00:00+01:00"),
        ):
            found = moment_in(text, now).first
            assert found is not None
            assert found.isoformat() == comes
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.skipif(not hasattr(time, "tzset"), reason="Windows has one zone for all its programs")
def test_the_clock_of_the_audio_changes_with_those_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        clock = AudioClock(datetime(2027, 3, 27, 20, 0).astimezone())
        clock.advance(12 * 3600)
        assert clock.now().isoformat() == "2027-03-28T09:00:00+02:00"
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize(
    ("at", "every", "spoken"),
    [
        ("2026-11-23T21:00", "", "tonight at nine"),
        ("2026-11-23T21:00", "day", "every night at nine"),
        ("2026-11-29T18:00", "week", "every Sunday at six in the evening"),
        ("2026-11-24T08:00", "weekdays", "on weekdays at eight in the morning"),
    ],
)
def test_when_something_comes_is_spoken(at: str, every: str, spoken: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=BERLIN)
    assert speak_when(moment, every, NOW) == spoken
