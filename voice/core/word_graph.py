"""Templates as one graph of words: every sentence is a way through it, and none of them is written out.

Its size grows with the length of the templates, not with the number of sentences that they stand for.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from voice.core.quantities import DURATION, NUMBER
from voice.core.template import Alternatives, Node, RuleReference, SlotReference, Text, parse
from voice.core.text import plain

GROWTH = 4  # how much larger a graph may become by giving every word of a node its own arc
_GAP = " "
_QUANTITIES = {"duration": parse(DURATION), "number": parse(NUMBER)}


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
    draft = _Draft()
    pieces = _Pieces(rules, lists, spelled)
    for intent, template in sentences:
        _Words(pieces, draft).add(intent, parse(template))
    return _numbered(_merged(draft.without_twins() or draft))


# ---- templates -> pieces of words --------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Piece:
    """A step inside a template. text: a piece of a word, or _GAP. slot, value: a listed form begins here."""

    target: int
    text: str = ""
    slot: str = ""
    value: str = ""


class _Pieces:
    """The pieces of one template at a time, node by node."""

    def __init__(self, rules: Mapping[str, str], lists: Mapping[str, Mapping[str, str]], spelled: bool) -> None:
        self._rules = rules
        self._lists = lists
        self._quantities = _QUANTITIES if spelled else {}
        self.leaving: list[list[_Piece]] = []

    def read(self, tree: Node) -> int:
        """Read a template in; it begins at node 0. Returns the node where it ends."""
        self.leaving = [[]]
        return self._tree(tree, 0)

    def _step(self, source: int, text: str, slot: str = "", value: str = "") -> int:
        self.leaving.append([])
        self.leaving[source].append(_Piece(len(self.leaving) - 1, text, slot, value))
        return len(self.leaving) - 1

    def _text(self, source: int, text: str) -> int:
        """Pieces of words, and a gap for every space between and around them."""
        node = self._step(source, _GAP) if text[:1].isspace() else source
        for place, word in enumerate(text.split()):
            node = self._step(self._step(node, _GAP) if place else node, word)
        return self._step(node, _GAP) if text.strip() and text[-1].isspace() else node

    def _tree(self, tree: Node, source: int) -> int:
        match tree:
            case Text(text):
                return self._text(source, text)
            case SlotReference(name):
                return self._slot(name, source)
            case RuleReference(name):
                return self._tree(parse(self._rules[name]), source)
            case Alternatives(choices):
                return self._join([self._tree(choice, source) for choice in choices])
        for part in tree.parts:
            source = self._tree(part, source)
        return source

    def _slot(self, name: str, source: int) -> int:
        if forms := self._lists.get(name):
            ends = [self._text(self._step(source, "", name, value), form) for form, value in forms.items()]
            return self._join(ends)
        node = self._step(source, _GAP)
        if name == "clause":  # it begins with a name
            node = self._step(self._slot("name", node), _GAP)
        quantity = self._quantities.get(name)
        node = self._tree(quantity, node) if quantity else self._step(node, f"{{{name}}}")
        return self._step(node, _GAP)

    def _join(self, ends: Sequence[int]) -> int:
        self.leaving.append([])
        for end in ends:
            self.leaving[end].append(_Piece(len(self.leaving) - 1))
        return len(self.leaving) - 1


# ---- pieces of words -> words -------------------------------------------------------------------------

_Label = tuple[str, str, str]  # word, slot, value
_SILENCE: _Label = ("", "", "")


class _Draft:
    """A graph while it is made. leaving: node -> the labels of its arcs and where they lead; it begins at 0."""

    def __init__(self) -> None:
        self.leaving: list[dict[tuple[_Label, int], None]] = [{}]
        self.finals = dict[int, str]()

    def node(self) -> int:
        """A new one."""
        self.leaving.append({})
        return len(self.leaving) - 1

    def arc(self, source: int, label: _Label, target: int) -> None:
        """Lead from a node to another one, once."""
        self.leaving[source][label, target] = None

    def without_twins(self) -> "_Draft | None":
        """The same sentences, with no arc that says nothing and no two alike from one node.

        None when that would make the graph much larger: nodes that differ only in what comes later double then.
        """
        made, nodes = _Draft(), {(start := self._silently({0})): 0}
        waiting, arcs = [start], 0
        limit = GROWTH * sum(map(len, self.leaving))
        for held in waiting:  # grows while it is read
            node = nodes[held]
            ends = sorted(self.finals.keys() & held)
            if ends:
                made.finals[node] = self.finals[ends[0]]
            onward = dict[_Label, set[int]]()
            for label, target in (arc for old in sorted(held) for arc in self.leaving[old]):
                if label != _SILENCE:
                    onward.setdefault(label, set()).add(target)
            for label, targets in onward.items():
                reached = self._silently(targets)
                if reached not in nodes:
                    nodes[reached] = made.node()
                    waiting.append(reached)
                made.arc(node, label, nodes[reached])
            arcs += len(onward)
            if arcs > limit:
                return None
        return made

    def _silently(self, nodes: set[int]) -> frozenset[int]:
        """These nodes, and those that nothing need be said to reach."""
        found, waiting = set(nodes), list(nodes)
        while waiting:
            for label, target in self.leaving[waiting.pop()]:
                if label == _SILENCE and target not in found:
                    found.add(target)
                    waiting.append(target)
        return frozenset(found)


class _Words:
    """Turns the pieces of a template into words of a draft."""

    def __init__(self, pieces: _Pieces, draft: _Draft) -> None:
        self._pieces = pieces
        self._draft = draft
        self._nodes = {0: 0}  # where a word begins: node of the pieces -> node of the draft

    def add(self, intent: str, tree: Node) -> None:
        """Add the sentences of a template."""
        end = self._pieces.read(tree)
        final = self._draft.node()
        self._draft.finals[final] = intent
        begins = [0]
        for begin in begins:  # grows while it is read
            for text, slots, target in self._words_from(begin, end):
                if target not in self._nodes and target != end:
                    self._nodes[target] = self._draft.node()
                    begins.append(target)
                self._word(self._nodes[begin], text, slots, self._nodes.get(target, final))

    def _words_from(self, begin: int, end: int) -> Iterator[tuple[str, tuple[tuple[str, str], ...], int]]:
        """The words that begin at a node, the slots that they begin, and where each leads: after a gap, or the end."""
        ways: dict[tuple[str, tuple[tuple[str, str], ...], int], None] = {("", (), begin): None}
        while ways:
            (text, slots, node), _ = ways.popitem()
            if node == end:
                yield text, slots, end
            for piece in self._pieces.leaving[node]:
                if piece.text == _GAP:
                    yield text, slots, piece.target
                else:
                    more = ((piece.slot, piece.value),) if piece.slot else ()
                    ways[text + piece.text, slots + more, piece.target] = None

    def _word(self, source: int, text: str, slots: tuple[tuple[str, str], ...], target: int) -> None:
        """Lead from one node to another by a word, which is several when it is written like 20-second."""
        spelled = [text] if text.startswith("{") else plain(text).split()
        for slot, value in slots[:-1]:
            source, before = self._draft.node(), source
            self._draft.arc(before, ("", slot, value), source)
        slot, value = slots[-1] if slots else ("", "")
        for word in spelled[:-1]:
            source, before = self._draft.node(), source
            self._draft.arc(before, (word, slot, value), source)
            slot = value = ""
        self._draft.arc(source, (spelled[-1] if spelled else "", slot, value), target)


# ---- the graph ---------------------------------------------------------------------------------------


def _order(draft: _Draft) -> list[int]:
    """The nodes that can be reached, every one after those that lead to it."""
    entering = [0] * len(draft.leaving)
    reached, waiting = {0}, [0]
    while waiting:
        for _, target in draft.leaving[waiting.pop()]:
            entering[target] += 1
            if target not in reached:
                reached.add(target)
                waiting.append(target)
    order, ready = list[int](), [0]
    while ready:
        order.append(node := ready.pop())
        for _, target in draft.leaving[node]:
            entering[target] -= 1
            if not entering[target]:
                ready.append(target)
    return order


def _merged(draft: _Draft) -> _Draft:
    """The same sentences, with one node for all those from which the same can be said."""
    made, same = _Draft(), dict[tuple[str | None, frozenset[tuple[_Label, int]]], int]()
    nodes = dict[int, int]()
    for old in reversed(_order(draft)):
        arcs = {(label, nodes[target]): None for label, target in draft.leaving[old]}
        key = draft.finals.get(old), frozenset(arcs)
        if key not in same:
            same[key] = made.node() if old else 0
            made.leaving[same[key]] = arcs
            if old in draft.finals:
                made.finals[same[key]] = draft.finals[old]
        nodes[old] = same[key]
    return made


def _numbered(draft: _Draft) -> WordGraph:
    numbers = {old: number for number, old in enumerate(_order(draft))}
    arcs = tuple(Arc(numbers[old], numbers[target], *label) for old in numbers for label, target in draft.leaving[old])
    # saying nothing is no sentence, whatever a template leaves out
    finals = {numbers[node]: intent for node, intent in draft.finals.items() if node and node in numbers}
    return WordGraph(arcs, 0, finals)
