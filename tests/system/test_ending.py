"""SIGTERM, as a shutdown or a service manager sends it, ends every command as Ctrl-C does: at once, with a word."""

import signal
import subprocess
from pathlib import Path

import psutil
import pytest

from tests.support.program import ROOT, command_line, home_of_two
from tests.support.room import Room


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_typed_evening_ends_kindly(tmp_path: Path, number: int) -> None:
    home = home_of_two(tmp_path / "home")
    process = subprocess.Popen(
        command_line("type", "--home", home, "--json"),
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin
    assert process.stdout
    process.stdout.readline()
    process.send_signal(number)
    out, err = process.communicate(timeout=20)
    assert (process.returncode, err) == (130, "")
    assert "Traceback" not in out


def test_an_evening_in_the_room_ends_kindly_with_all_its_children(card: object, tmp_path: Path) -> None:
    with Room(card, home_of_two(tmp_path / "home")) as room:  # type: ignore[arg-type]
        children = psutil.Process(room.process.pid).children(recursive=True)
        room.process.send_signal(signal.SIGTERM)
        assert room.process.wait(timeout=20) == 0
    assert "Goodnight." in room.texts("note")
    assert psutil.wait_procs(children, timeout=10)[1] == []
