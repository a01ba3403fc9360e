"""`hearthside doctor` in a home of its own, for the tests of it."""

import json
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass

from tests.support.paths import ROOT
from voice.commands.doctor import CHECKS
from voice.commands.doctor_checks import CheckResult
from voice.config import Config, Home

COUPLE = Config(partners=("Alex", "Sam"))


@dataclass(frozen=True)
class Doctor:
    """Called to a home on a machine without sound devices and without a Vosk model."""

    home: Home
    environment: Mapping[str, str]

    def __call__(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            (sys.executable, "-m", "voice", "doctor", "--home", str(self.home.directory), *arguments),
            env={**self.environment, **environment},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def findings(self, expected_code: int, **environment: str) -> dict[str, CheckResult]:
        """What it found, by --json."""
        done = self("--json", **environment)
        assert (done.returncode, done.stderr) == (expected_code, "")
        found = [json.loads(line) for line in done.stdout.splitlines()]
        assert [each["name"] for each in found] == list(CHECKS)
        return {each["name"]: CheckResult(each["text"], each["ok"], each["fix"]) for each in found}
