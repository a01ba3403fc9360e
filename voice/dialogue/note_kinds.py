"""The kinds of lines that a couple keep: whose they are, and what becomes of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from voice.dialogue.night import evening_of
from voice.messages.actions import ChimeName
from voice.messages.records import Note

APPRECIATION, WIN, NEED, WISH, JAR, MOMENT = "appreciation", "win", "need", "wish", "jar", "moment"
JOURNAL, NOTE, MORNING, LETTER = "journal", "note", "morning", "letter"
BUCKET, CLOSING, PROJECT = "bucket", "closing", "project"
HANDED_OVER = (NOTE, MORNING)  # kinds that are read to the other one once, and are deleted the morning after

PARTNER, SPEAKER, BOTH = "partner", "speaker", "both"


@dataclass(frozen=True, slots=True)
class Kind:
    """How the lines of a kind are treated."""

    whose: str = BOTH
    """PARTNER: a line is for the one who did not say it. SPEAKER: it matters who said it. BOTH: it is of both."""
    softly: bool = False
    """It is read back in the voice of bedtime."""
    chime: ChimeName = ChimeName.GOT_IT
    """The chime that is played when it is on the disk."""
    kept: str = "kept"
    """The key of the reply that is said then."""
    days: int = 0
    """Days after which it is deleted by itself; 0: never."""


KINDS: Mapping[str, Kind] = {
    APPRECIATION: Kind(PARTNER),
    WIN: Kind(chime=ChimeName.WIN, kept="kept_win"),
    NEED: Kind(SPEAKER, days=8),  # a week, and the evening on which it is looked back on
    WISH: Kind(SPEAKER),
    JAR: Kind(kept="kept_jar"),  # sealed until jar night
    MOMENT: Kind(),
    JOURNAL: Kind(SPEAKER),
    NOTE: Kind(PARTNER, softly=True, kept="kept_note"),  # handed over once
    MORNING: Kind(PARTNER, softly=True, kept="kept_morning"),  # handed over once, from the next morning on
    LETTER: Kind(PARTNER),  # one that was handed over and is to stay
    BUCKET: Kind(kept="kept_bucket"),
    CLOSING: Kind(),  # one line to remember from a date night
    PROJECT: Kind(),
}
"""All kinds of lines. Complaints have none, and so they are never kept."""


def is_over(note: Note, now: datetime) -> bool:
    """Whether a note is deleted by itself: a need after its week, a note on the morning after it was handed over."""
    days = KINDS[note.kind].days if note.kind in KINDS else 0
    if days and now - note.said_at >= timedelta(days=days):
        return True
    return note.kind in HANDED_OVER and note.done_at is not None and note.done_at < evening_of(now)
