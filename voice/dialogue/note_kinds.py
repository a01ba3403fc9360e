"""The kinds of lines that a couple keep: whose they are, and what becomes of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto

from voice.dialogue.night import evening_of
from voice.messages.delivery import ChimeName
from voice.messages.records import Note, NoteKind

HANDED_OVER = (NoteKind.NOTE, NoteKind.MORNING)
"""Kinds that are read to the other one once, and are deleted the morning after."""


class Whose(Enum):
    """Whose the lines of a kind are."""

    PARTNER = auto()
    """A line is for the one who did not say it."""
    SPEAKER = auto()
    """It matters who said it."""
    BOTH = auto()
    """It is of both."""


@dataclass(frozen=True, slots=True)
class Kind:
    """How the lines of a kind are treated."""

    whose: Whose = Whose.BOTH
    """Whose they are."""
    softly: bool = False
    """It is read back in the voice of bedtime."""
    chime: ChimeName = ChimeName.GOT_IT
    """The chime that is played when it is on the disk."""
    kept: str = "kept"
    """The key of the reply that is said then."""
    days: int = 0
    """Days after which it is deleted by itself; 0: never."""


KINDS: Mapping[NoteKind, Kind] = {
    NoteKind.APPRECIATION: Kind(Whose.PARTNER),
    NoteKind.WIN: Kind(chime=ChimeName.WIN, kept="kept_win"),
    NoteKind.NEED: Kind(Whose.SPEAKER, days=8),  # a week, and the evening on which it is looked back on
    NoteKind.WISH: Kind(Whose.SPEAKER),
    NoteKind.JAR: Kind(kept="kept_jar"),
    NoteKind.MOMENT: Kind(),
    NoteKind.JOURNAL: Kind(Whose.SPEAKER),
    NoteKind.NOTE: Kind(Whose.PARTNER, softly=True, kept="kept_note"),
    NoteKind.MORNING: Kind(Whose.PARTNER, softly=True, kept="kept_morning"),
    NoteKind.LETTER: Kind(Whose.PARTNER),
    NoteKind.BUCKET: Kind(kept="kept_bucket"),
    NoteKind.CLOSING: Kind(),
    NoteKind.PROJECT: Kind(),
}
"""How each kind is treated."""


def is_over(note: Note, now: datetime) -> bool:
    """Whether a note is deleted by itself: a need after its week, a note on the morning after it was handed over."""
    days = KINDS[note.kind].days
    if days and now - note.said_at >= timedelta(days=days):
        return True
    return note.kind in HANDED_OVER and note.done_at is not None and note.done_at < evening_of(now)
