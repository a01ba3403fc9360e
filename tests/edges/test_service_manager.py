"""What systemd is told of a running evening, over its own protocol."""

import socket
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.systemd import told
from voice.edges.service_manager import SOCKET, WATCHDOG, ServiceManager


@pytest.fixture
def systemd() -> Iterator[tuple[socket.socket, str]]:
    """A socket as systemd has one, and its address."""
    with tempfile.TemporaryDirectory() as directory, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as one:
        address = str(Path(directory) / "notify")
        one.bind(address)
        one.setblocking(False)
        yield one, address


def test_it_is_told_what_goes_on(systemd: tuple[socket.socket, str]) -> None:
    one, address = systemd
    environment = {SOCKET: address, WATCHDOG: "400000", "OTHER": "1"}
    manager = ServiceManager(environment)
    assert manager.listens
    assert environment == {"OTHER": "1"}  # children are not to speak for us
    manager.waiting(1.5)
    assert told(one) == ["EXTEND_TIMEOUT_USEC=1500000"]
    manager.ready()
    for _ in range(20):
        manager.alive()
    assert told(one) == ["READY=1", "WATCHDOG=1"]
    time.sleep(0.11)
    manager.alive()
    manager.stopping()
    assert told(one) == ["WATCHDOG=1", "STOPPING=1"]


def test_an_abstract_address_is_understood() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as one:
        one.bind("\0hearthside-test-notify")
        one.setblocking(False)
        manager = ServiceManager({SOCKET: "@hearthside-test-notify"})
        manager.ready()
        manager.alive()  # nobody asked for signs of life
        assert told(one) == ["READY=1"]


def test_without_a_manager_or_with_one_that_is_gone_nothing_happens() -> None:
    assert not ServiceManager({}).listens
    ServiceManager({}).ready()
    ServiceManager({SOCKET: "/nowhere/notify"}).ready()
