"""A dictated answer as a part of the sentence in which it is read back."""

import re
from collections.abc import Collection, Mapping

from voice.core.decision import fill

_ENDS = " \t,.;:!?-…"


def as_part(text: str, stems: Collection[str], instead: Mapping[str, str], names: Mapping[str, str]) -> str:
    """The answer without what the sentence has already: "I feel left out." -> "left out".

    stems: beginnings that are left off. instead: words -> those that stand for them ("you always" -> "you").
    names: placeholder -> the partner's name, in the stems and the words.
    """
    part = text.replace("’", "'").strip(_ENDS)
    for stem in sorted((fill(stem, names) for stem in stems), key=len, reverse=True):
        found = re.match(rf"{re.escape(stem)}\b[\s,:]*(?=\S)", part, re.IGNORECASE)
        if found:
            part = part[found.end() :]
            break
    words = {fill(said, names): fill(other, names) for said, other in instead.items()}
    return _uncapitalized(_replaced(part, words), names)


def _replaced(text: str, instead: Mapping[str, str]) -> str:
    """The text with each of these words replaced, the longest first."""
    if not instead:
        return text
    by_words = {said.lower(): words for said, words in instead.items()}
    longest_first = "|".join(map(re.escape, sorted(by_words, key=len, reverse=True)))
    return re.sub(rf"\b({longest_first})\b", lambda found: by_words[found[0].lower()], text, flags=re.IGNORECASE)


def _uncapitalized(text: str, names: Mapping[str, str]) -> str:
    """As in the middle of a sentence; I and the two of them keep their capitals."""
    first = re.split(r"[\s']", text, maxsplit=1)[0]
    return text if first in ("I", *names.values()) else text[:1].lower() + text[1:]
