"""Lines that the couple ask to keep: asked for, listened for, read back, kept on a yes; one way for every kind.

Sessions call `ask_line`.
"""

from dataclasses import replace

from voice.dialogue import consent
from voice.dialogue.decision import Decision
from voice.dialogue.dictation import about, as_note
from voice.dialogue.note_kinds import APPRECIATION, BOTH, BUCKET, JAR, KINDS, LETTER, PARTNER
from voice.dialogue.state import PendingQuestion
from voice.messages.actions import Keep
from voice.messages.meaning import Match
from voice.messages.recognition import Mode
from voice.messages.records import Note
from voice.skills.notes.periods import addressed


def ask_line(decision: Decision, kind: str, who: str, for_whom: str, spoken_line: str) -> None:
    """Say this, then listen for a line of this kind; who and for_whom may be "" when nobody was named."""
    decision.say_text(spoken_line)
    decision.change(awaited=PendingQuestion("line", who, for_whom, about=kind, mode=Mode.WORDS))


def open_note(decision: Decision, match: Match) -> None:
    """ "A small win", "leave a note for Sam": ask how it goes. The intent's {kind} or {whose} says what it is."""
    kind, name = str(match.slots.get("whose") or match.slots["kind"]), str(match.slots.get("name", ""))
    if KINDS[kind].whose == PARTNER:
        who, for_whom = (decision.manners.other(name) if name else "", name)
    else:
        who, for_whom = name, ""
    decision.change(awaited=PendingQuestion("line", who, for_whom, about=kind, mode=Mode.WORDS))
    decision.say(f"ask_{kind}", name=name)


def dictated(decision: Decision, awaited: PendingQuestion, text: str) -> None:
    """The line has been said."""
    decision.chime("recording off")
    kind, who, for_whom = awaited.about, awaited.who, awaited.for_whom
    partners = decision.manners.partners
    if kind in (APPRECIATION, JAR) and not for_whom and (for_whom := about(text, partners)):
        who = decision.manners.other(for_whom)
    whose = KINDS[kind].whose
    if whose == BOTH or (for_whom if whose == PARTNER else who):
        read_back(decision, as_note(text, who, for_whom, decision.now, kind))
        return
    first, second = partners
    note = as_note(text, first, second, decision.now, kind)
    decision.change(awaited=PendingQuestion("for", first, second, note))
    decision.say("is_it_for" if whose == PARTNER else "is_it_from", name=second)


def answered_for(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """Whether the line is for (or from) the partner asked about."""
    assert awaited.note is not None
    named, other = (awaited.for_whom, awaited.who) if yes else (awaited.who, awaited.for_whom)
    is_for = KINDS[awaited.note.kind].whose == PARTNER
    read_back(decision, replace(awaited.note, who=other if is_for else named, for_whom=named if is_for else ""))


def read_back(decision: Decision, note: Note) -> None:
    """Say who, for whom, what; keep it only on a yes."""
    decision.change(awaited=PendingQuestion("keep", note.who, note.for_whom, note, about=note.kind))
    if note.kind == APPRECIATION:
        decision.say(f"keep_{note.frame}", name=note.for_whom, other=note.who, text=addressed(note))
    else:
        say = decision.say_softly if KINDS[note.kind].softly else decision.say
        say(f"keep_{note.kind}", name=note.for_whom or note.who, other=note.who, text=note.text)


def change(decision: Decision, awaited: PendingQuestion) -> None:
    """ "Change it": let them say it again."""
    decision.change(
        awaited=PendingQuestion("line", awaited.who, awaited.for_whom, about=awaited.about, mode=Mode.WORDS)
    )
    decision.say("say_it_again", name=awaited.for_whom)


def answered_keep(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """Keep the line, or let it go."""
    assert awaited.note is not None
    decision.change(awaited=None)
    if yes:
        consent.store(decision, Keep(awaited.note))
    else:
        decision.say("not_kept")


def stored(decision: Decision, note: Note) -> None:
    """The line is on the disk: only now is it said so. One that was only read or handed over needs no word."""
    kind = KINDS[note.kind]
    if note.done_at is None or note.kind == LETTER:
        decision.chime(kind.chime)
        decision.say(kind.kept, name=note.for_whom)
    elif note.kind == BUCKET:
        decision.chime(kind.chime)
        decision.say("checked_off", text=note.text)
