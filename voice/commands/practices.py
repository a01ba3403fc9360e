"""`hearthside practices`: what couples are advised to do, and what to say for each; also as the page in docs/."""

import ast
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from voice.config import find_home, load_config
from voice.content import Content, Practice
from voice.packs import load_content, pack_root
from voice.packs.practices import load_practices

PHRASES, TESTS = 3, 4  # that are named for a practice
FOR_ALL = {  # tests that try every part of a kind
    "session": ("test_scripts", "test_sessions_by_voice"),
    "ideas": ("test_ideas",),
    "deck": ("test_decks", "test_deck_writing"),
    "intent": ("test_intents",),
}
HEADER = """\
# The practices

What couples are advised to do, and how Hearthside does it: what to say, what answers, and which tests show it. This
page is what `hearthside practices --markdown` prints; a test compares the two, and asks every row for a way and a test.

How well a practice is served, the best first: **guided** by a session that leads through it; **done** by a command;
**suggested** by a list that is read; **reminded** of; **asked about** by questions alone; **left out** on purpose.

| # | practice | how | say | served by | shown by |
|---|---|---|---|---|---|
"""


class Service(StrEnum):
    """How well a practice is served, the best first."""

    GUIDED = "guided"
    DONE = "done"
    SUGGESTED = "suggested"
    REMINDED = "reminded"
    ASKED_ABOUT = "asked about"
    LEFT_OUT = "left out"


@dataclass(frozen=True, slots=True)
class Part:
    """What serves a practice."""

    kind: str
    """A key of FOR_ALL."""
    name: str
    """Which session, list, deck or intent it is."""
    said: tuple[str, ...]
    """What asks for it, the best first."""

    @property
    def service(self) -> Service:
        """What it does for a practice."""
        if self.kind == "intent":
            return _BY_INTENT.get(self.name, Service.DONE)
        return _BY_KIND[self.kind]


_BY_KIND = {"session": Service.GUIDED, "ideas": Service.SUGGESTED, "deck": Service.ASKED_ABOUT}
_BY_INTENT = {"remind": Service.REMINDED, "ask": Service.ASKED_ABOUT, "pick_deck": Service.ASKED_ABOUT}


@dataclass(frozen=True, slots=True)
class Row:
    """A practice with the parts that serve it."""

    practice: Practice
    """The practice."""
    parts: tuple[Part, ...]
    """Those made for it first."""

    @property
    def how(self) -> Service:
        """How well it is served, by the best of its parts."""
        return min((part.service for part in self.parts), key=list(Service).index, default=Service.LEFT_OUT)

    @property
    def say(self) -> tuple[str, ...]:
        """What to say for it."""
        return tuple(dict.fromkeys(part.said[0] for part in self.parts if part.said))[:PHRASES]


def show_practices(home: Path | None, *, markdown: bool) -> int:
    """Print them; returns the exit code. markdown: as the page in docs/, of the shipped packs alone."""
    place = find_home(home)
    language = load_config(place).language
    content = load_content(language, None if markdown else place.directory)
    found = rows(content, load_practices(pack_root() / "prompts" / language))
    if markdown:
        sys.stdout.write(page(found, stories()))
        return 0
    for row in found:
        print(f"{row.practice.number:3d}  {row.practice.title}: {' | '.join(row.say) or row.practice.instead}")
    return 0


def rows(content: Content, practices: Sequence[Practice]) -> list[Row]:
    """Every practice with what serves it."""
    parts = list(_parts(content))
    found = list[Row]()
    for practice in practices:
        asked = (Part("intent", intent, (phrase,)) for intent, phrase in practice.say.items())
        found.append(Row(practice, (*asked, *(part for part, served in parts if practice.number in served))))
    return found


def _parts(content: Content) -> Iterator[tuple[Part, frozenset[int]]]:
    """Pairs of a part and the practices that it serves."""
    said = {intent.name: intent.say for intent in content.intents.intents}
    for script in content.scripts:
        yield Part("session", script.id, said.get(script.id, ())), frozenset(script.practice)
    for ideas in content.ideas:
        yield Part("ideas", ideas.name, said.get(ideas.name, ())), frozenset(ideas.practice)
    for deck in content.decks:
        served = {*deck.practice, *(number for prompt in deck.prompts for number in prompt.practice)}
        yield Part("deck", deck.name, (f"pick the {deck.name} deck",)), frozenset(served)


# ---- the page -------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Story:
    """A test."""

    name: str
    """Its file and what it shows: "file: what it shows"."""
    texts: frozenset[str]
    """What stands in it, in lower case."""
    tables: frozenset[str]
    """What stands in the tables that it is run over."""


def page(found: Sequence[Row], tests: Sequence[Story]) -> str:
    """The page in docs/."""
    return HEADER + "".join(f"{_line(row, tests)}\n" for row in found)


def _line(row: Row, tests: Sequence[Story]) -> str:
    say = "; ".join(f"“{phrase}”" for phrase in row.say) or row.practice.instead
    by = ", ".join(f"{part.kind} {part.name}" for part in row.parts)
    shown = ", ".join(shown_by(row, tests))
    return f"| {row.practice.number} | {row.practice.title} | {row.how} | {say} | {by} | {shown} |"


def shown_by(row: Row, tests: Sequence[Story]) -> tuple[str, ...]:
    """The tests that say what asks for a part of it; those that try every part of the kind otherwise."""
    said = {phrase for part in row.parts if part.kind != "deck" for phrase in part.said}
    telling = [test.name for test in tests if not test.texts.isdisjoint(said)]
    telling += [test.name for test in tests if not test.tables.isdisjoint(said)]
    named = tuple(dict.fromkeys(telling))[:TESTS]
    return named or tuple(dict.fromkeys(name for part in row.parts for name in FOR_ALL[part.kind]))


def stories() -> tuple[Story, ...]:
    """The tests in the source tree."""
    found = list[Story]()
    for file in sorted((pack_root() / "tests").rglob("test_*.py"), key=lambda file: file.name):
        body, tables = ast.parse(file.read_text(encoding="utf-8")).body, _tables(file)
        for node in body:
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_"):
                name = f"{file.stem.removeprefix('test_')}: {node.name.removeprefix('test_').replace('_', ' ')}"
                used = {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name)} & tables.keys()
                found.append(Story(name, frozenset(_texts(node)), frozenset().union(*(tables[one] for one in used))))
    return tuple(found)


def _tables(file: Path) -> Mapping[str, frozenset[str]]:
    """Name -> the texts of a table that stands in a file of the tests, or that it imports from another one."""
    tables = dict[str, frozenset[str]]()
    for node in ast.parse(file.read_text(encoding="utf-8")).body:
        match node:
            case ast.Assign(targets=targets, value=value):
                names = (target.id for target in targets if isinstance(target, ast.Name))
                tables |= dict.fromkeys(names, frozenset(_texts(value)))
            case ast.ImportFrom(module=str(module), names=names) if module.startswith("tests."):
                theirs = _tables(pack_root() / f"{module.replace('.', '/')}.py")
                tables |= {alias.name: theirs[alias.name] for alias in names if alias.name in theirs}
    return tables


def _texts(node: ast.AST) -> Iterator[str]:
    for inner in ast.walk(node):
        if isinstance(inner, ast.Constant) and isinstance(inner.value, str):
            yield inner.value.lower().rstrip(".?!")
