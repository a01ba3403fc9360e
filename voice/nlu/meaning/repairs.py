"""Self-repair: "read the jar, no wait, the bucket list" is a wish for the bucket list.

What stands before the mark of a repair holds the wish or the beginning of one; what stands after it replaces its end,
or all of it. How much it replaces is not said: every way is a candidate, and the one that means most is taken.
Levelt, "Monitoring and self-repair in speech", Cognition 14 (1983).
"""

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from voice.language.moments.quantities import durations
from voice.language.text import numbers, words

_MARK = re.compile(
    r"\b(?:(?:oh |um |uh |er |ah )?(?:no|nah|sorry|actually|hang on|hold on|wait)(?: (?:no|wait|sorry|actually|hang on"
    r"|hold on|i mean|i meant|make that|make it))+|i mean|i meant(?: to say)?|make that|make it rather|or rather"
    r"|scratch that|strike that|on second thoughts?|well maybe|oh (?:wait|hang on|hold on))\b"
)
_INSTEAD = re.compile(r"^(?:instead of|rather than) \w+ing\b.*? (?:just|please|can you|could you|lets)(?= \w+ \w+)")
_LONGEST = 12  # words before the mark; of a longer sentence the mark is no repair of a wish


def repairs(text: str) -> list[str]:
    """What a sentence with a repair may be meant to say, as it was heard otherwise; [] for one without a repair."""
    said = words(text)
    plain = " ".join(word.plain for word in said)
    if instead := _INSTEAD.match(plain):
        return [text[said[instead[0].count(" ") + 1].start :]]
    marks = list(_MARK.finditer(plain))
    if not marks:
        return []
    first, last = plain[: marks[0].start()].count(" "), plain[: marks[-1].end()].count(" ") + 1
    if not 0 < first <= _LONGEST or last >= len(said):
        return []
    after = text[said[last].start :]
    unit = said[first - 1]
    if (
        durations(("five", unit.plain))
        and numbers([word.plain for word in said[last:]])
        and not durations(after.split())
    ):
        after += f" {text[unit.start : unit.end]}"  # "ten minutes, no, make it fifteen"
    return [after, *(f"{text[said[0].start : said[end].end]} {after}" for end in range(first - 1))]


def repaired(text: str, certainties: Callable[[Sequence[str]], NDArray[np.float32]]) -> str:
    """The sentence as its speaker wants it understood; unchanged where nothing was repaired.

    certainties: texts -> how probable the likeliest wish of each is, 0 to 1.
    """
    candidates = repairs(text)
    if not candidates:
        return text
    chances = certainties([text, *candidates])
    best = int(chances[1:].argmax())
    return candidates[best] if chances[1 + best] >= chances[0] / 2 else text
