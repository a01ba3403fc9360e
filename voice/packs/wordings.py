"""Reads intents/LANGUAGE/wordings/*.yaml and the lines of talk beside them: what the intent head learns from."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

from voice.content import IntentPack
from voice.files.fields import Fields, as_scalar
from voice.files.strict_yaml import Location, Mistakes, did_you_mean, read_yaml

NO_COMMANDS = ("not_care", "words")
"""Keys of the files that are no intent: look-alikes of cries for help, and lines that are dictated."""
TALK_FILES = {
    "talk": "talk.txt",
    "look-alike": "look_alikes.txt",
    "told": "told.txt",
    "elsewhere": "elsewhere.txt",
}


def with_wordings(pack: IntentPack, directory: Path, mistakes: Mistakes) -> IntentPack:
    """The pack with the wordings and the talk that lie beside its intents, if any do."""
    found = _wordings(sorted((directory / "wordings").glob("*.yaml")), mistakes)
    known = {intent.name for intent in pack.intents}
    for name, (_, where) in found.items():
        if name not in known and name not in NO_COMMANDS:
            mistakes.add(where, f'there is no intent "{name}" to add wordings to{did_you_mean(name, known)}')
    intents = tuple(
        replace(each, wordings=found[each.name][0]) if each.name in found else each for each in pack.intents
    )
    no_commands = {name.replace("_", " "): found[name][0] for name in NO_COMMANDS if name in found}
    no_commands |= {kind: lines for kind, file in TALK_FILES.items() if (lines := _lines(directory / file))}
    return replace(pack, intents=intents, no_commands=no_commands, talk=no_commands.get("talk", ()))


def _wordings(files: Iterable[Path], mistakes: Mistakes) -> Mapping[str, tuple[tuple[str, ...], Location]]:
    found = dict[str, tuple[tuple[str, ...], Location]]()
    for file in files:
        fields = Fields(read_yaml(file, mistakes), mistakes)
        for name in fields.names:
            node = fields.node(name)
            scalar = as_scalar(node, "a block of lines", mistakes) if node else None
            if scalar:
                lines = tuple(line.strip() for line in scalar.text.splitlines() if line.strip())
                before = found[name][0] if name in found else ()
                found[name] = (*before, *lines), scalar.place
        fields.finish()
    return found


def _lines(file: Path) -> tuple[str, ...]:
    return tuple(line for line in file.read_text(encoding="utf-8").splitlines() if line) if file.is_file() else ()
