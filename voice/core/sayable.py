"""Everything that can be said in a mode, made ready to be compared with what was heard."""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import Levenshtein

from voice.content import Intent
from voice.core.grammar import Expansion
from voice.core.likely import MOST, LikelyStrings
from voice.core.sounds import Phonemes, SoundTable, as_phonemes, sound_distance
from voice.core.text import plain
from voice.core.word_index import WordIndex

Phonemize = Callable[[str], str]
Shape = tuple[int, ...]  # how many of each of QUANTITIES a sentence has

FAR = 0.36  # beyond this nothing is looked at; well above every gate
VERY_FAR = 0.55  # beyond this not even a sentence is looked at in which words went wrong
DURATION, NUMBER, TIME = QUANTITIES = "{duration}", "{number}", "{time}"
ANY_WORDS = ("{text}", "{clause}")  # slots filled with a line
FREE = (*ANY_WORDS, "{timer}")  # slots filled with words that nobody could list
_MARKS = {
    DURATION: "\ue000" * 4,
    NUMBER: "\ue001" * 4,
    TIME: "\ue002" * 4,
}  # a slot weighs as much as a word of four letters


@dataclass(frozen=True, slots=True)
class Sayable:
    """A sentence that can be said, or ("" as intent) one that must not be taken for a command.

    tokens: plain words and open slots. spoken: the sentence as it is written in the pack.
    slots: what the listed slots in it mean. exact: only the very words count. care: it ends everything.
    """

    intent: str
    spoken: str
    tokens: tuple[str, ...]
    slots: Mapping[str, str] = field(default_factory=dict)
    exact: bool = False
    care: bool = False

    @property
    def shape(self) -> Shape:
        """How many durations, numbers and times of day it has."""
        return shape(self.tokens)

    @property
    def is_free(self) -> bool:
        """Whether part of it is filled with free words."""
        return any(token in FREE for token in self.tokens)

    @property
    def key(self) -> str:
        """Its longest word of its own, which nobody who means it leaves out."""
        return max((token for token in self.tokens if not token.startswith("{")), key=len, default="")

    @property
    def ends_free(self) -> bool:
        """Whether it ends in free words, so that one never knows when it is over."""
        return self.tokens[-1] in FREE

    @property
    def size(self) -> int:
        """The letters of its own words; a duration, number or time counts four."""
        return _size(self.tokens)


@lru_cache(maxsize=10_000)
def _size(some_tokens: tuple[str, ...]) -> int:
    return len("".join(_MARKS.get(token, "" if token.startswith("{") else token) for token in some_tokens))


def keeps_words(words: Container[str]) -> bool:
    """Whether a part of these tokens, or of this sentence, is kept as it is heard: a line of theirs."""
    return any(slot in words for slot in ANY_WORDS)


def sayable(expansion: Expansion, intent: Intent) -> Sayable:
    """A sentence of an intent."""
    return Sayable(intent.name, expansion.text, tokens(expansion.text), expansion.slots, intent.exact, intent.care)


def decoy(line: str) -> Sayable:
    """A sentence that is no command, however near to one."""
    return Sayable("", line, tokens(line))


def tokens(sentence: str) -> tuple[str, ...]:
    """Plain words and open slots: "Give me {duration}" -> give, me, {duration}; a {clause} begins with a {name}."""
    parts = sentence.replace("{clause}", "{name}{clause}").replace("{", " {").replace("}", "} ").split()
    return tuple(token for part in parts for token in _tokens_of(part))


@lru_cache(maxsize=10_000)  # the same words stand in thousands of sentences: each is kept once
def _tokens_of(part: str) -> tuple[str, ...]:
    if part.isalpha():  # nearly every word
        return (part.lower(),)
    return (part,) if part.startswith("{") else tuple(plain(part).split())


def shape(some_tokens: Sequence[str]) -> Shape:
    """How many of each of QUANTITIES some tokens have."""
    return tuple(some_tokens.count(quantity) for quantity in QUANTITIES)


def mark(token: str) -> str:
    """What stands for a duration, a number or a time of day where letters or sounds are compared; "" for others."""
    return _MARKS.get(token, "")


def letters(some_tokens: Iterable[str]) -> str:
    """Tokens as one string whose letters can be compared."""
    return " ".join(_MARKS.get(token, token) for token in some_tokens)


def all_apart(some: Sequence[str], others: Sequence[str]) -> NDArray[np.float64]:
    """How far each of some strings is from each of others: 0 to 1."""
    return process.cdist(some, others, scorer=Levenshtein.normalized_distance, dtype=np.float64)


class Sounding:
    """How tokens sound. phonemize: None when sounds are not to be compared."""

    def __init__(self, phonemize: Phonemize | None) -> None:
        self._phonemize = phonemize
        self._words = dict[str, Phonemes]()
        self._sentences = dict[tuple[str, ...], Phonemes]()
        self._distance = lru_cache(maxsize=50_000)(self._together_apart)
        self._likeness = lru_cache(maxsize=50_000)(self._classes_apart)

    def __call__(self, some_tokens: Iterable[str]) -> Phonemes | None:
        """Their sounds, word by word, so that equal words always sound alike; None without a phonemizer."""
        if self._phonemize is None:
            return None
        words = [self._sound(token) for token in some_tokens]
        return Phonemes("".join([word.exact for word in words]), "".join([word.classes for word in words]))

    def _sound(self, token: str) -> Phonemes:
        """How a token sounds; its letters without a phonemizer."""
        sound = self._words.get(token)
        if sound is None:
            phonemize = self._phonemize
            sound = as_phonemes(_MARKS.get(token) or phonemize(token)) if phonemize else Phonemes(token, token)
            self._words[token] = sound
        return sound

    def of_sentence(self, sentence: Sayable) -> Phonemes | None:
        """The sounds of a sentence, kept once however many modes it can be said in."""
        sounds = self._sentences.get(sentence.tokens) or self(sentence.tokens)
        if sounds is not None:
            self._sentences[sentence.tokens] = sounds
        return sounds

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
        """The same for words that may have been run together: "log an" and "logan".

        They sound like their words one after the other: what no dictionary has is not looked for in one.
        """
        return self._distance(some_words, others)

    def likeness(self, one: str, other: str) -> float:
        """How far two words are, in letters or in the classes of their sounds, whichever is nearer: 0 to 1."""
        return 0.0 if one == other else self._likeness(one, other)

    def likenesses(self, some_words: Sequence[str], others: Sequence[str]) -> NDArray[np.float64]:
        """The same of each of some words with each of others."""
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


@dataclass(frozen=True, slots=True)
class Near:
    """A sentence that is near to what was heard. distance: 0 to 1."""

    sentence: Sayable
    distance: float


class Shelf:
    """Sentences of one shape, compared with an utterance at once."""

    def __init__(self, sentences: Sequence[Sayable], sounding: Sounding) -> None:
        self._sentences = tuple(sentences)
        self._letters = LikelyStrings([letters(sentence.tokens) for sentence in sentences])
        sounds = [heard for sentence in sentences if (heard := sounding.of_sentence(sentence)) is not None]
        self._sounds = SoundTable(sounds) if sounds else None

    def near(self, some_tokens: Sequence[str], sounds: Phonemes | None) -> list[Near]:
        """Those no farther than FAR in letters or in sounds, whichever is nearer; the nearest first."""
        found = {index: distance for distance, index in self._letters.near(letters(some_tokens), FAR)}
        if self._sounds is not None and sounds is not None:
            for near in self._sounds.nearest(sounds, limit=20, cutoff=FAR):
                found[near.index] = min(found.get(near.index, 1.0), near.distance)
        ordered = sorted(found.items(), key=lambda item: (item[1], item[0]))
        return [Near(self._sentences[index], distance) for index, distance in ordered]

    @cached_property
    def _words(self) -> WordIndex:
        return WordIndex([sentence.tokens for sentence in self._sentences])

    def alike(self, some_tokens: Sequence[str], sounds: Phonemes | None, cutoff: float, many: int) -> list[Sayable]:
        """Those that sound most like it, and those nearest in letters: so many of each, up to a distance of 0 to 1."""
        found = self._letters.nearest(letters(some_tokens), cutoff, many, MOST)
        if self._sounds is not None and sounds is not None:
            found = [*self._sounds.alike(sounds, cutoff, many), *found]
        return [self._sentences[index] for index in dict.fromkeys(found)]

    def likeliest(self, some_tokens: Sequence[str], by_words: int, by_letters: int) -> list[Sayable]:
        """Those that share the most telling words, and those nearest in letters, up to VERY_FAR: so many of each."""
        found = self._words.nearest(some_tokens, by_words)
        found += self._letters.nearest(letters(some_tokens), VERY_FAR, by_letters)
        return [self._sentences[index] for index in dict.fromkeys(found)]
