"""The likeliest texts of a piece of sound: in any words, or of what can be said; and how likely given texts are."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from voice.messages.sound import RATE
from voice.moonshine.model import Decoding, Encoded, Model
from voice.moonshine.token_graph import Spellings, State, Ways
from voice.moonshine.tokenizer import END, Pieces

PIECES_A_SECOND, MORE_PIECES = 6.5, 4  # nobody speaks faster; a decoder that has lost its way does
BEAM = 32  # texts that are followed at most at a time
HOPELESS = 9.0  # how far below the likeliest text (natural logarithm) nothing is followed any more
FREE_WAYS = 3  # pieces looked at where any words may follow ...
FREE_CHANCE = -7.0  # ... of those that are so likely (natural logarithm)


@dataclass(frozen=True, slots=True)
class ScoredText:
    """A text and how likely it is, given the sound: the natural logarithm of its probability.

    pieces: its spelling. command: whether it was found as a sentence that is a command.
    """

    text: str
    score: float
    pieces: tuple[int, ...] = ()
    command: bool = False


@dataclass(frozen=True, slots=True)
class _Path:
    """A text under way."""

    score: float
    pieces: tuple[int, ...]
    state: State


def in_order(texts: Iterable[ScoredText]) -> tuple[ScoredText, ...]:
    """The texts, the likeliest first; each spelling once."""
    known = {text.pieces: text for text in texts}
    return tuple(sorted(known.values(), key=lambda text: (-text.score, text.text)))


def likeliest(model: Model, pieces: Pieces, encoded: Encoded) -> ScoredText:
    """The likeliest text in any words, always taking the likeliest next piece."""
    decoding = encoded.opening
    written, score = list[int](), 0.0
    while True:
        piece = int(decoding.chances[0].argmax())
        score += float(decoding.chances[0, piece])
        if piece == END or len(written) >= _most_pieces(encoded):
            return ScoredText(pieces.text(written), score, tuple(written))
        written.append(piece)
        decoding = model.write(decoding, [0], [piece])


def likeliest_sayable(
    model: Model, pieces: Pieces, encoded: Encoded, graphs: Iterable[Spellings], least: float = -math.inf
) -> list[tuple[ScoredText, ...]]:
    """The likeliest texts of each graph, the likeliest first (a beam search over the graph of their spellings).

    The searches go side by side, and what both follow is written once. least: how likely a text must at least be.
    """
    searches = [_Search(pieces, spellings, least) for spellings in graphs]
    decoding = encoded.opening
    rows: dict[tuple[int, ...], int] = {(): 0}  # text -> where it stands in the decoding
    for _ in range(_most_pieces(encoded)):
        for search in searches:
            search.go_on(rows, decoding)
        longer = {path.pieces: rows[path.pieces[:-1]] for search in searches for path in search.paths}
        if not longer:
            break
        decoding = model.write(decoding, list(longer.values()), [text[-1] for text in longer])
        rows = {text: row for row, text in enumerate(longer)}
    return [search.found() for search in searches]


def scores(model: Model, encoded: Encoded, spelled: Sequence[tuple[int, ...]]) -> list[float]:
    """How likely texts of these pieces are, given a sound; what several of them begin with is gone through once."""
    reached: dict[tuple[int, ...], tuple[int, float]] = {(): (0, 0.0)}  # beginning -> its row, its score
    found: dict[tuple[int, ...], float] = {}
    decoding = encoded.opening
    while True:
        here = len(next(iter(reached)))
        longer: dict[tuple[int, ...], tuple[int, float]] = {}
        for text in spelled:
            row, score = reached.get(text[:here], (-1, 0.0))
            if row >= 0 and len(text) == here:
                found[text] = score + float(decoding.chances[row, END])
            elif row >= 0:
                longer[text[: here + 1]] = row, score + float(decoding.chances[row, text[here]])
        if not longer:
            return [found[text] for text in spelled]
        decoding = model.write(decoding, [row for row, _ in longer.values()], [text[-1] for text in longer])
        reached = {text: (row, score) for row, (text, (_, score)) in enumerate(longer.items())}


def _most_pieces(encoded: Encoded) -> int:
    return math.ceil(encoded.samples / RATE * PIECES_A_SECOND) + MORE_PIECES


class _Search:
    """A beam search over one graph. paths: the texts under way, the likeliest first."""

    def __init__(self, pieces: Pieces, spellings: Spellings, least: float) -> None:
        self._pieces, self._spellings, self._least = pieces, spellings, least
        self._done: list[ScoredText] = []  # what came to an end, without its letters so far
        self.paths = [_Path(0.0, (), spellings.begin())]

    def found(self) -> tuple[ScoredText, ...]:
        """The texts that came to an end, the likeliest first."""
        ordered = sorted(self._done, key=lambda text: (-text.score, text.pieces))[:BEAM]
        return tuple(replace(text, text=self._pieces.text(text.pieces)) for text in ordered)

    def go_on(self, rows: Mapping[tuple[int, ...], int], decoding: Decoding) -> None:
        """Take down the texts that may end here, and go on with the likeliest.

        rows: where each text stands in the decoding. Of texts that can go on alike only the likeliest does.
        """
        best: dict[object, _Path] = {}
        for path in self.paths:
            chances = decoding.chances[rows[path.pieces]]
            ways = self._spellings.ways(path.state)
            if path.pieces and ways.ends:
                self._done.append(ScoredText("", path.score + float(chances[END]), path.pieces, ways.command))
            for piece, state, chance in _onward(ways, chances):
                longer = _Path(path.score + chance, (*path.pieces, piece), state)
                key = longer.pieces if state.is_over else state
                if key not in best or longer.score > best[key].score:
                    best[key] = longer
        reached = (*(text.score for text in self._done), *(path.score for path in best.values()))
        likeliest = max(reached, default=-math.inf)
        least = max(self._least, likeliest - HOPELESS)
        paths = (path for path in best.values() if path.score > least)
        self.paths = sorted(paths, key=lambda path: -path.score)[:BEAM]


def _onward(ways: Ways, chances: NDArray[np.float32]) -> Iterator[tuple[int, State, float]]:
    """The ways in which one text may go on, those without hope left out: piece, state behind it, chance."""
    here = chances[ways.pieces]
    for number in np.flatnonzero(here > here.max(initial=-math.inf) - HOPELESS).tolist():
        yield int(ways.pieces[number]), ways.behind(number), float(here[number])
    if ways.anything is not None:
        likely = np.flatnonzero(chances > FREE_CHANCE)
        for piece in likely[np.argsort(-chances[likely])[:FREE_WAYS]].tolist():
            if piece != END and piece not in ways.pieces:
                yield piece, ways.anything, float(chances[piece])
