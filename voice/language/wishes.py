"""The parts of a long sentence that ask for something: "today was awful but let's find three good things"."""

import re
from collections.abc import Iterator

from voice.language.text import words

_ASKS = re.compile(  # whatever stands before it
    r"\b(?:(?:can|could|would|will) you|(?:can|could|shall) we|lets|let us|how about|please"
    r"|(?:i|we) (?:want|need|would like|would love)|(?:id|wed) (?:like|love)|do (?:the|that|this)"
    r"|what (?:are we|am i|were we|was i|do (?:i|we|you)|did you|can (?:i|we|you))|where (?:were|are) we"
    r"|(?:maybe|perhaps|if) you (?:could|can|would|might)|you (?:tell|remind|count|time|call|ask) us"
    r"|(?:tell|ask|read|give|show|remind|wake|buzz|ping|nudge|help|walk|guide|let) (?:us|me))\b"
)
_ORDERS = re.compile(  # at the beginning, or after a word that joins clauses
    r"(?:^|(?<=\bso )|(?<=\band )|(?<=\bbut )|(?<=\bthen )|(?<=\bnow )|(?<=\bjust )|(?<=\bokay )|(?<=\bright ))"
    r"(?:do|ask|read|tell|start|stop|set|put|add|write|save|keep|play|remind|count|time|delete|drop|cancel|pause|skip|pass"
    r"|repeat|carry on|keep going|go (?:on|back)|hold on|wait|leave|take|make|open|find|pull|pick|end|turn|give|show)\b"
)
_NOT_AFTER = frozenset(  # after one of these it is told, or somebody else said it
    "to i we you they he she it sam alex people who that which dont didnt doesnt not never wont cant would could "
    "should will can must might may always say says said goes asked told like when if because while whether "
    "think believe reckon suppose sure".split()
)
_ENDS = re.compile(  # where another clause may begin
    r" (?=(?:because|cause|cos|since|so|but|and|or|while|when|im|ive|ill|we|were|weve|i|he|hes|she|shes|its|theres)\b)"
)
_FEWEST = 2  # words of a wish


def wishes(text: str) -> list[str]:
    """The parts of a sentence that ask by themselves, as they were heard; [] where no smaller part does."""
    said = words(text)
    plain = " ".join(word.plain for word in said)
    return [
        text[said[first].start : said[last].end]
        for first, last in _spans(plain)
        if last - first + 1 >= _FEWEST
        and (first or last < len(said) - 1)
        and not (first and said[first - 1].plain in _NOT_AFTER)
    ]


def _spans(plain: str) -> Iterator[tuple[int, int]]:
    """The first and the last word of every part that may ask: to the end, and to where another clause may begin."""
    for start in sorted({each.start() for opening in (_ASKS, _ORDERS) for each in opening.finditer(plain)}):
        ends = (len(plain), *(each.start() for each in _ENDS.finditer(plain, start + 1)))
        for end in ends:
            yield plain[:start].count(" "), plain[:end].count(" ")
