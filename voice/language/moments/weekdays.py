"""Lists of weekdays, and the recurrence that they and other words make."""

from dataclasses import dataclass, replace

from voice.language.moments import dates
from voice.language.moments.tokens import DASH, Tokens, at, follows
from voice.language.moments.unclear import Unclear
from voice.language.times import WEEKDAYS

ALL, WORKDAYS, WEEKEND = tuple(range(7)), (0, 1, 2, 3, 4), (5, 6)  # weekdays, 0 for Monday
MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY, YEARLY = "MINUTELY", "HOURLY", "DAILY", "WEEKLY", "MONTHLY", "YEARLY"
GROUPS: dict[str, tuple[int, ...]] = {  # without "every"
    **dict.fromkeys(("weekdays", "workdays", "working days", "business days", "work days", "week days"), WORKDAYS),
    **dict.fromkeys(("weekends", "saturdays and sundays"), WEEKEND),
    **{f"{day}s": (number,) for number, day in enumerate(WEEKDAYS)},
}
SINGLE: dict[str, tuple[int, ...]] = {  # after "every", and before a part of the day in the plural
    **dict.fromkeys(("weekday", "workday", "working day", "business day", "work day", "school day"), WORKDAYS),
    "weekend": WEEKEND,
}


@dataclass(frozen=True, slots=True)
class Repeat:
    """A recurrence among tokens, as far as it was said."""

    frequency: str
    """As in an RRULE: "DAILY", "WEEKLY", ..."""
    start: int
    """The place of its first token."""
    end: int
    """The place after its last token."""
    interval: int = 1
    """Every so many days, weeks, months, years, hours or minutes."""
    weekdays: tuple[int, ...] = ()
    """The weekdays, 0 for Monday; none: not said."""
    nth: tuple[int, ...] = ()
    """Which of these weekdays in the month, -1 for the last; none: every one."""
    monthdays: tuple[int, ...] = ()
    """The days of the month, -1 for the last."""
    months: tuple[int, ...] = ()
    """The months of the year."""
    part: str = ""
    """The part of the day that was named."""
    times: int = 1
    """How often within that: two for "twice a day"."""
    unclear: Unclear | None = None
    """Why it is no recurrence yet."""
    bare: bool = False
    """It is a word that may as well belong to what is said: daily, mornings."""


@dataclass(frozen=True, slots=True)
class Without:
    """Weekdays that a recurrence leaves out: "every day at eight except Sundays"."""

    weekdays: tuple[int, ...]
    """0 for Monday."""
    end: int
    """The place after its last token."""


def without(found: Repeat, left_out: Without) -> Repeat:
    """A recurrence without these weekdays, as far as it can be had."""
    days = tuple(day for day in found.weekdays or ALL if day not in left_out.weekdays)
    if found.frequency not in (DAILY, WEEKLY) or found.interval > 1 or not days:
        return replace(found, unclear=Unclear.UNSUPPORTED)
    return replace(found, frequency=WEEKLY, weekdays=days)


def weekdays_at(tokens: Tokens, place: int) -> tuple[tuple[int, ...], int]:
    """A list of weekdays and where it ends: Monday, Wednesday and Friday; Mondays and Thursdays."""
    found, end = list[int](), place
    while True:
        begin = follows(tokens, end, "and", "and on", "and every", "and each", "on", "plus") if found else end
        day = _weekday_or_group(tokens, begin)
        if day is None:
            return tuple(sorted(set(found))), end
        found += day[0]
        end = day[1]


def _weekday_or_group(tokens: Tokens, place: int) -> tuple[tuple[int, ...], int] | None:
    end = follows(tokens, place, *GROUPS, *SINGLE)
    if end > place:
        name = " ".join(token.plain for token in tokens[place:end])
        return GROUPS.get(name) or SINGLE[name], end
    weekday = dates.SHORT_WEEKDAYS.get(at(tokens, place))
    return ((weekday,), place + 1) if weekday is not None else None


def through_at(tokens: Tokens, place: int) -> tuple[tuple[int, ...], int] | None:
    first, last = _weekday_or_group(tokens, place), _weekday_or_group(tokens, place + 2)
    if first is None or last is None or at(tokens, place + 1) not in ("to", "through", "thru", "until", "till", DASH):
        return None
    (start, *_), (stop, *_) = first[0], last[0]
    days = tuple(sorted((start + more) % 7 for more in range((stop - start) % 7 + 1)))
    return days, last[1]
