"""What is printed, without the characters that do something to a terminal or to the order of letters."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any, TextIO, cast

from voice.language.visible import visible_lines

_OURS = re.compile(r"(\r|\x1b\[K)")  # what progress is shown with, on standard error


class _Clean:
    """A stream that is written to; all else is that of the stream itself."""

    def __init__(self, stream: TextIO, *, keeps_progress: bool = False) -> None:
        self._stream, self._keeps_progress = stream, keeps_progress

    def write(self, text: str) -> int:
        """Write what can be seen of it."""
        parts = _OURS.split(text) if self._keeps_progress else [text]
        self._stream.write("".join(part if index % 2 else visible_lines(part) for index, part in enumerate(parts)))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def clean_output() -> Iterator[None]:
    """All that is printed meanwhile is clean."""
    out, err = _Clean(sys.stdout), _Clean(sys.stderr, keeps_progress=True)
    with redirect_stdout(cast(TextIO, out)), redirect_stderr(cast(TextIO, err)):
        yield
