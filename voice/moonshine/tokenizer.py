"""The pieces that words are spelled with: text to piece numbers and back."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

BEGIN, END = 1, 2  # the numbers of the pieces that open and close a text
SPACE = "▁"  # begins a word

_SPLIT = 128  # a length of so many bytes or more takes two bytes in the file


class Pieces:
    """The tokenizer of a model. file: a list of pieces, each after its length in bytes."""

    def __init__(self, file: Path) -> None:
        self._pieces = tuple(_read(file.read_bytes()))
        # Where a character stands twice, the later one is the one that the model writes; the earlier is a raw byte.
        self._numbers = {piece.decode(errors="replace"): number for number, piece in enumerate(self._pieces)}
        self.spell = lru_cache(maxsize=20_000)(self._spell)

    def text(self, numbers: Iterable[int]) -> str:
        """The text that some pieces spell."""
        spelled = b"".join(self._pieces[number] for number in numbers)
        return spelled.decode(errors="replace").replace(SPACE, " ").strip()

    def _spell(self, word: str) -> tuple[int, ...]:
        """The pieces of a word, as the model itself spells it (byte pair encoding); () when a letter has no piece.

        word: with what stands before it: SPACE, a hyphen or nothing.
        """
        parts = list(word)
        while len(parts) > 1:
            pairs = [self._numbers.get(one + other, len(self._pieces)) for one, other in pairwise(parts)]
            lowest = min(pairs)
            if lowest == len(self._pieces):
                break
            place = pairs.index(lowest)
            parts[place : place + 2] = [parts[place] + parts[place + 1]]
        if not all(part in self._numbers for part in parts):
            return ()
        return tuple(self._numbers[part] for part in parts)


def _read(content: bytes) -> Iterable[bytes]:
    place = 0
    while place < len(content):
        length = content[place]
        place += 1
        if length >= _SPLIT:
            length += content[place] * _SPLIT - _SPLIT
            place += 1
        yield content[place : place + length]
        place += length
