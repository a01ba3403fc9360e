"""What can be said, piece by piece: a word graph as the model would write it, walked a piece at a time."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voice.messages.word_graph import WordGraph
from voice.moonshine.tokenizer import SPACE, Pieces

FREE = "{"  # how an arc for any words begins
COMMA = ","
FULL_STOPS = (".", "?")
REMEMBERED = 1500  # states that are kept from one search to the next, which comes to some hundreds of new ones
BETWEEN = -1  # stands for a piece where no single one follows

Places = tuple[int, ...]


class State:
    """All the places in the graph, or inside its words, where a text so far may have led, in order.

    There is one of each in a search, so they are told apart at once. ways: how it may go on, once that is known.
    """

    __slots__ = ("places", "ways")

    def __init__(self, places: Places) -> None:
        self.places = places
        self.ways: Ways | None = None

    @property
    def is_over(self) -> bool:
        """Whether nothing may follow: it is behind a full stop, which is nowhere in the graph."""
        return not self.places


class Ways:
    """How a text may go on.

    pieces: by one of these; `behind` has the state that each leads to. anything: the state behind any other piece, if
    there is one. ends: whether the text may end here. command: whether it is a command then.
    """

    def __init__(
        self,
        onward: Mapping[int, Iterable[int] | State],
        state: Callable[[Iterable[int]], State],
        anything: State | None = None,
        *,
        ends: bool,
        command: bool,
    ) -> None:
        """onward: pieces, and the places or the state that each leads to. state: finds the state of some places."""
        self.pieces: NDArray[np.int64] = np.array(list(onward), np.int64)
        self.anything, self.ends, self.command = anything, ends, command
        self._behind = list(onward.values())
        self._state = state

    def behind(self, number: int) -> State:
        """The state behind that of the pieces. It is found when asked for: few pieces are likely enough for that."""
        behind = self._behind[number]
        if not isinstance(behind, State):
            self._behind[number] = behind = self._state(behind)
        return behind


class Spellings:
    """Every way to write what a word graph holds: with and without capitals, "16-ounce" and "sixteen ounce".

    A search comes to tens of thousands of places; so inside words, where one piece leads to one place, they are numbers
    alone.
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
        self._comma = pieces.spell(COMMA)[0]
        self._full_stops = [pieces.spell(mark)[0] for mark in FULL_STOPS]
        self._add(graph, range(graph.size))
        self._states: dict[Places, State] = {}
        self._over, self._over_command = State(()), State(())  # behind a full stop: of what is no command, of one
        self._over.ways = Ways({}, self._state, ends=True, command=False)
        self._over_command.ways = Ways({}, self._state, ends=True, command=True)

    def begin(self) -> State:
        """Where every text begins. What was found in searches before is forgotten when it has become much."""
        if len(self._states) > REMEMBERED:
            self._states.clear()
        return self._state({self._graph.start})

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
        if state.ways is None:
            state.ways = self._find_ways(state.places)
        return state.ways

    def _find_ways(self, places: Places) -> Ways:
        found: dict[int, set[int]] = defaultdict(set)
        free = {self._free[place] for place in places if place in self._free}
        for place in places:
            for piece, after in self._steps_from(place):
                found[piece].add(after)
        said = {place for place in places if place in self._between and place != self._graph.start}
        if said:
            found[self._comma] |= said
        onward: dict[int, Iterable[int] | State] = {piece: behind | free for piece, behind in found.items()}
        intents = {self._graph.finals[place] for place in places if place in self._graph.finals}
        ends, command = bool(intents), any(intents)
        if ends:
            onward |= dict.fromkeys(self._full_stops, self._over_command if command else self._over)
        return Ways(onward, self._state, self._state(free) if free else None, ends=ends, command=command)

    def _state(self, places: Iterable[int]) -> State:
        """The state of these places and of all where one is as well, without a word."""
        found, waiting = set[int](), list(places)
        while waiting:
            place = waiting.pop()
            if place not in found:
                found.add(place)
                waiting += self._nothing.get(place, ())
        closed = tuple(sorted(found))
        return self._states.setdefault(closed, State(closed))

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
