"""`hearthside run` on the virtual sound card, and clocked recordings of what is heard on it."""

import os
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil  # type: ignore[import-untyped]

from rig.virtual_card import VirtualCard, wait_until
from voice.config import Config, Home, save_config
from voice.messages.sound import RATE
from voice.sound.resampling import Samples, from_pcm

BLOCK = 160  # samples that a recording is read in: 10 ms
START_PATIENCE, END_PATIENCE = 60.0, 10.0  # seconds
GREETING = "Listening for"


class Tap:
    """Records one place of the card ("speaker" or "room"), and knows when each sample was heard there.

    The samples come in time with a clock of their own; the block that came with the least delay of all says when
    that clock began. Two taps are late by the same few milliseconds, which a difference does not show.
    """

    def __init__(self, card: VirtualCard, place: str) -> None:
        options = f"--record --raw --device={place}.monitor --rate={RATE} --channels=1 --format=s16le --latency-msec=20"
        environment = os.environ | card.environment
        self._recorder = subprocess.Popen(["pacat", *options.split()], env=environment, stdout=subprocess.PIPE)
        self._pcm = bytearray()
        self._began = float("inf")
        self._thread = threading.Thread(target=self._read, name=f"tap of the {place}", daemon=True)
        self._thread.start()
        wait_until(lambda: self.count, START_PATIENCE, f"a recording of the {place}")

    def _read(self) -> None:
        assert self._recorder.stdout
        while block := os.read(self._recorder.stdout.fileno(), 2 * BLOCK):
            self._pcm += block
            self._began = min(self._began, time.monotonic() - self.count / RATE)

    @property
    def count(self) -> int:
        """How many samples have been heard."""
        return len(self._pcm) // 2

    def since(self, begin: int) -> Samples:
        """All samples from this one on, in -1 to 1."""
        return from_pcm(bytes(self._pcm[2 * begin : 2 * self.count]))

    def time_of(self, sample: int) -> float:
        """When it was heard: seconds of the monotonic clock."""
        return self._began + sample / RATE

    def close(self) -> None:
        """End the recording."""
        self._recorder.terminate()
        self._recorder.wait()
        self._thread.join()


class RunningProgram:
    """A running `hearthside run`; a context manager, inside of which it is listening.

    started: seconds from the start of its process to its greeting. lines: what it printed so far.
    """

    def __init__(self, card: VirtualCard) -> None:
        self._directory = tempfile.TemporaryDirectory(prefix="hearthside-bench-")
        home = Home(Path(self._directory.name) / "home")
        # Nothing by itself in the middle of a measurement.
        save_config(home, Config(partners=("Alex", "Sam"), recap_at=None, quiet_hours=None))
        self._began = time.monotonic()
        self.started = 0.0
        self._process = subprocess.Popen(
            [sys.executable, "-m", "voice", "run", "--captions", "--home", str(home.directory)],
            env=os.environ | card.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.lines: list[str] = []
        self._reader = threading.Thread(target=self._read, name="captions", daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self._process.stdout
        for line in self._process.stdout:
            self.lines.append(line.rstrip())

    def _greeted(self) -> bool:
        if self._process.poll() is not None:
            raise RuntimeError("hearthside run ended: " + " / ".join(self.lines))
        return any(line.startswith(GREETING) for line in self.lines)

    def type(self, line: str) -> None:
        """A line on its keyboard; "" is the key that stops it speaking."""
        assert self._process.stdin
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()

    def processes(self) -> list[psutil.Process]:
        """All of its processes."""
        root = psutil.Process(self._process.pid)
        return [root, *root.children(recursive=True)]

    def __enter__(self) -> "RunningProgram":
        try:
            wait_until(self._greeted, START_PATIENCE, "the greeting")
        except (TimeoutError, RuntimeError):
            self.__exit__()
            raise
        self.started = time.monotonic() - self._began
        return self

    def __exit__(self, *error: object) -> None:
        if self._process.poll() is None:
            self.type("/quit")
        try:
            self._process.wait(timeout=END_PATIENCE)
        except subprocess.TimeoutExpired:
            self._process.kill()
        self._reader.join(timeout=END_PATIENCE)
        self._directory.cleanup()
