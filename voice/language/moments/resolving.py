"""What was said of when, by the clock on the wall and the calendar: the first time, and the rule of the others."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

from voice.language.moments.clock_times import DAY_MINUTES
from voice.language.moments.hours import hours_of
from voice.language.moments.occurrences import on_the_wall, with_until
from voice.language.moments.pieces import Until
from voice.language.moments.plan import Plan
from voice.language.moments.rules import first_of, rule_of
from voice.language.moments.unclear import Unclear
from voice.language.moments.weekdays import HOURLY, MINUTELY, YEARLY

_END_OF_DAY = time(23, 59, 59)


@dataclass(frozen=True, slots=True)
class Resolved:
    """The first time and the rule, or why there is none."""

    first: datetime | None = None
    """Aware and local."""
    rule: str = ""
    """By RFC 5545; "" for once."""
    unclear: Unclear | None = None
    """Why there is no first time."""
    day: date | None = None
    """The day, where it is known though the time is not."""
    counted: bool = False
    """It is so long from now."""
    choices: tuple[datetime, ...] = ()
    """The two times that an ambiguous hour can be."""


def resolved(plan: Plan, now: datetime, usual: int | None) -> Resolved:
    """The moment that a plan means, seen from now."""
    plan = _with_clock_of_end(plan)
    if unclear := _unclear_words(plan):
        return Resolved(unclear=unclear)
    if plan.after:
        return _after(plan, now)
    if plan.repeat and plan.repeat.frequency in (HOURLY, MINUTELY):
        return _hourly(plan, now)
    if plan.repeat:
        return _repeated(plan, now, usual)
    if plan.until or plan.begin:
        return Resolved(unclear=Unclear.UNSUPPORTED)
    if len(plan.clocks) > 1:
        return Resolved(unclear=Unclear.UNSUPPORTED)
    return _once(plan, now, usual)


def _with_clock_of_end(plan: Plan) -> Plan:
    """ "Every day until Christmas at noon": the time is that of every day."""
    until, repeat = plan.until, plan.repeat
    if not (until and until.clock and until.day and repeat) or plan.clocks or plan.part:
        return plan
    if repeat.frequency in (HOURLY, MINUTELY):
        return plan
    return replace(plan, clocks=(until.clock,), until=replace(until, clock=None))


def _unclear_words(plan: Plan) -> Unclear | None:
    """What is unclear whatever day it is."""
    for clock in plan.clocks:
        if clock.unclear:
            return clock.unclear
    if plan.after and plan.after.length.unclear:
        return plan.after.length.unclear
    if plan.repeat and plan.repeat.unclear:
        return plan.repeat.unclear
    for day in (plan.day, plan.begin):
        if day and day.unclear is Unclear.NO_DAY and plan.repeat and plan.repeat.weekdays:
            continue
        if day and day.unclear is Unclear.PAST and day.yearly and plan.repeat and plan.repeat.frequency == YEARLY:
            continue  # it was lately, and comes again every year
        if day and day.unclear and not (day.unclear is Unclear.VAGUE and plan.clocks):
            return day.unclear
    if plan.occasion and not (plan.clocks or plan.after):
        return plan.occasion
    return None


def _after(plan: Plan, now: datetime) -> Resolved:
    if plan.repeat or plan.until or plan.after is None:
        return Resolved(unclear=Unclear.UNSUPPORTED)
    seconds = timedelta(seconds=plan.after.length.seconds)
    return Resolved((now.astimezone(UTC) + seconds).astimezone(now.tzinfo), counted=True)


def _once(plan: Plan, now: datetime, usual: int | None) -> Resolved:
    day = plan.day if plan.day and plan.day.dates else None
    if not plan.clocks and not plan.part:
        return Resolved(unclear=Unclear.NO_TIME, day=day.dates[0] if day else None)
    hours = hours_of(plan, now, usual)
    dates = day.dates if day else (now.date(), now.date() + timedelta(1), now.date() + timedelta(2))
    options = [(each, minutes) for each in dates for minutes in sorted(hours.on(each))]
    ahead = [(each, found) for each, minutes in options if (found := at_minute(each, minutes, now)) > now]
    if not ahead and not plan.clocks:
        return Resolved(unclear=Unclear.NO_TIME, day=dates[0])  # "this afternoon", late in it
    if not ahead:
        return Resolved(unclear=Unclear.PAST, day=dates[0] if dates else None)
    chosen = ahead[0][0]
    of_that_day = [found for each, found in ahead if each == chosen]
    if len(of_that_day) > 1 and day and hours.is_open(chosen):
        return Resolved(unclear=Unclear.AMBIGUOUS_TIME, day=chosen, choices=tuple(of_that_day[:2]))
    return Resolved(of_that_day[0])


def at_minute(day: date, minutes: int, now: datetime) -> datetime:
    """A minute of a day by the clock on the wall; from 1440 on it is of the day after."""
    whole, rest = divmod(minutes, DAY_MINUTES)
    return on_the_wall(datetime.combine(day + timedelta(whole), time(*divmod(rest, 60))), now.tzinfo)


def _hourly(plan: Plan, now: datetime) -> Resolved:
    """Every hour from now on, or from the time that was said."""
    assert plan.repeat is not None, "it comes again"
    rule = f"FREQ={plan.repeat.frequency};INTERVAL={plan.repeat.interval}"
    if plan.clocks or plan.day or plan.begin or plan.part:
        once = _once(replace(plan, repeat=None, day=plan.day or plan.begin), now, None)
        if once.first is None:
            return once
        first = once.first
    else:
        minutes = plan.repeat.interval * (60 if plan.repeat.frequency == HOURLY else 1)
        first = (now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(now.tzinfo)
    return _ended(plan, Resolved(first, rule), now)


def _repeated(plan: Plan, now: datetime, usual: int | None) -> Resolved:
    assert plan.repeat is not None, "it comes again"
    repeat = plan.repeat
    minutes = hours_of(plan, now, usual)
    days, unclear = rule_of(plan)
    if unclear:
        return Resolved(unclear=unclear)
    if (not plan.clocks and not plan.part) or repeat.times > max(1, len(plan.clocks), len(repeat.weekdays)):
        return Resolved(unclear=Unclear.NO_TIME)
    chosen = [hours for clock in minutes.every() if (hours := clock)]
    if any(len(each) > 1 for each in chosen):
        both = [first_of(days, (each,), plan, now) for each in sorted(chosen[0])]
        return Resolved(unclear=Unclear.AMBIGUOUS_TIME, choices=tuple(each[0] for each in both if each))
    times = tuple(sorted(each % DAY_MINUTES for (each,) in chosen))
    if len({each % 60 for each in times}) > 1:
        return Resolved(unclear=Unclear.UNSUPPORTED)
    found = first_of(days, times, plan, now)
    return _ended(plan, Resolved(*found), now) if found else Resolved(unclear=Unclear.IMPOSSIBLE)


def _ended(plan: Plan, found: Resolved, now: datetime) -> Resolved:
    """The rule with its end, where one was said."""
    if plan.until is None or found.first is None:
        return found
    last = _last(plan.until, found.first, now)
    if last is None:
        return Resolved(unclear=plan.until.day.unclear if plan.until.day else Unclear.NO_DAY)
    if last < found.first:
        return Resolved(unclear=Unclear.PAST)
    return replace(found, rule=with_until(found.rule, last))


def _last(until: Until, first: datetime, now: datetime) -> datetime | None:
    if until.length:
        wall = first.replace(tzinfo=None) + timedelta(seconds=until.length.seconds)
        return on_the_wall(datetime.combine(wall.date() - timedelta(1), _END_OF_DAY), now.tzinfo)
    days = [day for day in until.day.dates if day >= first.date()] if until.day else []
    if until.clock:
        plan = Plan(clocks=(until.clock,), day=until.day, part=until.day.part if until.day else "")
        return _once(plan, first, None).first
    return on_the_wall(datetime.combine(days[0], _END_OF_DAY), now.tzinfo) if days else None
