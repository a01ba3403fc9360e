"""Tells the time: of the room, or of the audio that is being heard."""

import sys
import time
from datetime import UTC, datetime, timedelta, timezone, tzinfo

NOTICED = 2.0  # seconds by which the wall clock must be set to count; time servers nudge it by less


class LocalZone(tzinfo):
    """The time zone of this machine with all its rules, which the offset that `astimezone` gives does not know."""

    def utcoffset(self, moment: datetime | None, /) -> timedelta | None:
        """How far local time is ahead of UTC then."""
        return moment.replace(tzinfo=None).astimezone().utcoffset() if moment else None

    def dst(self, moment: datetime | None, /) -> timedelta | None:
        """Not known: how much of the offset is summer time, nobody asks."""
        return None

    def tzname(self, moment: datetime | None, /) -> str | None:
        """Its name then."""
        return moment.replace(tzinfo=None).astimezone().tzname() if moment else None

    def fromutc(self, moment: datetime, /) -> datetime:
        """The local time of a moment in UTC."""
        return moment.replace(tzinfo=UTC).astimezone().replace(tzinfo=self)


class Clock:
    """The time in the room, for evenings at the microphone and at the keyboard.

    While a computer is suspended, `at` stands still (on Linux and macOS) and `now` goes on; somebody who sets the
    computer's clock moves `now` alone, and `set_by` tells of it. So whatever is due on a date or at a time asks `now`;
    whatever is said, counted or waited for within the evening asks `at`; timers, which count on while the machine
    sleeps or the program is off, ask `now` and follow `set_by`.
    """

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._skipped = 0.0
        self._ahead = _ahead()

    def at(self) -> float:
        """Seconds since the session began."""
        return time.monotonic() - self._began + self._skipped

    def now(self) -> datetime:
        """The wall clock, aware, in local time."""
        return (datetime.now() + timedelta(seconds=self._skipped)).astimezone()

    def set_by(self) -> float:
        """Seconds by which the wall clock was set forward (or back, below 0) since this was last asked; mostly 0."""
        ahead = _ahead()
        seconds = ahead - self._ahead
        if abs(seconds) < NOTICED:
            return 0.0
        self._ahead = ahead
        return seconds

    def advance(self, seconds: float) -> None:
        """Act as if so many more seconds had passed."""
        self._skipped += seconds


def _ahead() -> float:
    """Seconds from the start of the machine to 1970, as its wall clock has it: changes only when that is set."""
    return time.time() - _awake_and_asleep()


def _awake_and_asleep() -> float:
    """Seconds since some moment, counted on while the machine is suspended, whatever its wall clock is set to."""
    if sys.platform == "win32":
        return time.monotonic()
    # Linux counts suspension in CLOCK_BOOTTIME alone, macOS in CLOCK_MONOTONIC, which is not what time.monotonic reads
    return time.clock_gettime(getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC))


class AudioClock:
    """The time of the audio: it passes only by `advance`, so a long evening can be heard in a short while.

    start: the wall clock, aware, at which the session begins.
    """

    def __init__(self, start: datetime) -> None:
        self._start = start
        self._at = 0.0
        offset = start.astimezone().utcoffset()
        # An offset that is that of this machine then changes with its clocks; any other one stays.
        self._zone = None if isinstance(start.tzinfo, timezone) and start.utcoffset() == offset else start.tzinfo

    def at(self) -> float:
        """Seconds since the session began."""
        return self._at

    def now(self) -> datetime:
        """What a wall clock would show, aware, in local time."""
        return (self._start.astimezone(UTC) + timedelta(seconds=self._at)).astimezone(self._zone)

    def set_by(self) -> float:
        """Seconds by which the wall clock was set since this was last asked: nobody sets this one."""
        return 0.0

    def advance(self, seconds: float) -> None:
        """So many seconds of audio have been heard."""
        self._at += seconds
