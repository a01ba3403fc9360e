"""What can be said, piece by piece: a word graph as the model would write it, walked a piece at a time."""

from array import array
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voice.messages import WordGraph
from voice.moonshine.pieces import SPACE, Pieces

FREE = "{"  # how an arc for any words begins
COMMA = ","
FULL_STOPS = (".", "?")
REMEMBERED = 1500  # states whose ways are kept; a search comes to some dozens of new ones
BETWEEN = -1  # stands for a piece where no single one follows

State = tuple[int, ...]
_OVER: State = (-1,)  # behind a full stop


@dataclass(frozen=True, slots=True)
class Ways:
    """How a text may go on: by one of these pieces, each to the state at the same place.

    anything: the state behind any other piece, if there is one. ends: whether the text may end here.
    """

    pieces: NDArray[np.int64]
    states: tuple[State, ...]
    anything: State | None
    ends: bool


class Spellings:
    """Every way to write what a word graph holds: with and without capitals, "16-ounce" and "sixteen ounce".

    A state is all the places in the graph, or inside its words, where a text so far may have led, in order. A search
    comes to tens of thousands of places; so inside words, where one piece leads to one place, they are numbers alone.
    """

    def __init__(self, graph: WordGraph, pieces: Pieces) -> None:
        self._graph, self._spell = graph, pieces.spell
        self._between = set(range(graph.size))  # the places between words; the others are inside words
        # Of every place: the one piece that follows inside a word, and where that leads.
        self._piece, self._after = array("i", [BETWEEN]) * graph.size, array("i", [BETWEEN]) * graph.size
        self._steps: dict[int, array[int]] = {}  # place between words -> piece and where that leads, and so on
        self._nodes: dict[int, list[_Node]] = defaultdict(list)  # place -> the nodes of words that are graphs
        self._parts: dict[int, list[tuple[WordGraph, int]]] = defaultdict(list)  # place -> graph, where it leads
        self._nothing: dict[int, list[int]] = defaultdict(list)  # place -> where one is as well, without a word
        self._free: dict[int, int] = {}  # place -> where one is after any words
        self._ways: dict[State, Ways] = {_OVER: Ways(np.array([], np.int64), (), None, ends=True)}
        self._comma = pieces.spell(COMMA)[0]
        self._full_stops = [pieces.spell(mark)[0] for mark in FULL_STOPS]
        self._add(graph, range(graph.size))
        self.start = self._closed({graph.start})

    def _add(self, graph: WordGraph, places: Sequence[int]) -> None:
        """What a graph holds besides words. places: where each of its nodes is."""
        for arc in graph.arcs:
            begin, end = places[arc.source], places[arc.target]
            if not arc.word:
                self._nothing[begin].append(end)
            elif part := self._graph.parts.get(arc.word):
                self._parts[begin].append((part, end))
            elif arc.word.startswith(FREE):
                inside = self._new_place()
                self._free[begin] = self._free[inside] = inside
                self._nothing[inside].append(end)

    def ways(self, state: State) -> Ways:
        """How a text that has come to this state may go on."""
        if state not in self._ways:
            if len(self._ways) >= REMEMBERED:
                self._ways = {_OVER: self._ways[_OVER]}
            self._ways[state] = self._find_ways(state)
        return self._ways[state]

    def _find_ways(self, state: State) -> Ways:
        found: dict[int, set[int]] = defaultdict(set)
        free = {self._free[place] for place in state if place in self._free}
        for place in state:
            for piece, after in self._steps_from(place):
                found[piece].add(after)
        said = {place for place in state if place in self._between and place != self._graph.start}
        if said:
            found[self._comma] |= said
        pieces = {piece: self._closed(places | free) for piece, places in found.items()}
        ends = any(place in self._graph.finals for place in state)
        if ends:
            pieces |= dict.fromkeys(self._full_stops, _OVER)
        anything = self._closed(free) if free else None
        return Ways(np.array(list(pieces), np.int64), tuple(pieces.values()), anything, ends)

    def _closed(self, places: Iterable[int]) -> State:
        found, waiting = set[int](), list(places)
        while waiting:
            place = waiting.pop()
            if place not in found:
                found.add(place)
                waiting += self._nothing.get(place, ())
        return tuple(sorted(found))

    def _steps_from(self, place: int) -> Iterable[tuple[int, int]]:
        """Pieces, and where each leads."""
        if self._piece[place] != BETWEEN:
            return ((self._piece[place], self._after[place]),)
        if place not in self._steps:
            self._steps[place] = self._spelled_from(place)
        steps = self._steps[place]
        return zip(steps[::2], steps[1::2], strict=True)

    def _spelled_from(self, place: int) -> "array[int]":
        """The steps from a place between words, as pieces with where each leads: few of them are ever come to."""
        for part, end in self._parts.pop(place, ()):
            self._add_part(part, place, end)
        nodes = self._nodes.pop(place, [])
        if place < self._graph.size:
            nodes.insert(0, _Node(self._graph, range(self._graph.size), place))
        steps = array("i")
        for node in nodes:
            for word, target in self._words_from(node):
                for form in self._forms(word, is_first=place == self._graph.start):
                    if spelled := self._spell(form):
                        self._spell_out(spelled, node.places[target], steps)
        return steps

    def _add_part(self, part: WordGraph, begin: int, end: int) -> None:
        """Lead from one place to another by all that a graph says."""
        places = [begin, *(self._new_place() for _ in range(1, part.size))]
        self._between.update(places)
        self._add(part, places)
        for number, place in enumerate(places):
            self._nodes[place].append(_Node(part, places, number))
        for final in part.finals:
            self._nothing[places[final]].append(end)

    def _words_from(self, node: "_Node") -> Iterator[tuple[str, int]]:
        """The words that leave a node, each with the node where it leads; numbers also as digits: 20, 25."""
        digits, parts = self._graph.digits, self._graph.parts
        for arc in node.graph.leaving[node.number]:
            if arc.word and arc.word not in parts and not arc.word.startswith(FREE):
                yield arc.word, arc.target
            if arc.word in digits:
                yield str(digits[arc.word]), arc.target
            if digits.get(arc.word, 0) >= 20:
                for after in node.graph.leaving[arc.target]:
                    if 0 < digits.get(after.word, 0) < 10:
                        yield str(digits[arc.word] + digits[after.word]), after.target

    def _spell_out(self, spelled: Sequence[int], target: int, steps: "array[int]") -> None:
        """Lead to a place by these pieces. steps: takes the first of them."""
        places = [*(self._new_place() for _ in spelled[1:]), target]
        for piece, (place, after) in zip(spelled[1:], pairwise(places), strict=True):
            self._piece[place], self._after[place] = piece, after
        steps.extend((spelled[0], places[0]))

    def _forms(self, word: str, is_first: bool) -> Iterator[str]:
        """How a word may be written: with a capital (always at the beginning), and else without or after a hyphen."""
        for written in (word, *self._graph.written.get(word, ())):
            yield SPACE + written[0].upper() + written[1:]
            if not is_first:
                yield SPACE + written
                yield "-" + written

    def _new_place(self) -> int:
        self._piece.append(BETWEEN)
        self._after.append(BETWEEN)
        return len(self._piece) - 1


class _Node(NamedTuple):
    """A node of a graph. places: where each node of that graph is."""

    graph: WordGraph
    places: Sequence[int]
    number: int
