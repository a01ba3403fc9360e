"""Sessions of things that are done together, and how one sees that they are over."""

from tests.support.evening import Evening, script
from voice.content.steps import Spoken


def wordings(evening: Evening, name: str, kind: type[Spoken]) -> set[str]:
    """All lines of the steps of one kind in a session, as they are written."""
    return {line for step in script(evening, name).steps if isinstance(step, kind) for line in step.wordings}


def is_over(evening: Evening, name: str) -> bool:
    """Whether it came to its end, and its last line was one of its closings."""
    closings = script(evening, name).steps[-1].lines
    return evening.loop.state.walk is None and evening.said[-1] in closings


def kept(evening: Evening) -> list[tuple[object, object]]:
    return [(line["who"], line["text"]) for line in evening.events("kept")]
