"""An alarm: a timer that rings at a time of day, within a day."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion
from voice.language.calendar import speak_when
from voice.language.moments.reading import Moment, moment_in
from voice.messages.actions import SetTimer, TimerStatus
from voice.messages.meaning import Match
from voice.messages.recognition import Mode
from voice.messages.records import Timer, TimerKind

FARTHEST = 24 * 3600.0  # seconds ahead
MORNING, EVENING = 7 * 60, 19 * 60  # minutes since midnight: nearest to them is what an hour like "six" may be
_WAKES = re.compile(r"\b(?:wake|woken|up)\b")
_FOR = re.compile(r"\bfor\b")  # "for seven" is at seven


@dataclass(frozen=True, slots=True)
class AlarmTime(PendingQuestion):
    """At what time an alarm is to ring. Silence: none is set."""

    wakes: bool
    """It is to wake somebody."""
    mode: Mode = field(default=Mode.ANSWER, kw_only=True)
    """It listens for a time."""


def set_alarm(decision: Decision, match: Match) -> None:
    """ "Set an alarm for seven", "wake us at half past six"."""
    wakes = _WAKES.search(match.text) is not None
    if found := _moments(match.text, decision.here, wakes):
        _set(decision, found)
    else:
        decision.change(awaited=AlarmTime(wakes))
        decision.say("alarm_when")


def _set(decision: Decision, found: Sequence[Moment]) -> None:
    """Set an alarm for the first of some moments, or say why none can be."""
    at = min(moment.first for moment in found if moment.first)
    seconds = (at - decision.here).total_seconds()
    if seconds > FARTHEST or any(moment.rule for moment in found):
        decision.say("alarm_far_off")
    else:
        decision.act(SetTimer(Timer(TimerKind.ALARM, "alarm", seconds, at), TimerStatus.STARTED))


def _moments(words: str, now: datetime, wakes: bool) -> list[Moment]:
    """What a time of day may be: the next morning's for an alarm that wakes, else that of either half of the day.

    None where the words name no time.
    """
    usual = (MORNING,) if wakes else (MORNING, EVENING)
    moments = [moment_in(_FOR.sub("at", words), now, each) for each in usual]
    return [moment for moment in moments if moment.first is not None]


def tell(decision: Decision, timer: Timer, reply: str = "alarm_set") -> bool:
    """Say when an alarm rings: "tomorrow at seven in the morning"; False: it is no alarm, or a paused one."""
    if timer.kind is not TimerKind.ALARM or timer.ends_at is None:
        return False
    decision.say(reply, when=speak_when(timer.ends_at, "", decision.here))
    return True


def _take_time(decision: Decision, awaited: AlarmTime, words: str) -> bool:
    found = _moments(f"at {words}", decision.here, awaited.wakes)
    if found:
        decision.change(awaited=None)
        _set(decision, found)
    return bool(found)


def _take_choice(decision: Decision, awaited: AlarmTime, match: Match) -> bool:
    return _take_time(decision, awaited, match.text)


ANSWERS = (Answers(AlarmTime, chosen=_take_choice, in_words=_take_time),)
