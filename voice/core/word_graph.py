"""Templates as one graph of words: every sentence is a way through it, and none of them is written out.

Its size grows with the length of the templates, not with the number of sentences that they stand for.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from voice.core.graph_draft import GraphDraft, in_order, merged
from voice.core.template_reader import TemplateReader


@dataclass(frozen=True, slots=True)
class Arc:
    """A word between two nodes.

    word: one plain word, or "{text}", "{clause}", "{timer}" for free words; "" says nothing.
    slot, value: on the first word of a listed form, which slot it fills and what it means.
    """

    source: int
    target: int
    word: str
    slot: str = ""
    value: str = ""


@dataclass(frozen=True)
class WordGraph:
    """An acyclic graph of words.

    arcs: in topological order of their sources, which are numbers counted in that order. start: where every sentence
    begins. finals: node -> the intent of the sentences that may end there ("": a line that is no command).
    """

    arcs: tuple[Arc, ...]
    start: int
    finals: Mapping[int, str]

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


def word_graph(
    sentences: Iterable[tuple[str, str]],
    rules: Mapping[str, str],
    lists: Mapping[str, Mapping[str, str]],
    *,
    spelled: bool = True,
) -> WordGraph:
    """The graph of pairs of an intent ("" for a line that is no command) and a template or plain line.

    rules, lists: as in Grammar; the templates have no mistakes. spelled: durations and numbers word by word; otherwise
    each is one arc, "{duration}" or "{number}". Where a sentence means two things, the first one counts.
    """
    draft = GraphDraft()
    reader = TemplateReader(draft, rules, lists, spelled)
    for intent, template in sentences:
        reader.add(intent, template)
    return _numbered(merged(draft.without_twins() or draft))


def _numbered(draft: GraphDraft) -> WordGraph:
    numbers = {old: number for number, old in enumerate(in_order(draft))}
    arcs = tuple(Arc(numbers[old], numbers[target], *label) for old in numbers for label, target in draft.leaving[old])
    # saying nothing is no sentence, whatever a template leaves out
    finals = {numbers[node]: intent for node, intent in draft.finals.items() if node and node in numbers}
    return WordGraph(arcs, 0, finals)
