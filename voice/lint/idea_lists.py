"""The rules of writing for lists of ideas, and the search for lines that break them."""

from collections.abc import Callable, Iterator, Sequence

from voice.content import Deck, Prompt
from voice.lint.likeness import near_duplicates
from voice.lint.prompts import (
    Finding,
    WritingRules,
    sentences,
    serves_practices,
    unfit_words,
    unpronounced,
    words,
)

LEAST_LINES = 20  # of a list
MOST_SENTENCES, MOST_WORDS = 2, 14  # of a line, and of each of its sentences


def check_ideas(
    ideas: Sequence[Deck],
    decks: Sequence[Deck],
    rules: WritingRules,
    *,
    pronounced: Callable[[str], bool] = lambda word: True,
) -> list[Finding]:
    """Everything that is to be mended in these lists. decks: a line is none of their prompts either.

    pronounced: whether the voice knows how a word is said.
    """
    found = list[Finding]()
    for one in ideas:
        if len(one.prompts) < LEAST_LINES:
            found.append(Finding(one.where, one.name, f"{len(one.prompts)} lines", f"Write {LEAST_LINES} or more."))
        if not serves_practices(one.practice):
            found.append(Finding(one.where, one.name, "no practice", "Name the practice that it serves, such as [45]."))
        for line in one.prompts:
            found += line_findings(line, rules)
            found += unpronounced(line, pronounced)
    prompts = [prompt for deck in decks for prompt in deck.prompts]
    lines = [line for one in ideas for line in one.prompts]
    return found + near_duplicates([*prompts, *lines], first=len(prompts))


def line_findings(line: Prompt, rules: WritingRules) -> Iterator[Finding]:
    """The rules that one line breaks."""

    def finding(rule: str, fix: str) -> Finding:
        return Finding(line.where, line.deck, rule, fix)

    said = sentences(line.text)
    if len(said) > MOST_SENTENCES:
        yield finding(f"{len(said)} sentences", f"Say it in {MOST_SENTENCES}.")
    for sentence in said:
        if len(words(sentence)) > MOST_WORDS:
            yield finding("too long", f"Say a sentence in {MOST_WORDS} words or fewer.")
    for rule, fix in unfit_words(line.text, rules):
        yield finding(rule, fix)
