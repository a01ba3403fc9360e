"""When a reminder comes: as it was said, as a practice is usual, as a session asks, and as it is moved."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from voice.language.moments.occurrences import CODES, as_rule, by_month_day, next_after, on_the_wall, parts_of, written
from voice.language.moments.reading import Moment, completed, moment_in
from voice.language.moments.speech import speak_clock, speak_day_and_date
from voice.language.moments.unclear import Unclear
from voice.language.slots import moment_said
from voice.language.text import plain
from voice.language.times import ORDINALS, WEEKDAYS, TimeOfDay, speak_time
from voice.messages.meaning import Match

EVENING = 19 * 60  # minutes since midnight: of what a couple does together an open hour is one of the evening
_NEAR = 7  # days: so near, what is moved to another hour keeps its day
_EARLIER, _LATER = frozenset(("earlier", "sooner", "forward")), frozenset(("later", "back", "off", "postpone", "delay"))
_LENGTHS, _WORDS_OF_A_LENGTH = frozenset(("minute", "hour", "day", "week", "month")), 4


class Every(StrEnum):
    """How often something comes. The values are those of packs."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"


_NTH = re.compile(
    rf"(?:\bon )?(?:\bthe )?\b((?:first|second|third|fourth|last) (?:{'|'.join(WEEKDAYS)}))\b(?! of)", re.IGNORECASE
)
"""A day of every month, such as "the first Sunday"."""
_EVERY: Mapping[str, str] = {every: f"every {every}" for every in Every}


def words_of_when(match: Match, name: str, now: datetime) -> str:
    """The words that say when, of a wish about the reminder with this name.

    The slots hold them; but "every second Friday", in words that no template has, holds a slot and says more.
    """
    in_slots, said = moment_said(match.slots), match.text.lower().replace(name.lower(), "", 1)
    says_more = not match.is_in_its_words and moment_in(said, now).names_day
    return said if says_more or not in_slots else in_slots


def practice_moment(words: str, every: Every | None, time: int | None, now: datetime, *, again: bool) -> Moment:
    """When a practice comes; what was not said of when is as usual.

    every, time: as usual; None for never. again: it comes again even when a day was named.
    """
    usual = EVENING if time is None else time
    said = moment_in(words, now, usual)
    if every and not said.rule and (again or not said.names_day) and not _is_again(words, now):
        words = f"{_EVERY[every]} {words}".strip()
        said = moment_in(words, now, usual)
    if said.unclear is Unclear.NO_TIME and time is not None:
        said = completed(words, f"at {speak_time(TimeOfDay(time), part=True)}", now, usual)
    return said


def _is_again(words: str, now: datetime) -> bool:
    """Whether a recurrence was said, though not yet at what time."""
    return bool(completed(words, "at noon", now).rule)


def session_moment(at: str, every: str, now: datetime) -> Moment:
    """When a session reminds: without a day it is that of the next such time."""
    if every == Every.MONTH and _NTH.search(at):
        return moment_in(_NTH.sub(r"the \1 of every month", at), now, EVENING)
    said = moment_in(f"{_EVERY.get(every, every)} {at}".strip(), now, EVENING)
    once = moment_in(at, now, EVENING) if said.unclear is Unclear.NO_DAY else said
    if said.unclear is not Unclear.NO_DAY or once.first is None:
        return said
    day = WEEKDAYS[once.first.weekday()] if every == Every.WEEK else f"month on the {ORDINALS[once.first.day - 1]}"
    return moment_in(f"every {day} {at}", now, EVENING)


def moved_moment(words: str, at: datetime, every: str, now: datetime) -> Moment:
    """When something comes after it was moved; what was not said of when stays as it is.

    words: with all that was said of how far ("half an hour earlier"). at, every: when it comes so far, and its rule.
    """
    wall = at.astimezone(now.tzinfo)
    if shift := _shift(words, wall):
        later = on_the_wall(wall.replace(tzinfo=None) + shift, now.tzinfo)
        said = Moment(later, "", None, words, "")
        return _with_rule(said, later, as_rule(every, wall), now, keeps_day=True) if every else said
    usual = wall.hour * 60 + wall.minute
    said = moment_in(words, now, usual)
    if said.unclear is Unclear.NO_TIME and said.words:
        said = completed(said.words, f"at {speak_clock(wall)}", now, usual)
    is_near = 0 < (wall.date() - now.date()).days < _NEAR
    if said.first and not said.names_day and not said.counted and is_near:
        day = f"on {speak_day_and_date(wall.date(), now)}"
        said = completed(day, words, now, usual)
    if said.first and every and not said.rule:
        return _with_rule(said, said.first, as_rule(every, wall), now, keeps_day=not said.names_day)
    return said


def _shift(words: str, wall: datetime) -> timedelta | None:
    """By how much something is to come later, or earlier (less than 0); None where it is not said that way."""
    said = plain(words).split()
    for end in (place + 1 for place, word in enumerate(said) if word.removesuffix("s") in _LENGTHS):
        for start in range(max(0, end - _WORDS_OF_A_LENGTH), end):
            if length := _length(f"in {' '.join(said[start:end])}", wall):
                around = {*said[max(0, start - 2) : start], *said[end : end + 1]}
                return -length if around & _EARLIER else length if {*around, *said[:1]} & _LATER else None
    return None


def _length(words: str, wall: datetime) -> timedelta | None:
    """How far off "in two days" or "in half an hour" is; None where it is anything else."""
    said = moment_in(words, wall)
    if said.rest or not (said.counted or said.day):
        return None
    return said.first - wall if said.first else said.day - wall.date() if said.day else None


def _with_rule(said: Moment, first: datetime, rule: str, now: datetime, *, keeps_day: bool) -> Moment:
    """A moved recurrence: at the new hour, and on the new day where one was named."""
    parts = parts_of(rule) | {"BYHOUR": str(first.hour), "BYMINUTE": str(first.minute)}
    if not keeps_day:
        del_day = {name: value for name, value in parts.items() if name not in ("BYDAY", "BYMONTHDAY", "BYSETPOS")}
        parts = {**del_day, **_new_day(parts, first)}
    changed = written(parts)
    start = on_the_wall(first.replace(tzinfo=None) - timedelta(seconds=1), now.tzinfo)
    return replace(said, first=next_after(changed, first, max(now, start)), rule=changed)


def _new_day(parts: dict[str, str], first: datetime) -> dict[str, str]:
    if parts["FREQ"] == "WEEKLY":
        return {"BYDAY": CODES[first.weekday()]}
    if parts["FREQ"] in ("MONTHLY", "YEARLY"):
        day = parts_of(by_month_day((first.day,)))
        return day | ({"BYMONTH": str(first.month)} if parts["FREQ"] == "YEARLY" else {})
    return {}
