"""A dictated line as a note: what it is about, without the words that only begin it."""

import re
from collections.abc import Sequence
from datetime import datetime

from voice.core.kinds import APPRECIATION, JAR
from voice.messages import Note

# English, as people begin a line: what is only an opening, what thanks, what begins a clause about the other one.
_OPENING = re.compile(
    r"^(?:(?:so|well|um|uh|okay)[,\s]+)*"
    r"(?:i(?:'d like to)? (?:really |also )?(?:appreciate|love|am thankful|am glad)|i'm (?:grateful|thankful|glad))"
    r"\s+(?:that\s+)?",
    re.IGNORECASE,
)
_THANKS = re.compile(
    r"^(?:i (?:want to |would like to )?)?(?:thank you|thanks|thank)\b[,\s]*(?:[\w'-]+[,\s]+)?for\s+", re.IGNORECASE
)
_CLAUSE = ("you", "he", "she", "they", "how", "that")
FRAMED = (APPRECIATION, JAR)  # kinds whose lines are turned towards the one they are for


def as_note(text: str, who: str, for_whom: str, now: datetime, kind: str = APPRECIATION) -> Note:
    """The note; "thank you for the tea", "Sam made tea" and "the tea was good" find their frames."""
    if kind not in FRAMED or not for_whom:
        return Note(who, for_whom, _tidy(text), "line", now, kind=kind)
    thanks = _THANKS.match(text)
    if thanks:
        return Note(who, for_whom, _tidy(text[thanks.end() :]), "for", now, kind=kind)
    line = _tidy(_OPENING.sub("", text))
    first = line.split(" ")[0].lower()
    if first.removesuffix("'s") == for_whom.lower() or first.split("'")[0] in _CLAUSE:
        return Note(who, for_whom, line, "that", now, kind=kind)
    return Note(who, for_whom, line, "for" if first.endswith("ing") else "line", now, kind=kind)


def _tidy(text: str) -> str:
    return text.strip(" \t,.;:!?-")


def about(text: str, partners: Sequence[str]) -> str:
    """The partner named in a line, "" when it names none or both."""
    words = {word.removesuffix("'s") for word in re.findall(r"[\w'-]+", text.lower())}
    named = [name for name in partners if name.lower() in words]
    return named[0] if len(named) == 1 else ""
