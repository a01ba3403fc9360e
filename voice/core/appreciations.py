"""Appreciations by voice: how they are said, and offered to be read at night; they are kept as all lines are."""

from dataclasses import replace
from datetime import time

from voice.core import lines
from voice.core.decision import Decision
from voice.core.kinds import APPRECIATION
from voice.core.phrasing import as_note
from voice.core.recap import in_period
from voice.core.state import Awaited
from voice.messages import MarkDone, Match, Mode

NIGHTLY = "nightly recap"
SETTLED = 20.0  # seconds of quiet before it offers the nightly recap by itself

# ---- from the line to the note ----------------------------------------------------------------------


def said(decision: Decision, match: Match) -> None:
    """ "I appreciate that Sam ...", "thank you Sam for ...": the one who is not named said it."""
    for_whom = str(match.slots["name"])
    who, text = decision.manners.other(for_whom), str(match.slots["text"])
    note = as_note(text, who, for_whom, decision.now)
    if match.intent == "appreciate_for":
        note = replace(note, frame="for")
    lines.read_back(decision, note)


def opened(decision: Decision, match: Match) -> None:
    """ "Log an appreciation": ask what it is."""
    for_whom = str(match.slots.get("name", ""))
    who = decision.manners.other(for_whom) if for_whom else ""
    decision.change(awaited=Awaited("line", who, for_whom, about=APPRECIATION, mode=Mode.WORDS))
    decision.say("what_for" if for_whom else "what_for_whom", name=for_whom)


# ---- recap -------------------------------------------------------------------------------------------


def offer(decision: Decision) -> None:
    """At the time set, once per date and never in quiet hours, ask whether they would like tonight's."""
    manners, now, state = decision.manners, decision.now, decision.state
    today = (NIGHTLY, now.date().isoformat())
    if manners.recap_at is None or now.time() < manners.recap_at or today in decision.records.done:
        return
    if manners.quiet_hours and inside(manners.quiet_hours, now.time()):
        return
    busy = state.walk or state.awaited or state.speaking or state.ringing
    if busy or decision.at - state.voices_at < SETTLED:
        return
    if not in_period([note for note in decision.records.notes if note.kind == APPRECIATION], "tonight", now):
        return
    decision.act(MarkDone(*today))
    decision.change(awaited=Awaited("recap"))
    decision.chime("hello")
    decision.say("recap_offer")


def answered_recap(decision: Decision, awaited: Awaited, yes: bool) -> None:
    """Whether they would like tonight's now."""
    decision.change(awaited=None)
    if yes:
        lines.read(decision, APPRECIATION, "tonight")
    else:
        decision.say("recap_declined")


def inside(hours: tuple[time, time], now: time) -> bool:
    """Whether this time of day lies from the first of the two hours on and before the second, over midnight too."""
    begin, end = hours
    return begin <= now < end if begin <= end else now >= begin or now < end
