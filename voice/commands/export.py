"""`hearthside export`: writes every line that is kept to a YAML file, for people."""

from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

import yaml

from voice.config import find_home
from voice.edges.home import settled
from voice.edges.journal.rescue import journal_to_read
from voice.errors import HearthsideError
from voice.files import private_directory, write_new
from voice.messages.records import Note, Records

STANDARD = Path("hearthside-lines.yaml")
HEADING = "# What you two asked Hearthside to keep. Private: this file is for your eyes only.\n"
TITLES: Mapping[str, str] = {  # kind of the lines -> what they are called in the file, in this order
    "appreciation": "appreciations",
    "win": "small wins",
    "need": "needs of this week",
    "wish": "wishes",
    "jar": "jar",
    "moment": "moments",
    "journal": "journal",
    "note": "notes",
    "morning": "morning notes",
    "letter": "kept notes",
    "bucket": "bucket list",
    "closing": "from date nights",
    "project": "projects",
}
WHEN = "%Y-%m-%d %H:%M"


def export(home: Path | None, to: Path | None) -> int:
    """Write them; returns the exit code. Raises HearthsideError where the file cannot be written."""
    place = settled(find_home(home))
    with closing(journal_to_read(place)) as journal:
        if journal.told:
            print(journal.told)
        content = _content(journal.records())
    if not content:
        print("Nothing is kept, so there is nothing to write.")
        return 0
    file = to or STANDARD
    text = HEADING + yaml.safe_dump(content, allow_unicode=True, sort_keys=False, width=100)
    try:
        _check(file)
        private_directory(file.absolute().parent)
        write_new(file.absolute(), text.encode(), replace=True)
    except OSError as error:
        raise HearthsideError(error.strerror or str(error), str(file), "Choose another place with --to.") from error
    print(f"Written to {file}. Only you can read it.")
    return 0


def _check(file: Path) -> None:
    """Raise HearthsideError unless the file is new or empty, or one that was written by us before."""
    fix = "Choose another place with --to."
    if file.is_symlink() or (file.exists() and not file.is_file()):
        raise HearthsideError("this is no ordinary file", str(file), fix)
    content = file.read_bytes() if file.exists() else b""
    if content and not content.startswith(HEADING.encode()):
        raise HearthsideError("there is another file of this name", str(file), fix)


def _content(records: Records) -> dict[str, object]:
    content: dict[str, object] = {}
    for kind, title in TITLES.items():
        if lines := [_fields(note) for note in records.notes if note.kind == kind]:
            content[title] = lines
    if records.own_prompts:
        content["our own questions"] = [prompt.text for prompt in records.own_prompts]
    return content


def _fields(note: Note) -> dict[str, str]:
    done = note.done_at.strftime(WHEN) if note.done_at else ""
    fields = {"from": note.who, "for": note.for_whom, "text": note.text, "said": note.said_at.strftime(WHEN)}
    return {name: value for name, value in (fields | {"done": done}).items() if value}
