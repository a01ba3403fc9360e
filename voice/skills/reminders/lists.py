"""Reminders and rituals read aloud, three at a time."""

from voice.dialogue.decision import Decision
from voice.dialogue.state import PendingQuestion
from voice.language.calendar import speak_when
from voice.language.second_person import in_second_person
from voice.skills.reminders.reminders import RITUAL

AT_ONCE = 3
BETWEEN = "; "


def name(decision: Decision, kind: str) -> None:
    """Read the first three, the next to come first. kind: "ritual", or "" for all reminders."""
    decision.change(reminders_named=0)
    _name_next(decision, kind)


def answered_more(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """Whether they would like to hear the next three."""
    decision.change(awaited=None)
    if yes:
        _name_next(decision, awaited.about)
    else:
        decision.say("let_go")


def change_rituals(decision: Decision) -> None:
    """ "Change our rituals": read them, and how to change them."""
    name(decision, RITUAL)
    if not decision.state.awaited and any(each.kind == RITUAL for each in decision.records.reminders):
        decision.say("rituals_how")


def _name_next(decision: Decision, kind: str) -> None:
    held = sorted((each for each in decision.records.reminders if kind in ("", each.kind)), key=lambda each: each.at)
    what = "rituals" if kind else "reminders"
    if not held:
        decision.say(f"no_{what}")
        return
    begin = decision.state.reminders_named
    named = held[begin : begin + AT_ONCE]
    decision.change(reminders_named=begin + len(named))
    lines = [f"{in_second_person(each.text)}, {speak_when(each.at, each.every, decision.here)}" for each in named]
    decision.say(what if not begin else "reminders_more", list=BETWEEN.join(lines))
    if begin + len(named) < len(held):
        decision.say("more_of_them")
        decision.change(awaited=PendingQuestion("more reminders", about=kind))
