"""The kinds of lines that a couple keep: whose they are, and what becomes of them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from voice.messages.records import Note

APPRECIATION, WIN, NEED, WISH, JAR, MOMENT = "appreciation", "win", "need", "wish", "jar", "moment"
JOURNAL, NOTE, MORNING, LETTER = "journal", "note", "morning", "letter"
BUCKET, CLOSING, PROJECT = "bucket", "closing", "project"
HANDED_OVER = (NOTE, MORNING)  # once, and gone the morning after

PARTNER, SPEAKER, BOTH = "partner", "speaker", "both"
NIGHT_ENDS = 5  # o'clock: what is said after midnight belongs to the evening before


@dataclass(frozen=True, slots=True)
class Kind:
    """How the lines of a kind are treated.

    whose: PARTNER, a line is for the one who did not say it; SPEAKER, it matters who said it; BOTH, it is of both.
    softly: read back in a low voice. chime, kept: what is played and which reply is said when it is on the disk.
    days: after so many it is gone by itself, 0 never.
    """

    whose: str = BOTH
    softly: bool = False
    chime: str = "got it"
    kept: str = "kept"
    days: int = 0


KINDS: Mapping[str, Kind] = {
    APPRECIATION: Kind(PARTNER),
    WIN: Kind(chime="win", kept="kept_win"),
    NEED: Kind(SPEAKER, days=8),  # a week, and the evening on which it is looked back on
    WISH: Kind(SPEAKER),
    JAR: Kind(kept="kept_jar"),  # sealed until jar night
    MOMENT: Kind(),
    JOURNAL: Kind(SPEAKER),
    NOTE: Kind(PARTNER, softly=True, kept="kept_note"),  # handed over once
    MORNING: Kind(PARTNER, softly=True, kept="kept_morning"),  # the same, from the next morning on
    LETTER: Kind(PARTNER),  # one that was handed over and is to stay
    BUCKET: Kind(kept="kept_bucket"),
    CLOSING: Kind(),  # one line to remember from a date night
    PROJECT: Kind(),
}
"""Every kind there is; complaints have none."""


def evening_of(moment: datetime) -> datetime:
    """Five in the morning of the day to which this moment belongs."""
    return (moment - timedelta(hours=NIGHT_ENDS)).replace(hour=NIGHT_ENDS, minute=0, second=0, microsecond=0)


def is_over(note: Note, now: datetime) -> bool:
    """Whether the note is to go by itself: a need after its week, a note on the morning after it was handed over."""
    days = KINDS[note.kind].days if note.kind in KINDS else 0
    if days and now - note.said_at >= timedelta(days=days):
        return True
    return note.kind in HANDED_OVER and note.done_at is not None and note.done_at < evening_of(now)
