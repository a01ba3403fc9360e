"""Fixtures that several rooms of tests share, and the rule for the fast lane (`make check`, `pytest -m "not slow"`)."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rig.virtual_card import VirtualCard
from tests.support.evening import Evening, open_pack
from tests.support.lanes import SLOW_ROOMS, is_slow, shares_with_its_module
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
    """Mark the slow lane, and keep in one worker what sounds in the room, and what shares an evening of its module.

    Those come first, the longest groups, and then what runs processes: tests in the room wait more than they reckon,
    and the other workers reckon meanwhile; what is left at the end is short.
    """
    groups = {item: _group(item) for item in items}
    items.sort(
        key=lambda item: (groups[item] != "card", not groups[item], item.path.parent.name not in SLOW_ROOMS),
    )
    for item in items:
        if groups[item]:
            item.add_marker(pytest.mark.xdist_group(groups[item]))
        if is_slow(item):
            item.add_marker(pytest.mark.slow)


def _group(item: pytest.Item) -> str:
    """What must run one after the other in one worker; "" for a test that may run anywhere."""
    if "card" in getattr(item, "fixturenames", ()):
        return "card"
    return item.path.stem if shares_with_its_module(item) else ""
