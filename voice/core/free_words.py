"""Utterances with free words: "i appreciate that Sam ...", "pause the tea timer": which sentence, and what fills it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from voice.core.alignment import Aligner, Alignment, Heard, Tolerance
from voice.core.reading import Reading
from voice.core.sayable import Sayable, Sounding
from voice.core.text import plain
from voice.core.times import speak_time
from voice.messages import Slots

FREE_TOLERANCE = Tolerance(budget=0.15, word=0.6, joined=0.35, little=4)  # of the fixed words around free ones
WORD_TOLERANCE = Tolerance(budget=1.0, word=0.6, joined=0.35, little=2)  # no word may be another one
NAME_GATE = 0.35  # how far a name may be off
SHORT_NAME, SHORT_NAME_GATE = 3, 0.17  # a name of so few letters: one sound may be a cousin (Zam), not another (some)
TIMER_NAME_GATE = 0.34  # how far the name of a running timer may be off


@dataclass(frozen=True, slots=True)
class Fit:
    """A sentence as a reading of an utterance, with everything that fills its slots.

    tokens: the words as they were compared.
    """

    sentence: Sayable
    distance: float
    slots: Slots
    tokens: tuple[str, ...] = ()

    @property
    def order(self) -> tuple[float, int]:
        """The nearest first, and of those as near the one that explains more of the words."""
        return round(self.distance, 3), -self.sentence.size


class FreeWords:
    """Aligns utterances for one couple, and finds their names. names: every spelling of a name -> the name."""

    def __init__(self, names: Mapping[str, str], sounding: Sounding) -> None:
        self._names = {plain(spelling).replace(" ", ""): name for spelling, name in names.items()}
        self._distance = sounding.distance
        self._aligner = Aligner(self._distance, self._is_name)

    def fits(self, free: Mapping[str, Sequence[Sayable]], reading: Reading, timers: Sequence[str]) -> list[Fit]:
        """The sentences with free words that the reading can be. free: by their key. timers: those that run."""
        heard = Heard(
            reading.plain,
            {quantity.start: quantity.end for quantity in reading.durations},
            {time.start: time.end for time in reading.times},
        )
        return [
            Fit(sentence, found.distance, self._fill(sentence, found, reading, timers))
            for key, sentences in free.items()
            if self._aligner.occurs(key, heard, FREE_TOLERANCE)
            for sentence in sentences
            if (found := self._aligner.align(sentence.tokens, heard, FREE_TOLERANCE))
        ]

    def is_word_by_word(self, fit: Fit) -> bool:
        """Whether every word that was heard can be a word of the sentence ("what did we buy today" for "say")."""
        slots = {place: place + 1 for place, token in enumerate(fit.tokens) if token.startswith("{")}
        return self._aligner.align(fit.sentence.tokens, Heard(fit.tokens, slots, slots), WORD_TOLERANCE) is not None

    def _fill(self, sentence: Sayable, found: Alignment, reading: Reading, timers: Sequence[str]) -> Slots:
        slots: dict[str, str | float] = dict(sentence.slots)
        for slot, (start, end) in found.spans.items():
            if slot == "duration":
                slots[slot] = next(quantity.value for quantity in reading.durations if quantity.start == start)
            elif slot == "time":
                time = next(spoken.time for spoken in reading.times if spoken.start == start)
                slots[slot] = speak_time(time, part=True)
            elif slot == "timer":
                slots[slot] = self._timer(" ".join(reading.plain[start:end]), timers)
            elif slot == "name":
                slots[slot] = self._name("".join(reading.plain[start:end]))
            else:
                slots["text"] = reading.as_heard(start, end)
        if "clause" in found.spans:  # "Sam" however it was spelled, then what Sam did
            possessive = "'s" if reading.as_heard(*found.spans["name"]).endswith(("'s", "’s")) else ""
            slots["text"] = f"{slots['name']}{possessive} {slots['text']}"
        return slots

    def _timer(self, heard: str, timers: Sequence[str]) -> str:
        """The name of the running timer that sounds like this, else the words themselves."""
        near = [(self._distance(plain(name).replace(" ", ""), heard.replace(" ", "")), name) for name in timers]
        distance, name = min(near, default=(1.0, heard))
        return name if distance <= TIMER_NAME_GATE else heard

    def _is_name(self, heard: str) -> bool:
        return bool(self._name(heard))

    def _name(self, heard: str) -> str:
        """The partner whose name this is, with or without an s that says "Sam's"; "" for no partner."""
        near = [
            (self._distance(name, form), partner)
            for name, partner in self._names.items()
            for form in (heard, heard.removesuffix("s"))
            if form
        ]
        distance, partner = min(near)
        return partner if distance <= (SHORT_NAME_GATE if len(partner) <= SHORT_NAME else NAME_GATE) else ""
