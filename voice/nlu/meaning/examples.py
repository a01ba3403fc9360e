"""What the intent head learns from: examples with labels, their fingerprint, and those that only measure."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from voice.content import IntentPack
from voice.nlu.meaning.intent_head import LOOK_ALIKE

_FOLD = 5  # of so many wordings one is never learned from


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence and what it means."""

    text: str
    """As people say it."""
    label: str
    """An intent, or a label of what is none (voice/nlu/meaning/intent_head.py)."""


def examples(pack: IntentPack) -> Iterator[Example]:
    """All examples of a pack, each sentence once, without the couple's own; those that only measure too.

    A sentence that is talk for one mode and an intent of another is an example of the intent.
    """
    seen = set[str]()
    for intent in pack.intents:
        for line in (*(each for each in intent.say if each not in intent.own), *intent.wordings):
            if line not in seen:
                seen.add(line)
                yield Example(line, intent.name)
    lines = [(line, kind) for kind, some in pack.no_commands.items() for line in some]
    lines += [(line, LOOK_ALIKE) for intent in pack.intents for line in intent.avoid]
    for line, kind in lines:
        if line not in seen:
            seen.add(line)
            yield Example(line, kind)


def only_measures(example: Example) -> bool:
    """Whether the head never learns from an example: a fixed fifth, by the hash of its text."""
    return int.from_bytes(hashlib.sha256(example.text.encode()).digest()[:4]) % _FOLD == 0


def fingerprint(pack: IntentPack) -> str:
    """A hash of everything that the head of this pack learns from."""
    digest = hashlib.sha256()
    for example in examples(pack):
        digest.update(f"{example.label}\t{example.text}\n".encode())
    return digest.hexdigest()
