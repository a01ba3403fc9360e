"""The invariant about whose a kept line is: the journal agrees with who said it, and with who was asked."""

import re
from collections.abc import Iterator

from bench.evenings.trace import Line, Moment, Trace
from voice.dialogue.note_kinds import KINDS, Whose
from voice.messages.actions import Keep
from voice.messages.events import Understood
from voice.messages.records import Note

SAME = 0.5  # of the words of a kept line its speaker has said; the rest are "you" for "she" and their like


def right_owner_of_every_line(trace: Trace) -> Iterator[tuple[str, Moment | None]]:
    """A new line is by the one who said it, and never for them; its words are their words."""
    for number, moment in enumerate(trace.moments):
        for action in moment.actions:
            if not isinstance(action, Keep) or action.note.id or _is_brought_back(moment):
                continue
            said = [line for start, line in reversed(trace.lines) if start <= number]
            line = max(said, key=lambda each: _share(action.note.text, each.text), default=None)
            if line is None or _share(action.note.text, line.text) < SAME:
                yield f"nobody said {action.note.text!r}", moment
            elif trace.named and (why := _wrong(action.note, line)):
                yield f"{why}: {action.note.text!r} by {action.note.who!r} for {action.note.for_whom!r}", moment


def _wrong(note: Note, line: Line) -> str:
    whose = KINDS[note.kind].whose
    if note.who and note.who != line.who:
        return f"{line.who} said it"
    if not note.who and whose in (Whose.PARTNER, Whose.SPEAKER):
        return "nobody's line"
    if note.for_whom == line.who:
        return "for the one who said it"
    return ""


def _is_brought_back(moment: Moment) -> bool:
    return isinstance(moment.event, Understood) and moment.event.match.intent == "bring_back"


def _share(kept: str, said: str) -> float:
    """The share of the words of a kept line that were said in another one, 0 to 1."""
    mine, theirs = _words(kept), _words(said)
    return len(mine & theirs) / len(mine) if mine else 1.0


def _words(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.lower()))
