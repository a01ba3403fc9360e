"""Utterances with free words: "i appreciate that Sam ...", "pause the tea timer": which sentence, and what fills it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice.language.text import plain
from voice.language.times import speak_time
from voice.messages.meaning import Slots
from voice.nlu.index.pronunciation import Pronouncer
from voice.nlu.index.sentence import Sentence
from voice.nlu.matching.alignment import AlignedWords, Aligner, Alignment, Tolerance, Words
from voice.nlu.matching.utterance import Utterance

FREE_TOLERANCE = Tolerance(budget=0.15, word=0.6, joined=0.35, little=4)  # of the fixed words around free ones
WORD_TOLERANCE = Tolerance(budget=1.0, word=0.6, joined=0.3, little=2)  # no word may be another one
NAME_GATE = 0.35  # how far a name may be off
SHORT_NAME, SHORT_NAME_GATE = 3, 0.17  # a name of so few letters: one sound may be a cousin (Zam), not another (some)
TIMER_NAME_GATE = 0.34  # how far the name of a running timer may be off

Spans = Mapping[str, tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Fit:
    """A sentence as a reading of an utterance, with everything that fills its slots.

    tokens: the words as they were compared.
    """

    sentence: Sentence
    distance: float
    slots: Slots
    tokens: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[float, int]:
        """The nearest first, and of those as near the one that explains more of the words."""
        return round(self.distance, 3), -self.sentence.size


class SlotFiller:
    """Aligns utterances for one couple, and finds their names. names: every spelling of a name -> the name."""

    def __init__(self, names: Mapping[str, str], sounding: Pronouncer) -> None:
        self._names = {tuple(plain(spelling).split()): name for spelling, name in names.items()}
        self._distance = sounding.together
        self._aligner = Aligner(self._distance, self.is_name)

    def fits(self, free: Mapping[str, Sequence[Sentence]], reading: Utterance) -> list[Fit]:
        """The sentences with free words that the reading can be. free: by their key."""
        heard = AlignedWords(
            reading.plain,
            {quantity.start: quantity.end for quantity in reading.durations},
            {time.start: time.end for time in reading.times},
        )
        return [
            Fit(sentence, found.distance, self._fill(sentence, found, reading))
            for key, sentences in free.items()
            if self._aligner.occurs(key, heard, FREE_TOLERANCE)
            for sentence in sentences
            if (found := self._aligner.align(sentence.tokens, heard, FREE_TOLERANCE))
        ]

    def is_word_by_word(self, fit: Fit) -> bool:
        """Whether every word that was heard can be a word of the sentence ("what did we buy today" for "say")."""
        slots = {place: place + 1 for place, token in enumerate(fit.tokens) if token.startswith("{")}
        return (
            self._aligner.align(fit.sentence.tokens, AlignedWords(fit.tokens, slots, slots), WORD_TOLERANCE) is not None
        )

    def _fill(self, sentence: Sentence, found: Alignment, reading: Utterance) -> Slots:
        lengths = {quantity.start: quantity.value for quantity in reading.durations}
        times = {time.start: speak_time(time.time, part=True) for time in reading.times}
        starts: Mapping[str, Mapping[int, str | float]] = {"duration": lengths, "time": times}
        slots = {slot: starts[slot][start] for slot, (start, _) in found.spans.items() if slot in starts}
        return {**self.filled(sentence, found.spans, reading.plain, reading), **slots}

    def filled(self, sentence: Sentence, spans: Spans, words: Words, reading: Utterance) -> dict[str, str | float]:
        """The slots of a sentence, but for its durations, times and numbers.

        spans: slot -> (start, end) of the words that fill it, which are the plain words of the reading where they are
        kept as they were heard.
        """
        slots: dict[str, str | float] = dict(sentence.slots)
        for slot, (start, end) in spans.items():
            if slot == "timer":
                slots[slot] = " ".join(words[start:end])
            elif slot == "name":
                slots[slot] = self._name(words[start:end])
            elif slot in ("text", "clause"):
                slots["text"] = reading.as_heard(start, end)
        if "clause" in spans:  # "Sam" however it was spelled, then what Sam did
            possessive = "'s" if reading.as_heard(*spans["name"]).endswith(("'s", "’s")) else ""
            slots["text"] = f"{slots['name']}{possessive} {slots['text']}"
        return slots

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
        near = [
            (self._distance(name, form), partner)
            for name, partner in self._names.items()
            for form in (heard, (*heard[:-1], heard[-1].removesuffix("s")))
            if form[-1]
        ]
        distance, partner = min(near)
        return partner if distance <= (SHORT_NAME_GATE if len(partner) <= SHORT_NAME else NAME_GATE) else ""
