"""One decision: what it may change, and when Hearthside may speak by itself."""

from dataclasses import fields, replace
from datetime import datetime

import pytest

from tests.support.english import english_content
from voice.dialogue.decision import Decision, StateChanges
from voice.dialogue.night import evening_of
from voice.dialogue.state import Household, PendingQuestion, Ringing, State, TimerState
from voice.messages.records import Records

NOON = datetime(2026, 11, 23, 12).astimezone()
QUIET = State(voices_at=100.0)


def decision(state: State, at: float) -> Decision:
    return Decision(state, english_content(), Household(("Alex", "Sam")), Records(), at, NOON, 1)


def test_every_field_of_the_state_can_be_changed() -> None:
    assert set(StateChanges.__annotations__) == {field.name for field in fields(State)}


@pytest.mark.parametrize(("at", "quiet"), [(119.9, False), (120.0, True)])
def test_it_speaks_by_itself_only_after_so_many_seconds_without_a_voice(at: float, quiet: bool) -> None:
    assert decision(QUIET, at).is_quiet_for(20.0) is quiet


@pytest.mark.parametrize(
    "state",
    [
        replace(QUIET, speaking=True),
        replace(QUIET, awaited=PendingQuestion()),
        replace(QUIET, timers=TimerState({1: Ringing(1, 100.0)})),
        replace(QUIET, care="not_okay"),
    ],
)
def test_it_never_speaks_by_itself_while_something_goes_on(state: State) -> None:
    assert not decision(state, 1000.0).is_quiet_for(20.0)


@pytest.mark.parametrize(("hour", "minute", "day"), [(4, 59, 22), (5, 0, 23), (23, 0, 23)])
def test_the_evening_ends_at_five_in_the_morning(hour: int, minute: int, day: int) -> None:
    assert evening_of(NOON.replace(hour=hour, minute=minute)).day == day
