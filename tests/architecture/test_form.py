"""How every file of the program is written: its first sentence, its fields, its length, what it catches."""

import ast
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.modules import FILES, MODULES, name_of, room_of, tree_of
from tests.support.paths import ROOT

BESIDE = [file for folder in ("tests", "bench", "rig", "training") for file in sorted((ROOT / folder).rglob("*.py"))]
"""The code beside the program."""
LARGEST_ROOM = 0.2  # of all lines

LONGEST = 300  # lines of a file
LONGEST_FUNCTION = 40  # lines


def test_no_room_is_much_larger_than_the_others() -> None:
    lines: dict[str, int] = {}
    for module, file in MODULES.items():
        lines[room_of(module)] = lines.get(room_of(module), 0) + len(file.read_text(encoding="utf-8").splitlines())
    largest = max(lines, key=lambda room: lines[room])
    assert lines[largest] <= LARGEST_ROOM * sum(lines.values()), largest


def says_what_it_is_for(file: Path) -> bool:
    """True if the file begins with a docstring whose first line is a sentence, and a blank line follows it."""
    first, *rest = (ast.get_docstring(tree_of(file)) or "-").splitlines()
    return (first[0].isupper() or first[0] == "`") and first.endswith(".") and (not rest or not rest[0])


def test_every_file_says_in_one_sentence_what_it_is_for() -> None:
    assert [name_of(file) for file in FILES if not says_what_it_is_for(file)] == []


def is_record(node: ast.ClassDef) -> bool:
    """Whether it is a dataclass or a NamedTuple."""
    makers = [each.func if isinstance(each, ast.Call) else each for each in node.decorator_list]
    return not {"dataclass", "NamedTuple"}.isdisjoint(ast.unparse(each).split(".")[-1] for each in makers + node.bases)


def untold_fields(tree: ast.AST) -> Iterator[str]:
    """The public fields of public records that have no docstring on the line under them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef) and is_record(node) and not node.name.startswith("_"):
            for line, under in pairwise((*node.body, ast.Pass())):
                match line, under:
                    case _, ast.Expr(value=ast.Constant(value=str())):
                        pass
                    case ast.AnnAssign(target=ast.Name(id=name)), _ if not name.startswith("_"):
                        yield f"{node.name}.{name}"


def test_every_public_field_says_what_it_is() -> None:
    assert [f"{name_of(file)}: {field}" for file in FILES for field in untold_fields(tree_of(file))] == []


@pytest.mark.parametrize(
    ("code", "untold"),
    [
        ("@dataclass\nclass Word:\n  start: int", ["Word.start"]),
        ("@dataclass(slots=True)\nclass Word:\n  start: int\n  end: int\n  'An index.'", ["Word.start"]),
        ("class Word(NamedTuple):\n  start: int\n  @property\n  def end(self): 'An index.'", ["Word.start"]),
        ("class Word(NamedTuple):\n  'A word.'\n  start: int\n  'An index.'", []),
        ("@dataclass\nclass _Word:\n  start: int", []),
        ("@dataclass\nclass Word:\n  _start: int", []),
        ("class Word:\n  start: int", []),
    ],
)
def test_fields_without_a_word_are_seen(code: str, untold: list[str]) -> None:
    assert list(untold_fields(ast.parse(code))) == untold


def test_no_file_is_too_long() -> None:
    lengths = {name_of(file): len(file.read_text(encoding="utf-8").splitlines()) for file in (*FILES, *BESIDE)}
    assert {name: lines for name, lines in lengths.items() if lines > LONGEST} == {}


def test_no_function_is_too_long() -> None:
    faults = dict[str, int]()
    for file in FILES:
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.FunctionDef) and node.end_lineno:
                lines = node.end_lineno - node.lineno + 1
                if lines > LONGEST_FUNCTION:
                    faults[f"{name_of(file)}: {node.name}"] = lines
    assert faults == {}


def test_only_main_catches_whatever_happens() -> None:
    broad = {"Exception", "BaseException"}
    faults = list[str]()
    for file in FILES:
        for node in ast.walk(tree_of(file)):
            if isinstance(node, ast.ExceptHandler) and file.name != "__main__.py":
                caught = {part.id for part in ast.walk(node.type) if isinstance(part, ast.Name)} if node.type else broad
                passed_on = isinstance(node.body[-1], ast.Raise) and node.body[-1].exc is None
                if caught & broad and not passed_on:
                    faults.append(f"{name_of(file)}, line {node.lineno}")
    assert faults == []
