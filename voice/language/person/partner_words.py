"""Words for the partner who is not named: "my wife", "him"; and the sentence with the name in their place."""

import re

_KIN = (
    r"(?:(?:dear|lovely) )?(?:wife|husband|hubby|partner|girlfriend|boyfriend|spouse|fianc[eé]e?|(?:other|better) half)"
)
_MY = re.compile(rf"\bmy {_KIN}(?P<whose>(?:'s|’s)?)\b(?! of\b)", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she|him|her|his)\b", re.IGNORECASE)
_WHOSE_BEFORE = re.compile(
    r"\s+(?!(?:a|an|the|that|for|to|i|my|our|some|one|this|about|please|tonight|tomorrow|when)\b)\w"
)
"""What stands after "her" where it is whose: "her entry", not "her a note"."""


def has_partner(text: str) -> bool:
    """Whether a partner is meant by a word such as "my wife"."""
    return bool(_MY.search(text))


def has_pronoun(text: str) -> bool:
    """Whether somebody is meant by "he", "her" and their like."""
    return bool(_PRONOUN.search(text))


def with_name(text: str, name: str) -> str:
    """The sentence with a name for the first such word: "leave a note for my wife" -> "leave a note for Maya"."""
    if found := _MY.search(text):
        return f"{text[: found.start()]}{name}{found['whose']}{text[found.end() :]}"
    if found := _PRONOUN.search(text):
        rest = text[found.end() :]
        is_whose = found[0].lower() == "his" or (found[0].lower() == "her" and _WHOSE_BEFORE.match(rest))
        return f"{text[: found.start()]}{name}{chr(39) + 's' if is_whose else ''}{rest}"
    return text
