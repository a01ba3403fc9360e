"""The English packs that ship, loaded once per process."""

from functools import cache

from voice.content import Content
from voice.packs import load_content


@cache
def english_content() -> Content:
    """Everything that the packs hold, without a couple's own."""
    return load_content("en")
