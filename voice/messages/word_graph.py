"""An acyclic graph of words, as a search for the likeliest sentence takes it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True)
class Arc:
    """A word between two nodes."""

    source: int
    """The node it leaves."""
    target: int
    """The node it leads to."""
    word: str
    """One plain word, or "{text}", "{clause}", "{timer}" for free words; "" says nothing."""
    slot: str = ""
    """The slot that a listed form fills, on its first word; "" elsewhere."""
    value: str = ""
    """What the listed form means, on its first word; "" elsewhere."""


@dataclass(frozen=True)
class WordGraph:
    """An acyclic graph of words."""

    arcs: tuple[Arc, ...]
    """In topological order of their sources, which are numbers counted in that order."""
    start: int
    """The node where every sentence begins."""
    finals: Mapping[int, str]
    """Node -> the intent of the sentences that may end there ("": a line that is no command)."""
    written: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Plain word -> how else it may be written (thats -> that's)."""
    digits: Mapping[str, int] = field(default_factory=dict)
    """Word for a number -> its value."""
    parts: Mapping[str, "WordGraph"] = field(default_factory=dict)
    """Word that stands for all the sentences of a graph of its own, such as {duration} -> that graph."""

    @cached_property
    def size(self) -> int:
        """How many nodes it has."""
        return 1 + max((arc.target for arc in self.arcs), default=self.start)

    @cached_property
    def leaving(self) -> tuple[tuple[Arc, ...], ...]:
        """The arcs that leave each node."""
        found: list[list[Arc]] = [[] for _ in range(self.size)]
        for arc in self.arcs:
            found[arc.source].append(arc)
        return tuple(map(tuple, found))

    def sentences(self) -> Iterator[tuple[Arc, ...]]:
        """Every way through the graph: only for small ones."""
        ways: list[tuple[int, tuple[Arc, ...]]] = [(self.start, ())]
        while ways:
            node, way = ways.pop()
            if node in self.finals:
                yield way
            ways += [(arc.target, (*way, arc)) for arc in self.leaving[node]]

    def count(self) -> int:
        """How many ways lead through it."""
        ways = [0] * self.size
        ways[self.start] = 1
        for arc in self.arcs:
            ways[arc.target] += ways[arc.source]
        return sum(ways[node] for node in self.finals)


@dataclass(frozen=True, slots=True)
class Shortlist:
    """The sentences that sound most like the words that were read, for rescoring."""

    graph: WordGraph
    """The sentences."""
    distance: float
    """The distance of the nearest of them to the words that were read: 0 to 1."""
