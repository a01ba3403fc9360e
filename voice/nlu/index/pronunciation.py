"""How sentences sound: a cache of pronunciations, and distances between them."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from voice.nlu.index.phonetic_distance import Phonemes, as_phonemes, sound_distance
from voice.nlu.index.sentence import Phonemize, all_apart, letters, mark


class Pronouncer:
    """How tokens sound. phonemize: None when sounds are not to be compared."""

    def __init__(self, phonemize: Phonemize | None) -> None:
        self._phonemize = phonemize
        self._words = dict[str, Phonemes]()
        self._distance = lru_cache(maxsize=50_000)(self._together_apart)
        self._likeness = lru_cache(maxsize=50_000)(self._classes_apart)

    def __call__(self, some_tokens: Iterable[str]) -> Phonemes | None:
        """Their sounds, word by word, so that equal words always sound alike; None without a phonemizer."""
        if self._phonemize is None:
            return None
        words = list(map(self._sound, some_tokens))
        return Phonemes("".join([word.exact for word in words]), "".join([word.classes for word in words]))

    def _sound(self, token: str) -> Phonemes:
        """How a token sounds; its letters without a phonemizer."""
        sound = self._words.get(token)
        if sound is None:
            phonemize = self._phonemize
            sound = as_phonemes(mark(token) or phonemize(token)) if phonemize else Phonemes(token, token)
            self._words[token] = sound
        return sound

    def apart(self, some_tokens: Sequence[str], others: Sequence[str]) -> float:
        """How far two sentences are, in letters or in sounds, whichever is nearer: 0 to 1."""
        apart = Levenshtein.normalized_distance(letters(some_tokens), letters(others))
        sounds, other_sounds = self(some_tokens), self(others)
        if sounds is None or other_sounds is None:
            return apart
        return min(apart, sound_distance(sounds, other_sounds))

    def distance(self, one: str, other: str) -> float:
        """How far two words are, in letters or in sounds, whichever is nearer: 0 to 1."""
        return 0.0 if one == other else self._distance((one,), (other,))

    def together(self, some_words: tuple[str, ...], others: tuple[str, ...]) -> float:
        """The distance of words that may have been run together: "log an" and "logan".

        They sound like their words one after the other: what no dictionary has is not looked for in one.
        """
        return self._distance(some_words, others)

    def all_together(self, some: Sequence[tuple[str, ...]], others: Sequence[tuple[str, ...]]) -> NDArray[np.float64]:
        """The distances by `together` of all pairs: rows x others."""
        apart = all_apart(["".join(each) for each in some], ["".join(each) for each in others])
        sounds, other_sounds = ([self(each) for each in rows] for rows in (some, others))
        if self._phonemize is None:
            return apart
        exact, classes = (
            all_apart([getattr(each, part) for each in sounds], [getattr(each, part) for each in other_sounds])
            for part in ("exact", "classes")
        )
        return np.where(apart == 0.0, 0.0, np.minimum(apart, (exact + classes) / 2))

    def likeness(self, one: str, other: str) -> float:
        """How far two words are, in letters or in the classes of their sounds, whichever is nearer: 0 to 1."""
        return 0.0 if one == other else self._likeness(one, other)

    def likenesses(self, some_words: Sequence[str], others: Sequence[str]) -> NDArray[np.float64]:
        """The values of `likeness` for all pairs: words x others."""
        classes, other_classes = ([self._sound(word).classes for word in each] for each in (some_words, others))
        return np.minimum(all_apart(some_words, others), all_apart(classes, other_classes))

    def _classes_apart(self, one: str, other: str) -> float:
        apart = Levenshtein.normalized_distance(one, other)
        return min(apart, Levenshtein.normalized_distance(self._sound(one).classes, self._sound(other).classes))

    def _together_apart(self, some_words: tuple[str, ...], others: tuple[str, ...]) -> float:
        apart = Levenshtein.normalized_distance("".join(some_words), "".join(others))
        if not apart:
            return 0.0
        sounds, other_sounds = self(some_words), self(others)
        if sounds is None or other_sounds is None:
            return apart
        return min(apart, sound_distance(sounds, other_sounds))
