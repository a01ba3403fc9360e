"""A word graph as a graph of tokens: every spelling of every sentence, expanded while it is walked."""

from array import array
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from voice.engines.moonshine.tokenizer import SPACE, Tokenizer
from voice.messages.word_graph import WordGraph

FREE = "{"  # the first character of an arc for free text
COMMA = ","
FULL_STOPS = (".", "?")
REMEMBERED = 1500  # states that are kept between searches; one search adds some hundreds
BOUNDARY = -1  # in place of a token, at a node between words

Nodes = tuple[int, ...]


class GraphState:
    """The set of graph nodes that a text so far may have reached.

    The graph holds one GraphState for each set, so states are compared by identity.
    """

    __slots__ = ("nodes", "transitions")

    def __init__(self, nodes: Nodes) -> None:
        self.nodes = nodes
        """In ascending order; none after a full stop."""
        self.transitions: Transitions | None = None
        """Computed at the first visit."""

    @property
    def is_over(self) -> bool:
        """Whether the text is complete: it ends with a full stop."""
        return not self.nodes


class Transitions:
    """The tokens that may follow in a state."""

    def __init__(
        self,
        targets: Mapping[int, Iterable[int] | GraphState],
        state_of: Callable[[Iterable[int]], GraphState],
        free_state: GraphState | None = None,
        *,
        is_final: bool,
        is_command: bool,
    ) -> None:
        """targets: token -> the state or the nodes after it. state_of: the state of some nodes."""
        self.tokens: NDArray[np.int64] = np.array(list(targets), np.int64)
        """The tokens, in one dimension."""
        self.free_state = free_state
        """The state after any other token; None outside free text."""
        self.is_final = is_final
        """Whether the text may end here."""
        self.is_command = is_command
        """Whether the text is a command if it ends here."""
        self._targets = list(targets.values())
        self._state_of = state_of

    def next_state(self, index: int) -> GraphState:
        """The state after the token at this index. It is computed on demand: most tokens are pruned before."""
        target = self._targets[index]
        if not isinstance(target, GraphState):
            self._targets[index] = target = self._state_of(target)
        return target


class TokenGraph:
    """Every spelling of the sentences of a word graph: with and without capitals, "16-ounce" and "sixteen ounce".

    A search visits tens of thousands of nodes. A node inside a word has one token and one target, which are kept in
    two arrays.
    """

    def __init__(self, graph: WordGraph, tokenizer: Tokenizer) -> None:
        self._graph, self._encode = graph, tokenizer.encode
        self._boundaries = set(range(graph.size))  # nodes between words; the others are inside words
        # For each node inside a word: its token, and the node after it.
        self._token, self._target = array("i", [BOUNDARY]) * graph.size, array("i", [BOUNDARY]) * graph.size
        self._steps: dict[int, array[int]] = {}  # boundary -> token, target, token, target, ...
        self._part_nodes: dict[int, list[_WordNode]] = defaultdict(list)  # boundary -> its nodes in graphs of parts
        self._parts: dict[int, list[tuple[WordGraph, int]]] = defaultdict(list)  # boundary -> graph, node after it
        self._epsilon: dict[int, list[int]] = defaultdict(list)  # node -> nodes reached without a token
        self._free: dict[int, int] = {}  # node -> the node inside free text
        self._comma = tokenizer.encode(COMMA)[0]
        self._full_stops = [tokenizer.encode(mark)[0] for mark in FULL_STOPS]
        self._add(graph, range(graph.size))
        self._states: dict[Nodes, GraphState] = {}
        self._over = GraphState(())  # after the full stop of a non-command
        self._over_command = GraphState(())
        self._over.transitions = Transitions({}, self._state, is_final=True, is_command=False)
        self._over_command.transitions = Transitions({}, self._state, is_final=True, is_command=True)

    def initial(self) -> GraphState:
        """The state before the first token. It drops the states of earlier searches when they have become many."""
        if len(self._states) > REMEMBERED:
            self._states.clear()
        return self._state({self._graph.start})

    def transitions(self, state: GraphState) -> Transitions:
        """The tokens that may follow in a state."""
        if state.transitions is None:
            state.transitions = self._find_transitions(state.nodes)
        return state.transitions

    def _add(self, graph: WordGraph, nodes: Sequence[int]) -> None:
        """Add the arcs of a graph that are not plain words. nodes: our number of each of its nodes."""
        for arc in graph.arcs:
            begin, end = nodes[arc.source], nodes[arc.target]
            if not arc.word:
                self._epsilon[begin].append(end)
            elif part := self._graph.parts.get(arc.word):
                self._parts[begin].append((part, end))
            elif arc.word.startswith(FREE):
                inside = self._new_node()
                self._free[begin] = self._free[inside] = inside
                self._epsilon[inside].append(end)

    def _find_transitions(self, nodes: Nodes) -> Transitions:
        found: dict[int, set[int]] = defaultdict(set)
        free = {self._free[node] for node in nodes if node in self._free}
        for node in nodes:
            for token, target in self._steps_from(node):
                found[token].add(target)
        after_words = {node for node in nodes if node in self._boundaries and node != self._graph.start}
        if after_words:
            found[self._comma] |= after_words
        targets: dict[int, Iterable[int] | GraphState] = {token: after | free for token, after in found.items()}
        intents = {self._graph.finals[node] for node in nodes if node in self._graph.finals}
        is_final, is_command = bool(intents), any(intents)
        if is_final:
            targets |= dict.fromkeys(self._full_stops, self._over_command if is_command else self._over)
        free_state = self._state(free) if free else None
        return Transitions(targets, self._state, free_state, is_final=is_final, is_command=is_command)

    def _state(self, nodes: Iterable[int]) -> GraphState:
        """The state of these nodes and of all that are reached from them without a token."""
        found, waiting = set[int](), list(nodes)
        while waiting:
            node = waiting.pop()
            if node not in found:
                found.add(node)
                waiting += self._epsilon.get(node, ())
        closed = tuple(sorted(found))
        return self._states.setdefault(closed, GraphState(closed))

    def _steps_from(self, node: int) -> Iterable[tuple[int, int]]:
        """The tokens that leave a node, each with its target."""
        if self._token[node] != BOUNDARY:
            return ((self._token[node], self._target[node]),)
        if node not in self._steps:
            self._steps[node] = self._expand(node)
        steps = self._steps[node]
        return zip(steps[::2], steps[1::2], strict=True)

    def _expand(self, node: int) -> "array[int]":
        """The steps out of a boundary: token, target and so on. They are built lazily: few are visited."""
        for part, end in self._parts.pop(node, ()):
            self._add_part(part, node, end)
        word_nodes = self._part_nodes.pop(node, [])
        if node < self._graph.size:
            word_nodes.insert(0, _WordNode(self._graph, range(self._graph.size), node))
        steps = array("i")
        for word_node in word_nodes:
            for word, target in self._words_from(word_node):
                for form in self._forms(word, is_first=node == self._graph.start):
                    if tokens := self._encode(form):
                        self._add_word(tokens, word_node.nodes[target], steps)
        return steps

    def _add_part(self, part: WordGraph, begin: int, end: int) -> None:
        """Connect two nodes by all sentences of a graph."""
        nodes = [begin, *(self._new_node() for _ in range(1, part.size))]
        self._boundaries.update(nodes)
        self._add(part, nodes)
        for number, node in enumerate(nodes):
            self._part_nodes[node].append(_WordNode(part, nodes, number))
        for final in part.finals:
            self._epsilon[nodes[final]].append(end)

    def _words_from(self, node: "_WordNode") -> Iterator[tuple[str, int]]:
        """The words that leave a node of a word graph, each with its target. Numbers come as digits too: 20, 25."""
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

    def _add_word(self, tokens: Sequence[int], target: int, steps: "array[int]") -> None:
        """Add one spelling of a word. target: the node after it. steps: those of the boundary before it."""
        nodes = [*(self._new_node() for _ in tokens[1:]), target]
        for token, (node, after) in zip(tokens[1:], pairwise(nodes), strict=True):
            self._token[node], self._target[node] = token, after
        steps.extend((tokens[0], nodes[0]))

    def _forms(self, word: str, is_first: bool) -> Iterator[str]:
        """The written forms of a word: with a capital and without, and inside a sentence also after a hyphen."""
        for written in (word, *self._graph.written.get(word, ())):
            yield SPACE + written[0].upper() + written[1:]
            yield SPACE + written  # also the first one: our name may come before it
            if not is_first:
                yield "-" + written

    def _new_node(self) -> int:
        self._token.append(BOUNDARY)
        self._target.append(BOUNDARY)
        return len(self._token) - 1


class _WordNode(NamedTuple):
    """A node of a word graph."""

    graph: WordGraph
    nodes: Sequence[int]
    """The number in the token graph of each node of that word graph."""
    number: int
    """The number in that word graph."""
