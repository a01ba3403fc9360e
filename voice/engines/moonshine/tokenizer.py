"""The tokenizer: text to token numbers and back."""

from collections.abc import Iterable
from functools import lru_cache
from itertools import pairwise
from pathlib import Path

BEGIN, END = 1, 2  # the tokens that open and close a text
SPACE = "▁"  # begins a word

_SPLIT = 128  # a length of this many bytes or more takes two bytes in the file


class Tokenizer:
    """Byte pair encoding with the vocabulary of a model. file: a list of tokens, each after its length in bytes."""

    def __init__(self, file: Path) -> None:
        self._vocabulary = tuple(_read(file.read_bytes()))
        # A character that stands twice is a raw byte first; the model writes the later token.
        self._numbers = {token.decode(errors="replace"): number for number, token in enumerate(self._vocabulary)}
        self.encode = lru_cache(maxsize=20_000)(self._encode)

    def decode(self, tokens: Iterable[int]) -> str:
        """The text of these tokens."""
        content = b"".join(self._vocabulary[token] for token in tokens)
        return content.decode(errors="replace").replace(SPACE, " ").strip()

    def _encode(self, word: str) -> tuple[int, ...]:
        """The tokens of a word, as the model writes it; () when a letter has no token.

        word: with its prefix, which is SPACE, a hyphen or nothing.
        """
        parts = list(word)
        while len(parts) > 1:
            pairs = [self._numbers.get(one + other, len(self._vocabulary)) for one, other in pairwise(parts)]
            lowest = min(pairs)
            if lowest == len(self._vocabulary):
                break
            index = pairs.index(lowest)
            parts[index : index + 2] = [parts[index] + parts[index + 1]]
        if not all(part in self._numbers for part in parts):
            return ()
        return tuple(self._numbers[part] for part in parts)


def _read(content: bytes) -> Iterable[bytes]:
    index = 0
    while index < len(content):
        length = content[index]
        index += 1
        if length >= _SPLIT:
            length += content[index] * _SPLIT - _SPLIT
            index += 1
        yield content[index : index + length]
        index += length
