"""Lines that a couple keep, and how they are found."""

from datetime import timedelta

from tests.support.evening import DINNER, Evening
from voice.messages.actions import Keep
from voice.messages.records import Note, Records


def kept(evening: Evening) -> Records:
    return evening.loop.journal.records()


def texts(evening: Evening, kind: str) -> list[str]:
    return [note.text for note in kept(evening).notes if note.kind == kind]


def keep(evening: Evening, *notes: Note) -> None:
    """As if they had been kept on other evenings."""
    for note in notes:
        evening.loop.journal.store(Keep(note))
    evening.loop.records = kept(evening)


def note(text: str, kind: str = "appreciation", *, days: float = 0.0, who: str = "", for_whom: str = "") -> Note:
    """A line of so many days ago."""
    return Note(who, for_whom, text, "line", DINNER - timedelta(days=days), kind=kind)


EVERYTHING = (
    *("I appreciate that Sam sang a barcarolle", "yes", "log a small win", "the zeppelin landed", "yes"),
    *("put this in the jar", "a marzipan sunset", "yes", "remember this moment", "the velvet evening", "yes"),
    *("leave a note for Sam", "a crocodile kiss", "yes", "add skydiving to our bucket list", "yes"),
    *("add our own question", "which umbrella was yours", "yes", "set a saffron timer for five minutes"),
)
