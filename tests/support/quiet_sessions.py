"""Sessions of which nothing is kept, walked to their end."""

import re
from pathlib import Path

from tests.support.evening import Evening, script
from voice.content import Script


def over(evening: Evening) -> bool:
    """Whether the session came to its end: its last line was said, and nobody is waited for."""
    evening.wait(12)
    lines = (re.escape(line).replace(r"\{back\}", ".+") for line in session(evening).steps[-1].lines)
    return evening.loop.state.walk is None and any(re.fullmatch(line, evening.said[-1]) for line in lines)


def session(evening: Evening) -> Script:
    """The session that was finished last."""
    done = [what for what, _ in evening.loop.records.done]
    return script(evening, done[-1])


def chimes(evening: Evening) -> list[object]:
    return [chime["name"] for chime in evening.events("chime")]


def is_kept_nowhere(directory: Path, *words: str) -> bool:
    files = [file.read_bytes().lower() for file in directory.rglob("*") if file.is_file()]
    return bool(files) and not any(word.encode() in file for word in words for file in files)
