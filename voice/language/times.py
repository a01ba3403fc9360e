"""Times of day and days: as people say them, and as they are read back."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from voice.language.text import SMALL, TENS, speak_number

MONTHS = (
    "January February March April May June July August September October November December"
).split()  # English, and not the machine's language
ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth "
    "sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth "
    "twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()


def speak_day(moment: datetime, now: datetime) -> str:
    """The day of a moment, seen from now; both aware."""
    day, today = moment.astimezone(now.tzinfo).date(), now.date()
    if day == today:
        return "today"
    if (today - day).days == 1:
        return "yesterday"
    spoken = f"the {ORDINALS[day.day - 1]} of {MONTHS[day.month - 1]}"
    years = today.year - day.year
    if years == 0:
        return spoken
    century, rest = divmod(day.year, 100)
    return f"{spoken}, last year" if years == 1 else f"{spoken}, {speak_number(century)} {speak_number(rest)}"


# ---- English: all that this file knows of it -------------------------------------------------------
NOON, MIDNIGHT = 12 * 60, 0  # minutes since midnight
AT_NOON, AT_MIDNIGHT = ("noon", "midday", "twelve noon", "lunchtime"), ("midnight", "twelve midnight")
MORNING, AFTERNOON, EVENING = "in the morning", "in the afternoon", "in the evening"
PARTS = {  # what may follow an hour: whether it is one after noon
    **dict.fromkeys(("am", "a m", MORNING), False),
    **dict.fromkeys(("pm", "p m", AFTERNOON, EVENING, "at night"), True),
}
PAST = {"past": 1, "after": 1, "to": -1, "till": -1, "before": -1}  # "ten past", "ten to"
QUARTERS = {"half": 30, "a quarter": 15, "quarter": 15}
OCLOCK, AT, IN = "oclock", "at", "in"
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()

Phrases = Mapping[tuple[str, ...], int]  # words -> what they are worth

_HOURS: Phrases = {(SMALL[hour],): hour for hour in range(1, 13)}
_MINUTES: Phrases = {  # as they follow an hour: thirty, twenty five, oh five
    **{tuple(speak_number(minute).replace("-", " ").split()): minute for minute in range(10, 60)},
    **{(zero, SMALL[minute]): minute for zero in ("oh", "o", "zero") for minute in range(1, 10)},
}
_BEFORE_PAST: Phrases = {  # as they stand before "past" or "to", with or without "minutes"
    **{tuple(quarter.split()): minutes for quarter, minutes in QUARTERS.items()},
    **{tuple(speak_number(minute).replace("-", " ").split()): minute for minute in range(1, 30)},
}
_LATE_HOURS: Phrases = {tuple(speak_number(hour).replace("-", " ").split()): hour for hour in range(13, 24)}
_PARTS: Phrases = {tuple(part.split()): afternoon for part, afternoon in PARTS.items()}
_PAST: Phrases = {(word,): sign for word, sign in PAST.items()}
_NAMED: Phrases = {
    **{tuple(name.split()): NOON for name in AT_NOON},
    **{tuple(name.split()): MIDNIGHT for name in AT_MIDNIGHT},
}


@dataclass(frozen=True, slots=True)
class TimeOfDay:
    """A time of day."""

    minutes: int
    """Since midnight."""
    sure: bool = True
    """False where it may as well be twelve hours later (seven)."""

    @property
    def clock(self) -> time:
        """What a clock shows then."""
        return time(*divmod(self.minutes, 60))


@dataclass(frozen=True, slots=True)
class SpokenTime:
    """A time of day in a row of words."""

    time: TimeOfDay
    """What it means."""
    start: int
    """Index of its first word."""
    end: int
    """Index after its last word."""


# ---- what was said -> times ---------------------------------------------------------------------------


def times(plain_words: Sequence[str]) -> tuple[SpokenTime, ...]:
    """Every time of day among plain words (numbers spelled), from left to right; a lone hour is one."""
    found, place = list[SpokenTime](), 0
    plain_words = list(plain_words)
    while place < len(plain_words):
        spoken = _time_at(plain_words, place)
        if spoken:
            found.append(spoken)
        place = spoken.end if spoken else place + 1
    return tuple(found)


def _time_at(plain_words: Sequence[str], start: int) -> SpokenTime | None:
    """The longest time of day that begins here."""
    if named := _phrase(_NAMED, plain_words, start):
        return SpokenTime(TimeOfDay(named[0]), start, named[1])
    return _around_the_hour(plain_words, start) or _from_the_hour(plain_words, start)


def _around_the_hour(plain_words: Sequence[str], start: int) -> SpokenTime | None:
    """Half past seven, ten minutes to eight in the morning; half seven is half past, as in Britain."""
    amount = _phrase(_BEFORE_PAST, plain_words, start)
    if amount is None:
        return None
    minutes, place = amount
    place += plain_words[place : place + 1] in (["minutes"], ["minute"])
    side = _phrase(_PAST, plain_words, place)
    is_half = plain_words[start] == "half" and side is None
    hour = _phrase(_HOURS, plain_words, side[1] if side else place)
    if hour is None or not (side or is_half):
        return None
    return _with_part(plain_words, start, 60 * hour[0] + minutes * (side[0] if side else 1), hour[1])


def _from_the_hour(plain_words: Sequence[str], start: int) -> SpokenTime | None:
    """Seven, seven o'clock, seven thirty p m; nineteen thirty."""
    late = _phrase(_LATE_HOURS, plain_words, start)
    if late:
        minutes = _phrase(_MINUTES, plain_words, late[1])
        return SpokenTime(TimeOfDay(60 * late[0] + minutes[0]), start, minutes[1]) if minutes else None
    hour = _phrase(_HOURS, plain_words, start)
    if hour is None:
        return None
    place = hour[1]
    if plain_words[place : place + 1] == [OCLOCK]:
        return _with_part(plain_words, start, 60 * hour[0], place + 1)
    minutes = _phrase(_MINUTES, plain_words, place)
    return _with_part(
        plain_words, start, 60 * hour[0] + (minutes[0] if minutes else 0), minutes[1] if minutes else place
    )


def _with_part(plain_words: Sequence[str], start: int, minutes: int, place: int) -> SpokenTime:
    """A time between one and one o'clock, and the part of the day that may follow; noon needs none."""
    part = _phrase(_PARTS, plain_words, place)
    if part is None:
        about_noon = minutes >= NOON or minutes < 60  # "half past twelve", "quarter to one": nobody means the night
        return SpokenTime(TimeOfDay(minutes % NOON + NOON * about_noon, sure=about_noon), start, place)
    at_night = plain_words[place : part[1]] == ["at", "night"]
    afternoon = part[0] and not (at_night and minutes >= NOON)  # "twelve at night" is midnight
    return SpokenTime(TimeOfDay(minutes % NOON + NOON * afternoon), start, part[1])


def _phrase(phrases: Phrases, plain_words: Sequence[str], start: int) -> tuple[int, int] | None:
    """What the longest of some phrases that stands here is worth, and where it ends."""
    for end in range(min(start + 3, len(plain_words)), start, -1):
        value = phrases.get(tuple(plain_words[start:end]))
        if value is not None:
            return value, end
    return None


# ---- times -> what is said ----------------------------------------------------------------------------


def speak_time(moment: TimeOfDay, *, part: bool = False) -> str:
    """A time of day for the ear, in words that `times` understands: "half past seven".

    part: with the part of the day, where that is sure: "half past seven in the evening".
    """
    if moment.sure and moment.minutes in (NOON, MIDNIGHT):
        return "noon" if moment.minutes == NOON else "midnight"
    hour, minutes = divmod(moment.minutes, 60)
    spoken = _speak_clock(hour, minutes)
    return f"{spoken} {part_of_day(moment.minutes)}" if part and moment.sure else spoken


def part_of_day(minutes: int) -> str:
    """In the morning, in the afternoon or in the evening; minutes since midnight."""
    if minutes < NOON:
        return MORNING
    return AFTERNOON if minutes < 18 * 60 else EVENING


def _speak_clock(hour: int, minutes: int) -> str:
    this, following = (SMALL[(hour + later - 1) % 12 + 1] for later in (0, 1))
    for fraction, sign, quarter in ((30, "past", "half"), (15, "past", "quarter"), (45, "to", "quarter")):
        if minutes == fraction:
            return f"{quarter} {sign} {this if sign == 'past' else following}"
    if minutes == 0:
        return this
    return f"{this} {speak_number(minutes) if minutes >= 10 else f'oh {SMALL[minutes]}'}"


# ---- as templates -------------------------------------------------------------------------------------

_ONES = "|".join(SMALL[1:10])
_HOUR = f"({'|'.join(SMALL[1:13])})"
_PAST_TEN = f"(oh ({_ONES})|{'|'.join(SMALL[10:])}|({'|'.join(list(TENS)[:4])}) [({_ONES})])"
TIME_TEMPLATE = (
    f"(noon|midday|midnight|{_HOUR} [o'clock|{_PAST_TEN}] [{'|'.join(PARTS)}]"
    f"|(half|[a] quarter|five|ten|twenty|twenty five) (past|to) {_HOUR} [{'|'.join(PARTS)}])"
)
"""How a time of day is said, spelled out for the word graph: what `times` understands."""
