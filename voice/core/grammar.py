"""Templates with their rules and lists -> every sentence that can be said, and every mistake in them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import product

from voice.core.template import Alternatives, Node, RuleReference, SlotReference, Text, parse, references
from voice.core.template import GrammarError as GrammarError

# Filled in by what is heard; tokens in an expansion. clause: a name and what they did, fills name and text.
OPEN_SLOTS = ("duration", "number", "timer", "text", "clause")
BUILT_IN_SLOTS = (*OPEN_SLOTS, "name", "deck")  # name and deck are lists that only a running house knows
EXPANSION_LIMIT = 2000  # sentences of one template; the largest that ships has a tenth of them


@dataclass(frozen=True, slots=True)
class Expansion:
    """One sentence that a template stands for.

    text: its words, with tokens such as "{duration}" for open slots. slots: what the listed slots in it mean.
    """

    text: str
    slots: Mapping[str, str] = field(default_factory=dict)


class Grammar:
    """Templates can be checked and expanded with it.

    rules: name -> template. lists: slot -> spoken form -> value; a built-in slot without a list stays a token.
    """

    def __init__(self, rules: Mapping[str, str], lists: Mapping[str, Mapping[str, str]]) -> None:
        self._rules = rules
        self._lists = lists
        self._slots = tuple(dict.fromkeys((*lists, *BUILT_IN_SLOTS)))
        self._counts = dict[str, int]()  # sentences of each rule that was found to be in order

    def mistakes(self, template: str) -> tuple[GrammarError, ...]:
        """Everything that is wrong with a template (or a rule), in the order of its columns."""
        try:
            tree = parse(template)
        except GrammarError as error:
            return (error,)
        found = tuple(mistake for reference in references(tree) if (mistake := self._mistake(reference)))
        if not found and self._count(tree) > EXPANSION_LIMIT:
            return (GrammarError(1, f"stands for too many sentences: expected at most {EXPANSION_LIMIT}"),)
        return found

    def expand(self, template: str) -> tuple[Expansion, ...]:
        """Every sentence of a template, each once. Raises GrammarError, the first of its mistakes."""
        if mistakes := self.mistakes(template):
            raise mistakes[0]
        found = dict[str, Expansion]()
        for pieces, slots in self._expand(parse(template)):
            if text := " ".join(pieces.split()):
                found.setdefault(text, Expansion(text, dict(slots)))
        return tuple(found.values())

    def slots(self, template: str) -> frozenset[str]:
        """The slots that a template (without mistakes) names, itself or by a rule."""
        return self._slots_in(parse(template))

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
        if name in self._counts:
            return
        if name in above:
            raise GrammarError(1, f"it goes in a circle ({' -> '.join((*above, name))})")
        tree = parse(self._rules[name])
        for reference in references(tree):
            if isinstance(reference, RuleReference) and reference.name in self._rules:
                self._check_rule(reference.name, (*above, name))
            elif mistake := self._mistake(reference):
                raise mistake
        self._counts[name] = self._count(tree)

    def _count(self, node: Node) -> int:
        """How many sentences a tree stands for, without making them; not counted beyond EXPANSION_LIMIT + 1."""
        match node:
            case Text():
                return 1
            case SlotReference(name):
                return max(1, len(self._lists.get(name, ())))
            case RuleReference(name):
                return self._counts[name]
            case Alternatives(choices):
                return min(EXPANSION_LIMIT + 1, sum(map(self._count, choices)))
        many = 1
        for part in node.parts:
            many = min(EXPANSION_LIMIT + 1, many * self._count(part))
        return many

    def _expand(self, node: Node) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
        """Pairs of text and of the listed slots in it."""
        match node:
            case Text(text):
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
