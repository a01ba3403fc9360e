"""An alarm: a timer that rings at a time of day, within a day."""

import re
from collections.abc import Iterator
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
    if not _set(decision, match.text, wakes):
        decision.change(awaited=AlarmTime(wakes))
        decision.say("alarm_when")


def _set(decision: Decision, words: str, wakes: bool) -> bool:
    """Set an alarm for the time that some words name, or say why none can be; False: they name none."""
    found = list(_moments(words, decision.here, wakes))
    if not found:
        return False
    at = min(moment.first for moment in found if moment.first)
    seconds = (at - decision.here).total_seconds()
    if seconds > FARTHEST or any(moment.rule for moment in found):
        decision.say("alarm_far_off")
    else:
        decision.act(SetTimer(Timer(TimerKind.ALARM, "alarm", seconds, at), TimerStatus.STARTED))
    return True


def _moments(words: str, now: datetime, wakes: bool) -> Iterator[Moment]:
    """What a time of day may be: the next morning's for an alarm that wakes, else that of either half of the day."""
    for usual in (MORNING,) if wakes else (MORNING, EVENING):
        moment = moment_in(_FOR.sub("at", words), now, usual)
        if moment.first is not None:
            yield moment


def alarm_time(decision: Decision, timer: Timer) -> str:
    """When an alarm rings, for the ear: "tomorrow at seven in the morning"."""
    return speak_when(timer.ends_at, "", decision.here) if timer.ends_at else ""


def _take_time(decision: Decision, awaited: AlarmTime, words: str) -> bool:
    decision.change(awaited=None)
    if _set(decision, f"at {words}", awaited.wakes):
        return True
    decision.change(awaited=awaited)
    return False


def _take_choice(decision: Decision, awaited: AlarmTime, match: Match) -> bool:
    return _take_time(decision, awaited, match.text)


ANSWERS = (Answers(AlarmTime, chosen=_take_choice, in_words=_take_time),)
