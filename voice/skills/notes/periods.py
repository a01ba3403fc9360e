"""Which kept notes are read aloud: those of an evening, a week, a month, of this day in other years."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from voice.content.steps import Period
from voice.dialogue.night import NIGHT_ENDS, evening_of
from voice.messages.records import Note

DAYS = {Period.WEEK: 7, Period.MONTH: 31}  # of the periods that are so many days back from now


def in_period(notes: Sequence[Note], period: Period, now: datetime) -> tuple[Note, ...]:
    """The notes of a period, oldest first; `now` is an aware datetime in local time."""
    said = sorted((note for note in notes if note.said_at <= now), key=lambda note: note.said_at)
    if period is Period.ALL:
        return tuple(said)
    if period is Period.LAST:
        return tuple(sorted({note.who: note for note in said}.values(), key=lambda note: note.said_at))
    if period is Period.THIS_DAY:
        return _on_this_day(said, now)
    since = evening_of(now) if period is Period.TONIGHT else now - timedelta(days=DAYS[period])
    return tuple(note for note in said if note.said_at >= since)


def _on_this_day(notes: Sequence[Note], now: datetime) -> tuple[Note, ...]:
    night = timedelta(hours=NIGHT_ENDS)
    today = (now - night).date()
    days = {note: (note.said_at.astimezone(now.tzinfo) - night).date() for note in notes}
    same_day = [note for note in notes if days[note].day == today.day and days[note] < today.replace(day=1)]
    same_month = [note for note in same_day if days[note].month == today.month]
    return tuple(same_month or same_day)
