"""Which tests are slow: those that need a sound card, another process, a speech model, or the tests' own hours.

And which follow each other in one worker: those on a virtual sound card, and those that share an evening.
"""

from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from types import CodeType, FunctionType

import pytest

TESTS = Path(__file__).parents[1]
SLOW_ROOMS = frozenset({"system"})
"""Rooms of tests in which everything runs processes."""

SLOW_FILES = frozenset(
    f"{name}.py"
    for name in (
        *("test_by_voice", "test_deck_commands"),  # each test loads all packs for a couple of its own
        *("test_simulated_evenings", "test_scripts", "test_care", "test_care_words"),  # hundreds of evenings
        *("test_couple_faults", "test_couple_faults_in_sessions"),
        *("test_keys", "test_keys_not_at_hand"),  # keys are slow to derive on purpose
        "test_journal_damage",  # hundreds of broken files
        "test_gates",  # tries everything that can be said at every gate
        "test_head",  # trains
    )
)
SLOW_NAMES = frozenset(
    {
        *("VirtualCard", "Room", "hearthside", "subprocess", "Popen", "multiprocessing"),
        *("Child", "open_recognizer", "Recognizer", "engines_for"),
        *("MoonshineEngine", "VoskEngine", "Model", "model_folder"),
        *("open_synthesizer", "Synthesizer", "read_aloud", "spoken", "record", "korean_model", "SentenceEncoder"),
        "SpeakerEmbedding",
    }
)
"""Names of the program and of the support code that start a process, open a device, or load a speech model."""

CARDS = ("card-a", "card-b")
"""The groups of the tests that wait for sound. Each worker has a card of its own, so that two groups wait at once."""

ON_THE_SECOND_CARD = frozenset(
    f"{name}.py"
    for name in (
        *("test_evening_in_the_room", "test_over_its_voice", "test_ending"),
        *("test_service_start", "test_sound_faults"),
    )
)
"""About half of them, by their time; every other test on a card belongs to the first group."""


def is_slow(item: pytest.Item) -> bool:
    """True if the test belongs to a slow room or file, or if it or one of its fixtures reaches one of SLOW_NAMES."""
    function = getattr(item, "function", None)
    if function is None or item.path.parent.name in SLOW_ROOMS or item.path.name in SLOW_FILES:
        return True
    return _uses(item, SLOW_NAMES)


def group_of(item: pytest.Item) -> str:
    """What must run one after the other in one worker; "" for a test that may run anywhere."""
    if getattr(item, "function", None) and _uses(item, frozenset({"VirtualCard"})):
        return CARDS[item.path.name in ON_THE_SECOND_CARD]
    return item.path.stem if _shares_with_its_module(item) else ""


def _shares_with_its_module(item: pytest.Item) -> bool:
    """True if a fixture of the test is made once for its module: in two workers it would be made twice."""
    return any(definition.scope == "module" for definition in _fixtures(item))


def _fixtures(item: pytest.Item) -> list[pytest.FixtureDef[object]]:
    return [definition for each in item._fixtureinfo.name2fixturedefs.values() for definition in each]


def _uses(item: pytest.Item, names: frozenset[str]) -> bool:
    """True if the test or one of its fixtures reaches one of these names."""
    functions = (item.function, *(definition.func for definition in _fixtures(item)))  # type: ignore[attr-defined]
    return any(_reaches(each, names) for each in functions)


@cache
def _reaches(function: Callable[..., object], wanted: frozenset[str]) -> bool:
    """True if the function, or one of the tests' functions that it names, names one of the wanted."""
    seen, open_ones = set[FunctionType](), [function]
    while open_ones:
        current = open_ones.pop()
        current = getattr(current, "__wrapped__", current)
        if not isinstance(current, FunctionType) or current in seen:
            continue
        seen.add(current)
        names = set(_names(current.__code__))
        if names & wanted:
            return True
        values = (current.__globals__.get(name) for name in names)
        open_ones += [each for each in values if isinstance(each, FunctionType) and _is_ours(each)]
    return False


def _is_ours(function: FunctionType) -> bool:
    return Path(function.__code__.co_filename).is_relative_to(TESTS)


def _names(code: CodeType) -> Iterator[str]:
    """The global names and attributes in a function and in the functions inside it."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _names(constant)
