"""Reads prompts/*/moods.yaml: which questions are asked in which mood."""

from collections.abc import Collection
from pathlib import Path

from voice.content import DEEPEST, LIGHTEST, Mood
from voice.files.fields import Entry, Fields
from voice.files.strict_yaml import Mistakes, did_you_mean, read_yaml
from voice.packs.prompts import PromptReader

MOST_QUESTIONS = 20


def read_moods(file: Path, decks: Collection[str], reader: PromptReader, mistakes: Mistakes) -> tuple[Mood, ...]:
    """Every mood of the file, none where there is no file. decks: names of the decks that there are."""
    if not file.is_file():
        return ()
    fields = Fields(read_yaml(file, mistakes), mistakes)
    moods = tuple(_mood(entry, decks, reader, mistakes) for entry in fields.entries("moods"))
    fields.finish()
    return moods


def _mood(entry: Entry, decks: Collection[str], reader: PromptReader, mistakes: Mistakes) -> Mood:
    fields = Fields(entry.node, mistakes)
    named = fields.scalars("decks", required=True)
    for name in named:
        if name.text not in decks:
            mistakes.add(name.place, f'there is no deck "{name.text}"{did_you_mean(name.text, decks)}')
    mood = Mood(
        reader.once("mood", entry.name),
        opening=reader.lines(fields, "opening", ()),
        decks=tuple(name.text for name in named),
        depth=fields.count("depth", least=LIGHTEST, most=DEEPEST),
        questions=fields.count("questions", least=1, most=MOST_QUESTIONS),
    )
    fields.finish()
    return mood
