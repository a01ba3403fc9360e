"""The couple's own way of saying things, as a rehearsal learned it: a pack of their own, written and taken back."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from voice.config import Home
from voice.errors import PackError
from voice.files import write_private
from voice.files.fields import Fields
from voice.files.strict_yaml import Mistakes, quoted, read_yaml

COMMENT = (
    "# Your own way of saying things, learned by hearthside rehearse. To take it back: hearthside rehearse --forget"
)


def learned_file(home: Home) -> Path:
    """Where it lies, among the couple's own intents."""
    return home.directory / "intents" / "learned.yaml"


def learned_lines(home: Home) -> dict[str, tuple[str, ...]]:
    """Intent -> the lines that were learned for it. Raises PackError for a file that cannot be read."""
    file = learned_file(home)
    if not file.exists():
        return {}
    mistakes = Mistakes()
    fields = Fields(read_yaml(file, mistakes), mistakes)
    lines = {entry.name.text: Fields(entry.node, mistakes).texts("say") for entry in fields.entries("intents")}
    fields.finish()
    mistakes.raise_any(PackError, fix="Correct these lines, or run: hearthside rehearse --forget")
    return lines


def learn(home: Home, lesson: Mapping[str, Sequence[str]]) -> None:
    """Add lines to those that were learned, each once. Raises PackError when they cannot be read or written."""
    lines = learned_lines(home)
    for intent, new in lesson.items():
        lines[intent] = tuple(dict.fromkeys((*lines.get(intent, ()), *new)))
    text = [COMMENT, "intents:"]
    for intent, say in lines.items():
        text += [f"  {quoted(intent)}:", "    say:", *(f"      - {quoted(line)}" for line in say)]
    try:
        write_private(learned_file(home), "\n".join(text) + "\n")
    except OSError as error:
        why = f"{learned_file(home)}: it cannot be written: {error.strerror or error}"
        raise PackError((why,), fix="Make room, or choose another place with --home DIR.") from error


def forget_learned(home: Home) -> bool:
    """Take everything back that was learned; whether there was anything. Raises PackError."""
    file = learned_file(home)
    if not file.exists():
        return False
    try:
        file.unlink()
    except OSError as error:
        raise PackError((f"{file}: it cannot be removed: {error.strerror or error}",)) from error
    return True
