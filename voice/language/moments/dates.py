"""Days of the calendar by their names and numbers: December 24th, the 1st, Easter Monday, the last Friday of May."""

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from dateutil.easter import easter
from dateutil.relativedelta import relativedelta

from voice.language.moments.numerals import ordinal_at, whole_at
from voice.language.moments.tokens import Tokens, at, follows
from voice.language.times import MONTHS, WEEKDAYS

SHORT_WEEKDAYS = {
    **{day: number for number, day in enumerate(WEEKDAYS)},
    "mon": 0,
    "tue": 1,
    "tues": 1,
    "wed": 2,
    "weds": 2,
    "thu": 3,
    "thur": 3,
    "thurs": 3,
    "fri": 4,
    "sat": 5,
    "sun": 6,
}
MONTH_NAMES = {
    **{month.lower(): number for number, month in enumerate(MONTHS, 1)},
    **{month[:3].lower(): number for number, month in enumerate(MONTHS, 1)},
    "sept": 9,
}
_FIXED = {  # holidays that have the same date every year
    **dict.fromkeys(("christmas", "christmas day"), (12, 25)),
    **dict.fromkeys(("christmas eve", "holy eve"), (12, 24)),
    "boxing day": (12, 26),
    **dict.fromkeys(("new years eve", "new year eve", "silvester", "hogmanay"), (12, 31)),
    **dict.fromkeys(("new years day", "new year", "new years", "new year day", "the new year"), (1, 1)),
    **dict.fromkeys(("valentines day", "valentines", "valentine day", "saint valentines day"), (2, 14)),
    **dict.fromkeys(("halloween", "hallowe en"), (10, 31)),
    **dict.fromkeys(("st patricks day", "saint patricks day"), (3, 17)),
    **dict.fromkeys(("epiphany", "three kings day"), (1, 6)),
    **dict.fromkeys(("st nicholas day", "saint nicholas day"), (12, 6)),
    "leap day": (2, 29),
    **dict.fromkeys(("last day of the year", "last day of this year", "end of the year"), (12, 31)),
}


def _thanksgiving(year: int) -> date:
    first = date(year, 11, 1)
    return first + timedelta((3 - first.weekday()) % 7 + 21)


MOVING: dict[str, Callable[[int], date]] = {
    **dict.fromkeys(("easter", "easter sunday"), easter),
    "easter monday": lambda year: easter(year) + timedelta(1),
    "good friday": lambda year: easter(year) - timedelta(2),
    "thanksgiving": _thanksgiving,
    "thanksgiving day": _thanksgiving,
}
HOLIDAYS = (*_FIXED, *MOVING)
LONGEST_MONTH, LAST_DAY = 31, -1  # LAST_DAY: the number of the last day of any month
_ENDS = ("last day", "end", "very end", "final day")
BORDERS = ("end", "beginning", "start")  # "the end of the month" is that of this month
_BEGINNINGS = ("first day", "beginning", "start")


def weekday_at(tokens: Tokens, place: int) -> int | None:
    """The weekday of one word: 0 for Monday; of Saturday and Sunday the short forms need a word around them."""
    word = at(tokens, place)
    return None if word in ("sat", "sun") else SHORT_WEEKDAYS.get(word)


def month_at(tokens: Tokens, place: int) -> int | None:
    """The month of one word: 1 for January. "may" and "march" are also verbs: callers look for a number beside them."""
    return MONTH_NAMES.get(at(tokens, place))


def month_day_at(tokens: Tokens, place: int) -> tuple[int, int, int] | None:
    """A month and a day, and where they end: December 24th, 24th of December, December the 24th, 24 December."""
    month = month_at(tokens, place)
    if month:
        day = _day_number(tokens, follows(tokens, place + 1, "the"))
        return (month, day[0], day[1]) if day else None
    day = _day_number(tokens, follows(tokens, place, "the"))
    if day is None:
        return None
    month = month_at(tokens, follows(tokens, day[1], "of", "in"))
    return (month, day[0], follows(tokens, day[1], "of", "in") + 1) if month else None


def _day_number(tokens: Tokens, place: int) -> tuple[int, int] | None:
    if ordinal := ordinal_at(tokens, place):
        return ordinal
    whole = whole_at(tokens, place)
    fits = (
        whole
        and 1 <= whole[0] <= LONGEST_MONTH
        and at(tokens, whole[1]) not in ("oclock", "am", "pm", "minutes", "hours")
    )
    return whole if fits else None


def year_at(tokens: Tokens, place: int, today: date) -> tuple[int, int] | None:
    """A year after a date, and where it ends: 2027, twenty twenty-seven, next year."""
    begin = follows(tokens, place, "in", "of")
    for words, year in (("next year", today.year + 1), ("this year", today.year)):
        if (end := follows(tokens, begin, words)) > begin:
            return year, end
    if at(tokens, begin).isdecimal() and len(at(tokens, begin)) == 4:
        return int(at(tokens, begin)), begin + 1
    century = whole_at(tokens, begin)
    rest = whole_at(tokens, century[1]) if century and century[0] == 20 else None
    return (2000 + rest[0], rest[1]) if rest and 20 < rest[0] < 100 else None


def is_day(year: int, month: int, day: int) -> bool:
    """Whether the calendar has this day."""
    return 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]


def is_ever_day(month: int, day: int) -> bool:
    """Whether any year has this day."""
    return is_day(2024, month, day)


def yearly(month: int, day: int, year: int) -> date:
    """This date in that year or, for the 29th of February, in the next one that has it."""
    while not is_day(year, month, day):
        year += 1
    return date(year, month, day)


def holiday_at(tokens: Tokens, place: int) -> tuple[str, int] | None:
    """The holiday that begins here, and where it ends."""
    end = follows(tokens, place, *HOLIDAYS)
    return (" ".join(token.plain for token in tokens[place:end]), end) if end > place else None


def holiday_dates(name: str, today: date) -> Iterator[date]:
    """When a holiday is, from today on."""
    for year in range(today.year, today.year + 10):
        if name in MOVING:
            found = MOVING[name](year)
        elif name == "leap day" and not isleap(year):
            continue
        else:
            found = date(year, *_FIXED[name])
        if found >= today:
            yield found


def fixed_holiday(name: str) -> tuple[int, int] | None:
    """Month and day of a holiday that has the same date every year."""
    return _FIXED.get(name)


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date | None:
    """The nth of these weekdays in a month, -1 the last; None when there are not so many."""
    first = date(year, month, 1)
    if nth < 0:
        last = first + relativedelta(months=1, days=-1)
        return last - timedelta((last.weekday() - weekday) % 7)
    found = first + timedelta((weekday - first.weekday()) % 7 + 7 * (nth - 1))
    return found if found.month == month else None


def place_in_month_at(tokens: Tokens, place: int) -> tuple[int, int | None, int] | None:
    """What stands before "of the month", and where it ends: (nth, weekday, end), weekday None for a day's number.

    The first Sunday, the last Friday, the last day, the end, the 15th.
    """
    place = follows(tokens, place, "the")
    if (end := follows(tokens, place, *_ENDS)) > place:
        return LAST_DAY, None, end
    if (end := follows(tokens, place, *_BEGINNINGS)) > place:
        return 1, None, end
    last = at(tokens, place) in ("last", "final")
    nth = (-1, place + 1) if last else ordinal_at(tokens, place)
    if nth is None:
        return None
    weekday = weekday_at(tokens, nth[1])
    if weekday is not None:
        return nth[0], weekday, nth[1] + 1
    if at(tokens, nth[1]) == "day":
        return None if last else (nth[0], None, nth[1] + 1)
    return None if last else (nth[0], None, nth[1])
