"""One reading of an utterance: its plain words, where they stand in the text, and the quantities among them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from voice.language.moments.quantities import durations
from voice.language.text import FILLERS, HESITATIONS, Quantity, Word, numbers, spelled, words
from voice.language.times import SpokenTime, speak_time, times
from voice.messages.meaning import Slots
from voice.messages.recognition import Hypothesis
from voice.nlu.index.sentence import DURATION, NUMBER, TIME


@dataclass(frozen=True, slots=True)
class Variant:
    """The words as tokens, some of them replaced by slots; slots: what those are worth. whole: no word was left out."""

    tokens: tuple[str, ...]
    slots: Slots
    whole: bool = True


@dataclass(frozen=True, slots=True)
class Utterance:
    """A hypothesis taken apart. words: plain, numbers spelled. durations, times: those among them."""

    hypothesis: Hypothesis
    words: tuple[Word, ...]
    durations: tuple[Quantity, ...]
    times: tuple[SpokenTime, ...] = ()

    @property
    def plain(self) -> tuple[str, ...]:
        """The words alone."""
        return tuple(word.plain for word in self.words)

    def as_heard(self, start: int, end: int) -> str:
        """The words from start to end as they were heard, with their capitals and the marks between them."""
        return self.hypothesis.text[self.words[start].start : self.words[end - 1].end]

    def forms(self) -> Iterator[Variant]:
        """The words as they are, then with durations as slots, then with numbers, then with times of day.

        After that the same without words that were said twice in a row, and without fillers, if two words stay.
        """
        yield from _forms(self.plain, self.durations, self.times)
        others = {variant: None for variant in self._variants() if len(variant) > 1 and variant != self.plain}
        for variant in others:
            yield from (replace(form, whole=False) for form in forms_of(variant))

    def _variants(self) -> Iterator[tuple[str, ...]]:
        once = tuple(word for word, _ in groupby(self.plain))
        yield once
        yield tuple(word for word in once if word not in FILLERS)


def tokenized(hypothesis: Hypothesis) -> Utterance:
    """Take a hypothesis apart, leaving out what is only hesitation; nothing but hesitation stays."""
    heard = words(hypothesis.text)
    meant = [word for word in heard if word.plain not in HESITATIONS] or heard
    taken = tuple(Word(part, word.start, word.end) for word in meant for part in spelled([word.plain]))
    plain_words = [word.plain for word in taken]
    return Utterance(hypothesis, taken, durations(plain_words), times(plain_words))


def forms_of(plain: tuple[str, ...]) -> Iterator[Variant]:
    """Plain words as they are, then with durations, times or numbers as slots."""
    return _forms(plain, durations(plain), times(plain))


def _forms(
    plain: tuple[str, ...], durations_in_it: Sequence[Quantity], times_in_it: Sequence[SpokenTime]
) -> Iterator[Variant]:
    yield Variant(plain, {})
    if durations_in_it:
        yield Variant(_replaced(plain, durations_in_it, DURATION), {"duration": durations_in_it[0].value})
    if found := numbers(plain):
        yield Variant(_replaced(plain, found, NUMBER), {"number": found[0].value})
    if times_in_it:
        yield Variant(_replaced(plain, times_in_it, TIME), {"time": speak_time(times_in_it[0].time, part=True)})


def _replaced(plain: Sequence[str], quantities: Sequence[Quantity | SpokenTime], slot: str) -> tuple[str, ...]:
    tokens, place = list[str](), 0
    for quantity in quantities:
        more = isinstance(quantity, Quantity) and quantity.more
        tokens += [*plain[place : quantity.start], slot, *(["more"] if more else [])]
        place = quantity.end
    return (*tokens, *plain[place:])
