"""When a rule comes next: RFC 5545 by the clock on the wall, right across both changes of the hour."""

import math
from datetime import UTC, datetime, timedelta, tzinfo

from dateutil.rrule import rrulestr

from voice.language.moments.weekdays import DAILY, HOURLY, MINUTELY, MONTHLY, WEEKLY, WORKDAYS

CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")  # of the weekdays in a rule
ALWAYS_THERE = 28  # the last day that every month has
_STEPS = {HOURLY: timedelta(hours=1), MINUTELY: timedelta(minutes=1)}
_ORDER = "FREQ INTERVAL COUNT BYMONTH BYMONTHDAY BYDAY BYSETPOS BYHOUR BYMINUTE BYSECOND WKST UNTIL".split()
_STAMP = "%Y%m%dT%H%M%SZ"
_FARTHEST = 800  # occurrences that may lie between two that count


def on_the_wall(wall: datetime, zone: tzinfo | None) -> datetime:
    """The moment when a clock on the wall there shows this.

    A time that the clocks leave out is an hour later; of one that comes twice the first counts.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def parts_of(rule: str) -> dict[str, str]:
    """A rule taken apart: FREQ=WEEKLY;BYDAY=FR -> {"FREQ": "WEEKLY", "BYDAY": "FR"}."""
    return dict(part.split("=", 1) for part in rule.split(";") if "=" in part)


def written(parts: dict[str, str]) -> str:
    """The rule of these parts, always in the same order."""
    return ";".join(f"{name}={parts[name]}" for name in sorted(parts, key=_ORDER.index))


def until_of(rule: str) -> datetime | None:
    """The last moment at which a rule may come, aware; None: it has no end."""
    until = parts_of(rule).get("UNTIL")
    return datetime.strptime(until, _STAMP).replace(tzinfo=UTC) if until else None


def with_until(rule: str, last: datetime) -> str:
    """The rule with an end."""
    return written({**parts_of(rule), "UNTIL": last.astimezone(UTC).strftime(_STAMP)})


def next_after(rule: str, first: datetime, moment: datetime) -> datetime | None:
    """The first time after a moment at which a rule comes, local to that moment; None: it has ended.

    first: one of its times, from which it counts; aware.
    """
    until = until_of(rule)
    found = _counted(rule, first, moment) if parts_of(rule)["FREQ"] in _STEPS else _by_wall(rule, first, moment)
    return None if found is None or (until and found > until) else found


def _counted(rule: str, first: datetime, moment: datetime) -> datetime:
    """Hours and minutes pass as they do, whatever the clocks are set to."""
    parts = parts_of(rule)
    step = _STEPS[parts["FREQ"]] * int(parts.get("INTERVAL", "1"))
    begin = first.astimezone(UTC)
    steps = max(0, math.floor((moment.astimezone(UTC) - begin) / step) + 1)
    return (begin + steps * step).astimezone(moment.tzinfo)


def _by_wall(rule: str, first: datetime, moment: datetime) -> datetime | None:
    """Days and longer go by the wall: 02:30 stays 02:30, and where there is none it is 03:30 that day alone."""
    zone = moment.tzinfo
    begin = first.astimezone(zone).replace(tzinfo=None)
    parts = {name: value for name, value in parts_of(rule).items() if name != "UNTIL"}
    # The wall time of `first` may have been moved by the clocks: its day counts, the hour is in the rule.
    start = begin.replace(hour=0, minute=0, second=0, microsecond=0) if "BYHOUR" in parts else begin
    times = rrulestr(written(parts), dtstart=start)
    wall = times.after(max(start, moment.replace(tzinfo=None) - timedelta(hours=3)), inc=True)
    for _ in range(_FARTHEST):
        if wall is None:
            return None
        found = on_the_wall(wall, zone)
        if found.timestamp() > moment.timestamp() and found.timestamp() >= first.timestamp():
            return found
        wall = times.after(wall)
    return None


def as_rule(every: str, at: datetime) -> str:
    """The rule of a recurrence as it was kept before: "day", "weekdays", "week", "month", "month 31"; or a rule."""
    if not every or "=" in every:
        return every
    clock = f"BYHOUR={at.hour};BYMINUTE={at.minute};BYSECOND={at.second}"
    if every == "weekdays":
        return f"FREQ={WEEKLY};BYDAY={','.join(CODES[day] for day in WORKDAYS)};{clock}"
    if every == "week":
        return f"FREQ={WEEKLY};BYDAY={CODES[at.weekday()]};{clock}"
    if every.startswith("month"):
        return f"FREQ={MONTHLY};{by_month_day((int(every.removeprefix('month') or at.day),))};{clock}"
    return f"FREQ={DAILY};{clock}"


def by_month_day(days: tuple[int, ...]) -> str:
    """The days of a month as a rule says them; one that not every month has is the last day of the shorter ones."""
    if len(days) == 1 and days[0] > ALWAYS_THERE:
        return f"BYMONTHDAY={','.join(str(day) for day in range(ALWAYS_THERE, days[0] + 1))};BYSETPOS=-1"
    return f"BYMONTHDAY={','.join(str(day) for day in days)}"
