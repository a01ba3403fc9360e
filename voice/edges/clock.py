"""Tells the time: of the room, or of the audio that is being heard."""

import time
from datetime import UTC, datetime, timedelta, timezone, tzinfo


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
    computer's clock moves `now` alone. So whatever is due on a date or at a time asks `now`; whatever is said,
    counted or waited for within the evening asks `at`.
    """

    def __init__(self) -> None:
        self._began = time.monotonic()
        self._skipped = 0.0

    def at(self) -> float:
        """Seconds since the session began."""
        return time.monotonic() - self._began + self._skipped

    def now(self) -> datetime:
        """The wall clock, aware, in local time."""
        return (datetime.now() + timedelta(seconds=self._skipped)).astimezone()

    def advance(self, seconds: float) -> None:
        """Act as if so many more seconds had passed."""
        self._skipped += seconds


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

    def advance(self, seconds: float) -> None:
        """So many seconds of audio have been heard."""
        self._at += seconds
