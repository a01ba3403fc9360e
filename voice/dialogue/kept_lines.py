"""Decides for every kept line who said it, for whom it is, and how it is said: at once, in a recap, a week later.

Nothing else decides that. Lines about a partner are turned towards them. Where one cannot tell whom a pronoun means,
and for every other kind, a line stays in the words of the one who said it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from voice.dialogue.note_kinds import HANDED_OVER, KINDS, Whose
from voice.language.person.carrier_phrases import carried_line, without_hesitation
from voice.language.person.messages import without_errand
from voice.language.person.punctuated_words import punctuated_words
from voice.language.person.shift import turned
from voice.messages.records import CarrierPhrase, Note, NoteKind

CARRIED = (NoteKind.APPRECIATION, NoteKind.JAR)
"""Kinds whose lines go on from "I appreciate" or "thank you", where they are for one of them."""
TO_PARTNER = (*HANDED_OVER, NoteKind.LETTER)
"""Kinds whose lines speak to the other one."""

_SENTENCE = re.compile(
    r"^(?:i|i'm|i'd|i've|i'll|we|we're|we'd|we've|you|you're|it|it's|that|please|can|could|would|let's)\b"
)


class LineForm(StrEnum):
    """The form in which a kept line is said. Replies have a key for each; the first four are carrier phrases."""

    THAT = "that"
    OF = "of"
    FOR = "for"
    LINE = "line"
    OWN_WORDS = "said"
    """With the name of the one who said it, because turning it towards the partner might go wrong."""
    TO = "to"
    """To a partner."""
    BY = "by"
    """With the name of the one who said it, whom it is about."""
    NEED = "need"
    """It names a thing and is no sentence: "Sam needed an hour alone"."""
    WISH = "wish"
    """It names a thing and is no sentence: "Sam wished for a dog"."""
    BOTH = "both"
    """Nobody was named."""


NAMED_FOR = {NoteKind.NEED: LineForm.NEED, NoteKind.WISH: LineForm.WISH}
"""Kind -> the form of its lines where they name a thing."""


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """How a kept line is said."""

    form: LineForm
    """The form in which it is said."""
    name: str
    """The partner who hears it; of a line in its speaker's words: the one who said it; "" for neither."""
    other: str
    """The one who said it; "" when nobody was named."""
    text: str
    """The words."""


def line_by(kind: NoteKind, text: str, *, by: str, partners: Sequence[str], now: datetime, about: str = "") -> Note:
    """The note of a line that `by` said; by: "" where nobody knows. about: the partner who was named, "" for none.

    A line of a PARTNER kind is for the other one; in any other kind nobody is addressed, and only who said it counts.
    The jar takes both: a line that names a partner is for them.
    """
    for_whom = about or (_other(by, partners) if by and KINDS[kind].whose is Whose.PARTNER else "")
    if kind == NoteKind.JAR and not for_whom:
        for_whom = named_in(text, partners)
        for_whom = "" if for_whom == by else for_whom
    if KINDS[kind].whose is not Whose.PARTNER and kind != NoteKind.JAR:
        for_whom = ""
    who = by or (_other(for_whom, partners) if for_whom else "")
    if kind in CARRIED and for_whom:
        line = carried_line(text, for_whom)
        return Note(who, for_whom, line.text, line.carrier, now, kind=kind)
    words = without_errand(text, for_whom) if kind in TO_PARTNER else without_hesitation(text)
    return Note(who, for_whom, words or text.strip(), CarrierPhrase.LINE, now, kind=kind)


def named_in(text: str, partners: Sequence[str]) -> str:
    """The partner named in a line, "" when it names none or both."""
    named = [name for name in partners if any(word.is_partner for word in punctuated_words(text, name))]
    return named[0] if len(named) == 1 else ""


def spoken(note: Note) -> SpokenLine:
    """How a note is said, whatever its time; of older notes only what their kind allows is believed."""
    heard_by = note.for_whom if KINDS[note.kind].whose is Whose.PARTNER or note.kind == NoteKind.JAR else ""
    if heard_by and note.kind in CARRIED:
        line = turned(note.text, of=heard_by, by=note.who)
        return SpokenLine(LineForm(note.carrier) if line.is_sure else LineForm.OWN_WORDS, heard_by, note.who, line.text)
    if heard_by:
        return SpokenLine(LineForm.TO, heard_by, note.who, turned(note.text, of=heard_by, by=note.who).text)
    if not note.who:
        return SpokenLine(LineForm.BOTH, "", "", note.text)
    is_named = note.kind in NAMED_FOR and not _SENTENCE.match(note.text.lower())
    return SpokenLine(NAMED_FOR[note.kind] if is_named else LineForm.BY, note.who, note.who, note.text)


def is_about_speaker(note: Note) -> bool:
    """Whether it matters who said a line, and so whose it is has to be known before it is kept."""
    return KINDS[note.kind].whose is Whose.SPEAKER


def _other(name: str, partners: Sequence[str]) -> str:
    return next((other for other in partners if other != name), "")
