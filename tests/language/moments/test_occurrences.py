"""When a rule comes next: over both changes of the clock, month ends and leap years."""

from datetime import datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from voice.language.moments.occurrences import as_rule, next_after
from voice.language.moments.reading import moment_in

BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")


def following(rule: str, first: datetime, count: int) -> list[datetime]:
    """The next so many times, each counted from the one before, as a reminder is moved on."""
    found = list[datetime]()
    at: datetime | None = first
    while len(found) < count and (at := next_after(rule, at or first, at or first)):
        found.append(at)
    return found


def days(rule: str, first: datetime, count: int) -> list[str]:
    return [each.date().isoformat() for each in following(rule, first, count)]


@pytest.mark.parametrize(
    ("zone", "start", "hours"),
    [
        (BERLIN, "2027-03-26T02:30", ["27 02:30", "28 03:30", "29 02:30", "30 02:30"]),
        (NEW_YORK, "2027-03-12T02:30", ["13 02:30", "14 03:30", "15 02:30", "16 02:30"]),
        (BERLIN, "2026-10-23T02:30", ["24 02:30", "25 02:30", "26 02:30"]),
        (NEW_YORK, "2026-10-30T01:30", ["31 01:30", "01 01:30", "02 01:30"]),
    ],
)
def test_a_daily_hour_comes_back_to_itself(zone: ZoneInfo, start: str, hours: list[str]) -> None:
    first = datetime.fromisoformat(start).replace(tzinfo=zone)
    rule = f"FREQ=DAILY;BYHOUR={first.hour};BYMINUTE=30;BYSECOND=0"
    assert [each.strftime("%d %H:%M") for each in following(rule, first, len(hours))] == hours


def test_an_hour_that_comes_twice_comes_once() -> None:
    first = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN)
    rule = "FREQ=DAILY;BYHOUR=2;BYMINUTE=30;BYSECOND=0"
    second_time = datetime(2026, 10, 25, 2, 20, fold=1, tzinfo=BERLIN)
    again = next_after(rule, first, second_time)
    assert again is not None
    assert again.isoformat() == "2026-10-26T02:30:00+01:00"


@pytest.mark.parametrize("zone", [BERLIN, NEW_YORK])
def test_a_year_of_evenings_is_at_nine(zone: ZoneInfo) -> None:
    found = following("FREQ=DAILY;BYHOUR=21;BYMINUTE=0;BYSECOND=0", datetime(2026, 1, 1, 21, tzinfo=zone), 400)
    assert {(each.hour, each.minute) for each in found} == {(21, 0)}
    assert all((later.date() - earlier.date()).days == 1 for earlier, later in pairwise(found))


def test_hours_pass_as_they_do_when_the_clocks_change() -> None:
    first = datetime(2027, 3, 28, 1, 0, tzinfo=BERLIN)
    assert [each.hour for each in following("FREQ=HOURLY;INTERVAL=1", first, 3)] == [3, 4, 5]
    first = datetime(2026, 10, 25, 1, 0, tzinfo=BERLIN)
    assert [each.hour for each in following("FREQ=HOURLY;INTERVAL=1", first, 3)] == [2, 2, 3]
    late = next_after("FREQ=MINUTELY;INTERVAL=5", first, first + timedelta(days=3000))
    assert late is not None
    assert late > first


def test_the_thirty_first_is_the_last_day_of_shorter_months() -> None:
    first = datetime(2027, 1, 31, 18, tzinfo=BERLIN)
    rule = as_rule("month 31", first)
    assert days(rule, first, 4) == ["2027-02-28", "2027-03-31", "2027-04-30", "2027-05-31"]
    assert days(rule, first.replace(year=2028), 2) == ["2028-02-29", "2028-03-31"]


def test_the_leap_day_is_kept_every_year() -> None:
    now = datetime(2026, 11, 25, 15, tzinfo=BERLIN)
    found = moment_in("every february 29th at noon to jump", now)
    assert found.first is not None
    assert days(found.rule, found.first, 4) == ["2028-02-29", "2029-02-28", "2030-02-28", "2031-02-28"]


@pytest.mark.parametrize(
    ("text", "comes"),
    [
        ("every other friday at noon", ["2026-12-11", "2026-12-25", "2027-01-08"]),
        ("on mondays and thursdays at noon", ["2026-11-30", "2026-12-03", "2026-12-07"]),
        ("on weekdays at noon", ["2026-11-27", "2026-11-30", "2026-12-01"]),
        ("every three days at noon", ["2026-11-29", "2026-12-02", "2026-12-05"]),
        ("on the first sunday of the month at noon", ["2027-01-03", "2027-02-07", "2027-03-07"]),
        ("on the last day of every month at noon", ["2026-12-31", "2027-01-31", "2027-02-28"]),
        ("every two weeks on tuesday and friday at noon", ["2026-12-08", "2026-12-11", "2026-12-22"]),
        ("every year on june 3rd at noon", ["2028-06-03", "2029-06-03", "2030-06-03"]),
        ("every day at noon until saturday", ["2026-11-27", "2026-11-28"]),
        ("every day at noon for the next three days", ["2026-11-27", "2026-11-28"]),
    ],
)
def test_what_comes_after_the_first_time(text: str, comes: list[str]) -> None:
    found = moment_in(text, datetime(2026, 11, 25, 15, tzinfo=BERLIN))
    assert found.first is not None
    assert days(found.rule, found.first, 3) == comes


def test_every_other_week_stays_in_step_after_a_long_absence() -> None:
    first = datetime(2026, 11, 27, 18, tzinfo=BERLIN)
    rule = "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=18;BYMINUTE=0;BYSECOND=0"
    found = next_after(rule, first, first + timedelta(days=200))
    assert found is not None
    assert (found.date() - first.date()).days % 14 == 0


@pytest.mark.parametrize(
    ("every", "rule"),
    [
        ("", ""),
        ("day", "FREQ=DAILY;BYHOUR=18;BYMINUTE=5;BYSECOND=0"),
        ("weekdays", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=18;BYMINUTE=5;BYSECOND=0"),
        ("week", "FREQ=WEEKLY;BYDAY=FR;BYHOUR=18;BYMINUTE=5;BYSECOND=0"),
        ("month", "FREQ=MONTHLY;BYMONTHDAY=27;BYHOUR=18;BYMINUTE=5;BYSECOND=0"),
        ("month 30", "FREQ=MONTHLY;BYMONTHDAY=28,29,30;BYSETPOS=-1;BYHOUR=18;BYMINUTE=5;BYSECOND=0"),
        ("FREQ=DAILY;INTERVAL=2", "FREQ=DAILY;INTERVAL=2"),
    ],
)
def test_what_was_kept_before_is_still_read(every: str, rule: str) -> None:
    assert as_rule(every, datetime(2026, 11, 27, 18, 5, tzinfo=BERLIN)) == rule
