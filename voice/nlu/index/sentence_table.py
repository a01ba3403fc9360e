"""A table of sentences in which the nearest in letters or in sounds are found."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from voice.nlu.index.phonetic_distance import Phonemes, SoundTable
from voice.nlu.index.pronunciation import Pronouncer
from voice.nlu.index.qgram_index import MOST, Places, QGramIndex
from voice.nlu.index.sentence import Sentence, Shape, letters

FAR = 0.36  # beyond this nothing is looked at; well above every gate


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence that is near to what was heard."""

    sentence: Sentence
    """The sentence."""
    distance: float
    """0 (the same) to 1."""


class SentenceTable:
    """Sentences of one shape, compared with an utterance at once: all of them, or those at some places."""

    def __init__(self, sentences: Sequence[Sentence], sounding: Pronouncer) -> None:
        self.sentences = tuple(sentences)
        """In their places."""
        self._letters = QGramIndex([letters(sentence.tokens) for sentence in sentences])
        sounds = [heard for sentence in sentences if (heard := sounding(sentence.tokens)) is not None]
        self._sounds = SoundTable(sounds) if sounds else None

    def near(self, some_tokens: Sequence[str], sounds: Phonemes | None, among: Places | None = None) -> list[Near]:
        """Those no farther than FAR in letters or in sounds, whichever is nearer; the nearest first.

        among: the places that count, in ascending order; None: all.
        """
        found = {index: distance for distance, index in self._letters.near(letters(some_tokens), FAR, among=among)}
        if self._sounds is not None and sounds is not None:
            for near in self._sounds.nearest(sounds, limit=20, cutoff=FAR, among=among):
                found[near.index] = min(found.get(near.index, 1.0), near.distance)
        ordered = sorted(found.items(), key=lambda item: (item[1], item[0]))
        return [Near(self.sentences[index], distance) for index, distance in ordered]

    def alike(
        self,
        some_tokens: Sequence[str],
        sounds: Phonemes | None,
        cutoff: float,
        many: int,
        among: Places | None = None,
    ) -> list[Sentence]:
        """Those that sound most like it, and those nearest in letters: so many of each, up to a distance of 0 to 1.

        among: as `near` takes it.
        """
        found = self._letters.nearest(letters(some_tokens), cutoff, many, MOST, among)
        if self._sounds is not None and sounds is not None:
            found = [*self._sounds.alike(sounds, cutoff, many, among), *found]
        return [self.sentences[index] for index in dict.fromkeys(found)]


Tables = Mapping[Shape, SentenceTable]


def tables_of(sentences: Iterable[Sentence], sounding: Pronouncer) -> Tables:
    """A table of the closed sentences of each shape, in order."""
    shapes = dict[Shape, list[Sentence]]()
    for sentence in sentences:
        if not sentence.is_free:
            shapes.setdefault(sentence.shape, []).append(sentence)
    return {shape: SentenceTable(held, sounding) for shape, held in shapes.items()}
