"""Templates with their rules and lists -> what can be said with them, and every mistake in them.

A template that stands for few sentences is written out; of one that stands for many, some are written out and the
word graph knows the others.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from voice.language.slots import FREE, SLOT_TYPES, Filler, filler_of
from voice.nlu.grammar.foreign import foreign_marks
from voice.nlu.grammar.template import (
    Alternatives,
    Literal,
    Node,
    RuleReference,
    Series,
    SlotReference,
    is_plain,
    parse,
    references,
)
from voice.nlu.grammar.template import GrammarError as GrammarError
from voice.nlu.grammar.template_size import A_QUANTITY, A_TOKEN, Size, either, one_after_the_other, size_of_text
from voice.nlu.grammar.word_graph import Arc, WordGraph, covering, word_graph

WRITTEN_OUT = 2000  # sentences of one template; the largest that ships has a tenth of them
LARGEST = 20_000  # words of a template, with every rule and list filled in; a coffee order has about 1,000


@dataclass(frozen=True, slots=True)
class Expansion:
    """One sentence that a template stands for."""

    text: str
    """Its words, with tokens such as "{duration}" for open slots."""
    slots: Mapping[str, str] = field(default_factory=lambda: NO_SLOTS)
    """Slot -> what a listed slot in it means."""


NO_SLOTS: Mapping[str, str] = {}  # of nearly all of the many thousand: it is kept once


class Grammar:
    """Templates can be checked and expanded with it.

    rules: name -> template. lists: slot -> spoken form -> value; a built-in slot without a list stays a token.
    """

    def __init__(self, rules: Mapping[str, str], lists: Mapping[str, Mapping[str, str]]) -> None:
        self._rules = rules
        self._lists = lists
        self._slots = tuple(dict.fromkeys((*lists, *SLOT_TYPES)))
        self._sizes = dict[str, Size]()  # of each rule that was found to be in order
        self._is_large = dict[str, bool]()  # of each template that was asked about

    def mistakes(self, template: str) -> tuple[GrammarError, ...]:
        """Everything that is wrong with a template (or a rule), in the order of its columns."""
        if foreign := sorted(foreign_marks(template)):
            return tuple(GrammarError(column, what) for column, what in foreign)
        try:
            tree = parse(template)
        except GrammarError as error:
            return (error,)
        found = tuple(mistake for reference in references(tree) if (mistake := self._mistake(reference)))
        if not found and self._size(tree).words > LARGEST:
            return (GrammarError(1, f"is too large: expected at most {LARGEST} words, rules and lists filled in"),)
        return found

    def takes_anything(self, template: str) -> bool:
        """Whether a template (without mistakes) can be said as nothing but words that nobody knows beforehand."""
        return not is_plain(template) and (False, True) in self._contents(parse(template))

    def _contents(self, node: Node) -> frozenset[tuple[bool, bool]]:
        """What a way to say it can hold: (known words, unknown words)."""
        match node:
            case Literal(text):
                return frozenset({(bool(text.strip()), False)})
            case SlotReference(name):
                is_free = not self._lists.get(name) and filler_of(name) in FREE
                return frozenset({(not is_free, is_free)})
            case RuleReference(name):
                return self._contents(parse(self._rules[name]))
            case Alternatives(choices):
                return frozenset().union(*map(self._contents, choices))
        found = frozenset({(False, False)})
        for part in node.parts:
            found = frozenset((a or c, b or d) for a, b in found for c, d in self._contents(part))
        return found

    def is_large(self, template: str) -> bool:
        """Whether a template (without mistakes) stands for so many sentences that they are not written out."""
        if is_plain(template):
            return False
        if template not in self._is_large:
            self._check(template)
            self._is_large[template] = self._size(parse(template)).sentences > WRITTEN_OUT
        return self._is_large[template]

    def expand(self, template: str) -> tuple[Expansion, ...]:
        """The sentences of a template, each once; of a large one so many that each of its words is in one of them.

        Raises GrammarError, the first of its mistakes.
        """
        if is_plain(template):
            return (Expansion(" ".join(template.split())),)
        if self.is_large(template):
            return tuple(
                map(_expansion, covering(word_graph([("", template)], self._rules, self._lists, spelled=False)))
            )
        found = dict[str, Expansion]()
        for pieces, slots in self._expand(parse(template)):
            if text := " ".join(pieces.split()):
                found.setdefault(text, Expansion(text, dict(slots) if slots else NO_SLOTS))
        return tuple(found.values())

    def graph(self, sentences: Iterable[tuple[str, str]]) -> WordGraph:
        """The graph of pairs of an intent and a template without mistakes; durations, numbers and times stay tokens."""
        return word_graph(sentences, self._rules, self._lists, spelled=False)

    def _check(self, template: str) -> None:
        if mistakes := self.mistakes(template):
            raise mistakes[0]

    def slots(self, template: str) -> frozenset[str]:
        """The slots that a template (without mistakes) names, itself or by a rule."""
        return frozenset() if is_plain(template) else self._slots_in(parse(template))

    def required_slots(self, template: str) -> frozenset[str]:
        """The slots that every sentence of a template (without mistakes) has."""
        return frozenset() if is_plain(template) else self._required_in(parse(template))

    def _required_in(self, tree: Node) -> frozenset[str]:
        match tree:
            case Literal():
                return frozenset()
            case SlotReference(name):
                return frozenset({name})
            case RuleReference(name):
                return self.required_slots(self._rules[name])
            case Series(parts):
                return frozenset[str]().union(*map(self._required_in, parts))
            case Alternatives(choices):
                return frozenset.intersection(*map(self._required_in, choices))

    def _slots_in(self, tree: Node) -> frozenset[str]:
        named = frozenset[str]()
        for reference in references(tree):
            is_slot = isinstance(reference, SlotReference)
            named |= {reference.name} if is_slot else self.slots(self._rules[reference.name])
        return named

    def _mistake(self, reference: SlotReference | RuleReference) -> GrammarError | None:
        name, column = reference.name, reference.column
        if isinstance(reference, SlotReference):
            if name in self._slots:
                return None
            return GrammarError(column, f"there is no slot {{{name}}}", name, self._slots)
        if name not in self._rules:
            return GrammarError(column, f"there is no rule <{name}>", name, tuple(self._rules))
        try:
            self._check_rule(name, ())
        except GrammarError as error:
            return GrammarError(column, f"rule <{name}> cannot be used: {error.what}")
        return None

    def _check_rule(self, name: str, above: tuple[str, ...]) -> None:
        """Raise the first mistake in a rule and those that it names; above: the rules that led to it."""
        if name in self._sizes:
            return
        if name in above:
            raise GrammarError(1, f"it goes in a circle ({' -> '.join((*above, name))})")
        tree = parse(self._rules[name])
        for reference in references(tree):
            if isinstance(reference, RuleReference) and reference.name in self._rules:
                self._check_rule(reference.name, (*above, name))
            elif mistake := self._mistake(reference):
                raise mistake
        self._sizes[name] = self._size(tree)

    def _size(self, node: Node) -> Size:
        """How large a tree is, without filling it in."""
        match node:
            case Literal(text):
                return size_of_text(text)
            case SlotReference(name) if forms := self._lists.get(name):
                return either(map(size_of_text, forms))
            case SlotReference(name):
                return A_QUANTITY if filler_of(name) is Filler.QUANTITY else A_TOKEN
            case RuleReference(name):
                return self._sizes[name]
            case Alternatives(choices):
                return either(map(self._size, choices))
        return one_after_the_other(map(self._size, node.parts))

    def _expand(self, node: Node) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        """Pairs of text and of the listed slots in it."""
        match node:
            case Literal(text):
                yield text, ()
            case SlotReference(name) if self._lists.get(name):
                yield from ((spoken, ((name, value),)) for spoken, value in self._lists[name].items())
            case SlotReference(name):
                yield f"{{{name}}}", ()
            case RuleReference(name):
                yield from self._expand(parse(self._rules[name]))
            case Alternatives(choices):
                for choice in choices:
                    yield from self._expand(choice)
            case _:
                for pieces in product(*(tuple(self._expand(part)) for part in node.parts)):
                    yield "".join(text for text, _ in pieces), tuple(pair for _, pairs in pieces for pair in pairs)


def _expansion(way: Sequence[Arc]) -> Expansion:
    return Expansion(" ".join(arc.word for arc in way if arc.word), {arc.slot: arc.value for arc in way if arc.slot})
