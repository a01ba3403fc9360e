"""Reads a template into a graph of words, without expanding it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from voice.language.slots import SLOT_TYPES
from voice.language.text import plain
from voice.nlu.grammar.graph_builder import GraphBuilder
from voice.nlu.grammar.template import Alternatives, Literal, Node, RuleReference, SlotReference, is_plain, parse

_GAP = " "


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
        self._spelled = spelled
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
            case Literal(text):
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
        slot = SLOT_TYPES.get(name)
        if slot and slot.leader:
            node = self._step(self._slot(slot.leader, node), _GAP)
        if slot and slot.template and self._spelled:
            node = self._tree(parse(slot.template), node)
        else:
            node = self._step(node, f"{{{name}}}")
        return self._step(node, _GAP)

    def _join(self, ends: Sequence[int]) -> int:
        self.leaving.append([])
        for end in ends:
            self.leaving[end].append(_Piece(len(self.leaving) - 1))
        return len(self.leaving) - 1


# ---- pieces of words -> words -------------------------------------------------------------------------


class TemplateReader:
    """Turns templates into words of a draft.

    rules, lists: as in Grammar. spelled: durations, numbers and times word by word, not as one token.
    """

    def __init__(
        self, draft: GraphBuilder, rules: Mapping[str, str], lists: Mapping[str, Mapping[str, str]], spelled: bool
    ) -> None:
        self._pieces = _Pieces(rules, lists, spelled)
        self._draft = draft

    def add(self, intent: str, template: str) -> None:
        """Add the sentences of a template without mistakes, or a plain line."""
        if is_plain(template):
            self._add_words(intent, template.lower().split())
            return
        end = self._pieces.read(parse(template))
        final = self._draft.node()
        self._draft.finals[final] = intent
        nodes, begins = {0: 0, end: final}, [0]  # where a word begins: node of the pieces -> node of the draft
        for begin in begins:  # grows while it is read
            for text, slots, target in self._words_from(begin, end):
                if target not in nodes:
                    nodes[target] = self._draft.node()
                    begins.append(target)
                self._word(nodes[begin], text, slots, nodes[target])

    def _add_words(self, intent: str, words: Sequence[str]) -> None:
        node = 0
        for word in words:
            source, node = node, self._draft.node()
            self._draft.arc(source, (word, "", ""), node)
        self._draft.finals[node] = intent

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
        as_it_is = text.startswith("{") or text.isalpha()  # nearly every word
        spelled = [text.lower()] if as_it_is else plain(text).split()
        for slot, value in slots[:-1]:
            source, before = self._draft.node(), source
            self._draft.arc(before, ("", slot, value), source)
        slot, value = slots[-1] if slots else ("", "")
        for word in spelled[:-1]:
            source, before = self._draft.node(), source
            self._draft.arc(before, (word, slot, value), source)
            slot = value = ""
        self._draft.arc(source, (spelled[-1] if spelled else "", slot, value), target)
