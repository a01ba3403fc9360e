"""What is unclear in what sentences say of when, what is no time, and how an answer completes it."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from voice.language.moments.reading import completed, moment_in
from voice.language.moments.unclear import Unclear

NOW = datetime(2026, 11, 25, 15, 0, tzinfo=ZoneInfo("Europe/Berlin"))  # a Wednesday

UNCLEAR = """
tomorrow to call | NO_TIME | 2026-11-26
on friday to call | NO_TIME | 2026-11-27
on the 1st to call | NO_TIME | 2026-12-01
in three days to call | NO_TIME | 2026-11-28
every day to call | NO_TIME
on weekdays to call | NO_TIME
every monday to call | NO_TIME
on the last day of every month to call | NO_TIME
yearly on june 3rd to celebrate | NO_TIME
after dinner to call | NO_TIME
before bed to call | NO_TIME
after work to call | NO_TIME
before six to call | NO_TIME
to call | NO_TIME
next week to call | NO_DAY
next month to call | NO_DAY
this weekend to call | NO_DAY
on the weekend to call | NO_DAY
next weekend at noon to call | NO_DAY
next week at nine to call | NO_DAY
on our anniversary to call | NO_DAY
on sam's birthday at noon to call | NO_DAY
in december at noon to call | NO_DAY
every week at noon to call | NO_DAY
every month at noon to call | NO_DAY
yearly at noon to call | NO_DAY
weekly to call | NO_DAY
one of these days to call | NO_DAY
in a few days to call | VAGUE
in the new year to call | NO_DAY
tomorrow at nine to call | AMBIGUOUS_TIME | 2026-11-26
in three days at nine to call | AMBIGUOUS_TIME | 2026-11-28
on friday at half past eight to call | AMBIGUOUS_TIME | 2026-11-27
on the 24th of december at 8 to call | AMBIGUOUS_TIME | 2026-12-24
every day at nine to call | AMBIGUOUS_TIME
on weekdays at eight to call | AMBIGUOUS_TIME
tomorrow at quarter to nine to call | AMBIGUOUS_TIME | 2026-11-26
between six and seven to call | RANGE
tomorrow between six and seven to call | RANGE
in ten to fifteen minutes to call | RANGE
in 5-10 minutes to call | RANGE
at six or seven to call | RANGE
in an hour or two to call | RANGE
soon to call | VAGUE
later to call | VAGUE
to call later | VAGUE
in a few minutes to call | VAGUE
in a while to call | VAGUE
when sam gets home to call | VAGUE
as soon as it rains to call | VAGUE
every few days to call | VAGUE
every morning and every evening to call | NO_TIME
mornings and evenings to call | NO_TIME
in spring at noon to call | NO_DAY
the week after next at noon to call | NO_DAY
in zero minutes to call | IMPOSSIBLE
at 25:00 to call | IMPOSSIBLE
at 7:75 to call | IMPOSSIBLE
on the 31st of june at noon to call | IMPOSSIBLE
on february 30th at noon to call | IMPOSSIBLE
on friday the 28th at noon to call | IMPOSSIBLE
every february 30th at noon to call | IMPOSSIBLE
yesterday at noon to call | PAST
last friday to call | PAST
three days ago to call | PAST
on november 20th at noon to call | PAST
today at noon to call | PAST | 2026-11-25
this morning at nine to call | PAST | 2026-11-25
on october 31st at noon to call | PAST
on 2026-01-05 at noon to call | PAST | 2026-01-05
on monday and thursday at noon to call | UNSUPPORTED
tomorrow at noon and at two pm to call | UNSUPPORTED
twice a day at 8:15 am and 9:30 pm to call | UNSUPPORTED
every easter at noon to call | UNSUPPORTED
every other day except sunday at noon to call | UNSUPPORTED
the sixth monday of the month at noon to call | UNSUPPORTED
"""  # sentence | what is unclear | the day, where it is known


def rows(table: str) -> list[list[str]]:
    return [line.split(" | ") for line in table.strip().splitlines()]


@pytest.mark.parametrize("row", rows(UNCLEAR), ids=lambda row: row[0])
def test_what_is_unclear_is_said_and_never_guessed(row: list[str]) -> None:
    text, unclear, *day = row
    found = moment_in(text, NOW)
    assert found.first is None
    assert found.rule == ""
    assert found.unclear is Unclear[unclear]
    assert (found.day.isoformat() if found.day else "") == "".join(day)


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("to buy two", "to buy two"),
        ("to buy milk for tomorrow", "to buy milk"),
        ("to book a table for seven on friday at noon", "to book a table for seven"),
        ("tomorrow at noon to buy presents for christmas", "to buy presents for christmas"),
        ("date night on friday at seven", "date night"),
        ("at noon to talk about monday", "to talk about monday"),
        ("the nightly check-in every night at nine", "the nightly check-in"),
        ("at noon to ask for the first course", "to ask for the first course"),
        ("at noon to take our daily pills", "to take our daily pills"),
        ("at noon to write a second letter", "to write a second letter"),
        ("at noon to bring five apples", "to bring five apples"),
        ("at noon to march with May", "to march with May"),
        ("at noon to tell Sam half of it", "to tell Sam half of it"),
        ("that we promised to write", "that we promised to write"),
        ("at noon to read our wedding vows", "to read our wedding vows"),
        ("at noon to buy a night light", "to buy a night light"),
    ],
)
def test_what_is_no_time_stays_what_it_is_about(text: str, rest: str) -> None:
    assert moment_in(text, NOW).rest == rest


@pytest.mark.parametrize(
    ("before", "answer", "first"),
    [
        ("in three days", "at six pm", "2026-11-28 18:00"),
        ("in three days at nine", "in the morning", "2026-11-28 09:00"),
        ("in three days at nine", "evening", "2026-11-28 21:00"),
        ("in three days at nine", "the morning please", "2026-11-28 09:00"),
        ("in three days at nine", "nine pm", "2026-11-28 21:00"),
        ("this weekend", "saturday at noon", "2026-11-28 12:00"),
        ("this weekend at noon", "on sunday", "2026-11-29 12:00"),
        ("next week", "on tuesday at noon", "2026-12-01 12:00"),
        ("on our anniversary", "june third at noon", "2027-06-03 12:00"),
        ("on november 20th", "tomorrow at noon", "2026-11-26 12:00"),
        ("after dinner", "at half past eight", "2026-11-25 20:30"),
        ("tomorrow between six and seven", "six", "2026-11-26 18:00"),
        ("", "seven", "2026-11-25 19:00"),
        ("", "in ten minutes", "2026-11-25 15:10"),
        ("tomorrow", "in ten minutes", "2026-11-25 15:10"),
        ("tomorrow", "no, friday at noon", "2026-11-27 12:00"),
    ],
)
def test_an_answer_completes_what_was_said_before(before: str, answer: str, first: str) -> None:
    found = completed(before, answer, NOW)
    assert found.first is not None
    assert found.first.strftime("%Y-%m-%d %H:%M") == first


def test_the_usual_hour_decides_between_morning_and_evening() -> None:
    evening, morning = (moment_in("tomorrow at eight", NOW, usual * 60) for usual in (19, 7))
    assert evening.first is not None
    assert morning.first is not None
    assert (evening.first.hour, morning.first.hour) == (20, 8)


def test_both_hours_are_told_where_either_may_be_meant() -> None:
    assert [each.hour for each in moment_in("tomorrow at nine", NOW).choices] == [9, 21]
