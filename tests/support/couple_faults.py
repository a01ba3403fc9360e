"""Couples, and the way to the lines that they keep."""

from tests.support.evening import Evening
from voice.config import Config
from voice.messages.records import Note

MAYA_AND_TOMAS = Config(partners=("Maya", "Tomás"))
TO_THE_LINES = ("start our bedtime check-in", *["done"] * 6)
"""To the place where Maya is asked for a line, then Tomás."""


def notes(evening: Evening, kind: str = "") -> list[Note]:
    return [note for note in evening.loop.journal.records().notes if kind in ("", note.kind)]
