"""How alike two utterances sound: a distance between strings of phonemes, 0 (the same) to 1.

The distance is an edit distance, divided by the length of the longer string, in which exchanging two sounds
of one class (p and b, m and n, two vowels made in nearly the same place) costs half of what another exchange
costs. It is computed as the average of two plain Levenshtein distances, one over the phonemes and one over
their classes: an exchange inside a class counts in the first only.

Phonemes are single characters, as edges/phonemes.py writes them (the alphabet of misaki and Kokoro, where
A I O W Y are the diphthongs of day, my, go, now, boy and T is the flapped t of water).
"""

from bisect import insort
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from voice.nlu.index.qgram_index import MOST, Places, QGramIndex, Strings

CLASSES = (
    "pb",
    "tdT",
    "kɡg",
    "fvθð",
    "szʃʒʧʤ",
    "mnŋ",
    "lɹw",
    "iɪᵻj",
    "ɛAæe",
    "əᵊɐʌɜ",
    "ɑɔɒaWI",
    "uʊOoY",
)
_FOLDING = str.maketrans({sound: group[0] for group in CLASSES for sound in group})


@dataclass(frozen=True, slots=True)
class Phonemes:
    """An utterance as sounds."""

    exact: str
    """One character a phoneme."""
    classes: str
    """As many characters, each naming the class of a phoneme."""


@dataclass(frozen=True, slots=True)
class NearSound:
    """A candidate that sounds alike."""

    index: int
    """Its place in the table."""
    distance: float
    """0 (the same) to 1."""


def fold(phonemes: str) -> str:
    """Every phoneme replaced by the first of its class; a sound of no class stays as it is."""
    return phonemes.translate(_FOLDING)


def as_phonemes(phonemes: str) -> Phonemes:
    """A string of phonemes, ready to be compared."""
    return Phonemes(phonemes, fold(phonemes))


def sound_distance(a: Phonemes, b: Phonemes) -> float:
    """0 when both sound the same, 1 when they share nothing; nothing sounds like silence."""
    exact = Levenshtein.normalized_distance(a.exact, b.exact)
    return (exact + Levenshtein.normalized_distance(a.classes, b.classes)) / 2


class SoundTable:
    """Many candidates, compared with an utterance at once."""

    def __init__(self, candidates: Iterable[Phonemes]) -> None:
        candidates = tuple(candidates)
        self._exact = Strings([candidate.exact for candidate in candidates])
        self._classes = QGramIndex([candidate.classes for candidate in candidates])

    def alike(self, heard: Phonemes, cutoff: float, many: int, among: Places | None = None) -> list[int]:
        """The places of the `many` candidates that are nearest in the classes of their sounds, the nearest first.

        among: the places that count, in ascending order; None: all.
        """
        return self._classes.nearest(heard.classes, cutoff, many, MOST, among)

    def nearest(
        self, heard: Phonemes, limit: int = 3, cutoff: float = 0.5, among: Places | None = None
    ) -> list[NearSound]:
        """At most `limit` candidates no farther than `cutoff`, the nearest first, ties in the table's order.

        Folding never makes two strings less alike, so the distance between the classes is a lower bound:
        only candidates within it are looked at closely. among: as `alike` takes it.
        """
        found = list[tuple[float, int]]()
        for bound, index in self._classes.near(heard.classes, cutoff, among=among):  # sorted by the bound
            if len(found) >= limit and bound > found[limit - 1][0]:
                break
            distance = (Levenshtein.normalized_distance(heard.exact, self._exact[index]) + bound) / 2
            if distance <= cutoff:
                insort(found, (distance, index))
        return [NearSound(index, distance) for distance, index in found[:limit]]
