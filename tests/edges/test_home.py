"""One program at a time works in a home."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.program import command_line, hearthside, home_of_two
from voice.config import Home
from voice.edges.home import sole_use
from voice.errors import HearthsideError


def test_two_at_once_are_one_too_many(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    with (
        sole_use(home),
        pytest.raises(HearthsideError, match="another Hearthside is at work") as caught,
        sole_use(home),
    ):
        pass
    assert caught.value.where == str(home.directory)
    with sole_use(home):
        pass


@pytest.mark.parametrize("command", [("type",), ("setup", "--names", "Bo", "Ana"), ("rehearse", "--type")])
def test_the_second_program_says_one_line_and_the_first_goes_on(tmp_path: Path, command: tuple[str, ...]) -> None:
    home = home_of_two(tmp_path / "home")
    before = (home / "config.yaml").read_bytes()
    first = subprocess.Popen(
        command_line("type", "--home", home), stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, text=True
    )
    assert first.stdin
    assert first.stdout
    first.stdin.write("help\nhelp\n")
    first.stdin.flush()
    assert "Hearthside" in first.stdout.readline() + first.stdout.readline()
    second = hearthside(*command, "--home", home, lines=("help",))
    assert (second.code, second.out) == (1, "")
    assert second.err == (
        f"{home}: another Hearthside is at work in this home. Close it first, or choose another home with --home DIR.\n"
    )
    assert hearthside("recap", "--quiet", "--home", home).code == 0
    first.communicate("/quit\n")
    assert first.returncode == 0
    assert (home / "config.yaml").read_bytes() == before


def test_the_lock_ends_with_a_program_that_is_killed(tmp_path: Path) -> None:
    home = Home(tmp_path)
    child = os.fork()
    if not child:
        with sole_use(home):
            os.kill(os.getpid(), 9)
    os.waitpid(child, 0)
    with sole_use(home):
        pass
