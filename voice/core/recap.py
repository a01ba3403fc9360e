"""Kept notes as they are read aloud: which of them, and turned towards the one who is appreciated."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from voice.core.address import to_the_face
from voice.messages import Note

NIGHT_ENDS = 5  # o'clock: what is said after midnight belongs to the evening before


def in_period(notes: Sequence[Note], period: str, now: datetime) -> tuple[Note, ...]:
    """The notes of a period, oldest first; `now` is an aware datetime in local time.

    period: "tonight" (since five in the morning) or "week" (the last seven days); ValueError for any other.
    """
    if period == "tonight":
        evening = now - timedelta(hours=NIGHT_ENDS)
        since = evening.replace(hour=NIGHT_ENDS, minute=0, second=0, microsecond=0)
    elif period == "week":
        since = now - timedelta(days=7)
    else:
        raise ValueError(f"no period is called {period!r}")
    inside = [note for note in notes if since <= note.said_at <= now]
    return tuple(sorted(inside, key=lambda note: note.said_at))


def addressed(note: Note) -> str:
    """The note's words as they are said to the one appreciated: "Sam made soup" -> "you made soup".

    A clause without a full stop that goes on from "I appreciate that" or "thank you for", as the frame says.
    """
    return to_the_face(note.text, of=note.for_whom, by=note.who)
