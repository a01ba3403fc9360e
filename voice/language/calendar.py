"""When something comes next, by the clock on the wall: over midnight, month ends and the change of the hour."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo

from voice.language.text import speak_number
from voice.language.times import NEXT, NOON, ON, TODAY, TOMORROW, WEEKDAYS, TimeOfDay, When, part_of_day, speak_time


def inside(hours: tuple[time, time], now: time) -> bool:
    """Whether this time of day lies from the first of the two hours on and before the second, over midnight too."""
    begin, end = hours
    return begin <= now < end if begin <= end else now >= begin or now < end


WAKING = 7 * 60  # minutes since midnight: an hour before that without a word is one of the afternoon
LATE_MORNING = 9 * 60  # on another day, eight is in the evening and nine in the morning
NIGHT = 20  # o'clock: "every night at nine", but "every day at seven in the evening"
SMALL_HOURS = 4 * 60  # "tonight at one" is after midnight
EVERY_WEEKDAY = 5  # Monday to Friday
ALWAYS_THERE = 28  # the last day that every month has
USUAL = {"morning": 8 * 60, "afternoon": 15 * 60, "evening": 21 * 60}  # where only the part of the day was said


def here(now: datetime, zone: tzinfo | None) -> datetime:
    """Now by the rules of this zone, which knows of summer time, where `now` only tells the same offset from UTC."""
    there = now.astimezone(zone) if zone and isinstance(now.tzinfo, timezone) else now
    return there if there.utcoffset() == now.utcoffset() else now


def on_the_wall(wall: datetime, zone: tzinfo | None) -> datetime:
    """The moment when a clock on the wall there shows this.

    A time that the clocks leave out is an hour later; of one that comes twice the first counts.
    """
    return wall.replace(tzinfo=zone, fold=0).astimezone(UTC).astimezone(zone)


def next_time(now: datetime, when: When) -> datetime:
    """The first time after now that this means, local and aware; `when` names a time, or a part of the day."""
    part = when.part
    moment = when.time or TimeOfDay(USUAL[part or "evening"])
    if when.day == "" and when.every == "" and not moment.sure and not part:
        waking = (minutes for hours in (0, NOON) if (minutes := moment.minutes + hours) >= WAKING)
        return min(_next_at(now, minutes) for minutes in waking)
    minutes = moment.minutes if moment.sure else _settled(moment.minutes, part, now, when.day)
    clock = time(*divmod(minutes, 60))
    days = _days(now.date(), when)
    if when.day == TODAY and part == "evening" and minutes < SMALL_HOURS:
        days += 1
    while (found := on_the_wall(datetime.combine(now.date() + timedelta(days), clock), now.tzinfo)) <= now or (
        when.every == "weekdays" and found.weekday() >= EVERY_WEEKDAY
    ):
        days += 7 if _weekday(when.day) is not None else 1
    return found


def following(at: datetime, every: str, now: datetime) -> datetime:
    """When something that was to come `at`, and comes `every` "day", "week", "month" or on "weekdays", is next after
    now; "month 31" remembers a day that not every month has.
    """
    wall = at.replace(tzinfo=None)
    steps = 1
    while (found := on_the_wall(_stepped(wall, every, steps), now.tzinfo)) <= now:
        steps += 1
    return found


def recurrence(every: str, at: datetime) -> str:
    """`every` as a reminder keeps it: a month remembers a day that not every month has."""
    return f"{every} {at.day}" if every == "month" and at.day > ALWAYS_THERE else every


def _stepped(wall: datetime, every: str, steps: int) -> datetime:
    if every == "week":
        return wall + timedelta(weeks=steps)
    if every.startswith("month"):
        return _months_later(wall, steps, int(every.removeprefix("month") or wall.day))
    if every == "weekdays":
        for _ in range(steps):
            wall += timedelta(days=max(1, 7 - wall.weekday() if wall.weekday() >= EVERY_WEEKDAY - 1 else 1))
        return wall
    return wall + timedelta(days=steps)


def _months_later(wall: datetime, months: int, day: int) -> datetime:
    first, after = (_first_of(wall, months + more) for more in (0, 1))
    return first + timedelta(days=min(day, (after - first).days) - 1)


def _first_of(wall: datetime, months: int) -> datetime:
    year, month = divmod(wall.year * 12 + wall.month - 1 + months, 12)
    return wall.replace(year=year, month=month + 1, day=1)


def _next_at(now: datetime, minutes: int) -> datetime:
    """The next time that a clock shows this."""
    found = on_the_wall(datetime.combine(now.date(), time(*divmod(minutes, 60))), now.tzinfo)
    return found if found > now else following(found, "day", now)


def _settled(minutes: int, part: str, now: datetime, day: str) -> int:
    """Minutes since midnight of an hour that may be before or after noon."""
    if part:
        stays = part == "morning" or (part == "evening" and minutes < SMALL_HOURS)
        return minutes if stays else minutes + NOON
    if day == TODAY:
        passed = now.hour * 60 + now.minute >= minutes
        return minutes + NOON if passed or minutes < WAKING else minutes
    return minutes if minutes >= LATE_MORNING else minutes + NOON


def _days(today: date, when: When) -> int:
    """How many days from today on the first day lies that it may be."""
    if when.day == TOMORROW:
        return 1
    weekday = _weekday(when.day)
    if weekday is None:
        return 0
    days = (weekday - today.weekday()) % 7
    return weekday - today.weekday() + 7 if when.day.startswith(NEXT) else days


def _weekday(day: str) -> int | None:
    name = day.removeprefix(NEXT).strip()
    return WEEKDAYS.index(name) if name in WEEKDAYS else None


# ---- times -> what is said ----------------------------------------------------------------------------


def speak_clock(at: datetime, *, part: bool = True) -> str:
    """The time of day for the ear: "half past seven in the evening"."""
    return speak_time(TimeOfDay(at.hour * 60 + at.minute), part=part)


def speak_when(at: datetime, every: str, now: datetime) -> str:
    """When something comes, for the ear: "tonight at nine", "every Friday at seven in the evening".

    Only of the next six days a weekday says enough; "a week on Friday" is told from "on Friday".
    """
    minutes = at.hour * 60 + at.minute
    night = part_of_day(minutes).endswith("evening")
    clock = f"at {speak_clock(at)}"
    if every == "day":
        return f"every night at {speak_clock(at, part=False)}" if at.hour >= NIGHT else f"every day {clock}"
    weekday = WEEKDAYS[at.weekday()].capitalize()
    if every == "weekdays":
        return f"on weekdays {clock}"
    if every == "week":
        return f"every {weekday} {clock}"
    if every.startswith("month"):
        return f"every month {clock}, first {_speak_day(at, now)}"
    day = _speak_day(at, now)
    return f"tonight at {speak_clock(at, part=False)}" if day == TODAY and night else f"{day} {clock}"


def _speak_day(at: datetime, now: datetime) -> str:
    days = (at.date() - now.date()).days
    weekday = WEEKDAYS[at.weekday()].capitalize()
    if days <= 1:
        return TOMORROW if days == 1 else TODAY
    if days < 7:
        return f"{ON} {weekday}"
    return f"a week {ON} {weekday}" if days < 14 else f"in {speak_number(days // 7)} weeks, {ON} {weekday}"
