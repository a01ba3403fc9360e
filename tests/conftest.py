"""What several tests share."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rig.virtual_card import VirtualCard
from tests.support.evening import Evening


@pytest.fixture(scope="session")
def card() -> Iterator[VirtualCard]:
    """A virtual sound card that sounddevice uses, in this process and (by `card.environment`) in others."""
    with VirtualCard() as virtual_card, virtual_card.take_over():
        yield virtual_card


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    """Alex and Sam at dinner, by keyboard."""
    one = Evening(tmp_path)
    yield one
    one.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where several processes share the tests, all that sound in the room run in one of them, one after the other."""
    for item in items:
        if "card" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.xdist_group("card"))
