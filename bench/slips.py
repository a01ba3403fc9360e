"""Word errors unrelated to sound: slips of the keyboard, exchanged words, lost words, hesitations."""

import string
from collections.abc import Iterable
from random import Random

INSERTED = "um uh er so please you know i mean like right okay yeah and then really actually maybe hey it is oh".split()
LOST, INSERTED_UP_TO, EXCHANGED = 0.2, 0.45, 0.75  # the shares of what goes wrong, added up; the rest are slips
SLIPS = (1, 1, 2)  # of the keyboard, in a word that has some


class Slips:
    """Makes word errors that have nothing to do with sounds. vocabulary: the words that a word is exchanged for."""

    def __init__(self, vocabulary: Iterable[str], random: Random) -> None:
        self._vocabulary = sorted(set(vocabulary))
        self._random = random

    def __call__(self, line: str, rate: float) -> str:
        """The line, with every word gone wrong by this chance; the line itself when no word would stay."""
        words = (self._changed(word) if self._random.random() < rate else [word] for word in line.split())
        return " ".join(word for changed in words for word in changed) or line

    def _changed(self, word: str) -> list[str]:
        kind = self._random.random()
        if kind < LOST:
            return []
        if kind < INSERTED_UP_TO:
            other = self._random.choice(INSERTED)
            return self._random.choice(([other, word], [word, other]))
        if kind < EXCHANGED:
            return [self._random.choice(self._vocabulary)]
        for _ in range(self._random.choice(SLIPS)):
            word = self._slip(word)
        return [word]

    def _slip(self, word: str) -> str:
        """One letter lost, too many, another one, or in the place of the next."""
        at, letter = self._random.randrange(len(word)), self._random.choice(string.ascii_lowercase)
        before, here, after = word[:at], word[at], word[at + 1 :]
        lost, swapped = before + after, before + after[:1] + here + after[1:]
        return self._random.choice(
            [slip for slip in (lost, before + letter + word[at:], before + letter + after, swapped) if slip]
        )
