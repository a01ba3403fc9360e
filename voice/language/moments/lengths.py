"""Durations: half an hour, 5 1/2 minutes, an hour less five minutes, ten to fifteen minutes."""

from dataclasses import dataclass, replace

from voice.language.moments.corrections import corrected
from voice.language.moments.numerals import Number, fraction_at, number_at, whole_at
from voice.language.moments.tokens import DASH, Tokens, at, follows, tokens_of
from voice.language.moments.unclear import Unclear
from voice.language.text import SMALL, TENS

SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, YEAR = (
    1,
    60,
    3600,
    86_400,
    604_800,
    2_629_800,
    31_557_600,
)  # seconds, on average
UNITS = {
    "second": SECOND,
    "minute": MINUTE,
    "hour": HOUR,
    "day": DAY,
    "night": DAY,
    "week": WEEK,
    "fortnight": 2 * WEEK,
    "month": MONTH,
    "year": YEAR,
}
LETTERS = {"s": SECOND, "m": MINUTE, "h": HOUR}  # after digits: 5m, 1h30
_ONE = {"a": 1.0, "an": 1.0, "another": 1.0, "won": 1.0, "to": 2.0, "too": 2.0, "ate": 8.0}  # and numbers misheard
_BEFORE_UNIT = ("more", "whole", "full", "solid", "extra", "little", "short", "good", "of", "of a", "of an", "a", "an")
_BEFORE_NUMBER = ("another", "a further", "a good", "a full", "about", "around", "roughly", "like", "say")
_MOST_BARE_MINUTES = 90
_VAGUE = ("a few", "few", "some", "several", "a couple or three", "many", "a number of")
_WHILES = ("a while", "a bit", "a little while", "a little bit", "a moment", "a sec", "some time", "a jiffy")
_MAKES = ("make it", "make that", "so", "so make it", "so just make it", "actually", "that makes", "thats", "which is")
_SHORT_OF = ("less than", "short of", "shy of", "before the end of")
_LESS, _RANGE = ("less", "minus", "take away"), ("to", "or", "and", DASH)


@dataclass(frozen=True, slots=True)
class Duration:
    """A duration among the tokens of a text."""

    seconds: float
    """How long; of a range the shorter end, 0 where no value was said."""
    longest: float
    """The longer end of a range, in seconds; elsewhere as `seconds`."""
    start: int
    """The place of its first token."""
    end: int
    """The place after its last token."""
    unit: float = 0.0
    """Its smallest unit, in seconds."""
    days: int = 0
    """Whole days of the calendar, where it was said in days or weeks alone."""
    months: int = 0
    """Whole months of the calendar, where it was said in months or years alone."""
    unclear: Unclear | None = None
    """Why it has no single value; None: it has."""


def duration_in(text: str) -> Duration | None:
    """The duration that a text names, the first one that has a value; None when it names none."""
    tokens = corrected(tokens_of(text), amount_end)
    found = list[Duration]()
    place = 0
    while place < len(tokens):
        length = length_at(tokens, place)
        found += [length] if length else []
        place = length.end if length else place + 1
    if not found:
        return None
    chosen = next((each for each in found if each.unclear is None), found[0])
    return remade(tokens, chosen)


def remade(tokens: Tokens, said: Duration) -> Duration:
    """The duration that replaces it: "ten minutes and another ten, so make it twenty"."""
    for place in range(said.end, len(tokens)):
        end = follows(tokens, follows(tokens, place, *_MAKES), "just", "do", "call it", "i want", "i need", "make it")
        number = number_at(tokens, end) if end > place else None
        if number and said.unit and not length_at(tokens, end):
            seconds = number[0] * said.unit
            return replace(said, seconds=seconds, longest=seconds, end=number[1])
    return said


def amount_end(tokens: Tokens, place: int) -> int | None:
    """Where the duration or the number that begins at this token ends; None: none begins here."""
    length = length_at(tokens, place)
    number = None if length else number_at(tokens, place)
    return length.end if length else number[1] if number else None


def length_at(tokens: Tokens, place: int) -> Duration | None:
    """The longest duration that begins at this token."""
    if vague := _vague_at(tokens, place):
        return vague
    if at(tokens, place) in ("minus", "negative"):
        length = _sum_at(tokens, place + 1)
        return replace(length, start=place, unclear=Unclear.IMPOSSIBLE) if length else None
    if ranged := _range_at(tokens, place):
        return ranged
    length = _sum_at(tokens, place)
    if length is None:
        return None
    after = follows(tokens, length.end, *_LESS)
    if after > length.end and (less := _sum_at(tokens, after)):
        seconds = length.seconds - less.seconds
        length = replace(length, seconds=seconds, longest=seconds, end=less.end, days=0, months=0, unit=less.unit)
    short = follows(tokens, length.end, *_SHORT_OF)
    if short > length.end and (whole := _sum_at(tokens, short)) and whole.seconds > length.seconds:
        seconds = whole.seconds - length.seconds
        length = replace(length, seconds=seconds, longest=seconds, end=whole.end, days=0, months=0)
    length = replace(length, end=follows(tokens, length.end, "or so", "or thereabouts", "exactly", "sharp"))
    return replace(length, unclear=None if length.seconds > 0 else Unclear.IMPOSSIBLE)


def bare_minutes_at(tokens: Tokens, place: int) -> Duration | None:
    """The minutes of "in ten to turn it off", where no unit is said."""
    number = whole_at(tokens, place)
    if number is None or not 1 < number[0] <= _MOST_BARE_MINUTES:
        return None
    is_led = at(tokens, number[1]) in ("to", "that", "about", "") and not whole_at(tokens, number[1] + 1)
    seconds = 60.0 * number[0]
    return Duration(seconds, seconds, place, number[1], MINUTE) if is_led else None


def _vague_at(tokens: Tokens, place: int) -> Duration | None:
    """A few minutes, a while: no value."""
    if (end := follows(tokens, place, *_WHILES)) > place:
        return Duration(0.0, 0.0, place, end, unclear=Unclear.VAGUE)
    begin = follows(tokens, place, *_VAGUE)
    end = follows(tokens, begin, "more", "short", "good", "hundred")
    unit = _unit(tokens, end) if begin > place else None
    return Duration(0.0, 0.0, place, end + 1, unit, unclear=Unclear.VAGUE) if unit else None


def _range_at(tokens: Tokens, place: int) -> Duration | None:
    """Ten to fifteen minutes, between ten and fifteen minutes, a minute or two, five minutes or ten."""
    begin = follows(tokens, place, "between", "from")
    low = number_at(tokens, begin)
    if low and at(tokens, low[1]) in _RANGE and (at(tokens, low[1]) != "and" or begin > place):
        high = _sum_at(tokens, low[1] + 1)
        if high and high.unit and high.seconds > low[0] * high.unit:
            return replace(high, seconds=low[0] * high.unit, start=place, unclear=Unclear.RANGE)
    length = _sum_at(tokens, place)
    if length is None or at(tokens, length.end) not in ("to", "or"):
        return None
    more = number_at(tokens, length.end + 1)
    other = _sum_at(tokens, length.end + 1)
    if other:
        return replace(length, longest=other.seconds, end=other.end, unclear=Unclear.RANGE)
    if more and at(tokens, length.end) == "or" and more[0] * length.unit > length.seconds:
        return replace(length, longest=more[0] * length.unit, end=more[1], unclear=Unclear.RANGE)
    return None


def _sum_at(tokens: Tokens, place: int) -> Duration | None:
    """Amounts of units from great to small: an hour and ten minutes, two minutes thirty, 1h30."""
    part = _part_at(tokens, place)
    if part is None:
        return None
    total = part
    while more := _part_at(tokens, follows(tokens, part.end, "and", "and then")):
        if more.unit >= part.unit:
            break
        total = replace(
            total,
            seconds=total.seconds + more.seconds,
            end=more.end,
            unit=more.unit,
            days=0 if more.unit < DAY else total.days + more.days,
            months=0 if more.unit < MONTH else total.months + more.months,
        )
        part = more
    if part.unit in (MINUTE, HOUR) and (trailing := _trailing_at(tokens, part.end)):
        smaller = part.unit / 60
        total = replace(total, seconds=total.seconds + trailing[0] * smaller, end=trailing[1], unit=smaller)
    return replace(total, longest=total.seconds)


def _trailing_at(tokens: Tokens, place: int) -> Number | None:
    """The number without a unit in "two minutes thirty", "an hour and fifteen", "3 minutes 20"."""
    joined = follows(tokens, place, "and")
    number = number_at(tokens, joined)
    if number is None or not number[0].is_integer() or number[0] >= 60 or number[0] < (5 if joined > place else 10):
        return None
    follower = at(tokens, number[1])
    is_clock = follower == "to" and (
        number_at(tokens, number[1] + 1) or at(tokens, number[1] + 1) in ("noon", "midnight")
    )
    is_other = _unit(tokens, number[1]) or is_clock or follower in ("am", "pm", "oclock", "past", "people", "percent")
    return None if is_other else number


def _part_at(tokens: Tokens, place: int) -> Duration | None:
    """An amount of one unit: five minutes, half an hour, an hour and a half, a couple of minutes."""
    begin = follows(tokens, place, *_BEFORE_NUMBER)
    number = number_at(tokens, begin)
    if number is None and at(tokens, place) in _ONE:
        number = (_ONE[at(tokens, place)], place + 1)
    if number is None:
        return _bare_unit_at(tokens, place)
    end = follows(tokens, number[1], *_BEFORE_UNIT)
    end = follows(tokens, end, "of", *_BEFORE_UNIT) if end > number[1] else end
    unit = _unit(tokens, end)
    if unit is None and number[1] == begin + 1 and at(tokens, begin) in ("a", "an"):
        return None
    if unit is None:
        return None
    return _with_fraction(tokens, number[0], unit, place, end + 1)


def _bare_unit_at(tokens: Tokens, place: int) -> Duration | None:
    """Hour and a half, without an article."""
    unit = _unit(tokens, place)
    if unit is None or at(tokens, place + 1) != "and" or not fraction_at(tokens, place + 2, article=True):
        return None
    return _with_fraction(tokens, 1.0, unit, place, place + 1)


def _with_fraction(tokens: Tokens, amount: float, unit: float, place: int, end: int) -> Duration:
    if at(tokens, end) == "and" and (fraction := fraction_at(tokens, end + 1, article=True)):
        more = _unit(tokens, follows(tokens, fraction[1], "of an", "of a", "an", "a", "of"))
        amount, end = (amount, end) if more else (amount + fraction[0], fraction[1])
    seconds = amount * unit
    whole = amount.is_integer()
    days = int(amount) * int(unit // DAY) if whole and unit in (DAY, WEEK, 2 * WEEK) else 0
    months = int(amount) * (12 if unit == YEAR else 1) if whole and unit in (MONTH, YEAR) else 0
    if amount == 0.5 and unit == YEAR:
        months = 6
    return Duration(seconds, seconds, place, end, unit, days, months)


def _unit(tokens: Tokens, place: int) -> int | None:
    word = at(tokens, place)
    before = at(tokens, place - 1)
    if word in LETTERS and (before in SMALL or before in TENS or before.replace(".", "").isdecimal()):
        return LETTERS[word]
    return UNITS.get(word) or UNITS.get(word.removesuffix("s"))
