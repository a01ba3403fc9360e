"""Tells Hearthside's own voice from somebody else's in what was heard."""

from dataclasses import replace

from voice.language.text import plain
from voice.messages.recognition import Hypothesis


def without_own_words(hypothesis: Hypothesis, spoken: str) -> Hypothesis:
    """The hypothesis without the words that Hearthside was saying itself; its text is "" when nothing is left.

    So "stop" is heard in the middle of a sentence that comes back from the room, and the sentence itself is not.
    """
    own = set(plain(spoken).split())
    words = plain(hypothesis.text).split()
    left = [word for word in words if word not in own]
    return hypothesis if len(left) == len(words) else replace(hypothesis, text=" ".join(left))
