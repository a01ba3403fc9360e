"""Tells Hearthside's own voice from somebody else's in what was heard."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

from voice.language.text import plain
from voice.messages.recognition import Hypothesis

OVERLAP = 0.2  # seconds before the end of our sentence in which an answer to it may begin; people are that quick
ECHO = 3.0  # seconds for which the room and the ears may still be busy with what was said, or cut short


@dataclass(frozen=True, slots=True)
class OwnVoice:
    """The words that Hearthside said last, and until when they were heard."""

    words: str = ""
    """Everything that may still come back from the room."""
    until: float = -math.inf
    """When it became silent last: seconds, on the clock of whoever asks."""

    def then(self, words: str, at: float, *, is_silent: bool) -> "OwnVoice":
        """These words are said too; those before them are dropped when their echo is over."""
        is_over = is_silent and at > self.until + ECHO
        return replace(self, words=words if is_over else f"{self.words} {words}")

    def overlaps(self, began: float, *, is_speaking: bool) -> bool:
        """Whether an utterance that began then (seconds) may hold the own voice."""
        return is_speaking or began < self.until - OVERLAP


def without_own_voice(hypotheses: Sequence[Hypothesis], words: str) -> tuple[Hypothesis, ...]:
    """The hypotheses without the words that Hearthside was saying itself; one of which nothing is left is dropped."""
    own = (without_own_words(each, words) for each in hypotheses)
    return tuple(each for each in own if each.text)


def without_own_words(hypothesis: Hypothesis, spoken: str) -> Hypothesis:
    """The hypothesis without the words that Hearthside was saying itself; its text is "" when nothing is left.

    So "stop" is heard in the middle of a sentence that comes back from the room, and the sentence itself is not.
    """
    own = set(plain(spoken).split())
    words = plain(hypothesis.text).split()
    left = [word for word in words if word not in own]
    return hypothesis if len(left) == len(words) else replace(hypothesis, text=" ".join(left), readings=())
