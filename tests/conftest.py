"""Fixtures that several rooms of tests share, and the rule for the fast lane (`make check`, `pytest -m "not slow"`)."""

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from rig.virtual_card import VirtualCard
from tests.support.evening import Evening, open_pack
from tests.support.lanes import CARDS, SLOW_ROOMS, group_of, is_slow
from tests.support.no_network import network_uses, watch
from voice.nlu.understanding import Understanding

watch()


@pytest.fixture(scope="session")
def card() -> Iterator[VirtualCard]:
    """A virtual sound card that sounddevice uses, in this process and (by `card.environment`) in others."""
    with VirtualCard() as virtual_card, virtual_card.take_over():
        yield virtual_card


@pytest.fixture(autouse=True)
def no_network(request: pytest.FixtureRequest) -> Iterator[None]:
    """A test that uses the network fails, unless it is marked as one that fetches from a server of its own.

    What its fixtures do before, and every process that it starts, counts too.
    """
    yield
    used = network_uses()
    assert not used or request.node.get_closest_marker("network"), used


@pytest.fixture(scope="session")
def understanding() -> Understanding:
    """The understanding of the English pack for Alex and Sam with all decks; loaded once per process."""
    return open_pack()


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    """Alex and Sam at dinner, by keyboard."""
    one = Evening(tmp_path)
    yield one
    one.close()


@pytest.hookimpl(tryfirst=True)  # xdist reads the groups in this hook too
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark the slow lane, and keep in one worker what sounds in a room, and what shares an evening of its module.

    The groups come first, those on a sound card before all others, and then what runs processes: tests on a card wait
    more than they reckon, and the other workers reckon meanwhile; what is left at the end is short.
    """
    groups = {item: group_of(item) for item in items}
    items.sort(
        key=lambda item: (groups[item] not in CARDS, not groups[item], item.path.parent.name not in SLOW_ROOMS),
    )
    for item in items:
        if groups[item]:
            item.add_marker(pytest.mark.xdist_group(groups[item]))
        if is_slow(item):
            item.add_marker(pytest.mark.slow)


@pytest.hookimpl(tryfirst=True)  # before its fixtures
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Let the tests on a card go before all others in the use of the processor: only there does time matter."""
    if not any(mark.args[0] in CARDS for mark in item.iter_markers("xdist_group")):
        _give_way()


@cache
def _give_way() -> None:
    """For the rest of this process and of all that it starts; a worker has its tests on a card first."""
    os.nice(5)
