"""The modules of the program, what they import, and the rooms they are in."""

import ast
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tests.support.paths import ROOT

FILES = sorted((ROOT / "voice").rglob("*.py"))


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(file): file for file in FILES}


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


@cache
def imports_of(tree: ast.AST) -> tuple[str, ...]:
    """The modules that are imported, wherever in the file; `from voice.language import text` is voice.language.text."""
    return tuple(_imports(tree))


def _imports(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=str(module), names=names, level=0):
                inner = {f"{module}.{alias.name}" for alias in names}
                yield from inner & MODULES.keys() or {module}
            case ast.ImportFrom():
                raise AssertionError("expected the whole name of what is imported")


def room_of(module: str) -> str:
    """The part after voice: a folder, or a file that is a room of its own; "" for the package itself."""
    return module.split(".")[1] if "." in module else ""
