"""`hearthside practices`: what couples are advised to do, and what to say for each; also as the page in docs/."""

import ast
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from voice.config import find_home, load_config
from voice.content import Content, Deck, Practice
from voice.packs import load_content, pack_root
from voice.packs.practices import load_practices

PHRASES = 3  # that are named for a practice
HEADER = """\
# The practices

What couples are advised to do, and how Hearthside does it: what to say, what answers, and which tests show it. This
page is what `hearthside practices --markdown` prints; a test compares the two, and asks every row for a way and a test.

| # | practice | say | served by | shown by |
|---|---|---|---|---|
"""


@dataclass(frozen=True, slots=True)
class Row:
    """A practice as it is served. say: what asks for it. by: the parts that answer, such as "session weekly"."""

    practice: Practice
    say: tuple[str, ...]
    by: tuple[str, ...]


def show_practices(home: Path | None, *, markdown: bool) -> int:
    """Print them; returns the exit code. markdown: as the page in docs/, of the shipped packs alone."""
    place = find_home(home)
    language = load_config(place).language
    content = load_content(language, None if markdown else place.directory)
    found = rows(content, load_practices(pack_root() / "prompts" / language))
    if markdown:
        sys.stdout.write(page(found, shown_by()))
        return 0
    for row in found:
        print(f"{row.practice.number:3d}  {row.practice.title}: {' | '.join(row.say) or row.practice.instead}")
    return 0


def rows(content: Content, practices: Sequence[Practice]) -> list[Row]:
    """Every practice with what serves it."""
    return [_row(content, practice) for practice in practices]


def _row(content: Content, practice: Practice) -> Row:
    by, say = list[str](), list[str]()
    said = {intent.name: intent.say[0] for intent in content.intents.intents if intent.say}
    for script in content.scripts:
        if practice.number in script.practice:
            by.append(f"session {script.id}")
            say.append(said.get(script.id, ""))
    for intent in content.intents.intents:
        if practice.number in intent.practice:
            by.append(f"intent {intent.name}")
            say.append(said[intent.name])
    for ideas in content.ideas:
        if practice.number in ideas.practice:
            by.append(f"ideas {ideas.name}")
            say.append(said.get(ideas.name, ""))
    for deck in content.decks:
        if practice.number in deck.practice or any(practice.number in prompt.practice for prompt in deck.prompts):
            by.append(f"deck {deck.name}")
            say.append(_picked(deck))
    return Row(practice, tuple(dict.fromkeys(filter(None, say)))[:PHRASES], tuple(by))


def _picked(deck: Deck) -> str:
    return f"pick the {deck.name} deck"


def page(found: Sequence[Row], tests: dict[int, tuple[str, ...]]) -> str:
    """The page in docs/. tests: number -> the tests that show it."""
    return HEADER + "".join(f"{line}\n" for row in found for line in _lines(row, tests.get(row.practice.number, ())))


def _lines(row: Row, tests: Sequence[str]) -> Iterator[str]:
    say = "; ".join(f"“{phrase}”" for phrase in row.say) or row.practice.instead
    by = ", ".join(row.by)
    yield f"| {row.practice.number} | {row.practice.title} | {say} | {by} | {', '.join(tests)} |"


def shown_by() -> dict[int, tuple[str, ...]]:
    """Number of a practice -> the tests marked with it, in the source tree; nothing where there are no tests."""
    found = dict[int, list[str]]()
    for file in sorted((pack_root() / "tests").glob("test_*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef):
                for number in _marked(node):
                    found.setdefault(number, []).append(f"{file.stem}: {node.name.removeprefix('test_')}")
    return {number: tuple(names) for number, names in found.items()}


def _marked(test: ast.FunctionDef) -> Iterator[int]:
    """The numbers in `@pytest.mark.practice(...)` over a test."""
    for decorator in test.decorator_list:
        match decorator:
            case ast.Call(func=ast.Attribute(attr="practice"), args=arguments):
                numbers = (each.value for each in arguments if isinstance(each, ast.Constant))
                yield from (number for number in numbers if isinstance(number, int))
