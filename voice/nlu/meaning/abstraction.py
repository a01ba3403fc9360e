"""An utterance as the sentence encoder takes it: names, lengths, times and hesitations made alike."""

import re
from collections.abc import Iterable

from voice.language.slots import DURATION, Found, quantities
from voice.language.text import HESITATIONS, spelled, words

NAME = "sam"
"""Stands for the name of either partner."""
_BEFORE_HOURS = frozenset("at by around about before after till until from".split())
_CALLED = re.compile(r"\b(?:hey |hi |hello |okay |ok )?(?:hearthside|hearth side)\b[, ]*", re.IGNORECASE)


class Abstraction:
    """Replaces what differs between two people who want the same. names: every spelling of a partner's name."""

    def __init__(self, names: Iterable[str]) -> None:
        forms = sorted({re.escape(name.lower()) for name in names}, key=len, reverse=True)
        self._name = re.compile(rf"\b(?:{'|'.join(forms) or '(?!)'})\b")

    def __call__(self, text: str) -> str:
        """The text in lower case with one name, one length and one time of day; never empty for words."""
        said = self._name.sub(NAME, " ".join(_CALLED.sub(" ", text).lower().split())) or text.lower()
        heard = [word for word in words(said) if word.plain not in HESITATIONS]
        plain = [part for word in heard for part in spelled([word.plain])]
        if len(plain) != len(heard):
            return _replaced(plain)
        spans = dict[int, tuple[int, str]]()
        for slot in quantities():
            for each in slot.find(plain) if slot.alike else ():
                if not _is_pronoun(plain, each):
                    spans.setdefault(each.start, (each.end, slot.alike))
        found, position = list[str](), 0
        while position < len(heard):
            end, word = spans.get(position, (position + 1, said[heard[position].start : heard[position].end]))
            found.append(word)
            position = end
        return " ".join(found) or said


def _is_pronoun(plain: list[str], found: Found) -> bool:
    """Whether it is the "one" of "another one", and no hour."""
    alone = found.end == found.start + 1 and plain[found.start] == "one"
    return alone and plain[max(0, found.start - 1)] not in _BEFORE_HOURS


def _replaced(plain: list[str]) -> str:
    """Plain words, of which one stands for several characters of a number: only their lengths are made alike."""
    spans = {each.start: each.end for each in DURATION.find(plain)}
    found, position = list[str](), 0
    while position < len(plain):
        found.append(DURATION.alike if position in spans else plain[position])
        position = spans.get(position, position + 1)
    return " ".join(found)
