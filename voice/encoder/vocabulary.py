"""Reads a SentencePiece model: its pieces, so that they can be looked up by a hash, and its map of characters.

The file is a Protocol Buffer in the layout of 2018: the pieces come first, each `0a LENGTH 0a LENGTH TEXT 15 SCORE`,
then the specifications of the trainer (field 2) and of the normalizer (field 3), whose field 2 is the map.
"""

import numpy as np
from numpy.typing import NDArray

LONGEST_PIECE = 16  # characters
_FACTOR = np.uint64(0x9E3779B97F4A7C15)  # odd, with bits everywhere: 2^64 over the golden ratio
_PIECE_TAG, _TEXT_AT = 0x0A, 4  # a piece begins with its tag, its length, the tag of its text and the length of that


def hashes(characters: NDArray[np.uint32]) -> NDArray[np.uint64]:
    """The hashes of the first 1, 2, 3 ... characters of each row: rows × length to rows × length, 64 bits each."""
    found = np.zeros((len(characters), characters.shape[1]), np.uint64)
    hashed = np.zeros(len(characters), np.uint64)
    for column in range(characters.shape[1]):
        hashed = hashed * _FACTOR + characters[:, column] + np.uint64(1)
        found[:, column] = hashed
    return found


def characters_of(text: str) -> NDArray[np.uint32]:
    """The code points of the text."""
    return np.frombuffer(text.encode("utf-32-le"), np.uint32)


def read_vocabulary(model: bytes, record: NDArray[np.void]) -> None:
    """Fill in piece_hashes (ascending), piece_ids and piece_scores (in the same order), and character_map.

    Raises ValueError or IndexError when the file is not as it should be.
    """
    starts, end = _pieces(model)
    content = np.frombuffer(model, np.uint8)
    text_sizes = content[starts + 3].astype(np.int64)
    score_places = (starts + _TEXT_AT + text_sizes + 1)[:, None] + np.arange(4)
    hashed = _hashes_of_pieces(model, starts + _TEXT_AT, text_sizes)
    order = np.argsort(hashed)
    record["piece_hashes"][0] = hashed[order]
    record["piece_ids"][0] = order
    record["piece_scores"][0] = content[score_places].view("<f4")[order, 0]
    record["character_map"][0] = np.frombuffer(_field_2(model, end), np.uint8)


def _pieces(model: bytes) -> tuple[NDArray[np.int64], int]:
    """Where the pieces begin, and where the last one ends."""
    starts, place = [], 0
    while model[place] == _PIECE_TAG:
        starts.append(place)
        place += 2 + model[place + 1]
    return np.array(starts), place


def _hashes_of_pieces(model: bytes, starts: NDArray[np.int64], sizes: NDArray[np.int64]) -> NDArray[np.uint64]:
    """The hash of each piece. starts, sizes: of its text in the model, in bytes."""
    texts = [model[start : start + size].decode() for start, size in zip(starts.tolist(), sizes.tolist(), strict=True)]
    lengths = np.array([len(text) for text in texts])
    padded = "".join(text.ljust(LONGEST_PIECE, "\0") for text in texts)
    rows = characters_of(padded).reshape(len(texts), LONGEST_PIECE)
    found: NDArray[np.uint64] = hashes(rows)[np.arange(len(texts)), lengths - 1]
    return found


def _field_2(model: bytes, place: int) -> bytes:
    """Field 2 of the message of field 3, which is the map of characters."""
    for wanted in (3, 2):
        while True:
            tag, place = _number(model, place)
            if tag & 7 == 2:  # bytes
                size, place = _number(model, place)
                if tag >> 3 == wanted:
                    break
                place += size
            elif tag & 7 == 5:  # four bytes
                place += 4
            else:
                _, place = _number(model, place)
    return model[place : place + size]


def _number(model: bytes, place: int) -> tuple[int, int]:
    """The number at the place, seven bits a byte and the lowest first, and where it ends."""
    number = shift = 0
    while True:
        byte = model[place]
        place, number, shift = place + 1, number | (byte & 0x7F) << shift, shift + 7
        if byte < 0x80:
            return number, place
