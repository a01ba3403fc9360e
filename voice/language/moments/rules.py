"""Recurrences as rules by RFC 5545, and the first time that they come."""

from datetime import datetime, time

from dateutil.rrule import rrulestr

from voice.language.moments.calendar_days import Day
from voice.language.moments.occurrences import CODES, by_month_day, on_the_wall
from voice.language.moments.plan import Plan
from voice.language.moments.unclear import Unclear
from voice.language.moments.weekdays import DAILY, MONTHLY, WEEKLY, Repeat

_FIFTH = 5  # not every month has a fifth Sunday: then it is the last


def rule_of(plan: Plan) -> tuple[str, Unclear | None]:
    """The rule of a plan without its hours, or why there is none."""
    repeat = plan.repeat
    assert repeat is not None, "it comes again"
    by = _by(repeat, plan.day)
    if by is None:
        return "", Unclear.NO_DAY
    interval = f";INTERVAL={repeat.interval}" if repeat.interval > 1 else ""
    return f"FREQ={repeat.frequency}{interval}{by}", None


def _by(repeat: Repeat, day: Day | None) -> str | None:
    """The days of a rule; None: none was said, and without one nobody knows when."""
    first = day.dates[0] if day and day.dates else None
    if repeat.frequency == DAILY:
        return ""
    if repeat.frequency == WEEKLY:
        weekdays = repeat.weekdays or ((first.weekday(),) if first else ())
        return f";BYDAY={','.join(CODES[each] for each in weekdays)}" if weekdays else None
    if repeat.frequency == MONTHLY:
        return _by_month(repeat, day)
    months, days = repeat.months, repeat.monthdays
    if not days and first and day and day.weekday is not None and day.yearly and not repeat.weekdays:
        return f";BYMONTH={first.month};BYDAY={(first.day - 1) // 7 + 1}{CODES[day.weekday]}"
    if not days and first and day and (day.yearly or day.monthday):
        months, days = (first.month,), (first.day,)
    return f";BYMONTH={months[0]};{by_month_day(days)}" if months and days else None


def _by_month(repeat: Repeat, day: Day | None) -> str | None:
    if repeat.weekdays and repeat.nth:
        return ";BYDAY=" + ",".join(f"{nth}{CODES[weekday]}" for nth in repeat.nth for weekday in repeat.weekdays)
    if repeat.monthdays:
        return f";{by_month_day(repeat.monthdays)}"
    if not day or not day.dates:
        return None
    first = day.dates[0]
    if day.weekday is None or day.monthday:
        return f";{by_month_day((first.day,))}"
    nth = (first.day - 1) // 7 + 1  # "monthly on Sunday": the one that comes next, by its place in the month
    return f";BYDAY={nth if nth < _FIFTH else -1}{CODES[day.weekday]}"


def first_of(days: str, minutes: tuple[int, ...], plan: Plan, now: datetime) -> tuple[datetime, str] | None:
    """The first time of a rule at these minutes of the day, and the whole rule; None: it never comes."""
    hours = ",".join(str(hour) for hour in sorted({each // 60 % 24 for each in minutes}))
    rule = f"{days};BYHOUR={hours};BYMINUTE={minutes[0] % 60};BYSECOND=0"
    begin = plan.begin or (plan.day if plan.repeat and plan.repeat.frequency == DAILY else None)
    fixed = plan.day if plan.day and plan.day.dates and plan.repeat and plan.repeat.interval > 1 else begin
    start = max(now.date(), fixed.dates[0]) if fixed and fixed.dates else now.date()
    midnight = datetime.combine(start, time())
    # With an interval the first day that fits sets the beat: so it is looked for without one.
    plain = ";".join(part for part in rule.split(";") if not part.startswith("INTERVAL="))
    wall = rrulestr(plain, dtstart=midnight).after(midnight, inc=True)
    while wall is not None and on_the_wall(wall, now.tzinfo) <= now:
        wall = rrulestr(plain, dtstart=midnight).after(wall)
    return (on_the_wall(wall, now.tzinfo), rule) if wall is not None else None
