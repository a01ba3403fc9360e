"""Hours of the day, and the reminders that were kept, by the clock on the wall."""

from datetime import datetime, time, timezone, tzinfo

from voice.language.moments.occurrences import as_rule, next_after
from voice.language.moments.speech import speak_moment


def inside(hours: tuple[time, time], now: time) -> bool:
    """Whether this time of day lies from the first of the two hours on and before the second, over midnight too."""
    begin, end = hours
    return begin <= now < end if begin <= end else now >= begin or now < end


def here(now: datetime, zone: tzinfo | None) -> datetime:
    """Now by the rules of this zone, which knows of summer time, where `now` only tells the same offset from UTC."""
    there = now.astimezone(zone) if zone and isinstance(now.tzinfo, timezone) else now
    return there if there.utcoffset() == now.utcoffset() else now


def following(at: datetime, every: str, now: datetime) -> datetime | None:
    """When something that was to come `at` is next after now; None: it does not come any more.

    every: its rule by RFC 5545, or as it was kept before ("day", "weekdays", "week", "month", "month 31").
    """
    wall = at.astimezone(now.tzinfo)
    return next_after(as_rule(every, wall), wall, now)


def speak_when(at: datetime, every: str, now: datetime) -> str:
    """When something comes, for the ear: "tonight at nine", "every Friday at seven in the evening"."""
    wall = at.astimezone(now.tzinfo)
    return speak_moment(wall, as_rule(every, wall), now)
