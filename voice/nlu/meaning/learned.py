"""What was learned from the sentences of a pack, and understanding works with."""

from collections.abc import Mapping
from typing import NamedTuple

from voice.nlu.meaning.guards import UsualStances
from voice.nlu.meaning.intent_head import Scorer


class Learned(NamedTuple):
    """The head of a pack, and what its sentences have in common."""

    scorer: Scorer
    """Gives a text probabilities of intents."""
    stances: Mapping[str, UsualStances]
    """Intent -> the stances in which people ask for it; those of the others are looked at when they are needed."""
