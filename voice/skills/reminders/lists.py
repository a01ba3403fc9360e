"""Reminders and rituals read aloud, three at a time."""

from dataclasses import dataclass, replace

from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion
from voice.language.calendar import speak_when
from voice.language.second_person import in_second_person
from voice.language.slots import TEXT
from voice.messages.meaning import Match
from voice.messages.records import Reminder, ReminderKind
from voice.skills.reminders.reminders import find

AT_ONCE = 3
BETWEEN = "; "
RITUAL = ReminderKind.RITUAL


@dataclass(frozen=True, slots=True)
class MoreReminders(PendingQuestion):
    """Whether they would like to hear the next three."""

    kind: ReminderKind | None
    """The kind that is read; None: every kind."""


def name_reminders(decision: Decision, match: Match) -> None:
    """ "What are our reminders", "when is our next date night"."""
    name, held = TEXT.said_in(match.slots), decision.records.reminders
    found = find(held, name) if name else None
    if found:
        decision.say("reminders", list=_line(decision, found))
    elif name and held:
        decision.say("no_reminder")
    else:
        _name(decision, None)


def name_rituals(decision: Decision, match: Match) -> None:
    """ "What are our rituals"."""
    _name(decision, RITUAL)


def _name(decision: Decision, kind: ReminderKind | None) -> None:
    """Read the first three, the next to come first. kind: None for every kind."""
    decision.change(named=replace(decision.state.named, reminders=0))
    _name_next(decision, kind)


def answer_more(decision: Decision, awaited: MoreReminders, yes: bool) -> None:
    """Name the next three, where they would like that."""
    decision.change(awaited=None)
    if yes:
        _name_next(decision, awaited.kind)
    else:
        decision.say("let_go")


def change_rituals(decision: Decision, match: Match) -> None:
    """ "Change our rituals": read them, and how to change them."""
    _name(decision, RITUAL)
    if not decision.state.awaited and any(each.kind == RITUAL for each in decision.records.reminders):
        decision.say("rituals_how")


def _name_next(decision: Decision, kind: ReminderKind | None) -> None:
    held = sorted((each for each in decision.records.reminders if kind in (None, each.kind)), key=lambda each: each.at)
    what = "rituals" if kind else "reminders"
    if not held:
        decision.say(f"no_{what}")
        return
    begin = decision.state.named.reminders
    named = held[begin : begin + AT_ONCE]
    decision.change(named=replace(decision.state.named, reminders=begin + len(named)))
    lines = BETWEEN.join(_line(decision, each) for each in named)
    decision.say(what if not begin else "reminders_more", list=lines)
    if begin + len(named) < len(held):
        decision.say("more_of_them")
        decision.change(awaited=MoreReminders(kind))


def _line(decision: Decision, reminder: Reminder) -> str:
    return f"{in_second_person(reminder.text)}, {speak_when(reminder.at, reminder.every, decision.here)}"


ANSWERS = (Answers(MoreReminders, answer_more),)
