"""The sentences of a word graph that are nearest to what was heard, without writing any of them out.

A graph of words is spelled as a graph of symbols (letters, or sounds), and the edit distance of what was heard to
every way through it is computed at once: a row of distances a symbol, a symbol's row from the one before it, the rows
of all symbols that are as deep in one step. Then the best ways are followed back, in the order of their distance.
"""

import heapq
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, groupby
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voice.nlu.grammar.word_graph import Arc, WordGraph

WHOLE, HALF = 2, 1  # what it costs to exchange a symbol for one of another class, or of its own; more or less: WHOLE
LONGEST_SEARCH = 4000  # steps back after one way; a way is found in about three times as many as it has symbols
SYMBOL, FREE, JOIN = range(3)  # kinds of rows

Costs = NDArray[np.int16]
Places = NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class Path:
    """A sentence of the graph."""

    arcs: tuple[Arc, ...]
    """Its words, in their order."""
    intent: str
    """What it means; "" for a line that is no command."""
    cost: int
    """Its distance: WHOLE for every symbol too many, missing or exchanged, HALF for one exchanged within its class."""


@dataclass(slots=True)
class _Level:
    """Rows that are as deep. symbols: begin..end, each after its row in `before`; joins: the best of several rows."""

    begin: int
    symbols: Places
    before: Places
    free_begin: int
    free_before: Places
    join_begin: int
    ends: Places
    offsets: Places


@dataclass(slots=True)
class _Row:
    """A row of distances. before: the row of the symbol before it. ends: of a join, the rows that lead there."""

    kind: int
    depth: int
    before: int = -1
    symbol: str = ""
    ends: list[tuple[int, Arc]] = field(default_factory=list)


class GraphMatcher:
    """A word graph, spelled. spell: word -> its symbols; None for a slot that any words can fill, but some.

    class_of: symbol -> the class of those that are easily taken for it.
    """

    def __init__(
        self, graph: WordGraph, spell: Callable[[str], str | None], class_of: Callable[[str], str] = str
    ) -> None:
        rows = _spelled(graph, spell)
        order = sorted(range(len(rows)), key=lambda row: (rows[row].depth, rows[row].kind))
        place = {row: number for number, row in enumerate(order)}
        self._rows = [rows[row] for row in order]
        for row in self._rows:
            row.before = place.get(row.before, -1)
            row.ends = [(place[end], arc) for end, arc in row.ends]
        self._finals = {place[node]: intent for node, intent in graph.finals.items()}
        self._class_of = class_of
        symbols = sorted({row.symbol for row in rows if row.symbol})
        self._alphabet = {symbol: number for number, symbol in enumerate(symbols)}
        self._symbols, self._classes = (_numbers(each)[:, None] for each in (symbols, map(class_of, symbols)))
        self._levels = self._by_depth()

    def nearest(self, heard: str, many: int, far: float) -> list[Path]:
        """At most `many` sentences nearest to what was heard, the nearest first, and the nearest of another intent.

        far: no sentence that is farther, as a share (below 1) of the symbols of the longer one.
        """
        exchange = self._exchanges(heard)
        costs = self._distances(exchange)
        limit = WHOLE * len(heard) * far / (1 - far)  # n edits away, a sentence has at most n symbols more
        near = {row: intent for row, intent in self._finals.items() if costs[row, -1] <= limit}
        found = list(self._ways(costs, exchange, near, many))
        others = {row: intent for row, intent in near.items() if intent not in {way.intent for way in found}}
        if len({way.intent for way in found}) == 1:
            found += self._ways(costs, exchange, others, 1)
        return found

    # ---- forward: every distance ---------------------------------------------------------------------
    def _by_depth(self) -> list[_Level]:
        levels, begin = list[_Level](), 1  # row 0 is where every sentence begins
        for _, rows in groupby(self._rows[1:], key=lambda row: row.depth):
            kinds: list[list[_Row]] = [[], [], []]
            for row in rows:
                kinds[row.kind].append(row)
            symbols, free, joins = kinds
            free_begin = begin + len(symbols)
            join_begin = free_begin + len(free)
            levels.append(
                _Level(
                    begin,
                    np.array([self._alphabet[row.symbol] for row in symbols], np.intp),
                    np.array([row.before for row in symbols], np.intp),
                    free_begin,
                    np.array([row.before for row in free], np.intp),
                    join_begin,
                    np.array([end for row in joins for end, _ in row.ends], np.intp),
                    np.cumsum([0, *(len(row.ends) for row in joins)], dtype=np.intp)[:-1],
                )
            )
            begin = join_begin + len(joins)
        return levels

    def _exchanges(self, heard: str) -> Costs:
        """What it costs to take each symbol of what was heard for each of the alphabet: alphabet x heard."""
        exact = self._symbols == _numbers(heard)
        alike = self._classes == _numbers(map(self._class_of, heard))
        return np.where(exact, 0, np.where(alike, HALF, WHOLE)).astype(np.int16)

    def _distances(self, exchange: Costs) -> Costs:
        """The distance of every row to every beginning of what was heard: rows x (heard + 1).

        While it is computed, WHOLE is taken off for each symbol heard, so that one more heard costs nothing.
        """
        length = exchange.shape[1]
        heard_more = np.arange(length + 1, dtype=np.int16) * np.int16(WHOLE)
        costs = np.zeros((len(self._rows), length + 1), np.int16)
        exchange = exchange - np.int16(WHOLE)
        for level in self._levels:
            if level.symbols.size:
                before = costs.take(level.before, axis=0)
                taken = exchange.take(level.symbols, axis=0)
                taken += before[:, :-1]
                before += np.int16(WHOLE)
                np.minimum(before[:, 1:], taken, out=before[:, 1:])
                np.minimum.accumulate(before, axis=1, out=costs[level.begin : level.free_begin])
            if level.free_before.size:
                before = costs.take(level.free_before, axis=0) + heard_more
                least = np.minimum.accumulate(before, axis=1)
                after = np.concatenate([before[:, :1] + np.int16(WHOLE), least[:, :-1]], axis=1)
                costs[level.free_begin : level.join_begin] = after - heard_more
            if level.ends.size:
                best = np.minimum.reduceat(costs.take(level.ends, axis=0), level.offsets, axis=0)
                costs[level.join_begin : level.join_begin + len(best)] = best
        costs += heard_more
        return costs

    # ---- backward: the best ways ---------------------------------------------------------------------
    def _ways(self, costs: Costs, exchange: Costs, finals: Mapping[int, str], many: int) -> Iterator[Path]:
        """The best ways that end in some rows, the nearest first: best-first, with the exact cost of what is left."""
        number, found = count(), 0
        rests = _Rests()
        waiting = [
            (int(costs[row, -1]), -next(number), _State(row, exchange.shape[1], 0, rests.add(intent, -1)))
            for row, intent in finals.items()
        ]
        heapq.heapify(waiting)
        seen = set[tuple[int, int, int]]()
        for _ in range(LONGEST_SEARCH * many):
            if not waiting or found == many:
                return
            cost, _, state = heapq.heappop(waiting)
            key = state.row, state.place if state.row else 0, state.rest
            if key in seen:
                continue
            seen.add(key)
            if state.row == 0:
                found += 1
                yield rests.way(state.rest, cost)
                continue
            for before in self._before(state, exchange, rests):
                left = int(costs[before.row, before.place])
                heapq.heappush(waiting, (left + before.cost, -next(number), before))

    def _before(self, state: "_State", exchange: Costs, rests: "_Rests") -> Iterator["_State"]:
        """Every step that can have led to a state."""
        number, place, cost, rest = state
        row = self._rows[number]
        if row.kind == JOIN:
            for end, arc in row.ends:
                yield _State(end, place, cost, rests.add(arc, rest))
            return
        if row.kind == FREE:
            missing = 0 if place else WHOLE
            for end in range(place) if place else (0,):
                yield _State(row.before, end, cost + missing, rest)
            return
        yield _State(row.before, place, cost + WHOLE, rest)
        if place:
            yield _State(number, place - 1, cost + WHOLE, rest)
            exchanged = int(exchange[self._alphabet[row.symbol], place - 1])
            yield _State(row.before, place - 1, cost + exchanged, rest)


class _State(NamedTuple):
    """On the way back: a row, how much of what was heard is before it, what the rest cost, and which rest it is."""

    row: int
    place: int
    cost: int
    rest: int


class _Rests:
    """The ends of sentences that were found on the way back, each with a number: its first word, and the rest of it.

    The last of each is the intent of the sentence.
    """

    def __init__(self) -> None:
        self._held: list[tuple[Arc | str, int]] = []
        self._numbers = dict[tuple[Arc | str, int], int]()

    def add(self, first: Arc | str, rest: int) -> int:
        """The number of a word (or the intent, before nothing) before a rest."""
        number = self._numbers.setdefault((first, rest), len(self._held))
        if number == len(self._held):
            self._held.append((first, rest))
        return number

    def way(self, number: int, cost: int) -> Path:
        """The sentence that a rest is, when nothing is left before it."""
        arcs = list[Arc]()
        first, number = self._held[number]
        while isinstance(first, Arc):
            arcs.append(first)
            first, number = self._held[number]
        return Path(tuple(arcs), first, cost)


def _numbers(symbols: Iterable[str]) -> NDArray[np.int32]:
    return np.array([ord(symbol) for symbol in symbols], np.int32)


def _spelled(graph: WordGraph, spell: Callable[[str], str | None]) -> list[_Row]:
    """The rows of a graph: those of its nodes come first, with their numbers; words that begin alike share rows."""
    rows = [_Row(JOIN, 0) for _ in range(graph.size)]
    children = dict[tuple[int, str], int]()

    def after(before: int, kind: int, symbol: str) -> int:
        if (before, symbol) not in children:
            children[before, symbol] = len(rows)
            rows.append(_Row(kind, rows[before].depth + 1, before, symbol))
        return children[before, symbol]

    for arc in graph.arcs:
        end = arc.source
        symbols = spell(arc.word) if arc.word else ""
        if symbols is None:
            end = after(end, FREE, "")
        for symbol in symbols or "":
            end = after(end, SYMBOL, symbol)
        rows[arc.target].ends.append((end, arc))
        rows[arc.target].depth = max(rows[arc.target].depth, rows[end].depth + 1)
    return rows
