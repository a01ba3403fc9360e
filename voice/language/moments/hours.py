"""Which hour of the day was meant: seven in the morning or in the evening."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from voice.language.moments.clock_times import AFTERNOON, DAY_MINUTES, EVENING, MORNING, NOON, ClockTime, settled
from voice.language.moments.plan import Plan

USUAL = {MORNING: 8 * 60, AFTERNOON: 15 * 60, EVENING: 21 * 60}  # where only the part of the day was said
WAKING = 7 * 60  # minutes since midnight: an hour before that without a word is one of the afternoon
EITHER_FROM, EITHER_TO = 8 * 60, 10 * 60  # on another day these are asked about; seven is in the evening, ten is not
_SMALL_HOURS = 4 * 60  # "tonight at one" is after midnight


@dataclass(frozen=True, slots=True)
class Hours:
    """The minutes of a day that a time can be."""

    clocks: tuple[ClockTime, ...]
    """The times of day that were said."""
    part: str
    """The part of the day that was said; "" for none."""
    is_anywhen: bool
    """No day was said: the next such hour while people are awake."""
    now: datetime
    """From when on it is seen."""
    usual: int | None
    """The usual minute of the day, which decides; None: there is none."""
    named_today: bool
    """ "Today" was said, and no weekday or date."""

    def on(self, day: date) -> list[int]:
        """The minutes that the only time can be on this day, at most two."""
        if not self.clocks:
            return [USUAL[self.part]]
        clock = self.clocks[0]
        if clock.sure or self.part or self.usual is not None:
            return self._settled(clock, shifted=True)
        both = [minutes for minutes in (clock.minutes, clock.minutes + NOON) if minutes >= WAKING]
        if self.is_anywhen or day == self.now.date():
            return both if self.is_anywhen or self.named_today else self._left_today(clock, both)
        return self._on_another_day(clock)

    def is_open(self, day: date) -> bool:
        """Whether two hours that are both ahead on this day are to be asked about."""
        return not self.is_anywhen and not (self.named_today and day == self.now.date())

    def every(self) -> Iterator[list[int]]:
        """For each time of a recurrence the minutes that it can be."""
        if not self.clocks:
            yield [USUAL[self.part]]
        sure = [clock for clock in self.clocks if clock.sure]
        for clock in self.clocks:
            if clock.sure or self.part or self.usual is not None:
                yield self._settled(clock, shifted=False)
            elif sure:
                yield [clock.minutes + (NOON if sure[-1].minutes >= NOON else 0)]
            else:
                yield self._on_another_day(clock)

    def _settled(self, clock: ClockTime, *, shifted: bool) -> list[int]:
        """The one that the part of the day or the habit says. shifted: the hours after midnight are of the night."""
        if clock.sure:
            at_midnight = self.part == EVENING and NOON <= clock.minutes < NOON + 60  # "half past twelve tonight"
            minutes = clock.minutes - NOON if at_midnight else clock.minutes
            late = self.part == EVENING and minutes < _SMALL_HOURS and shifted
            return [minutes + DAY_MINUTES if late else minutes]
        if self.part == EVENING and clock.minutes < _SMALL_HOURS:
            return [clock.minutes + (DAY_MINUTES if shifted else 0)]
        if self.part:
            return [settled(clock.minutes, self.part)]
        usual = self.usual or 0
        return [min((clock.minutes, clock.minutes + NOON), key=lambda minutes: abs(minutes - usual))]

    def _left_today(self, clock: ClockTime, both: list[int]) -> list[int]:
        """Of a weekday or a date that is today: an hour of the morning that is over is asked about."""
        passed = self.now.hour * 60 + self.now.minute
        ahead = [minutes for minutes in both if minutes > passed]
        rule = self._on_another_day(clock)
        return [minutes for minutes in ahead if minutes in rule] or rule

    def _on_another_day(self, clock: ClockTime) -> list[int]:
        if EITHER_FROM <= clock.minutes < EITHER_TO:
            return [clock.minutes, clock.minutes + NOON]
        return [clock.minutes if clock.minutes >= EITHER_TO else clock.minutes + NOON]


def hours_of(plan: Plan, now: datetime, usual: int | None) -> Hours:
    """The hours that a plan can mean."""
    is_today = bool(plan.day and plan.day.dates == (now.date(),) and plan.day.weekday is None and not plan.day.yearly)
    anywhen = plan.day is None or not plan.day.dates
    return Hours(plan.clocks, plan.part, anywhen, now, usual, is_today)
