"""Own words, spoken: of the unseen wordings that are right when typed, how many are right by synthetic voices.

At table the name comes first ("Hearthside, ..."), so that they are addressed; elsewhere something is expected anyway.
"""

from pathlib import Path

from bench import heard
from bench.heard import Command, Sentences
from bench.listener import Listener
from bench.table import Part
from bench.wordings import modes, unseen
from voice.messages.meaning import Addressing, Match
from voice.nlu.meaning.bars import TABLE_MODES


def measure(speech: Path | None, cache: Path, *, workers: int, every: int) -> Part:
    """All voices in all places; near only without recorded rooms and noise."""
    sentences = Sentences("own words that are right typed", right_when_typed)
    return heard.measure(speech, cache, workers=workers, every=every, sentences=sentences)


def right_when_typed(listener: Listener, every: int) -> list[Command]:
    """Each n-th unseen wording that is taken for its intent when it is typed to us."""
    pack = listener.house.content.intents
    mode_of, commands = modes(pack), list[Command]()
    for example in unseen(pack, every):
        mode = mode_of.get(example.label)
        meant = mode and listener.typed(example.text, mode, Addressing.ADDRESSED)
        if mode and isinstance(meant, Match) and meant.intent == example.label:
            line = f"Hearthside, {example.text}" if mode in TABLE_MODES else example.text
            commands.append(Command(line, mode, meant.intent, meant.slots))
    return commands
