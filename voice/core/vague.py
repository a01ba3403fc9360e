"""Tells a line that could be about anybody on any day from one that shows something."""

import re
from collections.abc import Collection

from voice.core.text import plain

FEW = 2  # words, beside names; with so few, one that says something is not enough

# English: words that say nothing of what happened.
_GENERAL = frozenset(
    "a an the and or but so for to of in on at with about by from as than that this it its these those there here"
    " i me my mine you your yours we us our ours they them their he him his she her hers who what how when"
    " am is are was were be been being do does did done doing have has had having will would can could just"
    " thank thanks appreciate appreciated appreciating love loved loving like liked glad grateful thankful"
    " good great nice lovely kind sweet wonderful amazing awesome perfect fine best better special happy caring"
    " always never really very so such too also all every everything anything something thing things stuff way lot"
    " person partner today tonight day everyday again much many more most well yes no um uh okay".split()
)

_SHORTENED = re.compile(r"'(?:s|re|m|ve|d|ll)\b", re.IGNORECASE)  # "he's", "you're", "Sam's"


def is_vague(line: str, names: Collection[str] = ()) -> bool:
    """Whether a line has only general words ("you were so nice"), or hardly a word. names: they count as none."""
    passed_over = {name.lower() for name in names}
    words = plain(_SHORTENED.sub("", line.replace("’", "'"))).split()
    words = [word for word in words if word not in passed_over]
    telling = [word for word in words if word not in _GENERAL]
    return not telling or (len(telling) == 1 and len(words) <= FEW)
