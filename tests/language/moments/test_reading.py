"""What sentences say of when: the first time and the rule, and the words that are left."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from voice.language.moments.reading import completed, moment_in
from voice.language.moments.speech import speak_moment

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Wednesday

CLEAR = """
to ring the dentist at quarter past nine in the morning | Thu 2026-11-26 09:15
at ten past six pm to feed the cat | Wed 2026-11-25 18:10
at 6pm to feed the cat | Wed 2026-11-25 18:00
at 6 p.m. to feed the cat | Wed 2026-11-25 18:00
at 18:00 to feed the cat | Wed 2026-11-25 18:00
at 1800 to feed the cat | Wed 2026-11-25 18:00
at eighteen hundred hours to feed the cat | Wed 2026-11-25 18:00
at six o'clock to feed the cat | Wed 2026-11-25 18:00
at half six to feed the cat | Wed 2026-11-25 18:30
at six thirty to feed the cat | Wed 2026-11-25 18:30
at twenty to seven to feed the cat | Wed 2026-11-25 18:40
at twenty-five past five to feed the cat | Wed 2026-11-25 17:25
at midnight to kiss | Thu 2026-11-26 00:00
at noon to kiss | Thu 2026-11-26 12:00
at midday tomorrow to kiss | Thu 2026-11-26 12:00
tomorrow noon to kiss | Thu 2026-11-26 12:00
around 4 to feed the cat | Wed 2026-11-25 16:00
by five to lock the shed | Wed 2026-11-25 17:00
by five pm tomorrow to lock the shed | Thu 2026-11-26 17:00
at ten to lock the shed | Wed 2026-11-25 22:00
at two to ring the five people | Thu 2026-11-26 14:00
at a quarter to midnight to dance | Wed 2026-11-25 23:45
an hour before midnight to dance | Wed 2026-11-25 23:00
half an hour after noon to nap | Thu 2026-11-26 12:30
tonight at one to look at the moon | Thu 2026-11-26 01:00
tonight to look at the moon | Wed 2026-11-25 21:00
this evening at half past nine to look at the moon | Wed 2026-11-25 21:30
this afternoon at four to nap | Wed 2026-11-25 16:00
tomorrow evening to dance | Thu 2026-11-26 21:00
tomorrow night at ten to dance | Thu 2026-11-26 22:00
tomorrow at 7:15 pm to dance | Thu 2026-11-26 19:15
tomorrow at 07:15 to dance | Thu 2026-11-26 07:15
tomorrow at noon to dance | Thu 2026-11-26 12:00
to dance tomorrow at noon please | Thu 2026-11-26 12:00
to tell sam tomorrow at noon about the party | Thu 2026-11-26 12:00
tomorrow to call mum at six | Thu 2026-11-26 18:00
at six to call mum tomorrow | Thu 2026-11-26 18:00
the day after tomorrow at noon to fly | Fri 2026-11-27 12:00
in two days at noon to fly | Fri 2026-11-27 12:00
in a week at noon to fly | Wed 2026-12-02 12:00
a week from today at noon to fly | Wed 2026-12-02 12:00
a week from tomorrow at noon to fly | Thu 2026-12-03 12:00
in ten days at 5 pm to fly | Sat 2026-12-05 17:00
in a month at noon to fly | Fri 2026-12-25 12:00
in six weeks at noon to fly | Wed 2027-01-06 12:00
in a year at noon to fly | Thu 2027-11-25 12:00
two weeks from now at noon to fly | Wed 2026-12-09 12:00
in a fortnight at noon to fly | Wed 2026-12-09 12:00
in a week's time at noon to fly | Wed 2026-12-02 12:00
on thursday at noon to swim | Thu 2026-11-26 12:00
thursday at noon to swim | Thu 2026-11-26 12:00
this thursday at noon to swim | Thu 2026-11-26 12:00
next thursday at noon to swim | Thu 2026-12-03 12:00
thursday next week at noon to swim | Thu 2026-12-03 12:00
next week on thursday at noon to swim | Thu 2026-12-03 12:00
thursday week at noon to swim | Thu 2026-12-03 12:00
the friday before christmas at noon to swim | Fri 2026-12-18 12:00
the sunday after christmas at noon to swim | Sun 2026-12-27 12:00
in exactly a week at noon to swim | Wed 2026-12-02 12:00
two weeks this saturday at noon to swim | Sat 2026-12-12 12:00
the week after next on monday at noon to swim | Mon 2026-12-07 12:00
on the last day of the year at noon to swim | Thu 2026-12-31 12:00
at twelve tonight to swim | Thu 2026-11-26 00:00
at half twelve tonight to swim | Thu 2026-11-26 00:30
at a quarter past twelve tomorrow to swim | Thu 2026-11-26 12:15
in ten to swim | Wed 2026-11-25 15:10
in one hour fifteen to swim | Wed 2026-11-25 16:15
a week on thursday at noon to swim | Thu 2026-12-03 12:00
a week from thursday at noon to swim | Thu 2026-12-03 12:00
thursday after next at noon to swim | Thu 2026-12-03 12:00
two weeks on thursday at noon to swim | Thu 2026-12-10 12:00
on sunday morning at nine to swim | Sun 2026-11-29 09:00
on sunday evening to swim | Sun 2026-11-29 21:00
on thursday the 26th at noon to swim | Thu 2026-11-26 12:00
on the 30th at noon to swim | Mon 2026-11-30 12:00
on the thirtieth at noon to swim | Mon 2026-11-30 12:00
on the 31st at noon to swim | Thu 2026-12-31 12:00
on the fifth of next month at noon to swim | Sat 2026-12-05 12:00
on december 5th at noon to swim | Sat 2026-12-05 12:00
on the 5th of december at noon to swim | Sat 2026-12-05 12:00
december the fifth at noon to swim | Sat 2026-12-05 12:00
5 december at noon to swim | Sat 2026-12-05 12:00
dec 5 at noon to swim | Sat 2026-12-05 12:00
on january 2nd at noon to swim | Sat 2027-01-02 12:00
on march 1st 2028 at noon to swim | Wed 2028-03-01 12:00
on the first of march twenty twenty-eight at noon to swim | Wed 2028-03-01 12:00
on 2027-02-14 at noon to swim | Sun 2027-02-14 12:00
on the last day of february at noon to swim | Sun 2027-02-28 12:00
on the last saturday of january at noon to swim | Sat 2027-01-30 12:00
on the first monday in march at noon to swim | Mon 2027-03-01 12:00
at the end of the month at noon to swim | Mon 2026-11-30 12:00
on christmas eve at six pm to sing | Thu 2026-12-24 18:00
on christmas day at noon to sing | Fri 2026-12-25 12:00
on new year's eve at 11 pm to sing | Thu 2026-12-31 23:00
on new year's day at noon to sing | Fri 2027-01-01 12:00
on valentine's day at eight in the morning to sing | Sun 2027-02-14 08:00
on easter sunday at noon to sing | Sun 2027-03-28 12:00
on boxing day at noon to sing | Sat 2026-12-26 12:00
the day before christmas at noon to sing | Thu 2026-12-24 12:00
two days after christmas at noon to sing | Sun 2026-12-27 12:00
two weeks before new year's eve at noon to sing | Thu 2026-12-17 12:00
on halloween at six pm to sing | Sun 2027-10-31 18:00
in ten minutes to stir | Wed 2026-11-25 15:10
in half an hour to stir | Wed 2026-11-25 15:30
in an hour to stir | Wed 2026-11-25 16:00
in an hour and a half to stir | Wed 2026-11-25 16:30
in 90 minutes to stir | Wed 2026-11-25 16:30
in a quarter of an hour to stir | Wed 2026-11-25 15:15
in three quarters of an hour to stir | Wed 2026-11-25 15:45
in two hours and ten minutes to stir | Wed 2026-11-25 17:10
in 1.5 hours to stir | Wed 2026-11-25 16:30
in 1½ hours to stir | Wed 2026-11-25 16:30
in a couple of minutes to stir | Wed 2026-11-25 15:02
in 45 secs to stir | Wed 2026-11-25 15:00
ten minutes from now to stir | Wed 2026-11-25 15:10
in five, no, ten minutes to stir | Wed 2026-11-25 15:10
to stir in twenty minutes | Wed 2026-11-25 15:20
in about twenty minutes to stir | Wed 2026-11-25 15:20
every day at noon to laugh | Thu 2026-11-26 12:00 | DAILY;BYHOUR=12
every single day at noon to laugh | Thu 2026-11-26 12:00 | DAILY;BYHOUR=12
daily at noon to laugh | Thu 2026-11-26 12:00 | DAILY;BYHOUR=12
at noon every day to laugh | Thu 2026-11-26 12:00 | DAILY;BYHOUR=12
to laugh every day at noon | Thu 2026-11-26 12:00 | DAILY;BYHOUR=12
every evening at seven to laugh | Wed 2026-11-25 19:00 | DAILY;BYHOUR=19
every night at ten to laugh | Wed 2026-11-25 22:00 | DAILY;BYHOUR=22
nightly at ten to laugh | Wed 2026-11-25 22:00 | DAILY;BYHOUR=22
every morning to laugh | Thu 2026-11-26 08:00 | DAILY;BYHOUR=8
every morning at half past seven to laugh | Thu 2026-11-26 07:30 | DAILY;BYHOUR=7;BYMINUTE=30
each morning at half past seven to laugh | Thu 2026-11-26 07:30 | DAILY;BYHOUR=7;BYMINUTE=30
mornings at half past seven to laugh | Thu 2026-11-26 07:30 | DAILY;BYHOUR=7;BYMINUTE=30
every afternoon at three to laugh | Thu 2026-11-26 15:00 | DAILY;BYHOUR=15
on weekdays at noon to laugh | Thu 2026-11-26 12:00 | WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=12
every weekday at noon to laugh | Thu 2026-11-26 12:00 | WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=12
monday to friday at noon to laugh | Thu 2026-11-26 12:00 | WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=12
monday through thursday at noon to laugh | Thu 2026-11-26 12:00 | WEEKLY;BYDAY=MO,TU,WE,TH;BYHOUR=12
on weekends at noon to laugh | Sat 2026-11-28 12:00 | WEEKLY;BYDAY=SA,SU;BYHOUR=12
every weekend at noon to laugh | Sat 2026-11-28 12:00 | WEEKLY;BYDAY=SA,SU;BYHOUR=12
on weekday evenings at six to laugh | Wed 2026-11-25 18:00 | WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=18
saturday mornings at nine to laugh | Sat 2026-11-28 09:00 | WEEKLY;BYDAY=SA;BYHOUR=9
on tuesdays at noon to laugh | Tue 2026-12-01 12:00 | WEEKLY;BYDAY=TU;BYHOUR=12
every tuesday at noon to laugh | Tue 2026-12-01 12:00 | WEEKLY;BYDAY=TU;BYHOUR=12
on tuesdays and fridays at noon to laugh | Fri 2026-11-27 12:00 | WEEKLY;BYDAY=TU,FR;BYHOUR=12
every tuesday and friday at noon to laugh | Fri 2026-11-27 12:00 | WEEKLY;BYDAY=TU,FR;BYHOUR=12
mondays, wednesdays and fridays at noon to laugh | Fri 2026-11-27 12:00 | WEEKLY;BYDAY=MO,WE,FR;BYHOUR=12
every other tuesday at noon to laugh | Tue 2026-12-01 12:00 | WEEKLY;INTERVAL=2;BYDAY=TU;BYHOUR=12
every second tuesday at noon to laugh | Tue 2026-12-01 12:00 | WEEKLY;INTERVAL=2;BYDAY=TU;BYHOUR=12
every two weeks on tuesday at noon to laugh | Tue 2026-12-01 12:00 | WEEKLY;INTERVAL=2;BYDAY=TU;BYHOUR=12
every other week on tuesday at noon to laugh | Tue 2026-12-01 12:00 | WEEKLY;INTERVAL=2;BYDAY=TU;BYHOUR=12
fortnightly on tuesday at noon to laugh | Tue 2026-12-01 12:00 | WEEKLY;INTERVAL=2;BYDAY=TU;BYHOUR=12
every third tuesday of the month at noon to laugh | Tue 2026-12-15 12:00 | MONTHLY;BYDAY=3TU;BYHOUR=12
on the third tuesday of every month at noon to laugh | Tue 2026-12-15 12:00 | MONTHLY;BYDAY=3TU;BYHOUR=12
the last friday of the month at noon to laugh | Fri 2026-11-27 12:00 | MONTHLY;BYDAY=-1FR;BYHOUR=12
on the first of every month at noon to laugh | Tue 2026-12-01 12:00 | MONTHLY;BYMONTHDAY=1;BYHOUR=12
on the 1st and the 15th of every month at noon to laugh | Tue 2026-12-01 12:00 | MONTHLY;BYMONTHDAY=1,15;BYHOUR=12
every 15th at noon to laugh | Tue 2026-12-15 12:00 | MONTHLY;BYMONTHDAY=15;BYHOUR=12
every month on the 15th at noon to laugh | Tue 2026-12-15 12:00 | MONTHLY;BYMONTHDAY=15;BYHOUR=12
monthly on the 15th at noon to laugh | Tue 2026-12-15 12:00 | MONTHLY;BYMONTHDAY=15;BYHOUR=12
on the last day of the month at noon to laugh | Mon 2026-11-30 12:00 | MONTHLY;BYMONTHDAY=-1;BYHOUR=12
every two months on the 15th at noon to laugh | Tue 2026-12-15 12:00 | MONTHLY;INTERVAL=2;BYMONTHDAY=15;BYHOUR=12
every six months on the 15th at noon to laugh | Tue 2026-12-15 12:00 | MONTHLY;INTERVAL=6;BYMONTHDAY=15;BYHOUR=12
every year on may 4th at noon to laugh | Tue 2027-05-04 12:00 | YEARLY;BYMONTH=5;BYMONTHDAY=4;BYHOUR=12
yearly on the 4th of may at noon to laugh | Tue 2027-05-04 12:00 | YEARLY;BYMONTH=5;BYMONTHDAY=4;BYHOUR=12
every may 4th at noon to laugh | Tue 2027-05-04 12:00 | YEARLY;BYMONTH=5;BYMONTHDAY=4;BYHOUR=12
every christmas eve at noon to laugh | Thu 2026-12-24 12:00 | YEARLY;BYMONTH=12;BYMONTHDAY=24;BYHOUR=12
every other day at noon to laugh | Thu 2026-11-26 12:00 | DAILY;INTERVAL=2;BYHOUR=12
every three days at noon to laugh | Thu 2026-11-26 12:00 | DAILY;INTERVAL=3;BYHOUR=12
every 3rd day at noon to laugh | Thu 2026-11-26 12:00 | DAILY;INTERVAL=3;BYHOUR=12
every two hours to drink | Wed 2026-11-25 17:00 | HOURLY;INTERVAL=2
every half hour to drink | Wed 2026-11-25 15:30 | MINUTELY;INTERVAL=30
hourly to drink | Wed 2026-11-25 16:00 | HOURLY;INTERVAL=1
every 45 minutes to drink | Wed 2026-11-25 15:45 | MINUTELY;INTERVAL=45
every hour until six to drink | Wed 2026-11-25 16:00 | HOURLY;INTERVAL=1;UNTIL=20261125T170000Z
three times a day at 8 am, 2 pm and 8 pm to drink | Wed 2026-11-25 20:00 | DAILY;BYHOUR=8,14,20
twice a day at 9 am and 9 pm to drink | Wed 2026-11-25 21:00 | DAILY;BYHOUR=9,21
twice a week on monday and friday at noon to drink | Fri 2026-11-27 12:00 | WEEKLY;BYDAY=MO,FR;BYHOUR=12
once a week on sunday at noon to drink | Sun 2026-11-29 12:00 | WEEKLY;BYDAY=SU;BYHOUR=12
every day except sunday at noon to drink | Thu 2026-11-26 12:00 | WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA;BYHOUR=12
every day but weekends at noon to drink | Thu 2026-11-26 12:00 | WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=12
every morning at eight except sundays to drink | Thu 2026-11-26 08:00 | WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA;BYHOUR=8
every day at noon but not at weekends to drink | Thu 2026-11-26 12:00 | WEEKLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=12
every alternate saturday at noon to drink | Sat 2026-11-28 12:00 | WEEKLY;INTERVAL=2;BYDAY=SA;BYHOUR=12
alternate saturdays at noon to drink | Sat 2026-11-28 12:00 | WEEKLY;INTERVAL=2;BYDAY=SA;BYHOUR=12
seven days a week at noon to drink | Thu 2026-11-26 12:00 | DAILY;BYHOUR=12
on october fifth every year at noon to drink | Tue 2027-10-05 12:00 | YEARLY;BYMONTH=10;BYMONTHDAY=5;BYHOUR=12
every weekday except friday at noon to drink | Thu 2026-11-26 12:00 | WEEKLY;BYDAY=MO,TU,WE,TH;BYHOUR=12
every day at noon until friday to drink | Thu 2026-11-26 12:00 | DAILY;BYHOUR=12;UNTIL=20261127T225959Z
every day until christmas at noon to drink | Thu 2026-11-26 12:00 | DAILY;BYHOUR=12;UNTIL=20261225T225959Z
every day at noon for a week to drink | Thu 2026-11-26 12:00 | DAILY;BYHOUR=12;UNTIL=20261202T225959Z
every day at noon for the next three days to drink | Thu 2026-11-26 12:00 | DAILY;BYHOUR=12;UNTIL=20261128T225959Z
every day at noon starting tomorrow to drink | Thu 2026-11-26 12:00 | DAILY;BYHOUR=12
every other day at noon starting friday to drink | Fri 2026-11-27 12:00 | DAILY;INTERVAL=2;BYHOUR=12
starting monday every day at noon to drink | Mon 2026-11-30 12:00 | DAILY;BYHOUR=12
tomorrow at five, no, six to dance | Thu 2026-11-26 18:00
on friday no saturday at noon to dance | Sat 2026-11-28 12:00
tomorrow at noon i mean friday at noon to dance | Fri 2026-11-27 12:00
at seven, sorry, eight to dance | Wed 2026-11-25 20:00
uh tomorrow um at noon to dance | Thu 2026-11-26 12:00
first thing tomorrow to dance | Thu 2026-11-26 08:00
tomorrow first thing to dance | Thu 2026-11-26 08:00
in the morning to dance | Thu 2026-11-26 08:00
in the morning at nine to dance | Thu 2026-11-26 09:00
at dinner to put our phones away | Wed 2026-11-25 19:00
over dinner to put our phones away | Wed 2026-11-25 19:00
at bedtime to say goodnight | Wed 2026-11-25 22:00
to take the pill with breakfast tomorrow | Thu 2026-11-26 08:00
daily at dinner to sit | Wed 2026-11-25 19:00 | DAILY;BYHOUR=19
"""  # sentence | first time | rule in short


def rows(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.strip().splitlines()]


def short(rule: str) -> str:
    """A rule without what most of them have."""
    return rule.removeprefix("FREQ=").replace(";BYMINUTE=0", "").replace(";BYSECOND=0", "")


@pytest.mark.parametrize("row", rows(CLEAR), ids=lambda row: row[0])
def test_the_first_time_and_the_rule(row: list[str]) -> None:
    text, first, *rule = row
    found = moment_in(text, NOW)
    assert found.first is not None
    assert found.first.strftime("%a %Y-%m-%d %H:%M") == first
    assert short(found.rule) == "".join(rule)
    assert found.unclear is None
    assert found.first > NOW


@pytest.mark.parametrize("row", rows(CLEAR), ids=lambda row: row[0])
def test_the_words_are_split_into_when_and_what(row: list[str]) -> None:
    found = moment_in(row[0], NOW)
    assert found.words
    said = sorted(f"{found.words} {found.rest}".replace(",", "").split())
    dropped = {"please", "uh"}
    assert said == sorted(word for word in row[0].replace(",", "").split() if word not in dropped)
    assert found.rest.split()[0] == "to"


@pytest.mark.parametrize("row", rows(CLEAR), ids=lambda row: row[0])
def test_what_is_read_back_means_the_same(row: list[str]) -> None:
    found = moment_in(row[0], NOW)
    assert found.first is not None
    if found.first.second or found.counted:
        return  # what was said in seconds is read back as a length
    again = moment_in(speak_moment(found.first, found.rule, NOW), NOW)
    assert (again.first, again.rule, again.rest) == (found.first, found.rule, "")


def test_a_recurrence_keeps_its_rule_when_the_time_is_answered() -> None:
    found = completed("every other friday", "at six", NOW)
    assert found.rule == "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR;BYHOUR=18;BYMINUTE=0;BYSECOND=0"


@pytest.mark.parametrize(
    ("zone", "now", "text", "first"),
    [
        ("Europe/Berlin", "2027-03-27T20:00", "tomorrow at half past two in the morning", "2027-03-28T03:30:00+02:00"),
        ("Europe/Berlin", "2027-03-27T20:00", "tomorrow at noon", "2027-03-28T12:00:00+02:00"),
        ("Europe/Berlin", "2027-03-28T01:30", "in an hour", "2027-03-28T03:30:00+02:00"),
        ("Europe/Berlin", "2026-10-24T20:00", "tomorrow at half past two in the morning", "2026-10-25T02:30:00+02:00"),
        ("Europe/Berlin", "2026-10-24T20:00", "in three days at noon", "2026-10-27T12:00:00+01:00"),
        ("Europe/Berlin", "2026-10-25T01:30", "in two hours", "2026-10-25T02:30:00+01:00"),
        ("America/New_York", "2027-03-13T20:00", "tomorrow at 2:30 am", "2027-03-14T03:30:00-04:00"),
        ("America/New_York", "2027-03-13T20:00", "a week from today at noon", "2027-03-20T12:00:00-04:00"),
        ("America/New_York", "2026-10-31T20:00", "tomorrow at 1:30 am", "2026-11-01T01:30:00-04:00"),
        ("America/New_York", "2026-10-31T20:00", "every day at noon", "2026-11-01T12:00:00-05:00"),
        ("America/New_York", "2026-11-01T00:30", "in two hours", "2026-11-01T01:30:00-05:00"),
    ],
)
def test_the_clock_on_the_wall_counts_when_the_clocks_change(zone: str, now: str, text: str, first: str) -> None:
    found = moment_in(text, datetime.fromisoformat(now).replace(tzinfo=ZoneInfo(zone))).first
    assert found is not None
    assert found.isoformat() == first
