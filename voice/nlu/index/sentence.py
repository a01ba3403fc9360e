"""A sentence of the pack as tokens, with the slots it fills."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from voice.content import Intent
from voice.language.text import plain
from voice.nlu.grammar.grammar import Expansion

Phonemize = Callable[[str], str]
Shape = tuple[int, ...]  # how many of each of QUANTITIES a sentence has


DURATION, NUMBER, TIME = QUANTITIES = "{duration}", "{number}", "{time}"
ANY_WORDS = ("{text}", "{clause}")  # slots filled with a line
FREE = (*ANY_WORDS, "{timer}")  # slots filled with words that nobody could list
_MARKS = {
    DURATION: "\ue000" * 4,
    NUMBER: "\ue001" * 4,
    TIME: "\ue002" * 4,
}  # a slot weighs as much as a word of four letters


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that can be said, or ("" as intent) one that must not be taken for a command.

    tokens: plain words and open slots. spoken: the sentence as it is written in the pack.
    slots: what the listed slots in it mean. exact: only the very words count. care: it ends everything.
    """

    intent: str
    spoken: str
    tokens: tuple[str, ...]
    slots: Mapping[str, str] = field(default_factory=dict)
    exact: bool = False
    care: bool = False

    @property
    def shape(self) -> Shape:
        """How many durations, numbers and times of day it has."""
        return shape(self.tokens)

    @property
    def is_free(self) -> bool:
        """Whether part of it is filled with free words."""
        return any(token in FREE for token in self.tokens)

    @property
    def key(self) -> str:
        """Its longest word of its own, which nobody who means it leaves out."""
        return max((token for token in self.tokens if not token.startswith("{")), key=len, default="")

    @property
    def ends_free(self) -> bool:
        """Whether it ends in free words, so that one never knows when it is over."""
        return self.tokens[-1] in FREE

    @property
    def size(self) -> int:
        """The letters of its own words; a duration, number or time counts four."""
        return _size(self.tokens)


@lru_cache(maxsize=10_000)
def _size(some_tokens: tuple[str, ...]) -> int:
    return len("".join(_MARKS.get(token, "" if token.startswith("{") else token) for token in some_tokens))


def keeps_words(words: Container[str]) -> bool:
    """Whether a part of these tokens, or of this sentence, is kept as it is heard: a line of theirs."""
    return any(slot in words for slot in ANY_WORDS)


def sentence_of(expansion: Expansion, intent: Intent) -> Sentence:
    """A sentence of an intent."""
    return Sentence(intent.name, expansion.text, tokens(expansion.text), expansion.slots, intent.exact, intent.care)


def decoy(line: str) -> Sentence:
    """A sentence that is no command, however near to one."""
    return Sentence("", line, tokens(line))


def tokens(sentence: str) -> tuple[str, ...]:
    """Plain words and open slots: "Give me {duration}" -> give, me, {duration}; a {clause} begins with a {name}."""
    parts = sentence.replace("{clause}", "{name}{clause}").replace("{", " {").replace("}", "} ").split()
    return tuple(token for part in parts for token in _tokens_of(part))


@lru_cache(maxsize=10_000)  # the same words stand in thousands of sentences: each is kept once
def _tokens_of(part: str) -> tuple[str, ...]:
    if part.isalpha():  # nearly every word
        return (part.lower(),)
    return (part,) if part.startswith("{") else tuple(plain(part).split())


def shape(some_tokens: Sequence[str]) -> Shape:
    """How many of each of QUANTITIES some tokens have."""
    return tuple(some_tokens.count(quantity) for quantity in QUANTITIES)


def mark(token: str) -> str:
    """What stands for a duration, a number or a time of day where letters or sounds are compared; "" for others."""
    return _MARKS.get(token, "")


def letters(some_tokens: Iterable[str]) -> str:
    """Tokens as one string whose letters can be compared."""
    return " ".join(_MARKS.get(token, token) for token in some_tokens)


def all_apart(some: Sequence[str], others: Sequence[str]) -> NDArray[np.float64]:
    """How far each of some strings is from each of others: 0 to 1."""
    return process.cdist(some, others, scorer=Levenshtein.normalized_distance, dtype=np.float64)
