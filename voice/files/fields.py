"""Takes the fields of a YAML mapping one by one, each with the type it should have, and notes what is wrong.

A getter that finds a mistake notes it and returns the default or an empty value, so that reading goes on and
every mistake is found at once.
"""

from collections.abc import Collection
from dataclasses import dataclass

from voice.files.strict_yaml import Location, Mistakes, Node, Scalar, Section, YamlList, did_you_mean

YES, NO = ("true", "yes", "on"), ("false", "no", "off")


@dataclass(frozen=True, slots=True)
class Entry:
    """A key that may be any word, with its value."""

    name: Scalar
    """The key."""
    node: Node
    """The value."""


class Fields:
    """The fields of one mapping. A getter without a default means that the field must be there.

    node: None or no mapping at all is a mistake (None was noted when the file was read).
    """

    def __init__(self, node: Node | None, mistakes: Mistakes) -> None:
        self._mistakes = mistakes
        self._asked_for: set[str] = set()
        self._section = node if isinstance(node, Section) else None
        if node is not None and self._section is None:
            mistakes.add(node.place, f"expected a mapping (`word: ...`), found {kind_of(node)}")

    @property
    def names(self) -> tuple[str, ...]:
        """The keys that are there."""
        return tuple(self._section.entries) if self._section else ()

    def place(self, key: str) -> Location | None:
        """Where the key stands, or where the mapping begins; None when there is no mapping."""
        return self._section.keys.get(key, self._section.place) if self._section else None

    def mistake(self, key: str, text: str) -> None:
        """Note a mistake at this key."""
        place = self.place(key)
        if place:
            self._mistakes.add(place, text)

    def node(self, key: str, required: bool = False) -> Node | None:
        """The node at the key, of any kind."""
        self._asked_for.add(key)
        found = self._section.entries.get(key) if self._section else None
        if found is None and required:
            self.mistake(key, f'expected "{key}" here')
        return found

    def scalar(self, key: str, required: bool = False) -> Scalar | None:
        """A text with its place; None when it is missing, empty or something else."""
        node = self.node(key, required)
        return None if node is None else as_scalar(node, f'a text for "{key}"', self._mistakes)

    def text(self, key: str, default: str | None = None) -> str:
        """A text."""
        scalar = self.scalar(key, required=default is None)
        return scalar.text if scalar else default or ""

    def number(self, key: str, default: float | None = None, least: float = 0.0, most: float = 100_000.0) -> float:
        """A number from `least` to `most`."""
        scalar = self.scalar(key, required=default is None)
        number = as_number(scalar, least, most, self._mistakes) if scalar else None
        return number if number is not None else default or 0.0

    def count(self, key: str, default: int | None = None, least: int = 0, most: int = 100_000) -> int:
        """A whole number from `least` to `most`."""
        scalar = self.scalar(key, required=default is None)
        number = as_number(scalar, least, most, self._mistakes, whole=True) if scalar else None
        return int(number) if number is not None else default or 0

    def boolean(self, key: str, default: bool | None = None) -> bool:
        """true or false; yes, no, on and off will do."""
        scalar = self.scalar(key, required=default is None)
        word = scalar.text.lower() if scalar else ""
        if scalar and word not in YES + NO:
            self._mistakes.add(scalar.place, f'expected true or false for "{key}"')
        return word in YES if word in YES + NO else bool(default)

    def choice(self, key: str, choices: Collection[str], default: str | None = None) -> str:
        """One of a few words."""
        scalar = self.scalar(key, required=default is None)
        return scalar.text if scalar and is_one_of(scalar, choices, self._mistakes) else default or ""

    def choices(self, key: str, choices: Collection[str]) -> tuple[str, ...]:
        """A list of words, each one of a few; it must be there."""
        scalars = self.scalars(key, required=True)
        return tuple(scalar.text for scalar in scalars if is_one_of(scalar, choices, self._mistakes))

    def items(self, key: str) -> tuple[Node, ...]:
        """The items of a list that must exist and must not be empty."""
        node = self.node(key, required=True)
        if isinstance(node, YamlList) and node.items:
            return node.items
        if node is not None:
            self._mistakes.add(node.place, f'expected a list (`- ...`) for "{key}", found {kind_of(node)}')
        return ()

    def scalars(self, key: str, required: bool = False) -> tuple[Scalar, ...]:
        """Texts with their places; a single text stands for a list of one."""
        node = self.node(key, required)
        return as_scalars(node, f'a text for "{key}"', self._mistakes) if node is not None else ()

    def texts(self, key: str, required: bool = False) -> tuple[str, ...]:
        """Texts; a single one stands for a list of one."""
        return tuple(scalar.text for scalar in self.scalars(key, required))

    def counts(self, key: str) -> tuple[int, ...]:
        """Whole numbers from 1."""
        scalars = self.scalars(key)
        numbers = (as_number(scalar, 1, 100_000, self._mistakes, whole=True) for scalar in scalars)
        return tuple(int(number) for number in numbers if number is not None)

    def section(self, key: str, required: bool = False) -> "Fields":
        """The fields of a mapping inside this one; without any when it is missing."""
        return Fields(self.node(key, required), self._mistakes)

    def entries(self, key: str) -> tuple[Entry, ...]:
        """The entries of a mapping whose keys may be any words; empty when it is missing."""
        inner = self.section(key)._section
        if inner is None:
            return ()
        return tuple(Entry(Scalar(name, inner.keys[name]), value) for name, value in inner.entries.items())

    def finish(self) -> None:
        """Note every field that nobody asked for."""
        for name in self.names:
            if name not in self._asked_for:
                self.mistake(name, f'unknown word "{name}"{did_you_mean(name, self._asked_for)}')


def kind_of(node: Node) -> str:
    """The kind of a node, in words."""
    if isinstance(node, Scalar):
        return f'the text "{node.text[:40]}"' if node.text else "nothing"
    if isinstance(node, YamlList):
        return "a list" if node.items else "an empty list"
    return "a mapping"


def as_scalar(node: Node, expected: str, mistakes: Mistakes) -> Scalar | None:
    """The node, if it is a text that is not empty."""
    if isinstance(node, Scalar) and node.text.strip():
        return node
    mistakes.add(node.place, f"expected {expected}, found {kind_of(node)}")
    return None


def as_scalars(node: Node, expected: str, mistakes: Mistakes) -> tuple[Scalar, ...]:
    """The texts of a list, or of a single text."""
    items = node.items if isinstance(node, YamlList) else (node,)
    if not items:
        mistakes.add(node.place, f"expected {expected}, found {kind_of(node)}")
    scalars = (as_scalar(item, expected, mistakes) for item in items)
    return tuple(scalar for scalar in scalars if scalar)


def as_number(scalar: Scalar, least: float, most: float, mistakes: Mistakes, whole: bool = False) -> float | None:
    """The number that the text says, from `least` to `most`."""
    try:
        number = float(scalar.text)
    except ValueError:
        number = float("nan")
    if least <= number <= most and (not whole or number.is_integer()):  # False for not-a-number
        return number
    kind = "a whole number" if whole else "a number"
    mistakes.add(scalar.place, f'expected {kind} from {least:g} to {most:g}, found "{scalar.text}"')
    return None


def is_one_of(scalar: Scalar, choices: Collection[str], mistakes: Mistakes) -> bool:
    """True if the text is one of the choices."""
    if scalar.text in choices:
        return True
    hint = did_you_mean(scalar.text, choices)
    mistakes.add(scalar.place, f'expected one of {", ".join(choices)}; found "{scalar.text}"{hint}')
    return False
