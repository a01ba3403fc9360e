"""What can be said, piece by piece: a word graph as the model would write it, walked a piece at a time."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from voice.messages import WordGraph
from voice.moonshine.pieces import SPACE, Pieces

FREE = "{"  # how an arc for any words begins
COMMA = ","
FULL_STOPS = (".", "?")
REMEMBERED = 1500  # states whose ways are kept: 14 MB; a search comes to some dozens of new ones

State = frozenset[int]
_OVER: State = frozenset({-1})  # behind a full stop


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

    A state is a set of places in the graph, or inside its words, where a text so far may have led.
    """

    def __init__(self, graph: WordGraph, pieces: Pieces) -> None:
        self._graph, self._spell = graph, pieces.spell
        self._places = graph.size
        self._between = set(range(graph.size))  # the places between words; the others are inside words
        self._words: dict[int, list[tuple[str, int]]] = defaultdict(
            list
        )  # place -> words not yet spelled, and to where
        self._steps: dict[int, dict[int, set[int]]] = {}  # place -> piece -> where that leads
        self._parts: dict[int, list[tuple[WordGraph, int]]] = defaultdict(list)  # the same for words that are graphs
        self._nothing: dict[int, list[int]] = defaultdict(list)  # place -> where one is as well, without a word
        self._free: dict[int, int] = {}  # place -> where one is after any words
        self._ways: dict[State, Ways] = {_OVER: Ways(np.array([], np.int64), (), None, ends=True)}
        self._comma = pieces.spell(COMMA)[0]
        self._full_stops = [pieces.spell(mark)[0] for mark in FULL_STOPS]
        self._add(graph, range(graph.size))
        self.start = self._closed({graph.start})

    def _add(self, graph: WordGraph, places: Sequence[int]) -> None:
        """The words of a graph. places: where each of its nodes is."""
        for source, target, word in _with_numerals(graph, self._graph.digits):
            begin, end = places[source], places[target]
            if not word:
                self._nothing[begin].append(end)
            elif part := self._graph.parts.get(word):
                self._parts[begin].append((part, end))
            elif word.startswith(FREE):
                inside = self._new_place()
                self._free[begin] = self._free[inside] = inside
                self._nothing[inside].append(end)
            else:
                self._words[begin].append((word, end))

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
            for piece, places in self._steps_from(place).items():
                found[piece] |= places
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
                waiting += self._nothing[place]
        return frozenset(found)

    def _steps_from(self, place: int) -> dict[int, set[int]]:
        """Piece -> where that leads. A word is spelled when a search first comes to it: few of them ever are."""
        steps = self._steps.setdefault(place, {})
        for part, end in self._parts.pop(place, ()):
            self._add_part(part, place, end)
        for word, target in self._words.pop(place, ()):
            for form in self._forms(word, is_first=place == self._graph.start):
                self._spell_out(place, target, self._spell(form))
        return steps

    def _add_part(self, part: WordGraph, begin: int, end: int) -> None:
        """Lead from one place to another by all that a graph says."""
        places = [begin, *(self._new_place() for _ in range(1, part.size))]
        self._between.update(places)
        self._add(part, places)
        for final in part.finals:
            self._nothing[places[final]].append(end)

    def _spell_out(self, place: int, target: int, spelled: Sequence[int]) -> None:
        for piece in spelled[:-1]:
            inside = self._new_place()
            self._steps.setdefault(place, {}).setdefault(piece, set()).add(inside)
            place = inside
        if spelled:
            self._steps.setdefault(place, {}).setdefault(spelled[-1], set()).add(target)

    def _forms(self, word: str, is_first: bool) -> Iterator[str]:
        """How a word may be written: with a capital (always at the beginning), and else without or after a hyphen."""
        for written in (word, *self._graph.written.get(word, ())):
            yield SPACE + written[0].upper() + written[1:]
            if not is_first:
                yield SPACE + written
                yield "-" + written

    def _new_place(self) -> int:
        self._places += 1
        return self._places - 1


def _with_numerals(graph: WordGraph, digits: Mapping[str, int]) -> Iterator[tuple[int, int, str]]:
    """Source, target and word of every arc, and again with numbers as digits: twenty, 20; twenty five, 25."""
    for arc in graph.arcs:
        yield arc.source, arc.target, arc.word
        if arc.word in digits:
            yield arc.source, arc.target, str(digits[arc.word])
        if digits.get(arc.word, 0) >= 20:
            for after in graph.leaving[arc.target]:
                if 0 < digits.get(after.word, 0) < 10:
                    yield arc.source, after.target, str(digits[arc.word] + digits[after.word])
