"""The English packs that ship, loaded once per process."""

from functools import cache

from voice.content import Content
from voice.content.steps import HandedOver, Spoken, Step
from voice.packs import load_content


@cache
def english_content() -> Content:
    """Everything that the packs hold, without a couple's own."""
    return load_content("en")


def lines_of(step: Step) -> tuple[str, ...]:
    """All wordings of a step, those for the second partner too."""
    lines = step.lines if isinstance(step, Spoken) else ()
    return (*lines, *step.then) if isinstance(step, HandedOver) else lines
