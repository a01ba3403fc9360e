"""Which prompt comes next: its depth, when to ask for consent, and no repeats until a deck is used up."""

import random
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from voice.content import DEEPEST, LIGHTEST, Deck, Prompt
from voice.messages.records import Asked


class DeckRequest(StrEnum):
    """What a couple said that moves the depth."""

    NEXT = "next"
    SKIP = "skip"
    LIGHTER = "lighter"
    DEEPER = "deeper"


class Why(StrEnum):
    """Why a prompt was chosen. The values are the replies that tell."""

    TURN = "why_turn"
    """Its deck was not asked from for longest."""
    NAMED = "why_named"
    """They asked for its deck, or told of a mood that has it."""
    STAGE = "why_stage"
    """It is of the deck of their stage of life."""
    LIKED = "why_liked"
    """They have more favourites than skips there."""
    LIGHTER = "why_lighter"
    """They asked for something lighter, or skipped the one before."""
    AFTER_DEEP = "why_after_deep"
    """The one before was one of the deepest."""
    FAVOURITE = "why_favourite"
    """It is one of their favourites."""
    TONIGHT = "why_tonight"
    """It is the question of this evening."""


@dataclass(frozen=True, slots=True)
class Choice:
    """The prompt to ask now."""

    prompt: Prompt
    """The prompt."""
    round: int
    """What its Asked will say."""
    fresh_round: bool
    """Its deck was used up, so it starts anew with this prompt."""
    why: Why = Why.TURN
    """Why it is this one."""


@dataclass(frozen=True, slots=True)
class _Pile:
    """What is left of a deck. used: when it was last asked from (a place in the history, -1: never)."""

    deck: str
    left: tuple[Prompt, ...]
    round: int
    fresh: bool
    used: int


def _topics(decks: Sequence[Deck], last: Asked) -> frozenset[str]:
    """The topics of the prompt that was asked last."""
    return frozenset(tag for deck in decks for each in deck.prompts if each.id == last.prompt for tag in each.tags)


def _as_usual(deck: str, depth: int) -> float:
    return 1.0


def choose(
    decks: Sequence[Deck],
    asked: Sequence[Asked],
    *,
    named: Collection[str] = (),
    depth: int,
    after_deep: bool = False,
    lighter: bool = False,
    weight: Callable[[str, int], float] = _as_usual,
    shuffle: random.Random,
) -> Choice:
    """The next prompt for this history (oldest first) from decks that may be asked from, which must not be empty.

    named: the decks that were asked for, none for any. after_deep: the last prompt was of the deepest. lighter: they
    asked for something lighter. weight: name of a deck and a depth -> how many times as often as usual it comes.
    Between the last deepest prompts of a named deck comes a lighter one from another deck, when there is another.
    """
    piles = [_pile(each, asked) for each in decks]
    last = asked[-1] if asked else None
    topics = _topics(decks, last) if last else frozenset()

    def reluctance(pile: _Pile, prompt: Prompt) -> tuple[float, ...]:
        return (
            after_deep and prompt.depth == DEEPEST,  # never two of the deepest in a row
            bool(named) and pile.deck not in named,
            pile.fresh,  # a deck that is used up
            prompt.depth > depth,
            abs(prompt.depth - depth),
            lighter and bool(prompt.tags),
            last is not None and pile.deck == last.deck,
            not prompt.tags.isdisjoint(topics),
            (pile.used - len(asked)) * weight(pile.deck, prompt.depth),  # the deck least recently used
        )

    candidates = [(reluctance(pile, prompt), pile, prompt) for pile in piles for prompt in pile.left]
    least = min(rank for rank, _, _ in candidates)
    pile, prompt = shuffle.choice([(pile, prompt) for rank, pile, prompt in candidates if rank == least])
    liked = weight(pile.deck, prompt.depth) > 1
    why = _why(lighter=lighter, named=pile.deck in named, after_deep=after_deep, liked=liked)
    return Choice(prompt, pile.round, pile.fresh, why)


def _why(*, lighter: bool, named: bool, after_deep: bool, liked: bool) -> Why:
    """The reason that is told of those that hold."""
    reasons = {Why.LIGHTER: lighter, Why.NAMED: named, Why.AFTER_DEEP: after_deep, Why.LIKED: liked}
    return next((why for why, holds in reasons.items() if holds), Why.TURN)


def is_after_deep(decks: Sequence[Deck], asked: Sequence[Asked]) -> bool:
    """Whether the prompt that was asked last is one of the deepest. decks: all there are."""
    deepest = {each.id for deck in decks for each in deck.prompts if each.depth == DEEPEST}
    return bool(asked) and asked[-1].prompt in deepest


def remaining(deck: Deck, asked: Sequence[Asked]) -> int:
    """How many prompts of this deck have not been asked in its present round; 0 when it is used up."""
    return len(_unasked(deck, asked, present_round(deck.name, asked)))


def present_round(deck: str, asked: Sequence[Asked]) -> int:
    """How often the deck has been used up before."""
    return max((each.round for each in asked if each.deck == deck), default=0)


def settle(depth: int, wish: DeckRequest) -> int:
    """The depth to ask at after this wish.

    "Lighter" and a skip go one level down, "deeper" one up. There are three depths, so two skips in a row
    always end at the playful one. Ask `needs_consent` of the depth before going up to it.
    """
    step = {DeckRequest.NEXT: 0, DeckRequest.SKIP: -1, DeckRequest.LIGHTER: -1, DeckRequest.DEEPER: 1}[wish]
    return min(DEEPEST, max(LIGHTEST, depth + step))


def needs_consent(depth: int) -> bool:
    """Whether a prompt of this depth is asked only after a yes."""
    return depth >= DEEPEST


def _pile(deck: Deck, asked: Sequence[Asked]) -> _Pile:
    used = max((place for place, each in enumerate(asked) if each.deck == deck.name), default=-1)
    present = present_round(deck.name, asked)
    left = _unasked(deck, asked, present)
    if left:
        return _Pile(deck.name, left, present, fresh=False, used=used)
    # A new round does not begin with the prompt that ended the last one.
    again = tuple(each for each in deck.prompts if each.id != asked[used].prompt) if asked else ()
    return _Pile(deck.name, again or deck.prompts, present + 1, fresh=True, used=used)


def _unasked(deck: Deck, asked: Sequence[Asked], present: int) -> tuple[Prompt, ...]:
    gone = {each.prompt for each in asked if each.deck == deck.name and each.round == present}
    return tuple(each for each in deck.prompts if each.id not in gone)
