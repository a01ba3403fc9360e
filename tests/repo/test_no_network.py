"""The watch that fails a test which uses the network: it sees what it should see, and nothing else."""

import socket
from collections.abc import Callable
from contextlib import suppress

import pytest

from tests.support.no_network import network_uses


@pytest.mark.parametrize(
    "use",
    [
        lambda: socket.socket().close(),
        lambda: socket.socket(socket.AF_INET6, socket.SOCK_DGRAM).close(),
        lambda: socket.create_connection(("127.0.0.1", 9), timeout=0.1),
        lambda: socket.getaddrinfo("127.0.0.1", 80),
    ],
)
def test_a_use_of_the_network_is_seen(use: Callable[[], object]) -> None:
    with suppress(OSError):
        use()
    assert network_uses()
    assert network_uses() == []


def test_a_socket_to_a_program_of_this_machine_is_none() -> None:
    with socket.socket(socket.AF_UNIX) as one, suppress(OSError):
        one.connect("/nowhere")
    assert network_uses() == []
