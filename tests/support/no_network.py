"""Sees every socket of a network's family that is opened in this process, or in one of Python that it starts."""

import atexit
import os
import sys
from importlib import import_module
from pathlib import Path
from tempfile import mkstemp

VARIABLE = "HEARTHSIDE_TESTS_NETWORK"
"""Names the file that uses are written to, for this process and all that it starts."""
WATCHED = Path(__file__).parent / "watched"
"""The folder from which Python takes what it loads at each start."""


def watch() -> None:
    """Begin; to be called once in a process that runs tests."""
    number, name = mkstemp(prefix="hearthside-network-")
    os.close(number)
    atexit.register(os.unlink, name)
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    os.environ["PYTHONPATH"] = os.pathsep.join(dict.fromkeys([str(WATCHED), *filter(None, paths)]))
    os.environ[VARIABLE] = name
    if not hasattr(sys.modules.get("sitecustomize"), "watch"):  # a worker of pytest-xdist has loaded it at its start
        import_module("tests.support.watched.sitecustomize")


def network_uses() -> list[str]:
    """What has used the network since this was last asked: a line for each use, with the program that it was in."""
    file = Path(os.environ[VARIABLE])
    found = file.read_text(encoding="utf-8").splitlines()
    if found:
        file.write_text("")
    return found
