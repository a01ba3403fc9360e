"""How hard a line is to take in by ear: the reading grade of Flesch and Kincaid."""

import re
from functools import lru_cache

from voice.lint.prompts import sentences, words

HARDEST = 9.0
"""The grade of a single sentence: that of a child of fourteen."""
HARDEST_DECK = 5.0
"""The grade of the middle prompt of a deck."""

_A_WORD, _A_SYLLABLE, _NOTHING = 0.39, 11.8, -15.59  # as published by Kincaid and others in 1975

_VOWELS = re.compile(r"[aeiouy]+")
_TWO_VOWELS = re.compile(r"[aeiouy]ing\b|i(?:est|er|a|um|ous)\b|eate\b|[^aeiou]n't")  # heard apart, or not written
_SOUNDED = re.compile(r"(?:[^aeiouy]les?|[td]ed|(?:[cgszx]|sh|ch)es)$")  # an e at the end that is heard
_SILENT = re.compile(
    r"(?<=[^aeiouy])e(?=(?:s|d|ly|less|ful|ness|ments?|where|things?|times)?$)|(?<=ev)e(?=ni)|(?<=som)e"
)


@lru_cache(maxsize=4096)
def syllables(word: str) -> int:
    """How many syllables an English word has, by its letters; right for 98 % of the words in the packs."""
    heard = re.sub("'(?:ve|re|ll|s|d|m)$", "", word)
    written = heard if _SOUNDED.search(heard) else _SILENT.sub("", heard)
    return max(1, len(_VOWELS.findall(written)) + len(_TWO_VOWELS.findall(heard)))


def reading_grade(text: str) -> float:
    """The school grade in which it is easy to read, about 3 for a good question; 0 where there are no words."""
    said = words(text)
    if not said:
        return 0.0
    per_sentence = len(said) / sum(1 for each in sentences(text) if words(each))
    per_word = sum(map(syllables, said)) / len(said)
    return _A_WORD * per_sentence + _A_SYLLABLE * per_word + _NOTHING
