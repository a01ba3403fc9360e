"""One reading of an utterance: its plain words, where they stand in the text, and the quantities among them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from voice.language.slots import SLOT_TYPES, Found, found_in
from voice.language.text import FILLERS, HESITATIONS, Word, spelled, words
from voice.messages.meaning import Slots
from voice.messages.recognition import Hypothesis


@dataclass(frozen=True, slots=True)
class Variant:
    """The words as tokens, some of them replaced by slots."""

    tokens: tuple[str, ...]
    """Plain words and slots ("{duration}")."""
    slots: Slots
    """Slot -> its value: of several, the first."""
    whole: bool = True
    """No word was left out."""


@dataclass(frozen=True, slots=True)
class Utterance:
    """A hypothesis taken apart."""

    hypothesis: Hypothesis
    """The reading."""
    words: tuple[Word, ...]
    """Its words, plain, numbers spelled; where each stands in the text."""
    quantities: Mapping[str, Sequence[Found]] = field(compare=False)
    """Slot -> the quantities of its type among the words."""

    @property
    def plain(self) -> tuple[str, ...]:
        """The words alone."""
        return tuple(word.plain for word in self.words)

    def as_heard(self, start: int, end: int) -> str:
        """The words from start to end as they were heard, with their capitals and the marks between them."""
        return self.hypothesis.text[self.words[start].start : self.words[end - 1].end]

    def forms(self) -> Iterator[Variant]:
        """The words as they are, then with the quantities of each type as slots.

        After that the same without words that were said twice in a row, and without fillers, if two words stay.
        """
        yield from _forms(self.plain, self.quantities)
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
    return Utterance(hypothesis, taken, found_in([word.plain for word in taken]))


def forms_of(plain: tuple[str, ...]) -> Iterator[Variant]:
    """Plain words as they are, then with the quantities of each type as slots."""
    return _forms(plain, found_in(plain))


def _forms(plain: tuple[str, ...], quantities: Mapping[str, Sequence[Found]]) -> Iterator[Variant]:
    yield Variant(plain, {})
    for name, found in quantities.items():
        yield Variant(_replaced(plain, found, SLOT_TYPES[name].token), {name: found[0].value})


def _replaced(plain: Sequence[str], quantities: Sequence[Found], token: str) -> tuple[str, ...]:
    tokens, place = list[str](), 0
    for each in quantities:
        tokens += [*plain[place : each.start], token, *(["more"] if each.more else [])]
        place = each.end
    return (*tokens, *plain[place:])
