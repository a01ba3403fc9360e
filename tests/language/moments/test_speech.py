"""Times and rules read back with the day and the date."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from voice.language.moments.speech import speak_moment

NOW = datetime(2026, 11, 23, 19, 30, tzinfo=ZoneInfo("Europe/Berlin"))  # a Monday

SPOKEN = """
2026-11-23T21:00 |  | tonight at nine
2026-11-24T00:00 |  | tonight at midnight
2026-11-24T07:30 |  | tomorrow at half past seven in the morning
2026-11-27T19:00 |  | on Friday the twenty-seventh of November at seven in the evening
2026-12-25T12:00 |  | on Friday the twenty-fifth of December at noon
2027-06-03T09:00 |  | on Thursday the third of June twenty twenty-seven at nine in the morning
2026-11-23T21:00 | FREQ=DAILY;BYHOUR=21;BYMINUTE=0 | every night at nine
2026-11-24T12:00 | FREQ=DAILY;BYHOUR=12;BYMINUTE=0 | every day at noon
2026-11-24T08:00 | FREQ=DAILY;BYHOUR=8,20;BYMINUTE=0 | every day at eight in the morning and eight in the evening
2026-11-29T18:00 | FREQ=WEEKLY;BYDAY=SU;BYHOUR=18;BYMINUTE=0 | every Sunday at six in the evening
2026-11-24T08:00 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8;BYMINUTE=0 | on weekdays at eight in the morning
2026-11-28T12:00 | FREQ=WEEKLY;BYDAY=SA,SU;BYHOUR=12;BYMINUTE=0 | on weekends at noon
2026-11-26T12:00 | FREQ=WEEKLY;BYDAY=MO,TH;BYHOUR=12;BYMINUTE=0 | every Monday and Thursday at noon
2026-11-24T12:00 | FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA;BYHOUR=12;BYMINUTE=0 | every day except Sunday at noon
2026-11-23T20:00 | FREQ=HOURLY;INTERVAL=2 | every other hour
2026-11-23T20:00 | FREQ=MINUTELY;INTERVAL=30 | every thirty minutes
"""

WITH_FIRST = """
WEEKLY;INTERVAL=2;BYDAY=FR | every other Friday
WEEKLY;INTERVAL=3;BYDAY=FR | every three weeks on Friday
DAILY;INTERVAL=3 | every three days
MONTHLY;BYDAY=-1FR | on the last Friday of every month
MONTHLY;BYMONTHDAY=27 | on the twenty-seventh of every month
MONTHLY;INTERVAL=2;BYMONTHDAY=27 | on the twenty-seventh of every other month
YEARLY;BYMONTH=11;BYMONTHDAY=27 | every year on the twenty-seventh of November
DAILY | every day
"""


def rows(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.strip().splitlines()]


@pytest.mark.parametrize(("first", "rule", "spoken"), rows(SPOKEN))
def test_when_something_comes_is_spoken(first: str, rule: str, spoken: str) -> None:
    assert speak_moment(datetime.fromisoformat(first).replace(tzinfo=NOW.tzinfo), rule.strip(), NOW) == spoken


@pytest.mark.parametrize(("rule", "spoken"), rows(WITH_FIRST))
def test_a_rule_that_leaves_it_open_is_spoken_with_its_first_day(rule: str, spoken: str) -> None:
    friday = datetime(2026, 11, 27, 12, tzinfo=NOW.tzinfo)
    found = speak_moment(friday, f"FREQ={rule};BYHOUR=12;BYMINUTE=0", NOW)
    assert found == f"{spoken} at noon, first on Friday the twenty-seventh of November"


def test_the_end_of_a_rule_is_spoken() -> None:
    rule = "FREQ=DAILY;BYHOUR=12;BYMINUTE=0;BYSECOND=0;UNTIL=20261225T225959Z"
    spoken = speak_moment(datetime(2026, 11, 24, 12, tzinfo=NOW.tzinfo), rule, NOW)
    assert spoken == "every day at noon, until Friday the twenty-fifth of December"


def test_the_hour_of_the_rule_is_spoken_where_the_clocks_moved_the_first_time() -> None:
    moved = datetime(2027, 3, 28, 3, 30, tzinfo=NOW.tzinfo)
    now = datetime(2027, 3, 27, 20, 0, tzinfo=NOW.tzinfo)
    spoken = speak_moment(moved, "FREQ=DAILY;BYHOUR=2;BYMINUTE=30;BYSECOND=0", now)
    assert spoken == "every day at half past two in the morning"
