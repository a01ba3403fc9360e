"""The sentences that count in one mode: found by nearness, by their free slots, and as a grammar for an engine."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import cycle, pairwise

from voice.content import Intent
from voice.core.grammar import Grammar
from voice.core.sayable import DURATION, FREE, NUMBER, Near, Sayable, Shape, Shelf, Sounding, decoy, sayable
from voice.core.text import SMALL, TENS, speak_duration

_EXAMPLE_SECONDS = (*range(10, 60, 5), *range(60, 3600, 60), 90, 150, 3600, 5400, 7200)
_EXAMPLE_DURATIONS = tuple(speak_duration(seconds) for seconds in _EXAMPLE_SECONDS)
_EXAMPLE_NUMBERS = (*SMALL, *TENS)
_SLOT = re.compile(r"\{\w+\}")
_NO_LETTER = re.compile(r"[^\w'’]+|_")


def sentences_of(intent: Intent, closed: Grammar, free: Grammar) -> tuple[Sayable, ...]:
    """Every sentence of an intent, each once.

    closed: the grammar for sentences that can be listed. free: for those with free words, where a name is heard
    rather than listed.
    """
    found = dict[tuple[str, ...], Sayable]()
    for template in intent.sentences:
        for sentence in _expanded(template, intent, closed):
            if not sentence.is_free:
                found.setdefault(sentence.tokens, sentence)
        if any(f"{{{slot}}}" in FREE for slot in free.slots(template)):
            for sentence in _expanded(template, intent, free):
                if sentence.is_free:
                    found.setdefault(sentence.tokens, sentence)
    return tuple(found.values())


def _expanded(template: str, intent: Intent, grammar: Grammar) -> Iterator[Sayable]:
    return (sayable(expansion, intent) for expansion in grammar.expand(template))


class Book:
    """The sentences of one mode, and the lines that are no commands in it.

    free: those with free words, by their key.
    """

    def __init__(self, sentences: Iterable[Sayable], lines: Iterable[str], sounding: Sounding) -> None:
        sentences = tuple(sentences)
        shapes = dict[Shape, list[Sayable]]()
        free = dict[str, list[Sayable]]()
        for sentence in (*sentences, *map(decoy, lines)):
            if sentence.is_free:
                free.setdefault(sentence.key, []).append(sentence)
            else:
                shapes.setdefault(sentence.shape, []).append(sentence)
        self.free: Mapping[str, Sequence[Sayable]] = free
        self._shelves = {shape: Shelf(held, sounding) for shape, held in shapes.items()}
        self._sounding = sounding
        self._continued = dict[tuple[str, ...], set[Meaning]]()
        for sentence in sentences:
            for length in range(1, len(sentence.tokens)):
                self._continued.setdefault(sentence.tokens[:length], set()).add(_meaning(sentence))

    def near(self, some_tokens: tuple[str, ...]) -> list[Near]:
        """The closed sentences and lines near to what was heard, the nearest first."""
        shelf = self._shelves.get((some_tokens.count(DURATION), some_tokens.count(NUMBER)))
        return shelf.near(some_tokens, self._sounding(some_tokens)) if shelf else []

    def is_complete(self, sentence: Sayable) -> bool:
        """Whether going on after this sentence could mean nothing else."""
        return not sentence.ends_free and self._continued.get(sentence.tokens, set()) <= {_meaning(sentence)}

    def is_begun(self, some_tokens: tuple[str, ...]) -> bool:
        """Whether a sentence begins with all of this, which is more than one word."""
        return len(some_tokens) > 1 and some_tokens in self._continued


Meaning = tuple[str, frozenset[tuple[str, str]], frozenset[str]]


def _meaning(sentence: Sayable) -> Meaning:
    opens = frozenset(token for token in sentence.tokens if token.startswith("{"))
    return sentence.intent, frozenset(sentence.slots.items()), opens


def as_grammar(sentences: Iterable[Sayable], say: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Plain sentences for an engine that takes a grammar: lower case, letters and apostrophes.

    Such a grammar is a bigram model, so a sentence is left out when every pair of words in it stands in another
    one already. Durations, numbers and names are filled in, each in its turn; free words nobody knows, so a sentence
    is cut before them.
    """
    fillings = {DURATION: cycle(_EXAMPLE_DURATIONS), NUMBER: cycle(_EXAMPLE_NUMBERS), "{name}": cycle(names)}
    found, pairs = list[str](), set[tuple[str, str]]()
    for text in (*say, *(sentence.spoken for sentence in sentences)):
        text = text.replace("{clause}", "{name} {clause}")
        for slot, filling in fillings.items():
            while slot in text:
                text = text.replace(slot, next(filling), 1)
        cleaned = _NO_LETTER.sub(" ", _SLOT.split(text)[0].lower().replace("’", "'")).split()
        new = set(pairwise(("", *cleaned, ""))) - pairs
        if cleaned and new:
            found.append(" ".join(cleaned))
            pairs |= new
    return tuple(found)
