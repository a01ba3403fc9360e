"""A line in which words went wrong -> the sentence that was meant, when enough speaks for one and nothing against it.

Letters alone cannot tell "ask us a cabin" from "ask us a favour". Here every word speaks for a sentence by how rare it
is in talk, every error against it by how common such an error is; what is no command, and sentences that must be
said in their very words, are weighed in the same way.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import cached_property
from itertools import chain
from math import inf
from typing import NamedTuple

from voice.language.text import plain
from voice.nlu.index.pronunciation import Pronouncer
from voice.nlu.index.sentence import Sentence, decoy, keeps_words
from voice.nlu.index.sentence_index import SentenceIndex
from voice.nlu.index.sentence_table import SentenceTable
from voice.nlu.matching.alignment import Words
from voice.nlu.matching.slot_filling import Fit, SlotFiller, Spans
from voice.nlu.matching.utterance import Utterance, Variant, forms_of
from voice.nlu.repair.error_model import ErrorModel
from voice.nlu.repair.quantity_repair import mended
from voice.nlu.repair.talk_model import BackgroundModel

BAR = 0.0  # what must speak for a sentence (natural logarithm): docs/measured.md tells what lies beyond it
MARGIN = 0.3  # how much more must speak for it than for another intent
HOPELESS = -1.0  # what no wording can make up for
WORDING = 1.25  # how much the wording counts beside the words
BY_WORDS, BY_LETTERS = 6, 3  # sentences of each form that are reckoned


class _Meant(NamedTuple):
    """A sentence, what speaks for it, and the words that fill its slots: slot -> (start, end)."""

    sum: float
    sentence: Sentence
    form: Variant
    spans: Spans


class NoisyChannel:
    """Understands one couple.

    talk: lines that mean nothing. known: the words of everything that can be said. speaks_for: what the wording of some
    words speaks for an intent (natural logarithm).
    """

    def __init__(
        self,
        talk: Iterable[str],
        known: frozenset[str],
        sounding: Pronouncer,
        free_words: SlotFiller,
        speaks_for: Callable[[Words, str], float],
    ) -> None:
        lines = tuple(talk)
        self._lines = dict.fromkeys(tuple(plain(line).split()) for line in lines)
        self._speaks_for = speaks_for
        self._sounding = sounding
        self._free_words = free_words
        self._known = known
        self._errors = ErrorModel(BackgroundModel(lines), sounding, free_words.is_name)

    @cached_property
    def _talk(self) -> SentenceTable:
        return SentenceTable([decoy(" ".join(line)) for line in self._lines], self._sounding)

    def warm_up(self) -> None:
        """Make the talk ready now, so that the first line does not wait for it."""
        self._talk.likeliest(("talk",), BY_WORDS, BY_LETTERS)

    def meant(self, reading: Utterance, book: SentenceIndex) -> Fit | None:
        """The sentence that was meant; None when none was."""
        if reading.plain in self._lines:
            return None
        found = sorted(self._reckoned(reading, book), key=lambda meant: -meant.sum)
        if not found or not _may_count(found[0].sentence):
            return None
        best = found[0]
        rival = next((each.sum for each in found if each.sentence.intent != best.sentence.intent), -inf)
        if best.sum - rival < MARGIN or best.sum < HOPELESS:
            return None
        is_meant = best.sum + WORDING * self._speaks_for(reading.plain, best.sentence.intent) >= BAR
        return self._fit(best, reading) if is_meant else None

    def is_odd(self, timer: str) -> bool:
        """Whether one of several words of a timer's name can be said anyway: "set us timer" is no timer "set us"."""
        name = timer.split()
        return len(name) > 1 and any(word in self._known for word in name)

    def _names_oddly(self, spans: Spans, words: Words) -> bool:
        start, end = spans.get("timer", (0, 0))
        return self.is_odd(" ".join(words[start:end]))

    def _reckoned(self, reading: Utterance, book: SentenceIndex) -> Iterator[_Meant]:
        """Those for which enough speaks that they may be meant, or be rivals of what is."""
        plain_words = reading.plain
        seen, least = set[tuple[str, Words, Words]](), HOPELESS - MARGIN
        forms = (*reading.forms(), *self._mended(plain_words))
        for form in forms:
            likeliest = (shelf.likeliest(form.tokens, BY_WORDS, BY_LETTERS) for shelf in (book, self._talk))
            sentences = [*chain.from_iterable(likeliest)]
            most = self._errors.most({sentence.tokens for sentence in sentences}, form.tokens)
            for sentence in sentences:
                key = sentence.intent, sentence.tokens, form.tokens
                if key not in seen and (form.tokens == plain_words or not keeps_words(sentence.tokens)):
                    seen.add(key)
                    reckoning = self._errors.reckon(sentence.tokens, form.tokens, least, most[sentence.tokens])
                    if reckoning and not self._names_oddly(reckoning.spans, form.tokens):
                        least = max(least, reckoning.sum - MARGIN)
                        yield _Meant(reckoning.sum, sentence, form, reckoning.spans)

    def _mended(self, plain: Words) -> Iterator[Variant]:
        """The same with durations put right that went wrong."""
        words = mended(plain, self._sounding.likeness, self._known)
        if words != plain:
            yield from (replace(form, whole=False) for form in forms_of(words))

    def _fit(self, meant: _Meant, reading: Utterance) -> Fit:
        sentence, form = meant.sentence, meant.form
        slots = {**self._free_words.filled(sentence, meant.spans, form.tokens, reading), **form.slots}
        return Fit(sentence, self._sounding.apart(form.tokens, sentence.tokens), slots, form.tokens)


def _may_count(sentence: Sentence) -> bool:
    """Whether a sentence may be meant by other words than its own."""
    return bool(sentence.intent) and not (sentence.exact or sentence.care) and len(sentence.tokens) > 1
