"""What pure rooms must not touch: a clock, a device, a disk, or a number that nobody passed in."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.modules import FILES, MODULES, imports_of, name_of, room_of, tree_of
from tests.support.paths import ROOT

PURE_ROOMS = ("messages", "language", "nlu", "dialogue", "skills", "assistant", "lint", "adaptation")
PURE_FILES = (
    "listening/endpoint.py",
    "listening/echo.py",
    "listening/hush.py",
    "listening/wake_phrase.py",
    "listening/turn_taking.py",
    "speaking/speech_duration.py",
)

PURE = {  # of the standard library: nothing that reads a clock, a device or a disk
    "abc", "bisect", "calendar", "collections", "dataclasses", "datetime", "difflib", "enum", "functools", "hashlib",
    "heapq", "itertools",
    "math", "operator", "random", "re", "statistics", "string", "types", "typing", "unicodedata",
}  # fmt: skip
NUMBERS = {"rapidfuzz", "numpy", "dateutil"}  # packages that only compute
CONTRACTS = ("messages", "content", "errors")
CLOCKS = {"now", "today", "utcnow", "astimezone"}  # methods that ask the machine for the time or its zone


def is_pure(file: Path) -> bool:
    inner = file.relative_to(ROOT / "voice").as_posix()
    return inner.split("/")[0] in PURE_ROOMS or inner in PURE_FILES


PURE_CODE = [file for file in FILES if is_pure(file)]


def test_pure_rooms_touch_no_clock_device_or_disk() -> None:
    faults = list[str]()
    for file in PURE_CODE:
        for module in imports_of(tree_of(file)):
            ours = module in MODULES and (room_of(module) in CONTRACTS or is_pure(MODULES[module]))
            if not ours and module.split(".")[0] not in PURE | NUMBERS:
                faults.append(f"{name_of(file)} imports {module}")
        faults += [f"{name_of(file)}, {impurity}" for impurity in impurities(tree_of(file))]
    assert faults == []


def impurities(tree: ast.AST) -> Iterator[str]:
    """Calls that read a clock, open a file, write to the screen, or draw a number that nobody passed in."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="open" | "print" | "input" | "exec" | "eval" | "__import__" as name)):
                yield f"line {node.lineno}: {name}()"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="random"), attr=name), args=args) if (
                name != "Random" or not args
            ):
                yield f"line {node.lineno}: random.{name}() without a seed"
            case ast.Call(func=ast.Attribute(value=ast.Name(id="datetime" | "date"), attr=name)) if name in CLOCKS:
                yield f"line {node.lineno}: {name}()"
            case ast.Call(func=ast.Attribute(attr="astimezone"), args=[], keywords=[]):
                yield f"line {node.lineno}: astimezone() without a zone"
            case ast.ImportFrom(module="random", names=names) if any(alias.name != "Random" for alias in names):
                yield f"line {node.lineno}: random without a seed"


@pytest.mark.parametrize(
    "code",
    [
        "datetime.now()",
        "random.choice(x)",
        "random.Random()",
        "open('x')",
        "moment.astimezone()",
        "from random import choice",
    ],
)
def test_impurities_are_seen(code: str) -> None:
    assert list(impurities(ast.parse(code)))
