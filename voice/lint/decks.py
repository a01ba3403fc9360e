"""The rules for decks: size, depths, ids, openings, what comes too often; and all rules together."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from statistics import median

from voice.content import Deck
from voice.language.text import fill
from voice.lint.likeness import Encode, near_duplicates, same_meaning
from voice.lint.prompts import SOMEBODY, Finding, WritingRules, prompt_findings, unpronounced, words
from voice.lint.reading_level import HARDEST, HARDEST_DECK, reading_grade

PAIR_SHARE, FIRST_WORD_SHARE, LEAST_OPENINGS = 0.25, 0.6, 8  # of a deck; openings: different first words
LEAST_PROMPTS, DEPTH_SHARES, DEPTH_SLACK = 40, {1: 0.4, 2: 0.4, 3: 0.2}, 0.03


def check(
    decks: Sequence[Deck],
    rules: WritingRules,
    *,
    theirs: Collection[str] = (),
    pronounced: Callable[[str], bool] = lambda word: True,
    encode: Encode | None = None,
) -> list[Finding]:
    """Everything that is to be mended in these decks.

    theirs: names of the couple's own decks, which may be of any size and know whom they are for. pronounced: whether
    the voice knows how a word is said. encode: texts to vectors; without it what means the same is not looked for.
    """
    found = list[Finding]()
    for deck in decks:
        own = deck.name in theirs
        if not own:
            found += deck_findings(deck)
            found += seldom_findings(deck, rules)
            found += hard_prompts(deck)
        for prompt in deck.prompts:
            found += prompt_findings(prompt, rules, own=own, opt_in=deck.opt_in or deck.on_request)
            found += unpronounced(prompt, pronounced)
    found += near_duplicates([prompt for deck in decks for prompt in deck.prompts])
    ours = [prompt for deck in decks if deck.name not in theirs for prompt in deck.prompts]
    return found + (list(same_meaning(ours, encode)) if encode else [])


def deck_findings(deck: Deck) -> Iterator[Finding]:
    """The rules for the shape of a deck that it breaks: size, depths, ids, openings."""

    def finding(rule: str, fix: str) -> Finding:
        return Finding(deck.where, deck.name, rule, fix)

    count = len(deck.prompts)
    if count < LEAST_PROMPTS:
        yield finding(f"{count} prompts", f"Write {LEAST_PROMPTS} or more.")
    depths = Counter(prompt.depth for prompt in deck.prompts)
    for depth, share in DEPTH_SHARES.items():
        if abs(depths[depth] - share * count) > max(1, DEPTH_SLACK * count):
            yield finding(f"{depths[depth]} of {count} of depth {depth}", f"It should be about {share * count:.0f}.")
    numbers = [prompt.id.rsplit("-", 1)[-1] for prompt in deck.prompts]
    names = {re.sub("[-_ ]+", " ", prompt.id.rpartition("-")[0]) for prompt in deck.prompts}
    if names != {deck.name} or not all(map(str.isdecimal, numbers)) or numbers != sorted(set(numbers), key=int):
        yield finding("ids", f"Let them be {deck.name.replace(' ', '-')}-01, -02 and so on, ascending.")
    if not deck.practice:
        yield finding("no practice", "Name the practices that the deck serves, such as [3].")
    for crowded in crowded_openings([prompt.text for prompt in deck.prompts]):
        yield finding(f'too many open with "{crowded}"', "Open some of them in another way.")
    follow_ups = Counter(each for prompt in deck.prompts for each in prompt.follow_ups)
    for twice in (text for text, times in follow_ups.items() if times > 1):
        yield finding(f'twice the follow-up "{twice}"', "Ask on in another way.")
    firsts = {tuple(words(prompt.text)[:1]) for prompt in deck.prompts}
    if len(firsts) < LEAST_OPENINGS:
        yield finding(f"{len(firsts)} ways to open", f"Begin with at least {LEAST_OPENINGS} different words.")


def crowded_openings(texts: Sequence[str]) -> list[str]:
    """The opening pairs of words, and the first words, that come too often in a deck."""
    pairs = Counter(" ".join(words(text)[:2]) for text in texts)
    firsts = Counter(" ".join(words(text)[:1]) for text in texts)
    crowded = [pair for pair, times in pairs.items() if times > PAIR_SHARE * len(texts)]
    return crowded + [word for word, times in firsts.items() if times > FIRST_WORD_SHARE * len(texts)]


def seldom_findings(deck: Deck, rules: WritingRules) -> Iterator[Finding]:
    """What comes more often in a deck than it should."""
    for seldom in rules.seldom:
        times = sum(seldom.words.search(prompt.text.lower()) is not None for prompt in deck.prompts)
        if times > seldom.most * len(deck.prompts):
            rule = f"{seldom.name}: {times} of {len(deck.prompts)}"
            yield Finding(deck.where, deck.name, rule, f"At most {seldom.most:.0%}. {seldom.fix}")


def hard_prompts(deck: Deck) -> Iterator[Finding]:
    """The prompts that are hard to take in by ear, and a deck that is hard as a whole."""
    grades = [reading_grade(fill(prompt.text, SOMEBODY)) for prompt in deck.prompts]
    for prompt, grade in zip(deck.prompts, grades, strict=True):
        if grade > HARDEST:
            yield Finding(prompt.where, prompt.id, f"hard to take in: grade {grade:.1f}", "Take shorter words.")
    if median(grades) > HARDEST_DECK:
        rule = f"hard to take in: grade {median(grades):.1f} in the middle"
        yield Finding(deck.where, deck.name, rule, f"Let it be {HARDEST_DECK:g} or less.")
