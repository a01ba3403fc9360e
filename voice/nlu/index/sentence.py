"""A sentence of the pack as tokens, with the slots it fills."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from voice.content import Intent
from voice.language.slots import FREE, SLOT_TYPES, Filler, filler_of, quantities, with_leaders
from voice.language.text import plain
from voice.nlu.grammar.grammar import Expansion

Phonemize = Callable[[str], str]
Shape = tuple[int, ...]  # how many of each quantity a sentence has

FIRST_MARK, MARK_SIZE = 0xE000, 4  # of private use; a quantity weighs as much as a word of four letters


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence that can be said, or one that must not be taken for a command."""

    intent: str
    """What it means; "" for what must not be taken for a command."""
    spoken: str
    """The sentence as it is written in the pack."""
    tokens: tuple[str, ...]
    """Plain words and open slots."""
    slots: Mapping[str, str] = field(default_factory=dict)
    """Slot -> what a listed slot in it means."""
    exact: bool = False
    """Only its very words count."""
    care: bool = False
    """It is understood first and ends everything."""

    @property
    def shape(self) -> Shape:
        """How many of each quantity it has."""
        return shape(self.tokens) if self._has_slots else NO_QUANTITY

    @property
    def is_free(self) -> bool:
        """Whether part of it is filled with free words."""
        return self._has_slots and any(map(_is_free, self.tokens))

    @property
    def _has_slots(self) -> bool:
        """Nearly all of the many thousand have none, and need not be looked at word by word."""
        return "{" in self.spoken

    @property
    def key(self) -> str:
        """Its longest word of its own, which nobody who means it leaves out."""
        return max((token for token in self.tokens if not token.startswith("{")), key=len, default="")

    @property
    def ends_free(self) -> bool:
        """Whether it ends in free words, so that one never knows when it is over."""
        return _is_free(self.tokens[-1])

    @property
    def size(self) -> int:
        """The letters of its own words; a quantity counts four."""
        return _size(self.tokens)


@lru_cache(maxsize=10_000)
def _size(some_tokens: tuple[str, ...]) -> int:
    return sum(len(mark(token) if token.startswith("{") else token) for token in some_tokens)


def _is_free(token: str) -> bool:
    """Whether a token is a slot that is filled with free words."""
    return token.startswith("{") and filler_of(token[1:-1]) in FREE


def keeps_words(words: Container[str]) -> bool:
    """Whether a part of these tokens, or of this sentence, is kept as it is heard: a line of theirs."""
    return any(slot.token in words for slot in SLOT_TYPES.values() if slot.filler is Filler.LINE)


def sentence_of(expansion: Expansion, intent: Intent) -> Sentence:
    """A sentence of an intent."""
    return Sentence(intent.name, expansion.text, tokens(expansion.text), expansion.slots, intent.exact, intent.care)


def decoy(line: str) -> Sentence:
    """A sentence that is no command, however near to one."""
    return Sentence("", line, tokens(line))


def tokens(sentence: str) -> tuple[str, ...]:
    """Plain words and open slots: "Give me {duration}" -> give, me, {duration}; a {clause} begins with a {name}."""
    if "{" in sentence:
        sentence = with_leaders(sentence).replace("{", " {").replace("}", "} ")
    return tuple(chain.from_iterable(map(_tokens_of, sentence.split())))


@lru_cache(maxsize=10_000)  # the same words stand in thousands of sentences: each is kept once
def _tokens_of(part: str) -> tuple[str, ...]:
    if part.isalpha():  # nearly every word
        return (part.lower(),)
    return (part,) if part.startswith("{") else tuple(plain(part).split())


def shape(some_tokens: Sequence[str]) -> Shape:
    """How many of each quantity some tokens have."""
    return tuple(some_tokens.count(slot.token) for slot in quantities())


NO_QUANTITY = shape(())


def mark(token: str) -> str:
    """What stands for a quantity where letters or sounds are compared; "" for other tokens."""
    if not token.startswith("{") or filler_of(token[1:-1]) is not Filler.QUANTITY:
        return ""
    return chr(FIRST_MARK + list(SLOT_TYPES).index(token[1:-1])) * MARK_SIZE


def letters(some_tokens: Iterable[str]) -> str:
    """Tokens as one string whose letters can be compared."""
    return " ".join(mark(token) or token for token in some_tokens)


def all_apart(some: Sequence[str], others: Sequence[str]) -> NDArray[np.float64]:
    """How far each of some strings is from each of others: 0 to 1."""
    return process.cdist(some, others, scorer=Levenshtein.normalized_distance, dtype=np.float64)
