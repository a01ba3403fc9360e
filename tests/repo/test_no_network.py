"""The watch that fails a test which uses the network: it sees what it should see, and nothing else."""

import socket
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.no_network import network_uses
from tests.support.program import hearthside
from voice.child import Child


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
    with socket.socket(fileno=socket.socket(socket.AF_UNIX).detach()):
        assert network_uses() == []


class Talkative:
    """A worker that opens a socket."""

    def open(self) -> None:
        socket.socket().close()


def test_a_child_that_opens_one_is_seen() -> None:
    child = Child(Talkative, name="talkative")
    child.call("open", timeout=30)
    child.close()
    assert [use.split(",")[0] for use in network_uses()] == ["a socket of the family 2"]


def test_a_program_that_opens_one_is_seen() -> None:
    subprocess.run([sys.executable, "-c", "import socket; socket.socket().close()"], check=True)
    assert len(network_uses()) == 1


@pytest.mark.parametrize("how", [{}, {"COLD": "1"}], ids=["warm", "cold"])
def test_a_start_of_the_program_that_opens_one_is_seen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, how: dict[str, str]
) -> None:
    for variable in ("HEARTHSIDE_MODEL", "VOSK_MODEL_PATH"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("HEARTHSIDE_MODEL_URL", "http://127.0.0.1:9/model.zip")
    hearthside("setup", "--home", tmp_path / "home", environment=how)
    assert any("127.0.0.1" in use for use in network_uses())
