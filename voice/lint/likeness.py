"""Texts that are too much like each other: prompts by their words and by their meaning, wordings by their words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein
from rapidfuzz.fuzz import token_set_ratio

from voice.content import Prompt
from voice.language.text import fill
from voice.lint.prompts import SOMEBODY, Finding, words

SAME_WORDS = 88  # rapidfuzz token_set_ratio
SHARED = 0.5
"""Of the words of the shorter text: what shares fewer cannot be as near."""
SAME_MEANING = 0.87
"""Cosine of two vectors above which two prompts ask the same.

Of the 9 pairs above it in 1,814 prompts 7 ask the same thing; of the 6 from 0.86 to 0.87 four; of 20 from 0.83 to 0.86
about five ("When did you feel loved today?", "When did you feel most alone?").
"""
WORTH_A_LOOK = 0.75
"""Cosine from which a reader is shown the nearest pairs of a deck."""
LEAST_IN_WORDING = 4  # words: of shorter wordings one word is often all that can differ

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two prompts that are near in meaning."""

    nearness: float
    """The cosine of their vectors."""
    first: Prompt
    """The earlier one in the decks."""
    second: Prompt
    """The later one in the decks."""


def near_duplicates(prompts: Sequence[Prompt], first: int = 0) -> list[Finding]:
    """Prompts, from the `first` on, that have nearly the words of an earlier one, in whatever deck."""
    texts = [words(prompt.text) for prompt in prompts]
    found = list[Finding]()
    for number, other in _sharing_words(texts):
        if number >= first and token_set_ratio(" ".join(texts[number]), " ".join(texts[other])) > SAME_WORDS:
            prompt, rule = prompts[number], f"nearly {prompts[other].id}"
            found.append(Finding(prompt.where, prompt.id, rule, f'It says: "{prompts[other].text}"'))
    return found


def _sharing_words(texts: Sequence[Sequence[str]]) -> list[tuple[int, int]]:
    """The places of pairs, the later first, in which the shorter text shares half of its words."""
    column = {word: number for number, word in enumerate(dict.fromkeys(word for text in texts for word in text))}
    has = np.zeros((len(texts), len(column)), np.float32)
    for number, text in enumerate(texts):
        has[number, [column[word] for word in text]] = 1
    many = has.sum(axis=1)
    near = np.tril(has @ has.T >= SHARED * np.minimum(many[:, None], many), -1)
    return [(int(number), int(other)) for number, other in np.argwhere(near)]


def near_pairs(prompts: Sequence[Prompt], encode: Encode, least: float = SAME_MEANING) -> list[Pair]:
    """The pairs that are nearer in meaning than `least`, the nearest first."""
    vectors = encode([fill(prompt.text, SOMEBODY) for prompt in prompts])
    likeness = np.triu(vectors @ vectors.T, 1)
    places = np.argwhere(likeness > least)
    pairs = [Pair(float(likeness[one, two]), prompts[one], prompts[two]) for one, two in places]
    return sorted(pairs, key=lambda pair: -pair.nearness)


def same_meaning(prompts: Sequence[Prompt], encode: Encode) -> Iterator[Finding]:
    """The later prompt of each pair that asks the same in other words."""
    for pair in near_pairs(prompts, encode):
        rule = f"means the same as {pair.first.id} ({pair.nearness:.2f})"
        yield Finding(pair.second.where, pair.second.id, rule, f'It says: "{pair.first.text}"')


def one_word_apart(wordings: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Pairs of wordings of one thing that differ in a single word."""
    for number, wording in enumerate(wordings):
        for earlier in wordings[:number]:
            here, there = words(wording), words(earlier)
            if min(len(here), len(there)) >= LEAST_IN_WORDING and Levenshtein.distance(here, there) <= 1:
                yield earlier, wording
