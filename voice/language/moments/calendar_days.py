"""Days that name a place in the calendar: Christmas Eve, December 24th, the 1st, the last Friday of May."""

from dataclasses import dataclass
from datetime import date

from dateutil.relativedelta import relativedelta

from voice.language.moments import dates
from voice.language.moments.tokens import Tokens, at, follows
from voice.language.moments.unclear import Unclear

RECENT = 60  # days: a date that was so lately is asked about, an earlier one is that of the next year


@dataclass(frozen=True, slots=True)
class Day:
    """A day among tokens."""

    dates: tuple[date, ...]
    """The days that it can be, the first of them that is still ahead is meant."""
    start: int
    """The place of its first token."""
    end: int
    """The place after its last token."""
    part: str = ""
    """The part of the day that was named, "" for none."""
    unclear: Unclear | None = None
    """Why it is no single day."""
    bare: bool = False
    """It is a mere ordinal or weekday, which may be part of what is said."""
    weekday: int | None = None
    """The weekday that was named: 0 for Monday."""
    yearly: bool = False
    """Month and day were named, as for something that comes every year."""
    monthday: bool = False
    """Only the number of a day in the month was named."""


def date_at(tokens: Tokens, place: int, today: date) -> Day | None:
    """December 24th, the 24th, 2026-12-24, Christmas Eve; with or without a year."""
    iso = at(tokens, place)
    if len(iso) == 10 and iso[4] == "-":
        year, month, number = (int(part) for part in iso.split("-"))
        days = (date(year, month, number),) if dates.is_day(year, month, number) else ()
        return Day(days, place, place + 1, unclear=None if days else Unclear.IMPOSSIBLE)
    if holiday := dates.holiday_at(tokens, follows(tokens, place, "the")):
        following = tuple(dates.holiday_dates(holiday[0], today))[:2]
        year_said = dates.year_at(tokens, holiday[1], today)
        if year_said:
            following = tuple(day for day in dates.holiday_dates(holiday[0], today) if day.year == year_said[0])
        is_fixed = dates.fixed_holiday(holiday[0]) is not None
        return Day(following[:2], place, year_said[1] if year_said else holiday[1], yearly=is_fixed)
    if found := dates.month_day_at(tokens, place):
        return _of_year(tokens, place, found, today)
    return None


def _of_year(tokens: Tokens, place: int, found: tuple[int, int, int], today: date) -> Day:
    month, number, end = found
    if not dates.is_ever_day(month, number):
        return Day((), place, end, unclear=Unclear.IMPOSSIBLE)
    if year := dates.year_at(tokens, end, today):
        exists = dates.is_day(year[0], month, number)
        days = (date(year[0], month, number),) if exists else ()
        return Day(days, place, year[1], yearly=True, unclear=None if exists else Unclear.IMPOSSIBLE)
    day = dates.yearly(month, number, today.year)
    if day < today:
        if (today - day).days <= RECENT:
            return Day((day,), place, end, yearly=True, unclear=Unclear.PAST)
        day = dates.yearly(month, number, today.year + 1)
    return Day((day,), place, end, yearly=True)


def month_place_at(tokens: Tokens, place: int, today: date) -> Day | None:
    """The 1st, the last day of May, the first Sunday of next month, the end of the month."""
    found = dates.place_in_month_at(tokens, place)
    if found is None:
        return None
    nth, weekday, end = found
    months, end_of_month = _months(tokens, end, today)
    if end_of_month == end and at(tokens, end - 1) in dates.BORDERS:
        end_of_month = follows(tokens, end, "of the month", "of this month")
    is_ordinal = weekday is None and end_of_month == end
    if end_of_month == end and (weekday is not None or at(tokens, end - 1) in ("day", *dates.BORDERS)):
        return None
    days = [
        day
        for month in months
        if (day := dates.nth_weekday(month.year, month.month, weekday, nth) if weekday is not None else _on(month, nth))
    ]
    days = [day for day in days if day >= today]
    exists = bool(days)
    named = at(tokens, end_of_month - 1) in dates.MONTH_NAMES
    return Day(
        tuple(days[:2]),
        place,
        end_of_month,
        unclear=None if exists else Unclear.IMPOSSIBLE,
        bare=is_ordinal,
        weekday=weekday,
        yearly=named,
        monthday=weekday is None,
    )


def _on(month: date, number: int) -> date | None:
    if number == dates.LAST_DAY:
        return month + relativedelta(months=1, days=-1)
    return month.replace(day=number) if dates.is_day(month.year, month.month, number) else None


def _months(tokens: Tokens, place: int, today: date) -> tuple[list[date], int]:
    """The months that a day's number can belong to, each by its first day, and where their name ends."""
    this = today.replace(day=1)
    begin = follows(tokens, place, "of", "in", "of the", "in the")
    for phrase, later in (("next month", 1), ("the next month", 1), ("this month", 0), ("the following month", 1)):
        if (end := follows(tokens, begin, phrase)) > begin:
            return [this + relativedelta(months=later)], end
    month = dates.month_at(tokens, begin)
    if month and begin > place:
        year = dates.year_at(tokens, begin + 1, today)
        if year:
            return [date(year[0], month, 1)], year[1]
        return [date(this.year + more, month, 1) for more in range(9)], begin + 1
    return [this + relativedelta(months=more) for more in range(24)], place


def month_alone_at(tokens: Tokens, place: int, today: date) -> Day | None:
    """A month without a day: "in December", "early in May"."""
    begin = follows(tokens, place, "in", "early in", "late in", "sometime in", "mid", "in mid", "in early", "in late")
    if begin == place or dates.month_at(tokens, begin) is None:
        return None
    return Day((), place, begin + 1, unclear=Unclear.NO_DAY)
