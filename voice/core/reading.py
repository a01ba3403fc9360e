"""One reading of an utterance: its plain words, where they stand in the text, and the quantities among them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from voice.core.sayable import DURATION, NUMBER
from voice.core.text import FILLERS, HESITATIONS, Quantity, Word, durations, numbers, spelled, words
from voice.messages import Hypothesis, Slots


@dataclass(frozen=True, slots=True)
class Form:
    """The words as tokens, some of them replaced by slots; slots: what those are worth. whole: no word was left out."""

    tokens: tuple[str, ...]
    slots: Slots
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Reading:
    """A hypothesis taken apart. words: plain, numbers spelled. durations: those among them, in seconds."""

    hypothesis: Hypothesis
    words: tuple[Word, ...]
    durations: tuple[Quantity, ...]

    @property
    def plain(self) -> tuple[str, ...]:
        """The words alone."""
        return tuple(word.plain for word in self.words)

    def as_heard(self, start: int, end: int) -> str:
        """The words from start to end as they were heard, with their capitals and the marks between them."""
        return self.hypothesis.text[self.words[start].start : self.words[end - 1].end]

    def forms(self) -> Iterator[Form]:
        """The words as they are, then with durations as slots, then with numbers as slots.

        After that the same without words that were said twice in a row, and without fillers, if two words stay.
        """
        yield from _forms(self.plain, self.durations)
        others = {variant: None for variant in self._variants() if len(variant) > 1 and variant != self.plain}
        for variant in others:
            yield from (replace(form, whole=False) for form in forms_of(variant))

    def _variants(self) -> Iterator[tuple[str, ...]]:
        once = tuple(word for word, _ in groupby(self.plain))
        yield once
        yield tuple(word for word in once if word not in FILLERS)


def read(hypothesis: Hypothesis) -> Reading:
    """Take a hypothesis apart, leaving out what is only hesitation; nothing but hesitation stays."""
    heard = words(hypothesis.text)
    meant = [word for word in heard if word.plain not in HESITATIONS] or heard
    taken = tuple(Word(part, word.start, word.end) for word in meant for part in spelled([word.plain]))
    return Reading(hypothesis, taken, durations([word.plain for word in taken]))


def forms_of(plain: tuple[str, ...]) -> Iterator[Form]:
    """Plain words as they are, then with durations as slots, then with numbers as slots."""
    return _forms(plain, durations(plain))


def _forms(plain: tuple[str, ...], durations_in_it: Sequence[Quantity]) -> Iterator[Form]:
    yield Form(plain, {})
    if durations_in_it:
        yield Form(_replaced(plain, durations_in_it, DURATION), {"duration": durations_in_it[0].value})
    if found := numbers(plain):
        yield Form(_replaced(plain, found, NUMBER), {"number": found[0].value})


def _replaced(plain: Sequence[str], quantities: Sequence[Quantity], slot: str) -> tuple[str, ...]:
    tokens, place = list[str](), 0
    for quantity in quantities:
        tokens += [*plain[place : quantity.start], slot, *(["more"] if quantity.more else [])]
        place = quantity.end
    return (*tokens, *plain[place:])
