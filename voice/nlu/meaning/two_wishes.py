"""Two wishes in one breath: "set a timer for ten minutes and ask us a question"."""

import re

from voice.language.text import words

_JOINT = re.compile(
    r" (?:(?:and|plus|also|while you|and while you)(?: (?:then|also|please|after that|afterwards|once thats done"
    r"|when (?:were|were both|we are|thats|that is|its|it is) (?:done|finished|over)))*|then|and then|after that)"
    r" (?=(?:ask (?:us|me)|remind (?:us|me|sam|alex)|read (?:us|me|out|back|my|our|the)|tell (?:us|me)|give (?:us|me)"
    r"|(?:set|start|put on|begin) (?:a|an|another|the|our|up)|play (?:us )?(?:a|the)|(?:pause|cancel|stop|resume) the"
    r"|delete (?:the|that|it)|(?:put|add|pop|stick) .+ (?:jar|list|note)|(?:leave|write|save|keep) (?:a|that|this|it)"
    r"|do (?:the|our|a))\b)"
)


def two_wishes(text: str) -> tuple[str, str] | None:
    """The first wish and what follows it, as they were heard; None for a sentence that is one wish."""
    said = words(text)
    plain = " ".join(word.plain for word in said)
    joint = _JOINT.search(plain)
    if joint is None:
        return None
    first, last = plain[: joint.start()].count(" "), plain[: joint.end()].count(" ")
    return text[: said[first].end], text[said[last].start :]
