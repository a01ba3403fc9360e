"""Standard input as text, and passphrases that are asked for there."""

import io
import sys
from getpass import getpass
from typing import TextIO

from voice.errors import HearthsideError

SHORTEST = 8  # characters of a passphrase


def standard_input() -> TextIO:
    """Standard input; a byte in it that is no letter becomes a mark instead of an error."""
    if isinstance(sys.stdin, io.TextIOWrapper) and sys.stdin.errors != "replace":  # not to be set after a line was read
        sys.stdin.reconfigure(errors="replace")
    return sys.stdin


def passphrase(question: str) -> str:
    """What is typed, without showing it, or the next line of a pipe; "" for nothing."""
    if not sys.stdin.isatty():
        return standard_input().readline().rstrip("\r\n")
    try:
        return getpass(question)
    except EOFError:
        return ""


def new_passphrase(what: str) -> str:
    """One for what is named, asked for twice where somebody types it. Raises HearthsideError."""
    words = passphrase(f"A passphrase for {what} (write it down; without it nobody can open it): ")
    if len(words) < SHORTEST:
        raise HearthsideError(f"a passphrase needs {SHORTEST} characters", fix="Three words that you both know, say.")
    if sys.stdin.isatty() and passphrase("Once more: ") != words:
        raise HearthsideError("these were two different passphrases", fix="Try again.")
    return words
