"""Lines that the couple ask to keep: asked for, listened for, read back, kept on a yes; one way for every kind.

Sessions call `ask_line`.
"""

from dataclasses import dataclass, field, replace
from typing import ClassVar

from voice.content.steps import KeepNote
from voice.dialogue import consent, undoing
from voice.dialogue.decision import Decision
from voice.dialogue.dictation import is_vague
from voice.dialogue.kept_lines import line_by, named_in, spoken
from voice.dialogue.note_kinds import KINDS, Whose
from voice.dialogue.skill import Answers, let_go
from voice.dialogue.state import PendingQuestion
from voice.language.slots import NAME, TEXT
from voice.messages.actions import Keep
from voice.messages.delivery import ChimeName
from voice.messages.meaning import Match
from voice.messages.recognition import Mode
from voice.messages.records import Note, NoteKind
from voice.skills.notes.read_aloud import remember_heard


@dataclass(frozen=True, slots=True)
class LineWanted(PendingQuestion):
    """A line of a kind."""

    kind: NoteKind
    """The kind."""
    who: str = ""
    """Who says it; "" when nobody was named."""
    for_whom: str = ""
    """For whom it is; "" when nobody was named."""
    draft: str = ""
    """A vague line, which stands if nothing comes after it; "" for none."""
    mode: Mode = field(default=Mode.WORDS, kw_only=True)
    """It listens for any words."""

    @property
    def settled_by(self) -> frozenset[str]:
        """Where a vague line stands, "no more" leaves it at that."""
        return frozenset({"no_more"}) if self.draft else frozenset()


@dataclass(frozen=True, slots=True)
class IsItTheirs(PendingQuestion):
    """Whether a line is for (or from) the partner that the question names."""

    kind: NoteKind
    """The kind of the line."""
    text: str
    """The line."""
    other: str
    """The partner whose it is after a no."""
    named: str
    """The partner whose it is after a yes."""

    is_asked_until_answered: ClassVar[bool] = True
    """The line would be lost."""


@dataclass(frozen=True, slots=True)
class KeepLine(PendingQuestion):
    """Whether a line that was read back is to be kept."""

    note: Note
    """The line."""

    is_asked_until_answered: ClassVar[bool] = True
    """The line would be lost."""


def ask_line(decision: Decision, kind: NoteKind, who: str, for_whom: str, spoken_line: str) -> None:
    """Say this, then listen for a line of this kind; who and for_whom may be "" when nobody was named."""
    decision.say_text(spoken_line)
    decision.change(awaited=LineWanted(kind, who, for_whom))


def open_note(decision: Decision, match: Match) -> None:
    """ "A small win", "leave a note for Sam": ask how it goes, where the line was not said in the same breath.

    The intent's {kind} or {whose} says what it is.
    """
    kind, name = NoteKind(str(match.slots.get("whose") or match.slots["kind"])), NAME.said_in(match.slots)
    if KINDS[kind].whose is Whose.PARTNER:
        who, for_whom = (decision.manners.other(name) if name else "", name)
    else:
        who, for_whom = name, ""
    if consent.is_refused(decision):
        consent.tell_not_saving(decision)
        return
    wanted = LineWanted(kind, who, for_whom)
    if line := str(match.slots.get(TEXT.name, "")):
        use_line(decision, wanted, line)
        return
    decision.change(awaited=wanted)
    decision.say(f"ask_{kind}", name=name)


def take_line(decision: Decision, awaited: LineWanted, text: str) -> None:
    """The line has been said. A vague one is asked about."""
    if not _ask_closer(decision, awaited, text):
        use_line(decision, awaited, text)


def use_line(decision: Decision, awaited: LineWanted, text: str) -> None:
    """Ask whose the line is, where that is open, else read it back."""
    decision.chime(ChimeName.RECORDING_OFF)
    kind, partners, named = awaited.kind, decision.manners.partners, decision.manners.named
    about = awaited.for_whom or (named_in(text, partners) if kind == NoteKind.APPRECIATION and not awaited.who else "")
    by = awaited.who or (decision.manners.other(about) if about else "")
    if not by and KINDS[kind].whose is not Whose.BOTH:
        by = decision.partner_heard or decision.who_speaks
    if KINDS[kind].whose is Whose.PARTNER and not named and not by:
        by, about = partners  # without names it is of one of them, for the other one
    if by or KINDS[kind].whose is Whose.BOTH or not named:
        read_back(decision, line_by(kind, text, by=by, about=about, partners=partners, now=decision.now))
        return
    first, second = partners
    decision.change(awaited=IsItTheirs(kind, text, other=first, named=second))
    decision.say("is_it_for" if KINDS[kind].whose is Whose.PARTNER else "is_it_from", name=second)


def _ask_closer(decision: Decision, awaited: LineWanted, text: str) -> bool:
    """Ask about a line that says little, at most once a session; it stands if nothing comes after it. True: asked."""
    walk = decision.state.walk
    step = walk.current if walk else None
    if walk is None or not (isinstance(step, KeepNote) and step.nudge) or walk.asked_closer:
        return False
    if not is_vague(text, decision.manners.partners):
        return False
    decision.chime(ChimeName.RECORDING_OFF)
    closer = replace(awaited, draft=text, since=None, reprompts=1)
    decision.change(walk=replace(walk, asked_closer=True), awaited=closer)
    decision.say("ask_closer", name=awaited.who)
    return True


def leave_line(decision: Decision, awaited: LineWanted, yes: bool) -> None:
    """No line comes: a vague one that was said before stands."""
    if awaited.draft:
        use_line(decision, awaited, awaited.draft)
    else:
        let_go(decision, awaited, yes)


def answer_whose(decision: Decision, awaited: IsItTheirs, yes: bool) -> None:
    """The line is for (or from) the partner that the question named, or the other one."""
    named, other = (awaited.named, awaited.other) if yes else (awaited.other, awaited.named)
    by = other if KINDS[awaited.kind].whose is Whose.PARTNER else named
    partners = decision.manners.partners
    read_back(decision, line_by(awaited.kind, awaited.text, by=by, partners=partners, now=decision.now))


def read_back(decision: Decision, note: Note) -> None:
    """Say who, for whom, what; keep it only on a yes. Where nothing is to be kept, nobody is asked."""
    if consent.is_refused(decision):
        decision.change(awaited=None)
        if decision.state.walk:
            decision.say("line_heard")
        else:
            consent.tell_not_saving(decision)
        return
    decision.change(awaited=KeepLine(note))
    line = spoken(note)
    say = decision.say_softly if KINDS[note.kind].softly else decision.say
    say(
        f"keep_{line.form if note.kind == NoteKind.APPRECIATION else note.kind}",
        name=line.name,
        other=line.other,
        text=line.text,
    )


def begin_anew(decision: Decision, awaited: LineWanted) -> None:
    """ "Scratch that", before there is a line: let them begin anew."""
    decision.change(awaited=replace(awaited, since=None))
    decision.say("begin_line")


def change_line(decision: Decision, awaited: KeepLine) -> None:
    """ "Change it": let them say it again."""
    note = awaited.note
    decision.change(awaited=LineWanted(note.kind, note.who, note.for_whom))
    decision.say("say_it_again", name=note.for_whom)


def mend_speaker(decision: Decision, awaited: KeepLine, name: str) -> None:
    """ "No, that was Sam": the line is Sam's, and is read back as such."""
    note = awaited.note
    if note.who:
        who = name or decision.manners.other(note.who)
        note = replace(note, who=who, for_whom=decision.manners.other(who) if note.for_whom else "")
    read_back(decision, note)


def answer_keep(decision: Decision, awaited: KeepLine, yes: bool) -> None:
    """Keep the line, or let it go."""
    decision.change(awaited=None)
    if yes:
        consent.store(decision, Keep(awaited.note))
    else:
        decision.say("not_kept")


def confirm_stored(decision: Decision, note: Note) -> None:
    """The line is on the disk: only now is it said so. One that was only read or handed over needs no word."""
    kind = KINDS[note.kind]
    if note.done_at is None or note.kind == NoteKind.LETTER:
        remember_heard(decision, note)
        if decision.state.speaking:
            return  # several were kept at once: one word for all
        decision.chime(kind.chime)
        decision.say(kind.kept, name=note.for_whom)
    elif note.kind == NoteKind.BUCKET:
        undoing.remember(decision, Keep(replace(note, done_at=None)), "unchecked")
        decision.chime(kind.chime)
        decision.say("checked_off", text=note.text)


ANSWERS = (
    Answers(LineWanted, leave_line, dictated=take_line, changed=begin_anew),
    Answers(IsItTheirs, answer_whose),
    Answers(KeepLine, answer_keep, changed=change_line, said_by=mend_speaker),
)
