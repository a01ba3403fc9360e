"""Reads prompts/*/practices.yaml: what couples are advised to do, by number."""

from pathlib import Path

from voice.content import Practice
from voice.errors import PackError
from voice.files.fields import Fields
from voice.files.strict_yaml import Mistakes, read_yaml


def load_practices(prompts: Path) -> tuple[Practice, ...]:
    """All of them, by number. prompts: the prompts of one language. Raises PackError with every mistake."""
    mistakes = Mistakes()
    fields = Fields(read_yaml(prompts / "practices.yaml", mistakes), mistakes)
    found = list[Practice]()
    for entry in fields.entries("practices"):
        if not entry.name.text.isdecimal():
            mistakes.add(entry.name.place, f'expected a number, found "{entry.name.text}"')
            continue
        one = Fields(entry.node, mistakes)
        say = one.section("say")
        phrases = {intent: say.text(intent) for intent in say.names}
        found.append(Practice(int(entry.name.text), one.text("title"), phrases, one.text("instead", "")))
        one.finish()
    fields.finish()
    mistakes.raise_any(PackError, fix="Correct these lines and start again.")
    return tuple(sorted(found, key=lambda practice: practice.number))
