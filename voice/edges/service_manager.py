"""Talks with the service manager that runs the program, if one does (systemd), and asks it about the program."""

import os
import socket
import subprocess
import time
from collections.abc import MutableMapping
from contextlib import suppress

from voice.errors import HearthsideError

SOCKET, WATCHDOG = "NOTIFY_SOCKET", "WATCHDOG_USEC"
TIMES_IN_TIME = 4  # signs of life in the time after which the manager would give up
ANSWERS_WITHIN = 30.0  # seconds
MISSING = "Use systemd, or start `hearthside run` in another way when you log in."


class ServiceManager:
    """Tells systemd how the program is (sd_notify); silent where nobody asked to be told.

    environment: where systemd says how to reach it; taken out of it, as it is not for child processes.
    """

    def __init__(self, environment: MutableMapping[str, str] = os.environ) -> None:
        self._address = environment.pop(SOCKET, "")
        self._every = int(environment.pop(WATCHDOG, "0")) / 1e6 / TIMES_IN_TIME  # seconds
        self._told_at = -self._every

    @property
    def listens(self) -> bool:
        """Whether a service manager runs the program and waits for word of it."""
        return bool(self._address)

    def waiting(self, seconds: float) -> None:
        """It has to wait for somebody before it is ready, and needs so many seconds more."""
        self._tell(f"EXTEND_TIMEOUT_USEC={round(seconds * 1e6)}")

    def ready(self) -> None:
        """The evening has begun."""
        self._tell("READY=1")

    def alive(self) -> None:
        """It goes on; call it as often as you like."""
        if self._every and time.monotonic() - self._told_at >= self._every:
            self._told_at = time.monotonic()
            self._tell("WATCHDOG=1")

    def stopping(self) -> None:
        """It ends in its own time."""
        self._tell("STOPPING=1")

    def _tell(self, news: str) -> None:
        if not self._address:
            return
        address = "\0" + self._address[1:] if self._address.startswith("@") else self._address
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as one, suppress(OSError):  # the manager may be gone
            one.sendto(news.encode(), address)


def ask(*command: str) -> str:
    """What a command of the service manager prints, such as systemctl. Raises HearthsideError where it fails."""
    done = _run(command)
    if done.returncode:
        raise HearthsideError((done.stderr or done.stdout).strip().rstrip(".") or "it failed", " ".join(command))
    return done.stdout


def ask_kindly(*command: str) -> str:
    """As `ask`, for what may well fail; "" then."""
    try:
        done = _run(command)
    except HearthsideError:
        return ""
    return "" if done.returncode else done.stdout


def _run(command: tuple[str, ...]) -> "subprocess.CompletedProcess[str]":
    try:
        return subprocess.run(
            command, capture_output=True, text=True, errors="replace", timeout=ANSWERS_WITHIN, check=False
        )
    except FileNotFoundError:
        raise HearthsideError(f"there is no {command[0]} on this machine", fix=MISSING) from None
    except subprocess.TimeoutExpired:
        raise HearthsideError("it does not answer", " ".join(command)) from None
