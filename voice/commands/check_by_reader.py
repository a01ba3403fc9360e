"""What no rule can judge, for somebody to read: questions to be graded, questions near in meaning, other lines."""

import random
from collections.abc import Collection, Iterator
from itertools import groupby, islice

from voice.commands.decks import as_line, sampled
from voice.commands.spoken import other_lines
from voice.content import Content
from voice.lint.likeness import WORTH_A_LOOK, Encode, near_pairs
from voice.lint.topics import untagged

GRADES = "a: I'd ask it and want to know. b: fine, but could be anybody's. c: translated or awkward. d: twee. e: risky."
_GRADE_HERE = "[ ]"
_PAIRS = 3  # of a deck
_OF_A_TOPIC = 3  # questions that may lack its tag


def reading_sheet(content: Content, count: int, seed: int, topics: Collection[str], encode: Encode) -> Iterator[str]:
    """The lines of a sheet: `count` questions, half as many other lines, the nearest pairs of each deck, lacking tags.

    seed: of the choice; the same for the same number. topics: what a question can be tagged with. encode: texts to
    vectors.
    """
    shuffle = random.Random(seed)
    yield f"Read each aloud, as a tired person at a table, and grade it. {GRADES}"
    yield ""
    for prompt in sampled(content.decks, count, shuffle):
        yield f"{_GRADE_HERE} {as_line(prompt)}"
    yield ""
    yield "Said by sessions and in replies. a: as people speak. c: translated. d: twee, or cute twice. e: cold."
    yield ""
    lines = sorted(f"{line.id:25} {line.text}" for line in other_lines(content))
    for line in sorted(shuffle.sample(lines, min(len(lines), count // 2))):
        yield f"{_GRADE_HERE} {line}"
    yield ""
    yield "Near in meaning: do both ask for something of their own?"
    for deck in content.decks:
        for pair in near_pairs(deck.prompts, encode, WORTH_A_LOOK)[:_PAIRS]:
            yield ""
            yield f"{_GRADE_HERE} {pair.nearness:.2f} {as_line(pair.first)}"
            yield f"         {as_line(pair.second)}"
    yield ""
    yield "Perhaps about a topic that it is not tagged with: would somebody who leaves that out mind it?"
    yield ""
    prompts = [prompt for deck in content.decks for prompt in deck.prompts]
    for _, likeliest in groupby(untagged(prompts, topics, encode), key=lambda each: each.topic):
        for each in islice(likeliest, _OF_A_TOPIC):
            yield f"{_GRADE_HERE} {each.likely:.2f} {each.topic:10} {as_line(each.prompt)}"
