"""`hearthside setup` in a home of its own, for the tests of it."""

import http.server
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support.paths import ROOT
from voice.config import Home
from voice.engines.vosk.model import HEADS, check_structure

COMMAND = (sys.executable, "-m", "voice", "setup")


@dataclass(frozen=True)
class Place:
    """A home to set up, on a machine without any Vosk model and without a network."""

    home: Home
    environment: Mapping[str, str]

    def setup(self, *arguments: str, typed: str = "", **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            (*COMMAND, "--home", str(self.home.directory), *arguments),
            input=typed,
            env={**self.environment, **environment},
            cwd=ROOT,
            capture_output=True,
            text=True,
            timeout=60,
        )


def make_model(folder: Path) -> Path:
    """A folder that looks like a whole model."""
    folder.mkdir(parents=True)
    while problems := check_structure(folder):
        file = folder / problems[0].split()[0]
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(HEADS.get(problems[0].split()[0], b"") + b"a part of a model")
    return folder


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: object) -> None:
        pass
