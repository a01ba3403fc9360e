"""Pieces of "when" among tokens: a time, a part of the day, a day, a recurrence, a length, a bound."""

from dataclasses import dataclass
from datetime import date

from voice.language.moments.calendar_days import Day
from voice.language.moments.clock_times import ClockTime, clock_time_at
from voice.language.moments.days import PARTS_OF_DAY, day_at
from voice.language.moments.lengths import DAY, Duration, bare_minutes_at, length_at
from voice.language.moments.meals import MEAL_TIMES, MEALS
from voice.language.moments.recurrences import repeat_at, without_at
from voice.language.moments.tokens import DASH, Tokens, at, follows
from voice.language.moments.unclear import Unclear
from voice.language.moments.weekdays import Repeat, Without

_OCCASIONS = (*MEALS, "bed", "work", "school", "supper", "tea", "brunch", "church", "the gym", "the movie", "the show")
_AT = (
    "at",
    "by",
    "around",
    "about",
    "at about",
    "at around",
    "round about",
    "at exactly",
    "exactly at",
    "sometime around",
)
_AT_MORE = ("come", "just after", "at roughly", "roughly at", "around about", "for around", "for about", "by around")
_NEAR = ("before", "after", "just before", "shortly before", "shortly after", "sometime before", "sometime after")
_ON = (
    "on",
    "on the",
    "by",
    "come",
    "this coming",
    "during",
    "during the",
    "at the",
    "at",
    "over",
    "over the",
    "sometime",
)
_FOR = ("for", "for the", "the")
_IN = (
    "in",
    "in about",
    "in around",
    "in roughly",
    "in exactly",
    "within",
    "in another",
    "after",
    "in like",
    "in maybe",
)
_UNTIL = ("until", "till", "up to", "up until", "through", "til", "up till", "ending", "ending on")
_FROM = (
    "from",
    "first",
    "first on",
    "starting",
    "starting from",
    "beginning",
    "as of",
    "starting on",
    "beginning on",
    "effective",
    "start",
)
_ONWARDS = ("on", "onwards", "onward", "on wards")
_EVENTS = (
    *("when", "once", "as soon as", "if", "whenever", "the moment", "next time", "the next time"),
    *("every time", "each time"),
)


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day that was named alone: in the morning, at night."""

    name: str
    """A value of PARTS_OF_DAY, such as "morning"."""


@dataclass(frozen=True, slots=True)
class Until:
    """When a recurrence ends."""

    day: Day | None = None
    """Its last day."""
    clock: ClockTime | None = None
    """Its last time of day."""
    length: Duration | None = None
    """How long it goes on."""


@dataclass(frozen=True, slots=True)
class From:
    """The day on which a recurrence begins."""

    day: Day
    """Its first day."""


@dataclass(frozen=True, slots=True)
class After:
    """So long from now."""

    length: Duration
    """How long."""


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something whose time nobody knows: after dinner, when Alex gets home, between six and seven."""

    unclear: Unclear
    """Why it has no time."""


Value = ClockTime | Part | Day | Repeat | Without | Until | From | After | Occasion


@dataclass(frozen=True, slots=True)
class Piece:
    """One piece of "when"."""

    value: Value
    """What it says."""
    start: int
    """The place of its first token, with "at" or "on"."""
    end: int
    """The place after its last token."""
    strength: int = 2
    """0: a mere number or word, which counts only beside another piece; 1: counts first or last in a sentence; 2:
    counts anywhere."""
    joined: bool = False
    """ "And" stands before it."""
    corrects: bool = False
    """ "No" or "I mean" stands before it: it replaces what was said."""


def piece_at(tokens: Tokens, place: int, today: date) -> Piece | None:
    """The longest piece that begins at this token; of pieces as long, the first kind named here."""
    found: list[Piece] = []
    for reader in (_occasion, _bound, _after, _repeat, _without, _day, _clock, _part):
        piece = reader(tokens, place, today)
        found += [piece] if piece else []
    return max(found, key=lambda piece: piece.end, default=None)


def _occasion(tokens: Tokens, place: int, today: date) -> Piece | None:
    end = follows(tokens, place, *(f"{word} {what}" for word in ("before", "after") for what in _OCCASIONS))
    if end > place:
        return Piece(Occasion(Unclear.NO_TIME), place, follows(tokens, end, "time"), 2)
    begin = follows(tokens, place, "between", "from", "sometime between", "at between")
    first = clock_time_at(tokens, begin) if begin > place else None
    second = (
        clock_time_at(tokens, first.end + 1) if first and at(tokens, first.end) in ("and", "to", DASH, "or") else None
    )
    if second and not length_at(tokens, begin):
        return Piece(Occasion(Unclear.RANGE), place, second.end)
    begin = follows(tokens, place, *_AT)
    first = clock_time_at(tokens, begin)
    if first and at(tokens, first.end) in ("or", DASH) and (second := clock_time_at(tokens, first.end + 1)):
        return Piece(Occasion(Unclear.RANGE), place, second.end, 2 if begin > place else 0)
    near = follows(tokens, place, *_NEAR)
    clock = clock_time_at(tokens, near) if near > place else None
    if clock and not length_at(tokens, near):
        return Piece(Occasion(Unclear.NO_TIME), place, clock.end, 1)
    event = follows(tokens, place, *_EVENTS)
    if event > place and place == 0 and not repeat_at(tokens, place, today):
        leads = (nth for nth in range(event + 2, len(tokens)) if at(tokens, nth) in ("to", "that", "remind"))
        lead = next(leads, None)
        return Piece(Occasion(Unclear.VAGUE), place, lead) if lead else None
    return None


def _bound(tokens: Tokens, place: int, today: date) -> Piece | None:
    """Until Christmas, until nine tonight, for two weeks, starting Monday, from tomorrow on."""
    begin = follows(tokens, place, *_FROM)
    if begin > place and (day := day_at(tokens, follows(tokens, begin, "on", "the"), today)):
        end = follows(tokens, day.end, *_ONWARDS) if at(tokens, place) == "from" else day.end
        return Piece(From(day), place, end, 1)
    begin = follows(tokens, place, *_UNTIL)
    if begin > place:
        return _until(tokens, place, follows(tokens, begin, "the", "on", "and including"), today)
    begin = follows(tokens, place, "for", "for the next", "for the following", "over the next", "during the next")
    length = length_at(tokens, begin) if begin > place else None
    if length and length.unit >= DAY and not length.unclear:
        return Piece(Until(length=length), place, length.end, 1)
    return None


def _until(tokens: Tokens, place: int, begin: int, today: date) -> Piece | None:
    day = day_at(tokens, begin, today)
    clock = clock_time_at(tokens, follows(tokens, day.end, "at") if day else follows(tokens, begin, "at"))
    if clock and not day:
        day = day_at(tokens, follows(tokens, clock.end, "on"), today)
        end = day.end if day else clock.end
        return Piece(Until(day, clock), place, end, 1)
    if day:
        return Piece(Until(day, clock), place, clock.end if clock else day.end, 1)
    return None


def _after(tokens: Tokens, place: int, today: date) -> Piece | None:
    """In half an hour, ten minutes from now, in two hours' time."""
    begin = follows(tokens, place, *_IN)
    length = length_at(tokens, begin) or (bare_minutes_at(tokens, begin) if begin > place else None)
    if length is None or length.days or length.months or (length.unit >= DAY and begin == place):
        return None
    end = follows(tokens, length.end, "from now", "time", "hence", "from this moment")
    if begin == place and (end == length.end or at(tokens, end - 1) == "time"):
        return None
    if length.unclear is Unclear.VAGUE and not length.unit and begin == place:
        return None
    return Piece(After(length), place, end)


def _repeat(tokens: Tokens, place: int, today: date) -> Piece | None:
    begin = follows(tokens, place, "on", "on the", "the", "in the", "at the")
    found = repeat_at(tokens, place, today)
    if found is None and begin > place and at(tokens, place) != "in":
        led = repeat_at(tokens, begin, today)
        found = None if led and led.bare else led  # "the daily walk"
    return Piece(found, place, found.end, 1 if found.bare else 2) if found else None


def _without(tokens: Tokens, place: int, today: date) -> Piece | None:
    found = without_at(tokens, place)
    return Piece(found, place, found.end, 1) if found else None


def _day(tokens: Tokens, place: int, today: date) -> Piece | None:
    """Tomorrow, on Friday, for Saturday, the 24th of December."""
    direct = day_at(tokens, place, today)
    begin = follows(tokens, place, *_ON)
    weak = follows(tokens, place, *_FOR)
    led = day_at(tokens, begin, today) if begin > place else None
    meant_for = day_at(tokens, weak, today) if weak > place else None
    if led and not (direct and direct.end >= led.end):
        return Piece(led, place, led.end, 2)
    if direct:
        is_number = direct.bare and direct.weekday is None and not direct.unclear
        return Piece(direct, place, direct.end, 0 if is_number else 1 if direct.bare else 2)
    if meant_for:
        holiday = meant_for.yearly and at(tokens, weak) not in ("the",)
        return Piece(meant_for, place, meant_for.end, 0 if holiday or meant_for.monthday else 1)
    return None


def _clock(tokens: Tokens, place: int, today: date) -> Piece | None:
    """At seven, around half eight, 19:30, for nine, at dinner."""
    if (end := follows(tokens, place, *MEAL_TIMES)) > place:
        minutes = MEAL_TIMES[" ".join(token.plain for token in tokens[place:end])]
        return Piece(ClockTime(minutes, True, place, end), place, end, 2 if end > place + 1 else 1)
    begin = follows(tokens, place, *_AT, *_AT_MORE)
    clock = clock_time_at(tokens, begin)
    if clock and not _counts(tokens, begin, clock):
        strength = 2 if begin > place else 0 if clock.bare else 1
        return Piece(clock, place, clock.end, strength)
    begin = follows(tokens, place, "for", "to", "the")
    clock = clock_time_at(tokens, begin) if begin > place else None
    if clock and not _counts(tokens, begin, clock):
        return Piece(clock, place, clock.end, 0 if clock.bare or at(tokens, place) != "for" else 1)
    return None


def _counts(tokens: Tokens, place: int, clock: ClockTime) -> bool:
    """Whether it is a length or a number of things instead: five minutes, half eight hours."""
    length = length_at(tokens, place)
    military = at(tokens, clock.end - 2) == "hundred"  # "eighteen hundred hours"
    return length is not None and length.end >= clock.end and not military


def _part(tokens: Tokens, place: int, today: date) -> Piece | None:
    begin = follows(tokens, place, "the", "in the", "this", "late in the")
    for start in {place, begin}:
        end = follows(tokens, start, *PARTS_OF_DAY)
        if end > start:
            name = PARTS_OF_DAY[" ".join(token.plain for token in tokens[start:end])]
            return Piece(Part(name), place, end, 1 if end > start + 1 or at(tokens, place) == "in" else 0)
    return None
