"""Reads `sentences.ini` of Rhasspy as a pack of ours."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path

from voice.errors import PackError
from voice.files.strict_yaml import LARGEST, Location, Scalar
from voice.language.text import speak_number
from voice.packs.home_assistant import LARGEST_NUMBER
from voice.packs.imported import MOST_FORMS, Imported

_SECTION = re.compile(r"\[([^\[\]|]+)\]")
_RULE = re.compile(r"([\w.-]+)\s*=\s*(.*)")
_TOKEN = re.compile(r"\s+|\{[^{}]*\}|<[^<>]*>|\$[\w/-]+|-?\d+\.\.-?\d+|[()\[\]|]|[^\s()\[\]{}<>|$]+|.")
_CONVERTER = re.compile(r"![\w!]+$")


class _NotHadError(Exception):
    """Something that a pack of ours cannot say."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Words that are said, and what they stand for."""

    spoken: str
    value: str


@dataclass(frozen=True, slots=True)
class _Series:
    parts: "tuple[_Node, ...]"


@dataclass(frozen=True, slots=True)
class _Choice:
    """One of several; one without words may be left out."""

    choices: "tuple[_Node, ...]"


@dataclass(frozen=True, slots=True)
class _Named:
    """Words with the name of a slot ("" for none), and with what they stand for where the file says that."""

    inner: "_Node"
    slot: str
    value: str | None


@dataclass(frozen=True, slots=True)
class _Rule:
    name: str


_Node = _Words | _Series | _Choice | _Named | _Rule
_NOTHING = _Words("", "")


def read_rhasspy(file: Path) -> Imported:
    """Its intents; a `$list` is read from the folder `slots` beside the file. Raises PackError for no text."""
    reader = _Reader(file)
    for place, section, line in _lines(file):
        reader.take(place, section, line)
    return reader.imported()


def _lines(file: Path) -> Iterator[tuple[Location, str, str]]:
    """Place, section and text of each line that says something."""
    section = ""
    for number, line in enumerate(_text_of(file).splitlines(), 1):
        line = line.split("#")[0].strip()
        if heading := _SECTION.fullmatch(line):
            section = heading[1].strip()
        elif line:
            yield Location(file, number), section, line.removeprefix("\\")


def _text_of(file: Path) -> str:
    try:
        with file.open("rb") as stream:
            return stream.read(LARGEST).decode("utf-8-sig")
    except OSError as error:
        raise PackError((f"{file}: this file cannot be read: {error.strerror or error}",)) from None
    except UnicodeDecodeError:
        raise PackError((f"{file}: expected UTF-8; save the file in this encoding",)) from None


class _Reader:
    """What is known of the file while it is read."""

    def __init__(self, file: Path) -> None:
        self._slots = file.parent / "slots"
        self._found = Imported()
        self._rules = dict[str, tuple[Location, _Node]]()
        self._sentences = list[tuple[Location, str, _Node]]()

    def take(self, place: Location, section: str, line: str) -> None:
        """One line of a section: a rule or a sentence."""
        if not section:
            self._found.left_out.add(place, "a line before the first [Intent]")
            return
        rule = _RULE.fullmatch(line)
        try:
            node = _Parser(rule[2] if rule else line, section, self._slots).whole()
        except _NotHadError as error:
            self._found.left_out.add(place, f"“{line}”: {error}")
            return
        if rule:
            self._rules[_rule_name(section, rule[1])] = place, node
        else:
            self._sentences.append((place, section, node))

    def imported(self) -> Imported:
        """Everything as a pack of ours."""
        for name, (place, node) in self._rules.items():
            if template := self._written(node, place):
                self._found.rules[name] = template
        for place, section, node in self._sentences:
            if template := self._written(node, place):
                self._found.intents.setdefault(section, []).append(template)
        self._found.check()
        return self._found

    def _written(self, node: _Node, place: Location) -> Scalar | None:
        try:
            return Scalar(" ".join(self._template(node, place).split()), place)
        except _NotHadError as error:
            self._found.left_out.add(place, str(error))
        except RecursionError:
            self._found.left_out.add(place, "rules that name each other")
        return None

    def _template(self, node: _Node, place: Location) -> str:
        match node:
            case _Words(spoken, _):
                return spoken
            case _Rule(name):
                return f"<{name}>"
            case _Series(parts):
                return " ".join(self._template(part, place) for part in parts)
            case _Choice(choices):
                said = [self._template(choice, place) for choice in choices]
                inner = "|".join(filter(None, said))
                return f"[{inner}]" if "" in said else f"({inner})"
            case _Named(inner, "", _):
                return self._template(inner, place)
            case _Named(inner, slot, value):
                for words in islice(self._forms(inner), MOST_FORMS):
                    if not words.spoken:
                        raise _NotHadError(f"the slot {slot} without a word that is said")
                    self._found.add_form(slot, value if value is not None else words.value, words.spoken, place)
        return f"{{{node.slot}}}"

    def _forms(self, node: _Node) -> Iterator[_Words]:
        """Every way to say it, with what it stands for."""
        match node:
            case _Words():
                yield node
            case _Named(inner, _, value):
                for words in self._forms(inner):
                    yield words if value is None else _Words(words.spoken, value)
            case _Rule(name):
                if name not in self._rules:
                    raise _NotHadError(f"there is no rule <{name}>")
                yield from self._forms(self._rules[name][1])
            case _Choice(choices):
                for choice in choices:
                    yield from self._forms(choice)
            case _Series(parts):
                for way in product(*(islice(self._forms(part), MOST_FORMS) for part in parts)):
                    yield _Words(_joined([each.spoken for each in way]), _joined([each.value for each in way]))


def _joined(words: Sequence[str]) -> str:
    return " ".join(filter(None, words))


def _rule_name(section: str, name: str) -> str:
    return re.sub(r"\W", "_", f"{section}_{name}").lower()


class _Parser:
    """Recursive descent over the tokens of one line."""

    def __init__(self, text: str, section: str, slots: Path) -> None:
        self._tokens = _TOKEN.findall(text)
        self._section, self._slots = section, slots

    def whole(self) -> _Node:
        node = self._choices("")
        if self._tokens:
            raise _NotHadError(f"“{self._tokens[0]}” closes nothing")
        return node

    def _choices(self, closing: str) -> _Node:
        choices, parts = list[_Node](), list[_Node]()
        while self._tokens and self._tokens[0] not in (")", "]"):
            token = self._tokens.pop(0)
            if token == "|":
                choices.append(_Series(tuple(parts)))
                parts = []
            elif token.startswith("{") and len(token) > 1:
                parts.append(_named(parts.pop() if parts else _NOTHING, token[1:-1]))
            elif token[0] in ":!" and parts:
                value = None if token.startswith("!") else _CONVERTER.sub("", token[1:])
                parts.append(_Named(parts.pop(), "", value))
            elif token.strip():
                parts.append(self._atom(token))
        if closing and (not self._tokens or self._tokens.pop(0) != closing):
            raise _NotHadError(f"expected “{closing}”")
        choices.append(_Series(tuple(parts)))
        optional = (_NOTHING,) if closing == "]" else ()
        return choices[0] if len(choices) == 1 and not optional else _Choice((*choices, *optional))

    def _atom(self, token: str) -> _Node:
        if token in ("(", "["):
            return self._choices(")" if token == "(" else "]")
        if token.startswith("<") and len(token) > 1:
            section, _, name = token[1:-1].rpartition(".")
            return _Rule(_rule_name(section or self._section, name))
        if token.startswith("$"):
            return self._listed(token[1:])
        if ".." in token:
            return _Choice(tuple(_numbers(token)))
        spoken, _, value = _CONVERTER.sub("", token).partition(":")
        return _Words(spoken, value if ":" in token else spoken)

    def _listed(self, name: str) -> _Node:
        file = self._slots / name
        if not file.is_file():
            raise _NotHadError(f"the list ${name} is not in {self._slots}")
        lines = (line.strip() for line in _text_of(file).splitlines())
        return _Choice(tuple(_Parser(line, self._section, self._slots).whole() for line in lines if line))


def _named(inner: _Node, tag: str) -> _Node:
    slot, colon, value = _CONVERTER.sub("", tag).partition(":")
    return _Named(inner, re.sub(r"\W", "_", slot.strip()).lower(), value if colon else None)


def _numbers(token: str) -> Iterator[_Words]:
    both = re.fullmatch(r"(\d+)\.\.(\d+)", token)
    first, last = map(int, both.groups()) if both else (0, -1)
    if not first <= last <= LARGEST_NUMBER:
        raise _NotHadError(f"{token}: expected numbers from 0 to {LARGEST_NUMBER}")
    for number in range(first, last + 1):
        yield _Words(speak_number(number), str(number))
