"""Recurrences: every other Friday, weekdays, the first Sunday of the month, twice a day, every three days."""

from dataclasses import replace
from datetime import date

from voice.language.moments import dates
from voice.language.moments.days import PARTS_OF_DAY
from voice.language.moments.lengths import DAY, HOUR, MINUTE, MONTH, WEEK, YEAR, length_at
from voice.language.moments.numerals import ordinal_at, whole_at
from voice.language.moments.tokens import Tokens, at, follows
from voice.language.moments.unclear import Unclear
from voice.language.moments.weekdays import (
    DAILY,
    GROUPS,
    HOURLY,
    MINUTELY,
    MONTHLY,
    SINGLE,
    WEEKLY,
    YEARLY,
    Repeat,
    Without,
    through_at,
    weekdays_at,
    without,
)
from voice.language.times import WEEKDAYS

_EVERY = ("every", "each", "every single", "each and every", "once every", "once each", "on every", "on each", "all")
_UNITS = {DAY: DAILY, WEEK: WEEKLY, MONTH: MONTHLY, YEAR: YEARLY, HOUR: HOURLY, MINUTE: MINUTELY}
_WORDS: dict[str, tuple[str, int]] = {  # -> frequency, interval
    "daily": (DAILY, 1),
    "weekly": (WEEKLY, 1),
    **dict.fromkeys(("fortnightly", "biweekly", "bi weekly"), (WEEKLY, 2)),
    "monthly": (MONTHLY, 1),
    "quarterly": (MONTHLY, 3),
    **dict.fromkeys(("yearly", "annually"), (YEARLY, 1)),
    "hourly": (HOURLY, 1),
}
_TIMES_A = {"once": 1, "twice": 2, "two times": 2, "three times": 3, "thrice": 3, "four times": 4}
_OTHER = {"other": 2, "alternate": 2, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "tenth": 10}
_PLURAL_PARTS = ("mornings", "afternoons", "evenings", "nights")
_OF_THE_MONTH = ("of the month", "of every month", "of each month", "of a month", "every month", "each month")
_MONTHS = (*_OF_THE_MONTH, "in the month", "monthly", "in every month")
_EXCEPT = ("except", "except on", "except for", "but not", "but not on", "other than", "apart from", "excluding", "but")


def repeat_at(tokens: Tokens, place: int, today: date) -> Repeat | None:
    """The longest recurrence that begins at this token."""
    readers = (_every, _plural, _word, _times_a, _of_the_month, _weekday_range)
    found = [each for reader in readers if (each := reader(tokens, place))]
    if not found:
        return None
    best = _with_part(tokens, max(found, key=lambda each: each.end))
    return _without_some(tokens, best)


def _with_part(tokens: Tokens, found: Repeat) -> Repeat:
    end = follows(tokens, found.end, *PARTS_OF_DAY)
    if end == found.end or found.part:
        return found
    return replace(found, end=end, part=PARTS_OF_DAY[" ".join(token.plain for token in tokens[found.end : end])])


def _without_some(tokens: Tokens, found: Repeat) -> Repeat:
    """Every day except Sundays."""
    left_out = without_at(tokens, found.end)
    return replace(without(found, left_out), end=left_out.end) if left_out else found


def without_at(tokens: Tokens, place: int) -> Without | None:
    """Except Sundays, but not at weekends."""
    begin = follows(tokens, place, *_EXCEPT)
    days, end = weekdays_at(tokens, follows(tokens, begin, "on", "the", "at")) if begin > place else ((), begin)
    return Without(days, end) if days else None


def _every(tokens: Tokens, place: int) -> Repeat | None:
    """Every day, every other Friday, every three days, every first Sunday of the month, every Monday and Thursday."""
    begin = follows(tokens, place, *_EVERY)
    if begin == place or (at(tokens, place) == "all" and at(tokens, begin) not in GROUPS):
        return None
    if (end := follows(tokens, begin, "few days", "few weeks", "few hours", "so often", "now and then")) > begin:
        return Repeat(DAILY, place, end, unclear=Unclear.VAGUE)
    month_end = _in_month(tokens, begin, place)
    if month_end and (month_end.end > begin + 2 or not _interval_of(tokens, begin)):
        return month_end
    if counted := _interval_of(tokens, begin):
        interval, after = counted
        if found := _unit(tokens, place, after, interval) or _weekly(tokens, place, after, interval):
            return found
    return (
        _unit(tokens, place, begin, 1)
        or _weekly(tokens, place, begin, 1)
        or _length(tokens, place, begin)
        or _date(tokens, place, begin)
        or month_end
    )


def _interval_of(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """The number of an interval: other, second, three, couple of."""
    if at(tokens, place) in _OTHER:
        return _OTHER[at(tokens, place)], place + 1
    if (end := follows(tokens, place, "couple of", "couple")) > place:
        return 2, end
    if ordinal := ordinal_at(tokens, place):
        return ordinal
    whole = whole_at(tokens, place)
    return whole if whole and whole[0] > 0 and not length_at(tokens, place) else None


def _unit(tokens: Tokens, place: int, begin: int, interval: int) -> Repeat | None:
    """A unit of time after "every": day, night, morning, week, month, year, hour, quarter."""
    word = at(tokens, begin).removesuffix("s")
    part = PARTS_OF_DAY.get(word, "")
    if word == "day" or part:
        end = follows(tokens, begin + 1, "of the week", "of the year", "of our lives")
        return _with_another_part(tokens, Repeat(DAILY, place, end, interval, part=part))
    units = {"week": (WEEKLY, 1), "month": (MONTHLY, 1), "year": (YEARLY, 1), "hour": (HOURLY, 1)}
    units |= {"minute": (MINUTELY, 1), "fortnight": (WEEKLY, 2), "quarter": (MONTHLY, 3)}
    if word not in units or (word == "quarter" and at(tokens, begin + 1) in ("of", "hour", "an")):
        return None
    if word in ("hour", "minute") and (length := _length(tokens, place, begin)):
        return length
    frequency, factor = units[word]
    return _on_days(tokens, Repeat(frequency, place, begin + 1, interval * factor))


def _with_another_part(tokens: Tokens, found: Repeat) -> Repeat:
    """Every morning and every evening: two times of day that nobody said."""
    begin = follows(tokens, found.end, "and", "and every", "and each", "and in the")
    other = PARTS_OF_DAY.get(at(tokens, begin)) if begin > found.end else None
    return replace(found, end=begin + 1, times=2) if other and other != found.part else found


def _weekly(tokens: Tokens, place: int, begin: int, interval: int) -> Repeat | None:
    days, end = weekdays_at(tokens, begin)
    through = through_at(tokens, begin)
    if through:
        days, end = through
    return Repeat(WEEKLY, place, end, interval, days) if days else None


def _on_days(tokens: Tokens, found: Repeat) -> Repeat:
    """Every week on Monday and Thursday; weekly on Sundays."""
    if found.frequency != WEEKLY:
        return found
    days, end = weekdays_at(tokens, follows(tokens, found.end, "on", "on the"))
    return replace(found, weekdays=days, end=end) if days else found


def _length(tokens: Tokens, place: int, begin: int) -> Repeat | None:
    """Every half hour, every 90 minutes, every three days."""
    length = length_at(tokens, begin)
    if length is None:
        return None
    if length.unclear:
        return Repeat(DAILY, place, length.end, unclear=length.unclear)
    if length.months or length.days:
        if length.months:
            years = not length.months % 12
            frequency, count = (YEARLY, length.months // 12) if years else (MONTHLY, length.months)
        else:
            weeks = not length.days % 7
            frequency, count = (WEEKLY, length.days // 7) if weeks else (DAILY, length.days)
        return _on_days(tokens, Repeat(frequency, place, length.end, count))
    minutes = length.seconds / 60
    if not minutes.is_integer():
        return Repeat(MINUTELY, place, length.end, unclear=Unclear.UNSUPPORTED)
    hours = not minutes % 60
    return Repeat(HOURLY if hours else MINUTELY, place, length.end, int(minutes // 60 if hours else minutes))


def _date(tokens: Tokens, place: int, begin: int) -> Repeat | None:
    """Every December 24th, every Christmas; Easter has no rule."""
    begin = follows(tokens, begin, "year on", "year on the", "year at")
    if found := dates.month_day_at(tokens, begin):
        month, day, end = found
        if not dates.is_ever_day(month, day):
            return Repeat(YEARLY, place, end, unclear=Unclear.IMPOSSIBLE)
        return Repeat(YEARLY, place, end, monthdays=(day,), months=(month,))
    if holiday := dates.holiday_at(tokens, begin):
        fixed = dates.fixed_holiday(holiday[0])
        if fixed is None:
            return Repeat(YEARLY, place, holiday[1], unclear=Unclear.UNSUPPORTED)
        return Repeat(YEARLY, place, holiday[1], monthdays=(fixed[1],), months=(fixed[0],))
    return None


def _in_month(tokens: Tokens, begin: int, place: int) -> Repeat | None:
    """First Sunday of the month, 1st and 15th, last day; what follows "every", or stands before "of the month"."""
    found = list[tuple[int, int | None]]()
    end = begin
    while nth := dates.place_in_month_at(tokens, follows(tokens, end, "and", "and the") if found else end):
        found.append(nth[:2])
        end = nth[2]
    if not found:
        return None
    if at(tokens, end - 1) in dates.BORDERS and follows(tokens, end, "of the month") > end:
        return None
    weekdays = {weekday for _, weekday in found if weekday is not None}
    end = follows(tokens, end, *_MONTHS)
    if not weekdays:
        return Repeat(MONTHLY, place, end, monthdays=tuple(number for number, _ in found))
    if len(weekdays) > 1 or any(nth > 5 for nth, _ in found):
        return Repeat(MONTHLY, place, end, unclear=Unclear.UNSUPPORTED)
    return Repeat(MONTHLY, place, end, weekdays=tuple(weekdays), nth=tuple(nth for nth, _ in found))


def _of_the_month(tokens: Tokens, place: int) -> Repeat | None:
    """The first Sunday of the month, the last day of every month, the 1st monthly."""
    found = _in_month(tokens, place, place)
    named = " ".join(token.plain for token in tokens[place : found.end]) if found else ""
    if found and named.endswith(_MONTHS):
        return found
    if not found or at(tokens, found.end) != "of":
        return None
    months = _every(tokens, found.end + 1)
    return replace(found, end=months.end, interval=months.interval) if months and months.frequency == MONTHLY else None


def _plural(tokens: Tokens, place: int) -> Repeat | None:
    """Weekdays, Mondays and Thursdays, weekday mornings, Saturday mornings; evenings; alternate Fridays."""
    if at(tokens, place) == "alternate":
        return _weekly(tokens, place, place + 1, 2)
    days, end = weekdays_at(tokens, place)
    words = [token.plain for token in tokens[place:end]]
    is_plural = any(word in GROUPS or word in ("weekdays", "days", "weekends") for word in words)
    if days and (is_plural or at(tokens, end) in _PLURAL_PARTS):
        return Repeat(WEEKLY, place, end, weekdays=days)
    if len(days) > 1 and not set(words) & {*SINGLE, "weekday"}:
        return Repeat(WEEKLY, place, end, weekdays=days, unclear=Unclear.UNSUPPORTED)
    begin = follows(tokens, place, "in the")
    if not days and at(tokens, begin) in _PLURAL_PARTS:
        found = Repeat(DAILY, place, begin + 1, part=PARTS_OF_DAY[at(tokens, begin)], bare=True)
        return _with_another_part(tokens, found)
    return None


def _word(tokens: Tokens, place: int) -> Repeat | None:
    """Daily, nightly, weekly on Sundays, fortnightly, monthly, yearly."""
    if at(tokens, place) == "nightly":
        return Repeat(DAILY, place, place + 1, part=PARTS_OF_DAY["night"], bare=True)
    end = follows(tokens, place, *_WORDS)
    if end == place:
        return None
    frequency, interval = _WORDS[" ".join(token.plain for token in tokens[place:end])]
    found = _on_days(tokens, Repeat(frequency, place, end, interval, bare=True))
    return replace(found, bare=not found.weekdays)


def _times_a(tokens: Tokens, place: int) -> Repeat | None:
    """Once a week, twice a day, three times a week on Monday, Wednesday and Friday."""
    end = follows(tokens, place, *_TIMES_A)
    count = whole_at(tokens, place)
    if end > place:
        times = _TIMES_A[" ".join(token.plain for token in tokens[place:end])]
    elif count and at(tokens, count[1]) == "times":
        times, end = count[0], count[1] + 1
    elif count and (end := follows(tokens, count[1], "days a week", "nights a week", "days each week")) > count[1]:
        return Repeat(DAILY, place, end) if count[0] == len(WEEKDAYS) else Repeat(WEEKLY, place, end, times=count[0])
    else:
        return None
    begin = follows(tokens, end, "a", "an", "per", "every", "each", "in a")
    found = _unit(tokens, place, begin, 1) if begin > end else None
    return replace(found, times=times) if found and found.frequency not in (MINUTELY,) else None


def _weekday_range(tokens: Tokens, place: int) -> Repeat | None:
    """Monday to Friday."""
    found = through_at(tokens, follows(tokens, place, "from"))
    return Repeat(WEEKLY, place, found[1], weekdays=found[0]) if found else None
