"""Decoding: the likeliest text in any words, the likeliest texts of a graph, and the scores of given texts."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from voice.engines.moonshine.model import Decoding, Encoded, Model
from voice.engines.moonshine.token_graph import GraphState, TokenGraph, Transitions
from voice.engines.moonshine.tokenizer import END, Tokenizer
from voice.messages.sound import RATE

TOKENS_PER_SECOND, EXTRA_TOKENS = 6.5, 4  # the longest text of a sound: nobody speaks faster, a looping decoder does
BEAM_SIZE = 32  # texts under way in one search
PRUNING = 9.0  # a text this far below the likeliest one (natural logarithm) is dropped
FREE_TOKENS = 3  # tokens tried at a step inside free text
FREE_LOG_PROB = -7.0  # the least log-probability of such a token
READINGS = 6  # texts under way in a search of any words, and of those that it finds


@dataclass(frozen=True, slots=True)
class ScoredText:
    """A text with its likelihood."""

    text: str
    """The words; "" while only the tokens are known."""
    score: float
    """Log-likelihood given the sound (natural logarithm)."""
    tokens: tuple[int, ...] = ()
    """The text as the model writes it."""
    is_command: bool = False
    """Whether it was found as a sentence that is a command."""


@dataclass(frozen=True, slots=True)
class _Path:
    """A text under way in a search."""

    score: float
    tokens: tuple[int, ...]
    state: GraphState | None
    """Where it is in its graph; None in any words."""


def in_order(texts: Iterable[ScoredText]) -> tuple[ScoredText, ...]:
    """The texts without duplicates of tokens, the likeliest first."""
    known = {text.tokens: text for text in texts}
    return tuple(sorted(known.values(), key=lambda text: (-text.score, text.text)))


def greedy(model: Model, tokenizer: Tokenizer, encoded: Encoded) -> ScoredText:
    """The free hypothesis: the likeliest token at each step, in any words."""
    decoding = encoded.initial
    written, score = list[int](), 0.0
    while True:
        token = int(decoding.log_probs[0].argmax())
        score += float(decoding.log_probs[0, token])
        if token == END or len(written) >= _most_tokens(encoded):
            return ScoredText(tokenizer.decode(written), score, tuple(written))
        written.append(token)
        decoding = model.step(decoding, [0], [token])


def after(model: Model, encoded: Encoded, tokens: Sequence[int], least: float = -math.inf) -> tuple[Encoded, float]:
    """The sound as it is decoded once these tokens are written, and their log-likelihood; given up below `least`.

    The scores of texts in that sound are those of the rest.
    """
    decoding, score = encoded.initial, 0.0
    for token in tokens:
        score += float(decoding.log_probs[0, token])
        if score < least:
            break
        decoding = model.step(decoding, [0], [token])
    return replace(encoded, initial=decoding), score


def beam_search(
    model: Model, tokenizer: Tokenizer, encoded: Encoded, graphs: Iterable[TokenGraph], floor: float = -math.inf
) -> list[tuple[ScoredText, ...]]:
    """The likeliest texts in any words, and those of each graph; the likeliest first.

    The searches run side by side and share the decoder steps of common prefixes. floor: the least score of a graph's
    text.
    """
    searches = [_FreeSearch(tokenizer), *(_Search(tokenizer, graph, floor) for graph in graphs)]
    decoding = encoded.initial
    rows: dict[tuple[int, ...], int] = {(): 0}  # prefix -> its row in the decoding
    for _ in range(_most_tokens(encoded)):
        for search in searches:
            search.extend(rows, decoding)
        longer = {path.tokens: rows[path.tokens[:-1]] for search in searches for path in search.paths}
        if not longer:
            break
        decoding = model.step(decoding, list(longer.values()), [tokens[-1] for tokens in longer])
        rows = {tokens: row for row, tokens in enumerate(longer)}
    return [search.found() for search in searches]


def scores(model: Model, encoded: Encoded, texts: Sequence[tuple[int, ...]]) -> list[float]:
    """Log-likelihood of each token sequence given a sound; shared prefixes are decoded once."""
    reached: dict[tuple[int, ...], tuple[int, float]] = {(): (0, 0.0)}  # prefix -> its row, its score
    found: dict[tuple[int, ...], float] = {}
    decoding = encoded.initial
    while True:
        here = len(next(iter(reached)))
        longer: dict[tuple[int, ...], tuple[int, float]] = {}
        for text in texts:
            row, score = reached.get(text[:here], (-1, 0.0))
            if row >= 0 and len(text) == here:
                found[text] = score + float(decoding.log_probs[row, END])
            elif row >= 0:
                longer[text[: here + 1]] = row, score + float(decoding.log_probs[row, text[here]])
        if not longer:
            return [found[text] for text in texts]
        decoding = model.step(decoding, [row for row, _ in longer.values()], [text[-1] for text in longer])
        reached = {text: (row, score) for row, (text, (_, score)) in enumerate(longer.items())}


def _most_tokens(encoded: Encoded) -> int:
    return math.ceil(encoded.samples / RATE * TOKENS_PER_SECOND) + EXTRA_TOKENS


class _FreeSearch:
    """A beam search in any words."""

    size = READINGS

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer
        self._complete: list[ScoredText] = []  # with tokens, not yet with text
        self.paths = [_Path(0.0, (), None)]
        """The texts under way, the likeliest first."""

    def found(self) -> tuple[ScoredText, ...]:
        """The complete texts, the likeliest first."""
        ordered = sorted(self._complete, key=lambda text: (-text.score, text.tokens))[: self.size]
        return tuple(replace(text, text=self._tokenizer.decode(text.tokens)) for text in ordered)

    def extend(self, rows: Mapping[tuple[int, ...], int], decoding: Decoding) -> None:
        """Record the texts that may end here, extend all by one token, and keep the likeliest.

        rows: the row of each text in the decoding.
        """
        longer = list[_Path]()
        for path in self.paths:
            log_probs = decoding.log_probs[rows[path.tokens]]
            for token in np.argpartition(-log_probs, self.size)[: self.size].tolist():
                score = path.score + float(log_probs[token])
                if token == END:
                    self._complete.append(ScoredText("", score, path.tokens))
                else:
                    longer.append(_Path(score, (*path.tokens, token), None))
        self._keep(longer)

    def _keep(self, longer: Iterable[_Path], floor: float = -math.inf) -> None:
        """Go on with the likeliest of these texts above the floor."""
        longer = list(longer)
        reached = (*(text.score for text in self._complete), *(path.score for path in longer))
        floor = max(floor, max(reached, default=-math.inf) - PRUNING)
        self.paths = sorted((path for path in longer if path.score > floor), key=lambda path: -path.score)[: self.size]


class _Search(_FreeSearch):
    """A beam search over one graph. floor: the least score of a text."""

    size = BEAM_SIZE

    def __init__(self, tokenizer: Tokenizer, graph: TokenGraph, floor: float) -> None:
        super().__init__(tokenizer)
        self._graph, self._floor = graph, floor
        self.paths = [_Path(0.0, (), graph.initial())]

    def extend(self, rows: Mapping[tuple[int, ...], int], decoding: Decoding) -> None:
        """Record the texts that may end here, extend all by one token, and keep the likeliest.

        rows: the row of each text in the decoding. Of texts in the same state only the likeliest is kept.
        """
        best: dict[object, _Path] = {}
        for path in self.paths:
            log_probs = decoding.log_probs[rows[path.tokens]]
            assert path.state
            transitions = self._graph.transitions(path.state)
            if path.tokens and transitions.is_final:
                score = path.score + float(log_probs[END])
                self._complete.append(ScoredText("", score, path.tokens, transitions.is_command))
            for token, state, log_prob in _likely_steps(transitions, log_probs):
                longer = _Path(path.score + log_prob, (*path.tokens, token), state)
                key = longer.tokens if state.is_over else state
                if key not in best or longer.score > best[key].score:
                    best[key] = longer
        self._keep(best.values(), self._floor)


def _likely_steps(transitions: Transitions, log_probs: NDArray[np.float32]) -> Iterator[tuple[int, GraphState, float]]:
    """The steps out of a state that are not pruned: token, next state, log-probability."""
    here = log_probs[transitions.tokens]
    for index in np.flatnonzero(here > here.max(initial=-math.inf) - PRUNING).tolist():
        yield int(transitions.tokens[index]), transitions.next_state(index), float(here[index])
    if transitions.free_state is not None:
        likely = np.flatnonzero(log_probs > FREE_LOG_PROB)
        for token in likely[np.argsort(-log_probs[likely])[:FREE_TOKENS]].tolist():
            if token != END and token not in transitions.tokens:
                yield token, transitions.free_state, float(log_probs[token])
