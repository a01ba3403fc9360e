"""Days as people name them: the day after tomorrow, a week on Monday, this weekend, in three days, the 1st."""

from dataclasses import replace
from datetime import date, timedelta

from dateutil.relativedelta import FR, MO, SA, SU, TH, TU, WE, relativedelta

from voice.language.moments import dates
from voice.language.moments.calendar_days import Day, date_at, month_alone_at, month_place_at
from voice.language.moments.clock_times import AFTERNOON, EVENING, MORNING
from voice.language.moments.lengths import DAY, length_at
from voice.language.moments.tokens import Tokens, at, follows
from voice.language.moments.unclear import Unclear

PARTS_OF_DAY = {
    **dict.fromkeys(("early morning", "morning", "mornings", "first thing", "first thing in the morning"), MORNING),
    **dict.fromkeys(("early in the morning", "in the morning", "in the early morning"), MORNING),
    **dict.fromkeys(("afternoon", "afternoons", "in the afternoon", "early afternoon", "late afternoon"), AFTERNOON),
    **dict.fromkeys(("evening", "evenings", "night", "nights", "in the evening", "at night", "eve"), EVENING),
    **dict.fromkeys(("early evening", "late evening", "late at night", "in the night"), EVENING),
}
_NAMED = {  # days after today, and the part of the day
    **dict.fromkeys(("today", "later today", "still today", "this very day"), (0, "")),
    **dict.fromkeys(("tonight", "later tonight", "this evening", "this night", "today in the evening"), (0, EVENING)),
    **dict.fromkeys(("this morning",), (0, MORNING)),
    **dict.fromkeys(("this afternoon", "later this afternoon"), (0, AFTERNOON)),
    **dict.fromkeys(("later this evening",), (0, EVENING)),
    "tomorrow": (1, ""),
    **dict.fromkeys(("the day after tomorrow", "day after tomorrow", "overmorrow", "the day after next"), (2, "")),
    **dict.fromkeys(("first thing tomorrow", "first thing tomorrow morning", "tomorrow first thing"), (1, MORNING)),
}
_WEEKENDS = ("this weekend", "the weekend", "next weekend", "this coming weekend", "weekend", "over the weekend")
_NO_DAY = (
    *_WEEKENDS,
    *(
        f"{word} {unit}"
        for word in ("next", "this", "the following", "the coming")
        for unit in ("week", "month", "year")
    ),
    *("some day", "someday", "one day", "one of these days", "another day", "a different day", "in the new year"),
    *(f"{word} next {unit}" for word in ("early", "late") for unit in ("week", "month", "year")),
    *(f"{word} this {unit}" for word in ("early", "late") for unit in ("week", "month", "year")),
    *(f"{word} {unit} after next" for word in ("the", "") for unit in ("week", "weekend", "month")),
    *(f"in {word}" for word in ("spring", "summer", "autumn", "winter", "the spring", "the summer", "the autumn")),
    *(f"towards {word}" for word in ("the end of the week", "the end of the month", "the weekend")),
    *(f"later {word}" for word in ("this week", "this month", "this year", "in the week")),
)
_VAGUE = ("soon", "later", "later on", "sometime", "some time", "at some point", "in a while", "in a bit", "eventually")
_OWNED = ("anniversary", "birthday", "wedding anniversary", "wedding day", "name day", "payday", "pay day")
_OWNERS = ("my", "our", "your", "his", "her", "their", "the", "moms", "mums", "dads")
_PAST = ("yesterday", "last week", "last month", "last year", "last night", "the day before yesterday")
_WEEK = timedelta(weeks=1)
WEEKDAYS = (MO, TU, WE, TH, FR, SA, SU)


def day_at(tokens: Tokens, place: int, today: date) -> Day | None:
    """The longest day that begins at this token, after "on" or "the" too, with the part of the day that follows."""
    found = _longest(tokens, place, today)
    if found is None:
        return None
    end = follows(tokens, found.end, *PARTS_OF_DAY)
    if end > found.end and not found.part:
        part = PARTS_OF_DAY[" ".join(token.plain for token in tokens[found.end : end])]
        return replace(found, end=end, part=part, bare=False)
    return found


def _longest(tokens: Tokens, place: int, today: date) -> Day | None:
    readers = (_named, _relative, _weekday, date_at, month_place_at, _owned, month_alone_at)
    found = [each for reader in readers if (each := reader(tokens, place, today))]
    return max(found, key=lambda each: each.end, default=None)


def _named(tokens: Tokens, place: int, today: date) -> Day | None:
    """Today, tomorrow; this weekend, soon and yesterday, which are no single day ahead."""
    end = follows(tokens, place, *_NAMED)
    if end > place and end >= follows(tokens, place, *_NO_DAY, *_VAGUE, *_PAST):
        after, part = _NAMED[" ".join(token.plain for token in tokens[place:end])]
        day = today + timedelta(after)
        later = follows(tokens, end, "week")
        return Day((day + _WEEK,), place, later) if later > end else Day((day,), place, end, part)
    for phrases, unclear in ((_NO_DAY, Unclear.NO_DAY), (_VAGUE, Unclear.VAGUE), (_PAST, Unclear.PAST)):
        if (end := follows(tokens, place, *phrases)) == place:
            continue
        following = day_at(tokens, follows(tokens, end, "on", "on the"), today) if phrases is _NO_DAY else None
        if following and not following.unclear:
            return replace(_in_week(tokens, place, end, following, today), start=place, bare=False)
        return Day((), place, end, unclear=unclear, bare=unclear is Unclear.VAGUE)
    return None


def _in_week(tokens: Tokens, place: int, end: int, day: Day, today: date) -> Day:
    """A weekday of the week or the weekend that was named before it: "next week on Monday"."""
    if at(tokens, place) == "next" and at(tokens, end - 1) == "week" and day.weekday is not None:
        return replace(day, dates=(_next_monday(today) + timedelta(day.weekday),))
    if at(tokens, end - 1) == "next" and at(tokens, end - 3) == "week" and day.weekday is not None:
        return replace(day, dates=(_next_monday(today) + _WEEK + timedelta(day.weekday),))
    if at(tokens, place) == "next" and at(tokens, end - 1) == "month" and day.monthday:
        first = today.replace(day=1) + relativedelta(months=1)
        wanted = day.dates[0].day if day.dates else 1
        return replace(day, dates=(first.replace(day=wanted),) if dates.is_day(first.year, first.month, wanted) else ())
    return day


def _next_monday(today: date) -> date:
    return today + relativedelta(days=1, weekday=MO)


def _weekday(tokens: Tokens, place: int, today: date) -> Day | None:
    """Friday, next Friday, last Friday, Friday week, Friday the 27th, Friday in two weeks."""
    begin = follows(tokens, place, "this", "this coming", "the coming", "coming", "next", "last", "the", "the next")
    weekday = dates.weekday_at(tokens, begin)
    if weekday is None:
        return None
    first = today + timedelta((weekday - today.weekday()) % 7)
    found = Day((first, first + _WEEK), place, begin + 1, weekday=weekday, bare=begin == place)
    before = at(tokens, begin - 1) if begin > place else ""
    if before == "last":
        return replace(found, dates=(), unclear=Unclear.PAST)
    if before == "next":
        found = replace(found, dates=(_next_monday(today) + timedelta(weekday),))
    return _weekday_and_more(tokens, found, first, today)


def _weekday_and_more(tokens: Tokens, found: Day, first: date, today: date) -> Day:
    end = found.end
    assert found.weekday is not None, "it is a weekday"
    if (later := follows(tokens, end, "week", "after next", "in a week")) > end:
        # "Friday week" on a Friday is in a week; "after next" is the one after the coming one.
        start = first if first > today or at(tokens, end) != "after" else first + _WEEK
        return replace(found, dates=(start + _WEEK,), end=later, bare=False)
    if (later := follows(tokens, end, "next week", "of next week")) > end:
        return replace(found, dates=(_next_monday(today) + timedelta(found.weekday),), end=later, bare=False)
    if (later := follows(tokens, end, "this week", "of this week")) > end:
        return replace(found, dates=(first,), end=later, bare=False)
    if at(tokens, end) in ("before", "after") and (other := day_at(tokens, end + 1, today)) and other.dates:
        return _beside(found, other, after=at(tokens, end) == "after", today=today)
    length = length_at(tokens, end + 1) if at(tokens, end) == "in" else None
    if length and length.days and not length.days % 7:
        return replace(found, dates=(first + timedelta(length.days),), end=length.end, bare=False)
    other = date_at(tokens, end, today) or month_place_at(tokens, end, today)
    if other and not other.unclear:
        fitting = tuple(day for day in other.dates if day.weekday() == found.weekday)
        unclear = None if fitting else Unclear.IMPOSSIBLE
        return replace(other, dates=fitting, start=found.start, bare=False, unclear=unclear, weekday=found.weekday)
    return found


def _beside(found: Day, other: Day, *, after: bool, today: date) -> Day:
    """The Friday before Christmas: the weekday nearest to that day, on one side of it."""
    assert found.weekday is not None, "it is a weekday"
    side = relativedelta(days=1 if after else -1, weekday=WEEKDAYS[found.weekday](1 if after else -1))
    days = tuple(day for each in other.dates if (day := each + side) >= today)
    return replace(found, dates=days, end=other.end, bare=False, unclear=None if days else Unclear.PAST)


def _relative(tokens: Tokens, place: int, today: date) -> Day | None:
    """In three days, a week on Monday, two weeks from now, the day before Christmas, a week from Friday, a week ago."""
    begin = follows(tokens, place, "in", "in another", "within", "in exactly", "exactly", "in about")
    beside = follows(tokens, place, "the day", "the evening", "the night", "day")
    if beside > place and at(tokens, beside) in ("before", "after"):
        return _counted(tokens, place, beside, 1, 0, today)
    length = length_at(tokens, begin)
    if length is None:
        return None
    word = at(tokens, length.end)
    if word == "ago":
        return Day((), place, length.end + 1, unclear=Unclear.PAST)
    if not (length.days or length.months) or length.unclear:
        return _unclear_length(tokens, place, begin, length.end) if length.unclear and length.unit >= DAY else None
    if word in ("before", "after", "from", "on", "past", "this", "next") and begin == place:
        return _counted(tokens, place, length.end, length.days, length.months, today)
    end = follows(tokens, length.end, "from now", "hence", "time", "from today", "later")
    if begin == place and (end == length.end or at(tokens, end - 1) == "time"):
        end = follows(tokens, length.end, "today", "tomorrow")
        if end == length.end:
            return None
    extra = timedelta(1) if at(tokens, end - 1) == "tomorrow" else timedelta(0)
    return Day((today + relativedelta(days=length.days, months=length.months) + extra,), place, end)


def _unclear_length(tokens: Tokens, place: int, begin: int, end: int) -> Day | None:
    return Day((), place, follows(tokens, end, "time", "from now"), unclear=Unclear.NO_DAY) if begin > place else None


def _counted(tokens: Tokens, place: int, word: int, days: int, months: int, today: date) -> Day | None:
    """So many days before or after another day. word: the place of "before", "from" or "on"."""
    if (now := follows(tokens, word, "from now", "from today")) > word:
        return Day((today + relativedelta(days=days, months=months),), place, now)
    if at(tokens, word) in ("this", "next"):  # "two weeks this Saturday"
        word -= 1
    begin = follows(tokens, word + 1, "on", "the", "next", "this")
    other = _longest(tokens, word + 1, today) or _longest(tokens, begin, today)
    if other is None or (at(tokens, word) not in ("before", "after", "from", "past") and other.weekday is None):
        return None
    if other.unclear:
        return replace(other, start=place)
    sign = -1 if at(tokens, word) == "before" else 1
    found = [day + relativedelta(days=sign * days, months=sign * months) for day in other.dates]
    if at(tokens, word) not in ("before", "after", "past") and other.weekday is not None:
        found = found[:1]
    return Day(tuple(day for day in found if day >= today), place, other.end, other.part)


def _owned(tokens: Tokens, place: int, today: date) -> Day | None:
    """A day of theirs that nobody told the date of: our anniversary, Sam's birthday."""
    for end in range(place + 1, min(place + 4, len(tokens))):
        named = follows(tokens, end, *_OWNED)
        if named > end and (at(tokens, end - 1) in _OWNERS or at(tokens, end - 1).endswith("s")):
            return Day((), place, named, unclear=Unclear.NO_DAY, bare=True)
    return None
