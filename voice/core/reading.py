"""One reading of an utterance: its plain words, where they stand in the text, and the quantities among them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from voice.core.sayable import DURATION, NUMBER
from voice.core.text import Quantity, Word, durations, numbers, spelled, words
from voice.messages import Hypothesis, Slots


@dataclass(frozen=True, slots=True)
class Form:
    """The words as tokens, some of them replaced by slots; slots: what those are worth."""

    tokens: tuple[str, ...]
    slots: Slots


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
        """The words as they are, then with durations as slots, then with numbers as slots."""
        plain = self.plain
        yield Form(plain, {})
        if self.durations:
            yield Form(_replaced(plain, self.durations, DURATION), {"duration": self.durations[0].value})
        if found := numbers(plain):
            yield Form(_replaced(plain, found, NUMBER), {"number": found[0].value})


def read(hypothesis: Hypothesis) -> Reading:
    """Take a hypothesis apart."""
    taken = tuple(Word(part, word.start, word.end) for word in words(hypothesis.text) for part in spelled([word.plain]))
    return Reading(hypothesis, taken, durations([word.plain for word in taken]))


def _replaced(plain: Sequence[str], quantities: Sequence[Quantity], slot: str) -> tuple[str, ...]:
    tokens, place = list[str](), 0
    for quantity in quantities:
        tokens += [*plain[place : quantity.start], slot, *(["more"] if quantity.more else [])]
        place = quantity.end
    return (*tokens, *plain[place:])
