"""A wall clock that is set, or that was wrong when the machine started: timers last as long as they are."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.evening import DINNER, Evening
from voice.edges import clock as clocks
from voice.edges.clock import AudioClock, Clock
from voice.edges.journal import Journal
from voice.messages.actions import SetTimer, TimerStatus
from voice.messages.records import Timer, TimerKind

HOURS_55 = 55 * 3600.0


class SettableClock(AudioClock):
    """A wall clock that somebody sets while the evening goes on."""

    def __init__(self, start: datetime) -> None:
        super().__init__(start)
        self._all = self._untold = 0.0

    def set(self, seconds: float) -> None:
        """Set it forward, or back."""
        self._all += seconds
        self._untold += seconds

    def set_by(self) -> float:
        untold, self._untold = self._untold, 0.0
        return untold

    def now(self) -> datetime:
        return super().now() + timedelta(seconds=self._all)


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    one = Evening(tmp_path)
    clock = SettableClock(one.clock.now())
    one.clock = one.loop.clock = clock
    yield one
    one.close()


def set_clock(evening: Evening, seconds: float) -> None:
    assert isinstance(evening.clock, SettableClock)
    evening.clock.set(seconds)


@pytest.mark.parametrize("seconds", [HOURS_55, -HOURS_55, 3600.0, -40.0])
def test_a_timer_lasts_as_long_as_it_is_however_the_clock_is_set(evening: Evening, seconds: float) -> None:
    evening.address("set a pasta timer for eight minutes")
    evening.wait(60)
    set_clock(evening, seconds)
    assert evening.wait(2) == []
    assert "pasta" in evening.address("how long is left on the pasta timer")[0]
    [timer] = evening.house.journal.records().timers
    assert timer.ends_at is not None
    assert 6 * 60 < (timer.ends_at - evening.clock.now()).total_seconds() < 7 * 60 + 1
    evening.wait(6 * 60)
    assert evening.events("timer")[-1]["state"] != "ringing"
    evening.wait(70)
    assert evening.events("timer")[-1]["state"] == "ringing"
    assert any("pasta" in line for line in evening.said[-1:])


def test_a_paused_timer_and_one_that_was_set_by_a_session_keep_what_is_left(evening: Evening) -> None:
    evening.address("set a pasta timer for eight minutes")
    evening.address("pause the timer")
    set_clock(evening, HOURS_55)
    evening.wait(1)
    [timer] = evening.house.journal.records().timers
    assert timer.ends_at is None
    assert 7 * 60 < timer.left <= 8 * 60


def test_the_jump_is_told(evening: Evening) -> None:
    set_clock(evening, -3600.0)
    evening.wait(2)
    assert evening.events("clock") == [{"set_by": -3600.0}]


def test_what_is_for_a_time_of_day_follows_the_clock(evening: Evening) -> None:
    evening.address("remind us at ten past eight to call grandma")
    evening.wait(60)
    set_clock(evening, 3600.0)
    assert any("grandma" in line for line in evening.wait(60))


def test_an_agreed_break_lasts_as_long_as_before(evening: Evening) -> None:
    evening.address("we need a break")
    evening.wait(40)
    before = evening.house.journal.records().agreed_return
    assert before is not None
    set_clock(evening, HOURS_55)
    evening.wait(2)
    after = evening.house.journal.records().agreed_return
    assert after is not None
    assert (after.at - before.at).total_seconds() == HOURS_55


def test_a_clock_that_starts_in_the_past_makes_no_timer_of_55_hours(tmp_path: Path) -> None:
    """After a power cut the machine shows the time of its last shutdown."""
    journal = Journal(tmp_path / "journal.sqlite3")
    ends_at = DINNER + timedelta(seconds=HOURS_55)
    journal.store(SetTimer(Timer(TimerKind.TIMER, "pasta", 480.0, ends_at), TimerStatus.STARTED))
    journal.close()
    evening = Evening(tmp_path)
    try:
        evening.wait(470)
        assert evening.said == []
        assert any("pasta" in line for line in evening.wait(20))
    finally:
        evening.close()


def test_the_clock_of_the_room_notices_that_it_was_set(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    assert clock.set_by() == 0.0
    real = clocks.time.time
    monkeypatch.setattr(clocks.time, "time", lambda: real() + HOURS_55)
    assert clock.set_by() == pytest.approx(HOURS_55, abs=1.0)
    assert clock.set_by() == 0.0
    monkeypatch.setattr(clocks.time, "time", real)
    assert clock.set_by() == pytest.approx(-HOURS_55, abs=1.0)


def test_a_clock_that_is_nudged_was_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    real = clocks.time.time
    monkeypatch.setattr(clocks.time, "time", lambda: real() + 0.8)
    assert clock.set_by() == 0.0
