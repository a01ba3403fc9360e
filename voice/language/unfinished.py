"""Sentences that stop in the middle: "ask us a question about", "I appreciate that you".

English ends few sentences with an article, a conjunction, a preposition that has lost its noun or a subject that has
lost its verb. Words that often do stand at an end ("from now on", "I think so", "where we are") are left out, whatever
else they do.
"""

from voice.language.text import plain

_OPEN = frozenset(
    "a an the and or but because although unless than as if of for to with at from about into onto between during "
    "until till my your our their its every each i we he they lets gonna wanna um uh er".split()
)


def is_unfinished(text: str) -> bool:
    """Whether the last word of a sentence, in any spelling, calls for another one."""
    words = plain(text).split()
    return bool(words) and words[-1] in _OPEN
