"""The sentences that count in one mode: found by nearness, by their free slots, and as a grammar for an engine."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain, cycle, pairwise, takewhile

from voice.content import Intent
from voice.core.grammar import Grammar
from voice.core.sayable import (
    DURATION,
    FREE,
    NUMBER,
    TIME,
    VERY_FAR,
    Near,
    Sayable,
    Shape,
    Shelf,
    Sounding,
    decoy,
    sayable,
    shape,
)
from voice.core.text import SMALL, TENS, speak_duration
from voice.core.times import TimeOfDay, speak_time
from voice.core.wide import WideShelf
from voice.core.word_index import WordIndex

_EXAMPLE_SECONDS = (*range(10, 60, 5), *range(60, 3600, 60), 90, 150, 3600, 5400, 7200)
_EXAMPLE_DURATIONS = tuple(speak_duration(seconds) for seconds in _EXAMPLE_SECONDS)
_EXAMPLE_NUMBERS = (*SMALL, *TENS)
_EXAMPLE_TIMES = tuple(speak_time(TimeOfDay(minutes), part=True) for minutes in range(6 * 60, 24 * 60, 15))
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


def wide_shelves(
    intents: Sequence[Intent], closed: Grammar, free: Grammar, sounding: Sounding
) -> tuple[WideShelf | None, WideShelf | None]:
    """The templates of some intents that are not written out: closed sentences, and those with free words."""
    return _wide_shelf(intents, closed, sounding), _wide_shelf(intents, free, sounding, FREE)


def _wide_shelf(
    intents: Sequence[Intent], grammar: Grammar, sounding: Sounding, slots: Sequence[str] = ()
) -> WideShelf | None:
    """The wide templates, of which one of some slots is to be a part; None when there are none."""
    wide = [
        (intent.name, template)
        for intent in intents
        for template in intent.sentences
        if grammar.is_wide(template) and (not slots or any(f"{{{slot}}}" in slots for slot in grammar.slots(template)))
    ]
    exact = {intent.name for intent in intents if intent.exact}
    return WideShelf(grammar.graph(wide), sounding, exact) if wide else None


def _expanded(template: str, intent: Intent, grammar: Grammar) -> Iterator[Sayable]:
    return (sayable(expansion, intent) for expansion in grammar.expand(template))


class Book:
    """The sentences of one mode, and the lines that are no commands in it.

    wide, wide_free: the templates that are not written out, as `sentences_of` takes its grammars. longest: how many
    words the longest sentence of those has.
    """

    def __init__(
        self,
        sentences: Iterable[Sayable],
        lines: Iterable[str],
        sounding: Sounding,
        wide: WideShelf | None = None,
        wide_free: WideShelf | None = None,
    ) -> None:
        sentences = tuple(sentences)
        self._in_order = sorted(sentences, key=_tokens)
        shapes = dict[Shape, list[Sayable]]()
        free = dict[str, list[Sayable]]()
        for sentence in (*sentences, *map(decoy, lines)):
            if sentence.is_free:
                free.setdefault(sentence.key, []).append(sentence)
            else:
                shapes.setdefault(sentence.shape, []).append(sentence)
        self._free: Mapping[str, Sequence[Sayable]] = free
        self._shelves = {shape: Shelf(held, sounding) for shape, held in shapes.items()}
        self._sounding = sounding
        self._wide, self._wide_free = wide, wide_free
        self.longest = max((shelf.longest for shelf in self._all_wide()), default=0)

    def warm_up(self) -> None:
        """Make ready now what a line is looked for in whose words went wrong, so that the first one does not wait."""
        self.likeliest(("talk",), 1, 1)

    def near(self, some_tokens: tuple[str, ...]) -> list[Near]:
        """The closed sentences and lines near to what was heard, the nearest first."""
        shelf = self._shelf(some_tokens)
        found = shelf.near(some_tokens, self._sounding(some_tokens)) if shelf else []
        wide = self._wide.near(some_tokens) if self._wide else []
        return sorted((*found, *wide), key=lambda near: near.distance)

    def alike(self, some_tokens: tuple[str, ...], cutoff: float, many: int) -> list[Sayable]:
        """The closed sentences and lines most like what was heard, in sounds and in letters: so many of each."""
        shelf = self._shelf(some_tokens)
        found = shelf.alike(some_tokens, self._sounding(some_tokens), cutoff, many) if shelf else []
        wide = self._wide.near(some_tokens, cutoff) if self._wide else []
        return [*found, *(near.sentence for near in wide)]

    def likeliest(self, some_tokens: tuple[str, ...], by_words: int, by_letters: int) -> list[Sayable]:
        """The sentences and lines that may be meant though words went wrong: so many by each, closed and free."""
        shelf = self._shelf(some_tokens)
        found = shelf.likeliest(some_tokens, by_words, by_letters) if shelf else []
        found += [self._all_free[place] for place in self._free_words.nearest(some_tokens, by_words)]
        if self._wide:
            found += [near.sentence for near in self._wide.near(some_tokens, VERY_FAR)]
        if self._wide_free:
            found += self._wide_free.free(some_tokens)
        return found

    @cached_property
    def _all_free(self) -> tuple[Sayable, ...]:
        return tuple(chain.from_iterable(self._free.values()))

    @cached_property
    def _free_words(self) -> WordIndex:
        return WordIndex([sentence.tokens for sentence in self._all_free])

    def _shelf(self, some_tokens: tuple[str, ...]) -> Shelf | None:
        return self._shelves.get(shape(some_tokens))

    def free(self, words: Sequence[str]) -> Mapping[str, Sequence[Sayable]]:
        """The sentences with free words that some plain words may be, by their key."""
        if self._wide_free is None:
            return self._free
        found = {key: list(sentences) for key, sentences in self._free.items()}
        for sentence in self._wide_free.free(words):
            found.setdefault(sentence.key, []).append(sentence)
        return found

    def is_complete(self, sentence: Sayable) -> bool:
        """Whether going on after this sentence could mean nothing else."""
        if sentence.ends_free or any(wide.could_mean_more(sentence) for wide in self._all_wide()):
            return False
        meant = _meaning(sentence)
        return all(_meaning(longer) == meant for longer in self._longer(sentence.tokens))

    def is_begun(self, some_tokens: tuple[str, ...]) -> bool:
        """Whether a sentence begins with all of this, which is more than one word."""
        return len(some_tokens) > 1 and (
            any(True for _ in self._longer(some_tokens)) or any(wide.is_begun(some_tokens) for wide in self._all_wide())
        )

    def _longer(self, some_tokens: tuple[str, ...]) -> Iterator[Sayable]:
        """The sentences that begin with these words and go on."""
        first = bisect_right(self._in_order, some_tokens, key=_tokens)
        return takewhile(
            lambda sentence: sentence.tokens[: len(some_tokens)] == some_tokens,
            (self._in_order[place] for place in range(first, len(self._in_order))),
        )

    def _all_wide(self) -> Iterator[WideShelf]:
        return (wide for wide in (self._wide, self._wide_free) if wide)


def _tokens(sentence: Sayable) -> tuple[str, ...]:
    return sentence.tokens


Meaning = tuple[str, frozenset[tuple[str, str]], frozenset[str]]


def _meaning(sentence: Sayable) -> Meaning:
    opens = frozenset(token for token in sentence.tokens if token.startswith("{"))
    return sentence.intent, frozenset(sentence.slots.items()), opens


def as_grammar(sentences: Iterable[Sayable], say: Iterable[str], names: Iterable[str]) -> tuple[str, ...]:
    """Plain sentences for an engine that takes a grammar: lower case, letters and apostrophes.

    Such a grammar is a bigram model, so a sentence is left out when every pair of words in it stands in another
    one already. Durations, numbers, times and names are filled in, each in its turn; free words nobody knows, so a
    sentence is cut before them.
    """
    fillings = {
        DURATION: cycle(_EXAMPLE_DURATIONS),
        NUMBER: cycle(_EXAMPLE_NUMBERS),
        TIME: cycle(_EXAMPLE_TIMES),
        "{name}": cycle(names),
    }
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
