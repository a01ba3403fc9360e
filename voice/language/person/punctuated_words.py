"""A line as words with their punctuation, the name of the partner marked, however it was written."""

import re
from dataclasses import dataclass, replace

MARK = "@"
"""Stands for the partner to whom a line is turned."""
_EDGES = ',;:.!?"()…'
_TITLE = re.compile(r"[A-ZÀ-ÖØ-Þ]")


@dataclass(frozen=True, slots=True)
class PunctuatedWord:
    """One word of a line."""

    word: str
    """The word as it stands, without punctuation around it; MARK for the name."""
    before: str = ""
    """Punctuation before it."""
    after: str = ""
    """Punctuation after it."""

    @property
    def plain(self) -> str:
        """The word in lower case."""
        return self.word.lower()

    @property
    def is_partner(self) -> bool:
        """Whether it is the name of the partner, in any form."""
        return self.word.startswith(MARK)

    @property
    def is_capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return _TITLE.match(self.word) is not None

    @property
    def text(self) -> str:
        """The word with its punctuation."""
        return f"{self.before}{self.word}{self.after}"

    def instead(self, word: str) -> "PunctuatedWord":
        """The same place with another word."""
        return replace(self, word=word)


def punctuated_words(text: str, name: str) -> list[PunctuatedWord]:
    """The words of a line, each mention of the name marked; a full stop at the end goes."""
    spaced = " ".join(text.replace("’", "'").split()).rstrip(".!?…, ")
    return [_punctuated_word(word) for word in _marked(spaced, name).split()]


def _punctuated_word(word: str) -> PunctuatedWord:
    bare = word.lstrip(_EDGES)
    before = word[: len(word) - len(bare)]
    inner = bare.rstrip(_EDGES)
    return PunctuatedWord(inner, before, bare[len(inner) :]) if inner else PunctuatedWord("", "", word)


def _marked(text: str, name: str) -> str:
    """The text with MARK for the name; "sam" counts as Sam when "Sam" is not in it, and "sams" as Sam's."""
    escaped = re.escape(" ".join(name.replace("’", "'").split()))
    flags = re.NOFLAG if re.search(rf"(?<![\w'-]){escaped}", text) else re.IGNORECASE
    text = re.sub(rf"(?<![\w'-]){escaped}(?='(?:ll|d|ve)\b|(?![\w'-]))", MARK, text, flags=flags)
    return re.sub(rf"(?<![\w'-]){escaped}(?:'s|s|')(?![\w'-])", f"{MARK}'s", text, flags=flags)


def joined(words: list[PunctuatedWord]) -> str:
    """The line again."""
    return " ".join(word.text for word in words)
