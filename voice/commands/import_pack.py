"""`hearthside import`: prints sentences of Home Assistant or Rhasspy as a pack of ours, and tells what was left out."""

import sys
from pathlib import Path

from voice.errors import PackError
from voice.packs.home_assistant import read_home_assistant
from voice.packs.rhasspy import read_rhasspy

READERS = {".yaml": read_home_assistant, ".yml": read_home_assistant, ".ini": read_rhasspy}


def import_pack(home: Path | None, *, file: Path) -> int:
    """Print the pack to standard output and what was left out to standard error; 1 where nothing could be had.

    Raises PackError for a file of no known kind, or one that cannot be read.
    """
    read = READERS.get(file.suffix.lower())
    if read is None:
        raise PackError(
            (f"{file}: expected {' or '.join(READERS)}",), fix="Give sentences of Home Assistant or Rhasspy."
        )
    found = read(file)
    if not found.intents:
        raise PackError(
            found.left_out.lines() or (f"{file}: there are no sentences here",), fix="Nothing was imported."
        )
    print("\n".join(found.as_yaml()))
    for line in found.left_out.lines():
        print(f"left out: {line}", file=sys.stderr)
    return 0
