"""Times of day: half eight, five to midnight, 0900, 7pm, quarter of nine, an hour before noon."""

import re
from dataclasses import dataclass, replace

from voice.language.moments.lengths import DAY, length_at
from voice.language.moments.numerals import number_at, whole_at
from voice.language.moments.tokens import Tokens, at, follows
from voice.language.moments.unclear import Unclear
from voice.language.text import SMALL

NOON, DAY_MINUTES = 12 * 60, 24 * 60  # minutes
NAMED = {
    **dict.fromkeys(("noon", "midday", "twelve noon", "12 noon", "high noon", "noontime"), NOON),
    **dict.fromkeys(("midnight", "twelve midnight", "12 midnight"), DAY_MINUTES),  # at the end of a day
}
PARTS = {  # what may follow an hour -> the part of the day
    **dict.fromkeys(("am", "a m", "in the morning", "in the am", "of the morning"), "morning"),
    **dict.fromkeys(("in the small hours", "in the early morning", "early in the morning"), "morning"),
    **dict.fromkeys(("pm", "p m"), "pm"),
    **dict.fromkeys(("in the afternoon", "of an afternoon"), "afternoon"),
    **dict.fromkeys(("in the evening", "in the eve", "of an evening"), "evening"),
    **dict.fromkeys(("at night", "in the night", "of a night"), "night"),
}
MORNING, AFTERNOON, EVENING, NIGHT = "morning", "afternoon", "evening", "night"
_PAST = {"past": 1, "after": 1, "to": -1, "till": -1, "before": -1, "of": -1, "til": -1}
_EXACT = ("sharp", "on the dot", "exactly", "precisely", "ish", "or so", "or thereabouts", "hours")
_QUARTERS = {"half": 30, "a quarter": 15, "quarter": 15, "1/4": 15, "1/2": 30}
_ZERO = ("oh", "o", "zero")
_CLOCK = re.compile(r"(\d{1,2})[:.](\d{2})(?::\d{2})?")
_SMALL_HOURS, _LATE = 5 * 60, 17 * 60  # minutes: "at night" before five, and from five in the afternoon on


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A time of day among tokens."""

    minutes: int
    """Since midnight; where it is not sure, in the first half of the day; from 1440 on it is of the night after."""
    sure: bool
    """False where it may as well be twelve hours later."""
    start: int
    """The place of its first token."""
    end: int
    """The place after its last token."""
    bare: bool = False
    """It is a mere number, which may as well count something."""
    unclear: Unclear | None = None
    """Why it is no single time of day."""


def clock_time_at(tokens: Tokens, place: int) -> ClockTime | None:
    """The longest time of day that begins at this token; without "at" or another word before it."""
    found = _before_or_past(tokens, place) or _named(tokens, place) or _in_digits(tokens, place)
    found = found or _in_words(tokens, place)
    if found is None or found.unclear:
        return found
    found = _with_part(tokens, found)
    return replace(found, end=follows(tokens, found.end, *_EXACT))


def settled(minutes: int, part: str) -> int:
    """Minutes since midnight of an hour that may be before or after noon, in this part of the day."""
    minutes %= NOON
    if part == MORNING:
        return minutes
    if part == NIGHT and (minutes < _SMALL_HOURS or minutes >= NOON):
        return minutes
    return minutes + NOON


def _with_part(tokens: Tokens, found: ClockTime) -> ClockTime:
    end = follows(tokens, found.end, *PARTS)
    if end == found.end:
        return found
    part = PARTS[" ".join(token.plain for token in tokens[found.end : end])]
    if found.sure and found.minutes != NOON and found.minutes // 60 != 12:
        contradicts = found.minutes >= NOON and part == MORNING
        return replace(found, end=end, bare=False, unclear=Unclear.IMPOSSIBLE if contradicts else None)
    minutes = settled(found.minutes, part)
    if found.minutes // 60 == 12 and part == EVENING:
        minutes = found.minutes % NOON  # "twelve in the evening" is midnight
    return replace(found, minutes=minutes, sure=True, end=end, bare=False)


def _hour(minutes: int, place: int, end: int, *, bare: bool = False) -> ClockTime:
    """A time between one and one o'clock; about noon nobody means the night."""
    about_noon = minutes >= NOON or minutes < 60
    return ClockTime(minutes % NOON + NOON * about_noon, about_noon, place, end, bare)


def _named(tokens: Tokens, place: int) -> ClockTime | None:
    end = follows(tokens, place, *NAMED)
    if end == place:
        return None
    return ClockTime(NAMED[" ".join(token.plain for token in tokens[place:end])], True, place, end)


def _before_or_past(tokens: Tokens, place: int) -> ClockTime | None:
    """Half past seven, half seven, quarter of nine, five to midnight, an hour before noon."""
    if at(tokens, place) == "half" and (hour := _hour_at(tokens, place + 1)) and not length_at(tokens, place + 1):
        return _hour(hour[0] * 60 + 30, place, hour[1])
    end = follows(tokens, place, *_QUARTERS)
    length = length_at(tokens, place)
    counted = whole_at(tokens, place)
    if length and not length.unclear and length.seconds < DAY and not length.seconds % 60:
        minutes, end = int(length.seconds // 60), length.end
    elif end > place:
        minutes = _QUARTERS[" ".join(token.plain for token in tokens[place:end])]
    elif counted and counted[0] < 60:
        minutes, end = counted
    else:
        return None
    word = at(tokens, end)
    sign = _PAST.get(word)
    if sign is None or (word == "of" and minutes > 30):
        return None
    target = _target_at(tokens, end + 1, whole=length is not None)
    if target is None:
        return None
    total = target.minutes + sign * minutes
    if not target.sure:
        return _hour(total if total >= 60 else total + NOON, place, target.end)
    return ClockTime(total % (2 * DAY_MINUTES), True, place, target.end)


def _target_at(tokens: Tokens, place: int, *, whole: bool) -> ClockTime | None:
    """The hour that minutes are counted from. whole: any time of day, with the part of the day that follows."""
    if named := _named(tokens, place):
        return named
    if whole:
        return clock_time_at(tokens, place)
    hour = _hour_at(tokens, place)
    if hour is None:
        return None
    return ClockTime(hour[0] * 60, False, place, hour[1] + (at(tokens, hour[1]) == "oclock"))


def _hour_at(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """An hour from one to twelve, and where it ends."""
    whole = whole_at(tokens, place)
    return whole if whole and 1 <= whole[0] <= 12 and whole[1] == place + 1 else None


def _in_digits(tokens: Tokens, place: int) -> ClockTime | None:
    """19:30, 7:30, 07.00, 0900, 19h30."""
    word = at(tokens, place)
    if clock := _CLOCK.fullmatch(word):
        return _written(int(clock[1]), int(clock[2]), place, place + 1, early=word.startswith("0"))
    if word.isdecimal() and len(word) == 4:
        return replace(_written(int(word[:2]), int(word[2:]), place, place + 1, early=True), bare=True)
    if word.isdecimal() and len(word) <= 2 and at(tokens, place + 1) == "h" and at(tokens, place + 2).isdecimal():
        return _written(int(word), int(at(tokens, place + 2)), place, place + 3, early=word.startswith("0"))
    return None


def _written(hour: int, minutes: int, place: int, end: int, *, early: bool) -> ClockTime:
    if hour > 24 or minutes > 59 or (hour == 24 and minutes):
        return ClockTime(0, True, place, end, unclear=Unclear.IMPOSSIBLE)
    if hour == 0 or hour > 12 or early:
        return ClockTime((hour % 24) * 60 + minutes, True, place, end)
    return _hour(hour * 60 + minutes, place, end)


def _in_words(tokens: Tokens, place: int) -> ClockTime | None:
    """Seven, seven o'clock, seven thirty, seven oh five, nineteen thirty, oh nine hundred, fifteen hundred."""
    zero = at(tokens, place) in _ZERO
    hour = whole_at(tokens, place + zero)
    if zero and (hour is None or at(tokens, place + 1) not in SMALL[1:10]):
        return None
    if hour is None or (at(tokens, place).isdecimal() and len(at(tokens, place)) > 2):
        return None
    value, end = hour
    if zero or (value >= 100 and not value % 100 and not at(tokens, place).isdecimal()):
        value = value if value >= 100 else value * 100 if at(tokens, end) == "hundred" else value
        end = follows(tokens, end, "hundred")
        end = follows(tokens, end, "hours")
        return _written(value // 100, 0, place, end, early=True) if 100 <= value <= 2400 else None
    if value > 24 or value < 1:
        return None
    return _hour_in_words(tokens, place, value, end)


def _hour_in_words(tokens: Tokens, place: int, hour: int, end: int) -> ClockTime | None:
    if at(tokens, end) == "oclock":
        return _hour(hour * 60, place, end + 1) if hour <= 12 else ClockTime(hour % 24 * 60, True, place, end + 1)
    minutes = _minutes_at(tokens, end)
    if minutes:
        late = hour > 12
        return (
            ClockTime(hour % 24 * 60 + minutes[0], True, place, minutes[1])
            if late
            else _hour(hour * 60 + minutes[0], place, minutes[1])
        )
    if hour <= 12:
        return _hour(hour * 60, place, end, bare=True)
    return ClockTime(hour % 24 * 60, True, place, end, bare=True)


def _minutes_at(tokens: Tokens, place: int) -> tuple[int, int] | None:
    """Thirty, twenty five, oh five, after an hour; not the number of something else."""
    if at(tokens, place) in _ZERO:
        ones = whole_at(tokens, place + 1)
        return ones if ones and 1 <= ones[0] <= 9 else None
    if at(tokens, place).isdecimal() and len(at(tokens, place)) != 2:
        return None
    minutes = whole_at(tokens, place)
    if minutes is None or not 10 <= minutes[0] < 60 or number_at(tokens, place) != (float(minutes[0]), minutes[1]):
        return None
    return None if length_at(tokens, place) else minutes
