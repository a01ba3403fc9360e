"""The program as a service: what it waits for at its start, and what it tells the service manager."""

import os
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from rig.virtual_card import VirtualCard, wait_until
from tests.support.paths import ROOT
from tests.support.program import command_line, home_of_two
from tests.support.systemd import told
from voice.captions import Troubles
from voice.commands import run
from voice.config import Home
from voice.edges.journal.keys import Keys
from voice.edges.service_manager import ServiceManager
from voice.errors import LockedKeyring


class Manager:
    """What systemd hears of the program: `news` takes all that has come."""

    def __init__(self, address: Path) -> None:
        self.address, self.heard = str(address), list[str]()
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.bind(self.address)
        self._socket.setblocking(False)

    def news(self) -> list[str]:
        self.heard += told(self._socket)
        return self.heard

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def manager(tmp_path: Path) -> Iterator[Manager]:
    one = Manager(tmp_path / "notify")
    yield one
    one.close()


# ---- as a service ---------------------------------------------------------------------------------


def test_without_sound_it_is_ready_and_hears_when_the_sound_comes(tmp_path: Path, manager: Manager) -> None:
    home, printed = home_of_two(tmp_path / "home"), tmp_path / "printed"
    with VirtualCard() as card, printed.open("w") as out:
        card.kill()
        environment = {"NOTIFY_SOCKET": manager.address, "WATCHDOG_USEC": "4000000"}
        process = subprocess.Popen(
            command_line("run", "--json", "--home", home),
            cwd=ROOT, env=os.environ | card.environment | environment, stdin=subprocess.DEVNULL, stdout=out,
        )  # fmt: skip
        try:
            wait_until(lambda: "WATCHDOG=1" in manager.news(), 120, "a sign of life")
            assert manager.heard[0] == "READY=1"
            wait_until(lambda: "no microphone could be opened" in printed.read_text(), 10, "the trouble")
            card.start()
            wait_until(lambda: "The microphone is back." in printed.read_text(), 20, "the microphone to be found")
        finally:
            process.terminate()
        assert process.wait(30) == 0
        assert manager.news()[-1] == "STOPPING=1"


class LockedTwice(Keys):
    """Keys in a keyring that opens at the third try."""

    tries = 0

    def of_file(self, path: Path) -> None:
        self.tries += 1
        if self.tries < 3:
            raise LockedKeyring("the keyring is locked")


def test_a_locked_keyring_is_waited_for(
    tmp_path: Path, manager: Manager, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    keys = LockedTwice()
    monkeypatch.setattr(run, "keys_of", lambda home: keys)
    monkeypatch.setattr(run, "SHORTEST_WAIT", 0.01)
    environment = {"NOTIFY_SOCKET": manager.address}
    run._wait_for_keyring(Home(tmp_path), Troubles(), ServiceManager(environment))
    assert keys.tries == 3
    assert manager.news() == ["EXTEND_TIMEOUT_USEC=180010000", "EXTEND_TIMEOUT_USEC=180020000"]
    assert capsys.readouterr().out == "the keyring is locked.\n"


def test_at_a_terminal_a_locked_keyring_is_told_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    keys = LockedTwice()
    monkeypatch.setattr(run, "keys_of", lambda home: keys)
    run._wait_for_keyring(Home(tmp_path), Troubles(), ServiceManager({}))
    assert keys.tries == 0  # opening the house tells it
