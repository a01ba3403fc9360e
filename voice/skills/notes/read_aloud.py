"""Reads kept lines aloud: of an evening, a week, a month, of this day in other years; a few at a time where asked."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from voice.content.steps import Period
from voice.dialogue.decision import Decision
from voice.dialogue.kept_lines import spoken
from voice.dialogue.note_kinds import is_over
from voice.dialogue.private import has_guests, may_read
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion
from voice.language.slots import NAME
from voice.language.times import speak_day
from voice.messages.actions import Keep, MarkDone
from voice.messages.meaning import Match
from voice.messages.records import Note, NoteKind
from voice.skills.notes.periods import in_period

PAGE, PAGE_OF_A_LIST = 5, 3  # lines that are read before it asks whether to go on
TOGETHER = {  # what is read with what
    (NoteKind.APPRECIATION, Period.MONTH): (NoteKind.APPRECIATION, NoteKind.WIN, NoteKind.JAR),
    (NoteKind.MOMENT, Period.THIS_DAY): (
        NoteKind.MOMENT,
        NoteKind.APPRECIATION,
        NoteKind.WIN,
        NoteKind.CLOSING,
        NoteKind.JAR,
    ),
}
BY_PERIOD = (Period.TONIGHT, Period.WEEK, Period.MONTH)
"""Periods whose appreciations have an opening of their own."""
NIGHTLY = "nightly recap"  # done: tonight's appreciations were read, or offered
HEARD_LATELY = 1800.0  # seconds in which a session does not read again what both have heard
ALWAYS_DATED = (NoteKind.MOMENT, NoteKind.CLOSING)


@dataclass(frozen=True, slots=True)
class MoreLines(PendingQuestion):
    """Whether to go on reading."""

    notes: tuple[Note, ...]
    """The lines that are left."""
    page: int
    """Lines that are read before it asks again; 0: all."""
    dated: bool
    """Whether each line is read with its day."""


def read(
    decision: Decision, kind: NoteKind, period: Period, *, silent_when_none: bool = False, page: int = 0, by: str = ""
) -> None:
    """Read the lines of a kind from a period; reading the jar opens it.

    page: how many before it asks whether to go on, 0: all. by: the partner whose lines they are, "" for both.
    """
    if not may_read(decision):
        if not silent_when_none:
            decision.say("guests_wait" if has_guests(decision) else "lock_closed")
        return
    notes = [note for note in _of(decision, kind, period) if by in ("", note.who)]
    if silent_when_none:
        notes = [note for note in notes if not _was_heard_lately(decision, note)]
    by_period = kind == NoteKind.APPRECIATION and period in BY_PERIOD
    this = "this_day" if period is Period.THIS_DAY else kind
    if notes:
        decision.say(f"recap_opening_{period}" if by_period else f"opening_{this}")
        _read_page(decision, notes, page, dated=period is Period.THIS_DAY)
        today = (NIGHTLY, decision.now.date().isoformat())
        if kind == NoteKind.APPRECIATION and period is Period.TONIGHT and today not in decision.records.done:
            decision.act(MarkDone(*today))
    elif not silent_when_none:
        decision.say(f"recap_none_{period}" if by_period else f"none_{this}")


def _of(decision: Decision, kind: NoteKind, period: Period) -> Sequence[Note]:
    kinds = TOGETHER.get((kind, period), (kind,))
    notes = [note for note in decision.records.notes if note.kind in kinds and not is_over(note, decision.now)]
    if kind == NoteKind.JAR:
        return _shuffled(decision, [note for note in notes if note.done_at is None])
    return in_period([note for note in notes if _is_open(note)], period, decision.now)


def _is_open(note: Note) -> bool:
    """Whether it may be read: what is in the jar stays sealed, what is checked off is no more to be done."""
    if note.kind == NoteKind.JAR:
        return note.done_at is not None
    return note.kind != NoteKind.BUCKET or note.done_at is None


def _shuffled(decision: Decision, notes: Sequence[Note]) -> Sequence[Note]:
    """In an order of chance, those for one partner and those for the other in turn."""
    mixed = decision.random.sample(notes, len(notes)) if notes else []
    turns = list[int]()  # how many for the same partner come before each
    for place, note in enumerate(mixed):
        turns.append(sum(other.for_whom == note.for_whom for other in mixed[:place]))
    return [note for _, note in sorted(zip(turns, mixed, strict=True), key=lambda pair: pair[0])]


def _read_page(decision: Decision, notes: Sequence[Note], page: int, *, dated: bool) -> None:
    now, later = (notes[:page], notes[page:]) if page else (notes, ())
    for note in now:
        say_note(decision, note, dated=dated)
        if note.kind == NoteKind.JAR and note.done_at is None:
            decision.act(Keep(replace(note, done_at=decision.now)))
    if later:
        decision.change(awaited=MoreLines(tuple(later), page, dated))
        decision.say("more_lines")
    elif not decision.state.walk:
        decision.say("recap_closing")


def answer_more(decision: Decision, awaited: MoreLines, yes: bool) -> None:
    """Read on, where they would like that."""
    decision.change(awaited=None)
    if yes:
        _read_page(decision, awaited.notes, awaited.page, dated=awaited.dated)
    else:
        decision.say("recap_declined")


def say_note(decision: Decision, note: Note, *, dated: bool = False) -> None:
    """One line, turned towards the one it is for, or with the name of the one who said it."""
    if dated or note.kind in ALWAYS_DATED:
        decision.say("said_when", when=speak_day(note.said_at, decision.now))
    line = spoken(note)
    remember_heard(decision, note)
    decision.say(f"recap_{line.form}", name=line.name, other=line.other, text=line.text)


def remember_heard(decision: Decision, note: Note) -> None:
    """Both have just heard this line."""
    notes = decision.state.notes
    decision.change(notes=replace(notes, heard={**notes.heard, note.id: decision.at}))


def _was_heard_lately(decision: Decision, note: Note) -> bool:
    at = decision.state.notes.heard.get(note.id)
    return at is not None and decision.at - at < HEARD_LATELY


# ---- what is asked for by voice -----------------------------------------------------------------------


def read_kind(decision: Decision, match: Match) -> None:
    """ "What did we need", "what does Sam need": what the intent's {kept} says of both, or {kept_by} of one of them."""
    kind = NoteKind(str(match.slots.get("kept") or match.slots["kept_by"]))
    page = PAGE_OF_A_LIST if kind == NoteKind.BUCKET else PAGE
    read(decision, kind, Period.ALL, page=page, by=NAME.said_in(match.slots))


def read_period(decision: Decision, match: Match) -> None:
    """ "Read tonight's appreciations": the whole evening or week, a longer time a few lines at a time."""
    period = Period(str(match.slots.get("period", Period.TONIGHT)))
    read(decision, NoteKind.APPRECIATION, period, page=PAGE if period is Period.MONTH else 0)


def read_log(decision: Decision, match: Match) -> None:
    """ "What did we log this week": a few lines, then more."""
    read(decision, NoteKind.APPRECIATION, Period.WEEK, page=PAGE)


def read_this_day(decision: Decision, match: Match) -> None:
    """ "On this day": of other years, or of other months."""
    read(decision, NoteKind.MOMENT, Period.THIS_DAY, page=PAGE)


def read_old(decision: Decision, match: Match) -> None:
    """ "Read us an old appreciation", "an old memory": one by chance, from before the last week."""
    kind = NoteKind(str(match.slots.get("old", NoteKind.MOMENT)))  # "one of our old memories"
    recent = {note.id for note in in_period(decision.records.notes, Period.WEEK, decision.now)}
    old = [note for note in _of(decision, kind, Period.ALL) if note.id not in recent]
    if old:
        say_note(decision, decision.random.choice(old), dated=True)
    else:
        decision.say("none_old")


def read_entry(decision: Decision, match: Match) -> None:
    """ "Read Sam's entry": the newest of theirs."""
    name = str(match.slots[NAME.name])
    entries = [note for note in _of(decision, NoteKind.JOURNAL, Period.ALL) if note.who == name]
    if entries:
        say_note(decision, entries[-1], dated=True)
    else:
        decision.say("no_entry", name=name)


def open_jar(decision: Decision, match: Match) -> None:
    """ "Open the jar": everything in it, a few lines at a time."""
    read(decision, NoteKind.JAR, Period.ALL, page=PAGE)


def tell_whether_jar_holds(decision: Decision, match: Match) -> None:
    """ "Is there anything in the jar": yes or no, never how many."""
    sealed = any(note.kind == NoteKind.JAR and note.done_at is None for note in decision.records.notes)
    decision.say("jar_holds_some" if sealed else "jar_holds_none")


ANSWERS = (Answers(MoreLines, answer_more),)
