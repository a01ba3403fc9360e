"""How a name comes out when it is heard: found in sentences whose other words are known."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from rapidfuzz.distance import Levenshtein

from voice.language.slots import NAME
from voice.language.text import plain

CONTEXT_GATE = 0.35  # how far the other words may be from those of the sentence, letter by letter
SHORTEST = 4  # letters of a spelling that is no talk
MOST = 2  # spellings of one name


def heard_name(sentence: Sequence[str], name: str, heard: str) -> str:
    """The words in the name's place; "" when the rest is not the sentence.

    sentence: its plain words, in which the name stands once. heard: how the whole sentence came out.
    """
    own = plain(name).split()
    place = _place(sentence, own)
    if place is None:
        return ""
    before, after = "".join(sentence[:place]), "".join(sentence[place + len(own) :])
    words = plain(heard).split()
    spans = (
        (_apart(before, words[:start]) + _apart(after, words[end:]), end - start, start)
        for start in range(len(words))
        for end in range(start + 1, min(start + NAME.widest, len(words)) + 1)
    )
    apart, length, start = min(spans, default=(1, 0, 0))
    if not length or apart > CONTEXT_GATE * len(before + after):
        return ""
    return " ".join(words[start : start + length])


def spellings(name: str, heard: Iterable[str], ordinary: Collection[str], *, times: int) -> tuple[str, ...]:
    """Other spellings of a name that cannot be taken for talk, the most frequent first.

    heard: what was found in its place. ordinary: words that people say anyway. times: how often one must have come.
    """
    counted = Counter(form for form in heard if form)
    return tuple(
        form
        for form, count in counted.most_common()
        if count >= times and form != plain(name) and len(form) >= SHORTEST and form not in ordinary
    )[:MOST]


def with_names(line: str, stand_ins: Sequence[str], names: Sequence[str]) -> str:
    """A line of the packs with the couple's names in it instead of those that it was written with."""
    found = dict(zip(map(plain, stand_ins), names, strict=True))
    return " ".join(found.get(plain(word), word) for word in line.split())


def _place(sentence: Sequence[str], own: Sequence[str]) -> int | None:
    places = (start for start in range(len(sentence)) if list(sentence[start : start + len(own)]) == list(own))
    return next(places, None)


def _apart(expected: str, words: Sequence[str]) -> int:
    return int(Levenshtein.distance(expected, "".join(words)))
