"""When something comes, for the ear: with the day and the date, as the grammar understands it again."""

from datetime import date, datetime, timedelta

from voice.language.moments.occurrences import CODES, parts_of, until_of
from voice.language.moments.weekdays import DAILY, HOURLY, MINUTELY, MONTHLY, WEEKEND, WEEKLY, WORKDAYS
from voice.language.text import speak_list, speak_number
from voice.language.times import MONTHS, ORDINALS, WEEKDAYS, TimeOfDay, speak_time

NIGHT = 20  # o'clock: "every night at nine", but "every day at seven in the evening"
_EVENING = 18  # o'clock
_LAST = "last"
_UNITS = {DAILY: "day", WEEKLY: "week", MONTHLY: "month", HOURLY: "hour", MINUTELY: "minute", "YEARLY": "year"}


def speak_moment(first: datetime, rule: str, now: datetime) -> str:
    """When something comes: "on Friday the twenty-seventh of November at noon", "on weekdays at noon"."""
    if not rule:
        return _once(first, now)
    parts = parts_of(rule)
    spoken = _again(parts, first)
    if _wants_first(parts, first, now):
        spoken += f", first {speak_date(first.date(), now)}"
    until = until_of(rule)
    return f"{spoken}, until {_bound(until.astimezone(now.tzinfo), now)}" if until else spoken


def speak_date(day: date, now: datetime) -> str:
    """The day with its date: "today", "tomorrow", "on Friday the twenty-seventh of November"."""
    ahead = (day - now.date()).days
    if ahead in (0, 1):
        return "tomorrow" if ahead else "today"
    return f"on {speak_day_and_date(day, now)}"


def speak_day_and_date(day: date, now: datetime) -> str:
    """Friday the twenty-seventh of November; with the year when that is another one and it is far off."""
    spoken = f"{_weekday(day.weekday())} the {ORDINALS[day.day - 1]} of {MONTHS[day.month - 1]}"
    if day.year == now.year or (day - now.date()).days < 180:
        return spoken
    century, rest = divmod(day.year, 100)
    return f"{spoken} {speak_number(century)} {speak_number(rest)}"


def speak_clock(at: datetime, *, part: bool = True) -> str:
    """The time of day for the ear: "half past seven in the evening"."""
    return speak_time(TimeOfDay(at.hour * 60 + at.minute), part=part)


def _once(first: datetime, now: datetime) -> str:
    if not (first.hour or first.minute):  # midnight belongs to the night before it
        night = first.date() - timedelta(1)
        return "tonight at midnight" if night == now.date() else f"{speak_date(night, now)} at midnight"
    day = speak_date(first.date(), now)
    if day == "today" and first.hour >= _EVENING:
        return f"tonight at {speak_clock(first, part=False)}"
    return f"{day} at {speak_clock(first)}"


def _again(parts: dict[str, str], first: datetime) -> str:
    interval = int(parts.get("INTERVAL", "1"))
    if parts["FREQ"] in (HOURLY, MINUTELY):
        return f"every {_counted(_UNITS[parts['FREQ']], interval)}"
    clock = _clocks(parts, first)
    if parts["FREQ"] == DAILY:
        if interval == 1 and first.hour >= NIGHT and "," not in parts.get("BYHOUR", ""):
            return f"every night at {speak_clock(_hour(parts, first), part=False)}"
        return f"every {_counted('day', interval)} {clock}"
    if parts["FREQ"] == WEEKLY:
        return f"{_weekly(parts, interval)} {clock}"
    if parts["FREQ"] == MONTHLY:
        return f"{_monthly(parts, interval)} {clock}"
    return f"{_yearly(parts, interval)} {clock}"


def _counted(unit: str, interval: int) -> str:
    if interval == 1:
        return unit
    return f"other {unit}" if interval == 2 and unit != "minute" else f"{speak_number(interval)} {unit}s"


def _hour(parts: dict[str, str], first: datetime, nth: int = 0) -> datetime:
    """The time of day that the rule names, which that of the first may not be on the day the clocks change."""
    hour = int(parts.get("BYHOUR", str(first.hour)).split(",")[nth])
    return first.replace(hour=hour, minute=int(parts.get("BYMINUTE", str(first.minute))))


def _clocks(parts: dict[str, str], first: datetime) -> str:
    count = parts.get("BYHOUR", "").count(",") + 1
    return "at " + speak_list([speak_clock(_hour(parts, first, nth)) for nth in range(count)])


def _weekly(parts: dict[str, str], interval: int) -> str:
    days = tuple(CODES.index(code) for code in parts["BYDAY"].split(","))
    every = "every" if interval == 1 else f"every {_counted('week', interval)} on"
    if interval == 1 and days in (WORKDAYS, WEEKEND):
        return "on weekdays" if days == WORKDAYS else "on weekends"
    if interval == 2 and len(days) == 1:
        return f"every other {_weekday(days[0])}"
    if interval == 1 and len(days) == 6:
        return f"every day except {_weekday(next(day for day in range(7) if day not in days))}"
    return f"{every} {speak_list([_weekday(day) for day in days])}"


def _monthly(parts: dict[str, str], interval: int) -> str:
    month = f"every {_counted('month', interval)}"
    if "BYDAY" in parts:
        return f"on the {speak_list([_nth_weekday(each) for each in parts['BYDAY'].split(',')])} of {month}"
    days = [int(day) for day in parts["BYMONTHDAY"].split(",")]
    if "BYSETPOS" in parts:
        if days[-1] == len(ORDINALS):
            return f"on the last day of {month}"
        days = days[-1:]
    return f"on the {speak_list([_monthday(day) for day in days])} of {month}"


def _yearly(parts: dict[str, str], interval: int) -> str:
    year, month = f"every {_counted('year', interval)}", MONTHS[int(parts["BYMONTH"]) - 1]
    if "BYDAY" in parts:
        return f"{year} on the {_nth_weekday(parts['BYDAY'])} of {month}"
    return f"{year} on the {_monthday(int(parts['BYMONTHDAY'].split(',')[-1]))} of {month}"


def _nth_weekday(code: str) -> str:
    nth = int(code[:-2])
    return f"{_LAST if nth < 0 else ORDINALS[nth - 1]} {_weekday(CODES.index(code[-2:]))}"


def _monthday(number: int) -> str:
    return f"{_LAST} day" if number < 0 else ORDINALS[number - 1]


def _weekday(number: int) -> str:
    return WEEKDAYS[number].capitalize()


def _wants_first(parts: dict[str, str], first: datetime, now: datetime) -> bool:
    """Whether the rule alone leaves open when it begins."""
    if parts["FREQ"] in (HOURLY, MINUTELY):
        return False
    if int(parts.get("INTERVAL", "1")) > 1 or parts["FREQ"] not in (DAILY, WEEKLY):
        return True
    return (first.date() - now.date()).days > (1 if parts["FREQ"] == DAILY else 7)


def _bound(last: datetime, now: datetime) -> str:
    if (last.hour, last.minute) == (23, 59):
        return speak_date(last.date(), now).removeprefix("on ")
    ahead = (last.date() - now.date()).days
    return speak_clock(last) if not ahead else f"{speak_clock(last)} {speak_date(last.date(), now)}"
