"""Standard input as text."""

import io
import sys
from typing import TextIO


def standard_input() -> TextIO:
    """Standard input; a byte in it that is no letter becomes a mark instead of an error."""
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(errors="replace")
    return sys.stdin
