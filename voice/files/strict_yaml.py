"""Reads YAML strictly: texts in lists and mappings and nothing more, every mistake noted with its place.

`21:00`, `no` and `on` stay the words that stand there; aliases, tags and keys that stand twice are mistakes.
"""

import re
from codecs import BOM_UTF8
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from voice.errors import MistakesError

LARGEST = 1_000_000  # bytes of a file; the largest pack of ours has 20,000
DEEPEST = 12  # mappings and lists inside each other; ours need 5
TOO_DEEP = f"expected at most {DEEPEST} levels inside each other"
NEAR_ENOUGH = 60.0  # rapidfuzz ratio from which a word is offered as "did you mean"
# what YAML 1.1 forbids in a file
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file."""

    file: Path
    """The file."""
    line: int = 1
    """Counts from 1."""
    column: int = 1
    """Counts from 1, in characters."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text."""

    text: str
    """Its text."""
    place: Location
    """Where it, or its quote, begins."""
    column: int | None = None
    """Column of its first character, when all of them stand in this line as they do in `text`; else None."""

    def place_of(self, number: int) -> Location:
        """Where character `number` (from 1) is; the beginning of the text where that cannot be told."""
        if self.column is None:
            return self.place
        return Location(self.place.file, self.place.line, self.column + number - 1)


@dataclass(frozen=True, slots=True)
class YamlList:
    """A YAML list."""

    items: "tuple[Node, ...]"
    """In their order."""
    place: Location
    """Where it begins."""


@dataclass(frozen=True, slots=True)
class Section:
    """A YAML mapping."""

    entries: "dict[str, Node]"
    """Key -> value."""
    keys: dict[str, Location]
    """Key -> where it stands."""
    place: Location
    """Where it begins."""


Node = Scalar | YamlList | Section


@dataclass(slots=True)
class Mistakes:
    """Mistakes found so far, in any number of files."""

    found: list[tuple[Location, str]] = field(default_factory=list)
    """Where each is, and what was expected there."""

    def add(self, place: Location, text: str) -> None:
        """Note a mistake. text: what was expected, a plain phrase."""
        self.found.append((place, text))

    def lines(self) -> tuple[str, ...]:
        """`FILE:LINE:COL: text`, in the order of the files; what was read more than once is told once."""
        return tuple(f"{place}: {text}" for place, text in sorted({*self.found}))

    def raise_any(self, error: type[MistakesError], fix: str = "") -> None:
        """Raise `error` with all of them, if there are any."""
        if self.found:
            raise error(self.lines(), fix=fix)


def quoted(text: str) -> str:
    """The text between double quotes, as it can be written into YAML and read back the same."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(c if c.isprintable() else f"\\U{ord(c):08X}" for c in escaped) + '"'


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` (did you mean "..."?)` with the nearest known word, or "" when none is near."""
    from rapidfuzz import fuzz, process

    near = process.extract(word.lower(), list(known), scorer=fuzz.ratio, score_cutoff=NEAR_ENOUGH, limit=None)
    nearest = max(near, key=lambda each: (each[1], -abs(len(each[0]) - len(word))), default=None)
    return f' (did you mean "{nearest[0]}"?)' if nearest else ""


def yaml_file(path: Path) -> Path:
    """A file *.yaml; where it is not there, the file *.yml of the same name, if that is."""
    other = path.with_suffix(".yml")
    return other if other.exists() and not path.exists() else path


def read_yaml(file: Path, mistakes: Mistakes) -> Node | None:
    """The root node of a file; an empty mapping for an empty file, None (and a mistake) for an unreadable one."""
    text = _read_text(file, mistakes)
    return None if text is None else parse_yaml(text, file, mistakes)


def parse_yaml(text: str, file: Path, mistakes: Mistakes) -> Node | None:
    """The root node of a text, as in `read_yaml`. file: the name for the mistakes."""
    forbidden = UNPRINTABLE.search(text)
    if forbidden:
        place = _place_in(text, forbidden.start(), file)
        mistakes.add(place, f"the character {forbidden[0]!r} is not allowed in YAML")
        return None
    try:
        return _Composer(text, file, mistakes).document()
    except _UnreadableError as error:
        mistakes.add(error.place, error.text)
        return None


def _read_text(file: Path, mistakes: Mistakes) -> str | None:
    try:
        with file.open("rb") as stream:
            content = stream.read(LARGEST + 1)
    except OSError as error:
        mistakes.add(Location(file), f"this file cannot be read: {error.strerror or error}")
        return None
    if len(content) > LARGEST:
        mistakes.add(Location(file), f"expected at most {LARGEST:,} bytes")
        return None
    content = content.removeprefix(BOM_UTF8)
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        before = content[: error.start].decode()
        mistakes.add(_place_in(before, len(before), file), "expected UTF-8; save the file in this encoding")
        return None


def _place_in(text: str, offset: int, file: Path) -> Location:
    before = text[:offset]
    return Location(file, before.count("\n") + 1, offset - before.rfind("\n"))


class _UnreadableError(Exception):
    """The rest of the file cannot be made sense of."""

    def __init__(self, place: Location, text: str) -> None:
        self.place, self.text = place, text
        super().__init__(text)


class _Composer:
    """Builds nodes from the parser's events, refusing what YAML can do and a pack does not need.

    PyYAML's own composer knows no limit of depth, and drops the first of two equal keys without a word.
    """

    def __init__(self, text: str, file: Path, mistakes: Mistakes) -> None:
        self._file, self._mistakes = file, mistakes
        self._events = yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))

    def document(self) -> Node:
        self._next()  # the stream begins
        if isinstance(self._next(), yaml.StreamEndEvent):
            return Section({}, {}, Location(self._file))  # nothing but comments
        node = self._node(self._next(), depth=1)
        self._next()  # the document ends
        end = self._next()
        if not isinstance(end, yaml.StreamEndEvent):
            self._mistakes.add(self._place(end.start_mark), "expected one document; take out this `---`")
        return node

    def _next(self) -> yaml.Event:
        try:
            return next(self._events)
        except yaml.MarkedYAMLError as error:
            place = self._place(error.problem_mark or error.context_mark)
            if "nesting depth" in str(error.problem):  # libyaml reads ahead, and has a limit of its own since 0.2.6
                raise _UnreadableError(place, TOO_DEEP) from None
            raise _UnreadableError(place, f"this is not YAML: {error.problem or error.context}") from None

    def _place(self, mark: Any) -> Location:  # PyYAML's two parsers have a class of marks each
        return Location(self._file, mark.line + 1, mark.column + 1) if mark else Location(self._file)

    def _node(self, event: yaml.Event, depth: int) -> Node:
        place = self._place(event.start_mark)
        if depth > DEEPEST:
            raise _UnreadableError(place, TOO_DEEP)
        if isinstance(event, yaml.AliasEvent):
            self._mistakes.add(place, f"aliases (*{event.anchor}) cannot be used here; write the text again")
            return Scalar(f"*{event.anchor}", place)
        self._refuse_marks(event, place)
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(place, depth)
        return self._section(place, depth)

    def _refuse_marks(self, event: yaml.Event, place: Location) -> None:
        if getattr(event, "anchor", None) is not None:
            self._mistakes.add(place, 'anchors (&...) cannot be used here; put a text with "&" between quotes')
        if getattr(event, "tag", None) is not None:
            self._mistakes.add(place, 'tags (!...) cannot be used here; put a text with "!" between quotes')

    def _scalar(self, event: yaml.ScalarEvent) -> Scalar:
        place, end = self._place(event.start_mark), self._place(event.end_mark)
        quote = 1 if event.style in ("'", '"') else 0
        as_it_stands = end.line == place.line and end.column - place.column == len(event.value) + 2 * quote
        return Scalar(event.value, place, place.column + quote if as_it_stands else None)

    def _sequence(self, place: Location, depth: int) -> YamlList:
        items = []
        while not isinstance(event := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(event, depth + 1))
        return YamlList(tuple(items), place)

    def _section(self, place: Location, depth: int) -> Section:
        section = Section({}, {}, place)
        while not isinstance(event := self._next(), yaml.MappingEndEvent):
            key, value = self._node(event, depth + 1), self._node(self._next(), depth + 1)
            if not isinstance(key, Scalar):
                self._mistakes.add(key.place, "expected a word before the colon")
            elif key.text in section.keys:
                first = section.keys[key.text]
                self._mistakes.add(key.place, f'"{key.text}" stands here twice, first in line {first.line}')
            else:
                section.entries[key.text] = value
                section.keys[key.text] = key.place
        return section
