"""Notes that one leaves for the other: handed over once, at the next hello, and gone then unless they are to stay."""

from dataclasses import dataclass, replace
from enum import Enum, auto

from voice.dialogue.decision import Decision
from voice.dialogue.night import evening_of
from voice.dialogue.note_kinds import HANDED_OVER, is_over
from voice.dialogue.private import has_guests, may_read
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion
from voice.language.slots import NAME
from voice.messages.actions import Keep
from voice.messages.meaning import Match
from voice.messages.records import Note, NoteKind
from voice.skills.notes.read_aloud import say_note


class Waiting(Enum):
    """Which notes are handed over."""

    ANY = auto()
    """Those that were handed over today, too."""
    NEW = auto()
    """Those that were not handed over yet."""


@dataclass(frozen=True, slots=True)
class IsItYou(PendingQuestion):
    """Whether the one who speaks is the partner that the question names."""

    name: str
    """The partner."""
    which: Waiting
    """Which notes are handed over then."""
    left: tuple[str, ...] = ()
    """Who is asked after a no."""


@dataclass(frozen=True, slots=True)
class StayForGood(PendingQuestion):
    """Whether notes that were handed over are to stay."""

    notes: tuple[Note, ...]
    """The notes."""


def _waiting(decision: Decision, name: str, which: Waiting) -> tuple[Note, ...]:
    """The notes for this partner. A note for the morning waits for the morning after it was left."""
    return tuple(
        note
        for note in decision.records.notes
        if note.kind in HANDED_OVER
        and note.for_whom == name
        and not is_over(note, decision.now)
        and (which is Waiting.ANY or note.done_at is None)
        and (note.kind != NoteKind.MORNING or note.said_at < evening_of(decision.now))
    )


def hello(decision: Decision, match: Match) -> None:
    """ "Good morning, hearthside, it's Sam": what waits for them is handed over."""
    name, heard = NAME.said_in(match.slots), decision.partner_heard
    if has_guests(decision):
        decision.say("hello")
    elif name and _waiting(decision, name, Waiting.NEW):
        _hand_over(decision, name, Waiting.NEW)
    elif name or not _ask_who(decision, _likeliest_first(decision), Waiting.NEW):
        decision.say("hello_to" if name or heard else "hello", name=name or heard)


def ask_for_notes(decision: Decision, match: Match) -> None:
    """ "Any notes for me", "any notes for Sam": those of today once more, too."""
    name = NAME.said_in(match.slots) or decision.who_speaks
    if name and _waiting(decision, name, Waiting.ANY):
        _hand_over(decision, name, Waiting.ANY)
    elif name or not _ask_who(decision, _likeliest_first(decision), Waiting.ANY):
        decision.say("none_note")


def _likeliest_first(decision: Decision) -> tuple[str, ...]:
    """The two, the one whose voice was heard first; both may be asked, for a voice proves nothing."""
    return tuple(sorted(decision.manners.partners, key=lambda name: name != decision.partner_heard))


def _ask_who(decision: Decision, names: tuple[str, ...], which: Waiting) -> bool:
    """A note is read to nobody else: ask whether it is they, one after the other; False: nothing waits."""
    waited_for = [name for name in names if _waiting(decision, name, which)]
    if waited_for:
        decision.change(awaited=IsItYou(waited_for[0], which, tuple(waited_for[1:])))
        decision.say("is_it_you", name=waited_for[0])
    return bool(waited_for)


def answer_who(decision: Decision, awaited: IsItYou, yes: bool) -> None:
    """Hand the notes over to the one who was asked; else ask the other one, where a note waits for them."""
    decision.change(awaited=None)
    name = awaited.name
    if yes:
        _hand_over(decision, name, awaited.which)
        return
    if not _ask_who(decision, awaited.left, awaited.which):
        decision.say("note_waits")


def _hand_over(decision: Decision, name: str, which: Waiting) -> None:
    if not may_read(decision):
        decision.change(awaited=None)
        decision.run(Match("any_notes", {NAME.name: name}, "", ""))  # the word comes first
        return
    handed = tuple(replace(note, done_at=decision.now) for note in _waiting(decision, name, which))
    for note in handed:
        decision.act(Keep(note))
        say_note(decision, note)
    decision.change(awaited=StayForGood(handed))
    decision.say("note_stays")


def answer_stay(decision: Decision, awaited: StayForGood, yes: bool) -> None:
    """Keep the notes for good; without a word they are deleted the morning after."""
    decision.change(awaited=None)
    for note in awaited.notes if yes else ():
        decision.act(Keep(replace(note, kind=NoteKind.LETTER)))
    if not yes:
        decision.say("note_until_morning")


def take_thanks(decision: Decision, awaited: StayForGood) -> None:
    """ "Thank you", to whether it is to be kept: it is. Nothing is deleted for a word of thanks."""
    answer_stay(decision, awaited, yes=True)


ANSWERS = (
    Answers(IsItYou, answer_who),
    Answers(StayForGood, answer_stay, thanked=take_thanks),
)
