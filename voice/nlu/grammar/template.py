"""The syntax of sentence templates, as a tree: `[please] ask us (a|another) [{depth}] question`.

It is the one that Home Assistant and Rhasspy users know: (a|b) is one of several, [a] or [a|b] may be left out,
{slot} is a word to be filled in, <rule> is another template.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

DEEPEST = 20  # brackets within brackets; far more than anyone can read

_TOKEN = re.compile(r"\{([^{}\[\]()<>|]*)\}|<([^{}\[\]()<>|]*)>|([\[\](){}<>|])|([^\[\](){}<>|]+)")
_NAME = re.compile(r"[a-z][A-Za-z0-9_]*")
_CLOSING = {"(": ")", "[": "]", "{": "}", "<": ">"}


class GrammarError(Exception):
    """A mistake in a template.

    column: 1 for the first character of the template. what: what is wrong and what was expected.
    unknown, known: the slot or rule that does not exist, and those that do, for "did you mean".
    """

    def __init__(self, column: int, what: str, unknown: str = "", known: tuple[str, ...] = ()) -> None:
        self.column, self.what, self.unknown, self.known = column, what, unknown, known
        super().__init__(f"column {column}: {what}")


@dataclass(frozen=True, slots=True)
class Literal:
    """Words (or a piece of a word) as they are said."""

    text: str
    """The words, or the piece."""


@dataclass(frozen=True, slots=True)
class SlotReference:
    """`{name}` in a template."""

    name: str
    """The slot."""
    column: int
    """Where it stands; the first character of the template is 1."""


@dataclass(frozen=True, slots=True)
class RuleReference:
    """`<name>` in a template."""

    name: str
    """The rule."""
    column: int
    """Where it stands; the first character of the template is 1."""


@dataclass(frozen=True, slots=True)
class Series:
    """One part after the other."""

    parts: tuple["Node", ...]
    """In their order; (): nothing."""


@dataclass(frozen=True, slots=True)
class Alternatives:
    """One of several; an optional part has an empty Series among them."""

    choices: tuple["Node", ...]
    """Two or more."""


Node = Literal | SlotReference | RuleReference | Series | Alternatives


def is_plain(template: str) -> bool:
    """Whether a template is nothing but words of letters, so that it stands for itself alone."""
    return template.replace(" ", "").isalpha()


@lru_cache(maxsize=4096)
def parse(template: str) -> Node:
    """The tree of a template. Raises GrammarError where it is not well formed."""
    return _Parser(template).whole()


def references(node: Node) -> Iterator[SlotReference | RuleReference]:
    """Every slot and rule that a tree names, from left to right."""
    match node:
        case SlotReference() | RuleReference():
            yield node
        case Series(children) | Alternatives(children):
            for child in children:
                yield from references(child)


class _Parser:
    """Recursive descent over the tokens of one template."""

    def __init__(self, template: str) -> None:
        self._tokens = list(_TOKEN.finditer(template))
        self._next = 0

    def whole(self) -> Node:
        node = self._alternatives(opening=None, depth=0)
        if not _says_something(node):
            raise GrammarError(1, "nothing to say: expected words")
        return node

    def _alternatives(self, opening: re.Match[str] | None, depth: int) -> Node:
        choices, parts = list[Node](), list[Node]()
        while self._next < len(self._tokens):
            token = self._tokens[self._next]
            self._next += 1
            mark = token[3]
            if mark == "|":
                choices.append(Series(tuple(parts)))
                parts = []
            elif mark in ("(", "["):
                if depth == DEEPEST:
                    raise GrammarError(token.start() + 1, f"brackets nest deeper than {DEEPEST}")
                parts.append(self._alternatives(token, depth + 1))
            elif mark and opening and mark == _CLOSING[opening[0]]:
                return _one_of((*choices, Series(tuple(parts))), optional=opening[0] == "[")
            elif mark:
                raise _misplaced(token, opening)
            else:
                parts.append(_leaf(token))
        if opening:
            raise _never_closed(opening)
        return _one_of((*choices, Series(tuple(parts))), optional=False)


def _leaf(token: re.Match[str]) -> Node:
    if token[4] is not None:
        return Literal(token[4])
    name = token[0][1:-1]
    column = token.start() + 1
    if not _NAME.fullmatch(name):
        raise GrammarError(column, f"“{token[0]}” is no name: expected letters, digits and _, a small letter first")
    return SlotReference(name, column) if token[0][0] == "{" else RuleReference(name, column)


def _one_of(choices: tuple[Node, ...], optional: bool) -> Node:
    if optional:
        return Alternatives((*choices, Series(())))
    return choices[0] if len(choices) == 1 else Alternatives(choices)


def _misplaced(token: re.Match[str], opening: re.Match[str] | None) -> GrammarError:
    if token[0] in _CLOSING:
        return _never_closed(token)
    expected = f"“{_CLOSING[opening[0]]}” or “|”" if opening else "words"
    return GrammarError(token.start() + 1, f"“{token[0]}” closes nothing here: expected {expected}")


def _never_closed(opening: re.Match[str]) -> GrammarError:
    mark = opening[0]
    return GrammarError(opening.start() + 1, f"“{mark}” is never closed: expected “{_CLOSING[mark]}”")


def _says_something(node: Node) -> bool:
    match node:
        case Literal(text):
            return bool(text.strip())
        case Series(children) | Alternatives(children):
            return any(map(_says_something, children))
        case _:
            return True
