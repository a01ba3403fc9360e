"""What no rule can judge, for somebody to read: questions to be graded, questions near in meaning, other lines."""

import random
from collections.abc import Iterator
from itertools import chain

from voice.commands.decks import as_line, sampled
from voice.content import Content
from voice.lint.likeness import WORTH_A_LOOK, Encode, near_pairs

GRADES = "a: I'd ask it and want to know. b: fine, but could be anybody's. c: translated or awkward. d: twee. e: risky."
_GRADE_HERE = "[ ]"
_PAIRS = 3  # of a deck


def reading_sheet(content: Content, count: int, seed: int, encode: Encode) -> Iterator[str]:
    """The lines of a sheet: `count` questions, half as many other lines, and the nearest pairs of each deck.

    seed: of the choice; the same for the same number. encode: texts to vectors.
    """
    shuffle = random.Random(seed)
    yield f"Read each aloud, as a tired person at a table, and grade it. {GRADES}"
    yield ""
    for prompt in sampled(content.decks, count, shuffle):
        yield f"{_GRADE_HERE} {as_line(prompt)}"
    yield ""
    yield "Said by sessions and in replies. a: as people speak. c: translated. d: twee, or cute twice. e: cold."
    yield ""
    lines = sorted(set(_other_lines(content)))
    for line in sorted(shuffle.sample(lines, min(len(lines), count // 2))):
        yield f"{_GRADE_HERE} {line}"
    yield ""
    yield "Near in meaning: do both ask for something of their own?"
    for deck in content.decks:
        for pair in near_pairs(deck.prompts, encode, WORTH_A_LOOK)[:_PAIRS]:
            yield ""
            yield f"{_GRADE_HERE} {pair.nearness:.2f} {as_line(pair.first)}"
            yield f"         {as_line(pair.second)}"


def _other_lines(content: Content) -> Iterator[str]:
    """What is said that is no question of a deck, each with where it comes from."""
    for key, wordings in chain(content.replies.items(), content.softer_replies.items()):
        yield from (f"{key:22} {wording}" for wording in wordings)
    for script in content.scripts:
        for wording in chain(script.first, script.later, script.left):
            yield f"{script.id:22} {wording}"
        for step in script.steps:
            yield from (f"{script.id:22} {wording}" for wording in step.wordings)
    for ideas in content.ideas:
        yield from (f"{ideas.name:22} {idea.text}" for idea in ideas.prompts)
