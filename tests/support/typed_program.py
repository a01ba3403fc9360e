"""The program with a keyboard of its own, killed when one likes; and what it has kept."""

import resource
import signal
import subprocess
import threading
from pathlib import Path

from tests.support.program import LONGEST, ROOT, command_line
from voice.config import Home
from voice.edges.journal import Journal
from voice.messages.records import Records


def records(home: Path) -> Records:
    """What is kept there."""
    journal = Journal(Home(home).database)
    try:
        return journal.records()
    finally:
        journal.close()


def files_with(words: str, *directories: Path) -> list[Path]:
    """Every file that holds these words, in whatever way texts are stored."""
    wanted = [words.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be")]
    files = [file for directory in directories for file in directory.rglob("*") if file.is_file()]
    return [file for file in files if any(each in file.read_bytes().lower() for each in wanted)]


class Typing:
    """An evening by keyboard that can be killed at any moment; a context manager."""

    def __init__(self, home: Path) -> None:
        command = command_line("type", "--json", "--home", home)
        self._process = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._watchdog = threading.Timer(LONGEST, self._process.kill)

    def __enter__(self) -> "Typing":
        self._watchdog.start()
        return self

    def __exit__(self, *exception: object) -> None:
        self._watchdog.cancel()
        self._process.kill()
        self._process.communicate()

    def say(self, *lines: str) -> None:
        """Type these lines; the pipe stays open."""
        assert self._process.stdin
        self._process.stdin.write("".join(f"{line}\n" for line in lines))
        self._process.stdin.flush()

    def wait_for(self, event: str, times: int = 1) -> None:
        """Wait until the program has told of it so often."""
        assert self._process.stdout
        seen = 0
        for text in self._process.stdout:
            seen += f'"event": "{event}"' in text
            if seen == times:
                return
        raise AssertionError(f"the program ended before its {times}. {event!r}")

    def kill(self) -> None:
        """As a power cut would, but for the disk."""
        self._process.send_signal(signal.SIGKILL)
        assert self._process.wait() == -signal.SIGKILL


def little_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
