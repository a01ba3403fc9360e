"""Appreciations by voice: heard, read back, kept on a yes, forgotten for good, read at night."""

import re
from dataclasses import replace
from datetime import datetime, time

from voice.core.decision import Decision
from voice.core.recap import addressed, in_period
from voice.core.state import Awaited, Manners
from voice.messages import Forget, Keep, MarkDone, Match, Mode, Note

NIGHTLY = "nightly recap"
SETTLED = 20.0  # seconds of quiet before it offers the nightly recap by itself

# English, as people begin a line: what is only an opening, what thanks, what begins a clause about the other one.
_OPENING = re.compile(
    r"^(?:(?:so|well|um|uh|okay)[,\s]+)*"
    r"(?:i(?:'d like to)? (?:really |also )?(?:appreciate|love|am thankful|am glad)|i'm (?:grateful|thankful|glad))"
    r"\s+(?:that\s+)?",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^(?:i (?:want to |would like to )?)?(?:thank you|thanks|thank)\b[,\s]*(?:[\w'-]+[,\s]+)?for\s+", re.IGNORECASE
)
_CLAUSE = ("you", "he", "she", "they", "how", "that")


def as_note(text: str, who: str, for_whom: str, now: datetime) -> Note:
    """A dictated line as a note: "thank you for the tea", "Sam made tea" and "the tea was good" find their frames."""
    thanks = _THANKS.match(text)
    if thanks:
        return Note(who, for_whom, _tidy(text[thanks.end() :]), "for", now)
    line = _tidy(_OPENING.sub("", text))
    first = line.split(" ")[0].lower()
    if first.removesuffix("'s") == for_whom.lower() or first.split("'")[0] in _CLAUSE:
        return Note(who, for_whom, line, "that", now)
    return Note(who, for_whom, line, "for" if first.endswith("ing") else "line", now)


def _tidy(text: str) -> str:
    return text.strip(" \t,.;:!?-")


def about(text: str, manners: Manners) -> str:
    """The partner named in a line, "" when it names none or both."""
    words = {word.removesuffix("'s") for word in re.findall(r"[\w'-]+", text.lower())}
    named = [name for name in manners.partners if name.lower() in words]
    return named[0] if len(named) == 1 else ""


# ---- from the line to the note ----------------------------------------------------------------------


def said(decision: Decision, match: Match) -> None:
    """ "I appreciate that Sam ...", "thank you Sam for ...": the one who is not named said it."""
    for_whom = str(match.slots["name"])
    who, text = decision.manners.other(for_whom), str(match.slots["text"])
    note = as_note(text, who, for_whom, decision.now)
    if match.intent == "appreciate_for":
        note = replace(note, frame="for")
    read_back(decision, note)


def ask_line(decision: Decision, who: str, for_whom: str, line: str) -> None:
    """Ask for a line and listen for it; who and for_whom may be "" when nobody was named."""
    decision.say_text(line)
    decision.change(awaited=Awaited("line", who, for_whom, mode=Mode.WORDS))


def opened(decision: Decision, match: Match) -> None:
    """ "Log an appreciation": ask what it is."""
    for_whom = str(match.slots.get("name", ""))
    who = decision.manners.other(for_whom) if for_whom else ""
    decision.change(awaited=Awaited("line", who, for_whom, mode=Mode.WORDS))
    decision.say("what_for" if for_whom else "what_for_whom", name=for_whom)


def dictated(decision: Decision, awaited: Awaited, text: str) -> None:
    """The line has been said."""
    decision.chime("recording off")
    for_whom = awaited.for_whom or about(text, decision.manners)
    if for_whom:
        read_back(decision, as_note(text, decision.manners.other(for_whom), for_whom, decision.now))
        return
    first, second = decision.manners.partners
    note = as_note(text, first, second, decision.now)
    decision.change(awaited=Awaited("for", first, second, note))
    decision.say("is_it_for", name=second)


def read_back(decision: Decision, note: Note) -> None:
    """Say who, for whom, what; keep it only on a yes."""
    decision.change(awaited=Awaited("keep", note.who, note.for_whom, note))
    decision.say(f"keep_{note.frame}", name=note.for_whom, other=note.who, text=addressed(note))


def answered_for(decision: Decision, awaited: Awaited, yes: bool) -> None:
    """Whether the line is for the partner asked about."""
    assert awaited.note is not None
    for_whom = awaited.for_whom if yes else awaited.who
    read_back(decision, replace(awaited.note, for_whom=for_whom, who=decision.manners.other(for_whom)))


def answered_keep(decision: Decision, awaited: Awaited, yes: bool) -> None:
    """Keep the line, or let it go."""
    assert awaited.note is not None
    decision.change(awaited=None)
    if yes:
        decision.act(Keep(awaited.note))
    else:
        decision.say("not_kept")


def change(decision: Decision, awaited: Awaited) -> None:
    """ "Change it": let them say it again."""
    decision.change(awaited=Awaited("line", awaited.who, awaited.for_whom, mode=Mode.WORDS))
    decision.say("say_it_again", name=awaited.for_whom)


def forget(decision: Decision) -> None:
    """ "Forget that": the last note goes for good."""
    if decision.records.notes:
        decision.act(Forget(decision.records.notes[-1]))
    else:
        decision.say("nothing_kept")


# ---- recap -------------------------------------------------------------------------------------------


def read(decision: Decision, period: str, *, silent_when_none: bool = False) -> None:
    """Read the notes of "tonight" or of the "week", each addressed to the one appreciated."""
    notes = in_period(decision.records.notes, period, decision.now)
    if not notes:
        if not silent_when_none:
            decision.say(f"recap_none_{period}")
        return
    decision.say(f"recap_opening_{period}")
    for note in notes:
        decision.say(f"recap_{note.frame}", name=note.for_whom, other=note.who, text=addressed(note))
    if not decision.state.walk:
        decision.say("recap_closing")


def offer(decision: Decision) -> None:
    """At the time set, once per date and never in quiet hours, ask whether they would like tonight's."""
    manners, now, state = decision.manners, decision.now, decision.state
    today = (NIGHTLY, now.date().isoformat())
    if manners.recap_at is None or now.time() < manners.recap_at or today in decision.records.done:
        return
    if manners.quiet_hours and inside(manners.quiet_hours, now.time()):
        return
    busy = state.walk or state.awaited or state.speaking or state.ringing
    if busy or decision.at - state.voices_at < SETTLED or not in_period(decision.records.notes, "tonight", now):
        return
    decision.act(MarkDone(*today))
    decision.change(awaited=Awaited("recap"))
    decision.chime("hello")
    decision.say("recap_offer")


def answered_recap(decision: Decision, awaited: Awaited, yes: bool) -> None:
    """Whether they would like tonight's now."""
    decision.change(awaited=None)
    if yes:
        read(decision, "tonight")
    else:
        decision.say("recap_declined")


def inside(hours: tuple[time, time], now: time) -> bool:
    """Whether this time of day lies from the first of the two hours on and before the second, over midnight too."""
    begin, end = hours
    return begin <= now < end if begin <= end else now >= begin or now < end
