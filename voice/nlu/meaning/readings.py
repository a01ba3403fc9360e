"""The readings of one utterance and how much each counts: its meaning may be heard though its first text is not."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from voice.nlu.matching.utterance import Utterance, tokenized


@dataclass(frozen=True, slots=True)
class Weighed:
    """One reading, or several of which the intent head takes the same text."""

    heard: Utterance
    """The likeliest of them."""
    text: str
    """It as the intent head takes it."""
    share: float
    """How probable they are, 0 to 1."""


def weighed(heard: Utterance, abstraction: Callable[[str], str]) -> list[Weighed]:
    """The readings of an utterance; their shares add up to 1.

    abstraction: text -> as the intent head takes it.
    """
    heard_as = [(tokenized(heard.hypothesis.reworded(each.text)), each.score) for each in heard.hypothesis.readings]
    likely = [(said, score) for said, score in heard_as if said.words] or [(heard, 0.0)]
    best = max(score for _, score in likely)
    found = dict[str, tuple[Utterance, float]]()
    for said, score in likely:
        text = abstraction(said.hypothesis.text)
        first, share = found.get(text, (said, 0.0))
        found[text] = first, share + math.exp(score - best)
    total = sum(share for _, share in found.values())
    return [Weighed(said, text, share / total) for text, (said, share) in found.items()]
