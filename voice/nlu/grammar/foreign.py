"""Finds in a template what Rhasspy or Home Assistant mean by it, and this program does not."""

import re
from collections.abc import Iterator

IMPORT = "`hearthside import FILE` translates such files"
_SUSPICIOUS = re.compile(r"[:;$!.]|[)\]]\{")  # without any of these no mark is there
_MARKS = tuple(
    (re.compile(pattern), what)
    for pattern, what in (
        (r"\{[^{}]*[:!][^{}]*\}", "slot with another name or value: expected {name} alone"),
        (r"\d+\.\.\d+", "range of numbers: expected {number}, or a list"),
        (r"\$\w+", "list of words: expected {name}, and its words in `lists`"),
        (r"<\w*\.\w+>", "rule of another intent: expected a rule from `rules`"),
        (r"(?<=\w)!\w+", "converter: expected the words alone"),
        (r"(?<![{\w\s]):(?!\d)[\w(]*|(?<![{\w]):\w+|(?<=[^\W\d]):\w+", "sign for other words: expected those said"),
        (r"(?<=[)\]])\{[a-z]\w*\}", "name for the words before it: expected a list, and {name} alone"),
        (r";", "sign for words in any order: expected each order by itself, (a b|b a)"),
    )
)


def foreign_marks(template: str) -> Iterator[tuple[int, str]]:
    """Column (from 1) and meaning of each mark of Rhasspy and Home Assistant; overlapping ones count once."""
    if not _SUSPICIOUS.search(template):
        return
    taken = set[int]()
    for pattern, what in _MARKS:
        for found in pattern.finditer(template):
            here = set(range(*found.span()))
            if not here & taken:
                taken |= here
                yield found.start() + 1, f"“{found[0]}” is Rhasspy's or Home Assistant's {what}; {IMPORT}"
