"""docs/privacy.md: every command that it gives is run here, in order, and shows what the page says."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.program import home_of_two
from voice.commands.table import COMMANDS

PAGE = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
BLOCKS = dict(re.findall(r"^```sh\n# (\d+)\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL))
LONGEST = 600.0  # seconds


def can_unshare() -> bool:
    """Whether this machine lets us make a namespace without a network."""
    command = ["unshare", "--user", "--map-root-user", "--net", "true"]
    return shutil.which("unshare") is not None and subprocess.run(command, capture_output=True).returncode == 0


needs_namespaces = pytest.mark.skipif(not can_unshare(), reason="no namespaces without a network are allowed here")


@pytest.fixture
def shell(tmp_path: Path) -> tuple[Path, dict[str, str]]:
    """A directory to work in and the environment of somebody who has installed Hearthside and lives there."""
    (tmp_path / "bin").mkdir()
    program = tmp_path / "bin" / "hearthside"
    program.write_text(f'#!/bin/sh\nPYTHONPATH="{ROOT}" exec "{sys.executable}" -m voice "$@"\n')
    program.chmod(0o755)
    home = home_of_two(tmp_path / "ours")
    (tmp_path / "work").mkdir()
    path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
    return tmp_path / "work", os.environ | {"PATH": path, "HEARTHSIDE_HOME": str(home), "HOME": str(tmp_path)}


def run(number: str, shell: tuple[Path, dict[str, str]]) -> str:
    """What the commands of a block print."""
    directory, environment = shell
    done = subprocess.run(
        ["bash", "-c", BLOCKS[number]],
        cwd=directory, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=LONGEST,
    )  # fmt: skip
    assert "Traceback" not in done.stderr
    return done.stdout


def test_every_block_is_tried_here() -> None:
    assert sorted(BLOCKS) == ["1", "2", "3", "4", "5", "6"]
    assert PAGE.count("```sh") == len(BLOCKS)
    assert set(re.findall(r"hearthside ([a-z]+)", "".join(BLOCKS.values()))) <= {each.name for each in COMMANDS}


@needs_namespaces
def test_a_whole_evening_goes_on_without_any_network(shell: tuple[Path, dict[str, str]]) -> None:
    out = run("1", shell)
    assert "no network" in out.splitlines()[0]
    assert "Goodnight" in out or "goodnight" in out
    assert out.count("Hearthside  ") > 20


def test_no_socket_of_a_network_is_opened(shell: tuple[Path, dict[str, str]]) -> None:
    assert run("2", shell).splitlines()[-1] == "0"


def test_what_is_kept_is_in_one_file_and_what_is_forgotten_in_none(shell: tuple[Path, dict[str, str]]) -> None:
    before, after = run("3", shell).split("forgotten:\n")
    assert [Path(line).name for line in before.splitlines() if line.startswith("/")] == ["journal.sqlite3"]
    assert not any(line.startswith("/") for line in after.splitlines())


def test_what_was_only_said_is_in_no_file(shell: tuple[Path, dict[str, str]]) -> None:
    assert run("4", shell).splitlines()[-1] == "found in 0 files"


def test_what_is_encrypted_is_in_no_file_in_the_clear(shell: tuple[Path, dict[str, str]]) -> None:
    out = run("6", shell)
    told = [line for line in out.splitlines() if "in the clear in" in line]
    assert [line.split(":")[0] for line in told] == ["plain", "encrypted", "plain again"]
    before, encrypted, after = (int(re.findall(r"\d+", line)[0]) for line in told)
    assert (before > 0, encrypted, after > 0) == (True, 0, True)
    assert "text: Sam mended the copper kettle" in out
    assert "journal.key: the key file of the journal is not there. Bring the key file back." in out
    assert not (shell[0] / "nothing.yaml").exists()


def test_everything_that_is_kept_can_be_read(shell: tuple[Path, dict[str, str]]) -> None:
    assert "journal.sqlite3" in run("5", shell)
