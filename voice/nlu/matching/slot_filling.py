"""Utterances with free words: "i appreciate that Sam ...", "pause the tea timer": which sentence, and what fills it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice.language.slots import SLOT_TYPES, Filler, Value, filler_of, key_of, quantities
from voice.language.text import plain
from voice.messages.meaning import Slots
from voice.nlu.index.pronunciation import Pronouncer
from voice.nlu.index.sentence import Sentence
from voice.nlu.matching.alignment import Aligner, Alignment, Tolerance, Words
from voice.nlu.matching.utterance import Utterance

FREE_TOLERANCE = Tolerance(budget=0.15, word=0.6, joined=0.35, little=4)  # of the fixed words around free ones
EXACT = Tolerance(budget=0.0, word=0.0, joined=0.0, little=0)
WORD_TOLERANCE = Tolerance(budget=1.0, word=0.6, joined=0.3, little=2)  # no word may be another one
NAME_GATE = 0.35  # how far a name may be off
SHORT_NAME, SHORT_NAME_GATE = 3, 0.17  # a name of so few letters: one sound may be a cousin (Zam), not another (some)
NOBODY = frozenset("i me my mine we us our you your he him his she her it they them a an the this that".split())
"""Words that are no name, however alike they sound: "my" is not Maya."""
TIMER_NAME_GATE = 0.34  # how far the name of a running timer may be off


@dataclass(frozen=True, slots=True)
class Fit:
    """A sentence as a reading of an utterance, with everything that fills its slots."""

    sentence: Sentence
    """The sentence."""
    distance: float
    """0 (the same) to 1."""
    slots: Slots
    """Slot -> its value."""
    tokens: tuple[str, ...] = ()
    """The words as they were compared; () where the sentence has free words."""

    @property
    def order(self) -> tuple[float, int]:
        """The nearest first, and of those as near the one that explains more of the words."""
        return round(self.distance, 3), -self.sentence.size


class SlotFiller:
    """Aligns utterances for one couple, and finds their names. names: every spelling of a name -> the name."""

    def __init__(self, names: Mapping[str, str], sounding: Pronouncer) -> None:
        self._names = {tuple(plain(spelling).split()): name for spelling, name in names.items()}
        self._distance, self._distances = sounding.together, sounding.all_together

    def fits(
        self, free: Mapping[str, Sequence[Sentence]], reading: Utterance, tolerance: Tolerance = FREE_TOLERANCE
    ) -> list[Fit]:
        """The sentences with free words that the reading can be. free: by their key."""
        ends = {slot: {each.start: each.end for each in found} for slot, found in reading.quantities.items()}
        aligner = self._aligner(reading.plain, ends, tolerance)
        aligner.look_for([key] for key in free)
        sentences = [sentence for key, some in free.items() if aligner.occurs(key) for sentence in some]
        aligner.look_for(sentence.tokens for sentence in sentences)
        return [
            Fit(sentence, found.distance, self._fill(sentence, found, reading))
            for sentence in sentences
            if (found := aligner.align(sentence.tokens))
        ]

    def _aligner(self, words: Words, quantities: Mapping[str, Mapping[int, int]], tolerance: Tolerance) -> Aligner:
        return Aligner(words, quantities, tolerance, self._distances, self.is_name)

    def is_word_by_word(self, fit: Fit) -> bool:
        """Whether every word that was heard can be a word of the sentence ("what did we buy today" for "say")."""
        ends = {place: place + 1 for place, token in enumerate(fit.tokens) if token.startswith("{")}
        aligner = self._aligner(fit.tokens, {slot.name: ends for slot in quantities()}, WORD_TOLERANCE)
        return aligner.align(fit.sentence.tokens) is not None

    def _fill(self, sentence: Sentence, found: Alignment, reading: Utterance) -> Slots:
        """The slots of a sentence: those that are listed, those of words, and those of quantities."""
        slots: dict[str, Value] = dict(sentence.slots)
        in_order = sorted(found.spans.items(), key=lambda each: filler_of(each[0]) is Filler.QUANTITY)
        for name, (start, end) in in_order:
            if (value := self._value(name, start, end, reading)) is not None:
                slots[key_of(name)] = value
        for slot in map(SLOT_TYPES.get, found.spans):
            if slot and slot.leader:  # "Sam" however it was spelled, then what Sam did
                possessive = "'s" if reading.as_heard(*found.spans[slot.leader]).endswith(("'s", "’s")) else ""
                slots[slot.key] = f"{slots[slot.leader]}{possessive} {slots[slot.key]}"
        return slots

    def _value(self, name: str, start: int, end: int, reading: Utterance) -> Value | None:
        """What the words from start to end are worth in a slot; None in one that is listed."""
        match filler_of(name):
            case Filler.QUANTITY:
                return next(each.value for each in reading.quantities[name] if each.start == start)
            case Filler.WORDS:
                return " ".join(reading.plain[start:end])
            case Filler.PARTNER:
                return self._name(reading.plain[start:end])
            case Filler.LINE:
                return reading.as_heard(start, end)
        return None

    def timer(self, heard: str, timers: Sequence[str]) -> str:
        """The name of the running timer that sounds like what was heard, else that itself."""
        near = [(self._distance(tuple(plain(name).split()), tuple(heard.split())), name) for name in timers]
        distance, name = min(near, default=(1.0, heard))
        return name if distance <= TIMER_NAME_GATE else heard

    def is_name(self, heard: Words) -> bool:
        """Whether some words are the name of a partner."""
        return bool(self._name(heard))

    def _name(self, heard: Words) -> str:
        """The partner whose name this is, with or without an s that says "Sam's"; "" for no partner."""
        if len(heard) == 1 and heard[0] in NOBODY and tuple(heard) not in self._names:
            return ""
        near = [
            (self._distance(name, form), partner)
            for name, partner in self._names.items()
            for form in (heard, (*heard[:-1], heard[-1].removesuffix("s")))
            if form[-1]
        ]
        distance, partner = min(near)
        return partner if distance <= (SHORT_NAME_GATE if len(partner) <= SHORT_NAME else NAME_GATE) else ""
