"""Everything that a sentence says of when, put together from its pieces."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voice.language.moments.calendar_days import Day
from voice.language.moments.clock_times import ClockTime
from voice.language.moments.pieces import After, From, Occasion, Part, Piece, Until
from voice.language.moments.unclear import Unclear
from voice.language.moments.weekdays import DAILY, WEEKLY, Repeat, Without, without


@dataclass(frozen=True, slots=True)
class Plan:
    """What was said of when, as far as it was said."""

    clocks: tuple[ClockTime, ...] = ()
    """The times of day."""
    part: str = ""
    """The part of the day."""
    day: Day | None = None
    """The day."""
    repeat: Repeat | None = None
    """The recurrence."""
    until: Until | None = None
    """Its end."""
    begin: Day | None = None
    """The day on which it begins."""
    after: After | None = None
    """So long from now."""
    occasion: Unclear | None = None
    """Something without a time of its own was named."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said of when."""
        return self == Plan()


def planned(plan: Plan, pieces: Sequence[Piece], *, anew: bool = False) -> Plan | None:
    """The plan with more pieces; None when they contradict it. anew: what is said now counts instead."""
    for piece in pieces:
        if piece.joined and isinstance(piece.value, ClockTime) and plan.clocks:
            plan = replace(plan, clocks=(*plan.clocks, piece.value))
            continue
        anew = anew or piece.corrects
        more = _with(plan, piece, anew=anew)
        if more is None:
            return None
        plan = more
    return plan


def _with(plan: Plan, piece: Piece, *, anew: bool) -> Plan | None:
    match piece.value:
        case ClockTime():
            fits = anew or not (plan.clocks or plan.after)
            return replace(plan, clocks=(piece.value,), occasion=None) if fits else None
        case Part():
            fits = anew or not plan.part
            return replace(plan, part=piece.value.name) if fits and not plan.after else None
        case Day():
            return _with_day(plan, piece.value, anew=anew)
        case Repeat():
            return _with_repeat(plan, piece.value, anew=anew)
        case Without():
            return replace(plan, repeat=without(plan.repeat, piece.value)) if plan.repeat else None
        case Until():
            return replace(plan, until=piece.value) if anew or not plan.until else None
        case From():
            return replace(plan, begin=piece.value.day) if anew or not plan.begin else None
        case After():
            if anew:
                return Plan(after=piece.value)
            fits = not (plan.clocks or plan.day or plan.after)
            return replace(plan, after=piece.value) if fits else None
        case Occasion():
            fits = not (plan.clocks or plan.occasion)
            return replace(plan, occasion=piece.value.unclear) if fits else None


def _with_day(plan: Plan, day: Day, *, anew: bool) -> Plan | None:
    if anew and plan.day and not day.unclear:
        plan = replace(plan, day=None, part="" if day.part else plan.part)
    if plan.after:
        return None
    if plan.day and not plan.day.unclear:
        return None if not day.unclear else plan
    if plan.day and day.unclear:
        return None
    if plan.part and day.part and plan.part != day.part:
        return None
    return replace(plan, day=day, part=plan.part or day.part)


def _with_repeat(plan: Plan, repeat: Repeat, *, anew: bool) -> Plan | None:
    if plan.repeat is None or anew:
        return replace(plan, repeat=repeat, part=plan.part or repeat.part)
    merged = _merged(plan.repeat, repeat)
    return replace(plan, repeat=merged, part=plan.part or repeat.part) if merged else None


def _merged(one: Repeat, other: Repeat) -> Repeat | None:
    """Twice a week | on Mondays and Thursdays; every night | on weekdays."""
    weekly = {one.frequency, other.frequency} <= {DAILY, WEEKLY} and one.interval == other.interval == 1
    if not weekly or (one.weekdays and other.weekdays):
        return None
    days = one.weekdays or other.weekdays
    times = max(one.times, other.times)
    unclear = None if days else one.unclear or other.unclear
    return replace(one, frequency=WEEKLY if days else one.frequency, weekdays=days, times=times, unclear=unclear)
