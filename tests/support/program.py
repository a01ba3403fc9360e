"""Runs the program as people do: from the command line, in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import soundfile

from tests.support.evening import agree
from tests.support.paths import ROOT
from tests.support.room import line
from tests.support.warm_program import warm_program
from voice.config import Config, Home, save_config

LONGEST = 300.0  # seconds: only a program that hangs takes so long


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left: its exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def events(self) -> list[dict[str, object]]:
        """The events of a command with --json."""
        return [json.loads(line) for line in self.out.splitlines()]

    def of(self, event: str) -> list[dict[str, object]]:
        """The events of one name."""
        return [each for each in self.events if each["event"] == event]

    def intents(self) -> list[object]:
        """What was understood, in order."""
        return [each["intent"] for each in self.of("matched")]

    def said(self) -> list[str]:
        """What was answered, in order."""
        return [str(each["text"]) for each in self.of("said")]


def command_line(*arguments: object) -> list[str]:
    """The words that start the program."""
    return [sys.executable, "-m", "voice", *map(str, arguments)]


def hearthside(
    *arguments: object,
    lines: str | bytes | Iterable[str] = (),
    before: Sequence[str] = (),
    environment: dict[str, str] | None = None,
    in_the_child: Callable[[], None] | None = None,
) -> Done:
    """Run it to its end; with nothing but arguments and lines, warm.

    lines: its standard input. before: a program that runs it, with options. in_the_child: called before it starts.
    """
    text = lines if isinstance(lines, str | bytes) else "".join(f"{line}\n" for line in lines)
    given = text if isinstance(text, bytes) else text.encode()
    if not (before or environment or in_the_child):
        code, out, err = warm_program().run(list(map(str, arguments)), given, LONGEST)
        return Done(code, out.decode(), err.decode())
    done = subprocess.run(
        [*before, *command_line(*arguments)],
        input=given,
        capture_output=True,
        cwd=ROOT,
        env=os.environ | (environment or {}),
        timeout=LONGEST,
        preexec_fn=in_the_child,
        check=False,
    )
    return Done(done.returncode, done.stdout.decode(), done.stderr.decode())


def home_of_two(directory: Path) -> Path:
    """A home in which Alex and Sam live, without a nightly recap of its own accord; what they ask for may be kept."""
    home, config = Home(directory), Config(partners=("Alex", "Sam"), recap_at=None)
    save_config(home, config)
    agree(home, config)
    return directory


def record(path: Path, words: str, who: str = "Alex") -> Path:
    """A WAV file of one of the two saying it, with half a second of silence around it."""
    sound = line(words, who)
    silence = bytes(sound.rate // 2 * 2)
    samples = np.frombuffer(silence + sound.pcm + silence, dtype="<i2")
    soundfile.write(path, samples, sound.rate)
    return path
