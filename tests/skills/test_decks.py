"""Which prompt comes next: no repeats until a deck is used up, depth by consent, never two deep ones in a row."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from voice.content import Deck, Prompt
from voice.messages.records import Asked
from voice.skills.questions.deck_choice import (
    DEEPEST,
    DeckRequest,
    choose,
    is_after_deep,
    needs_consent,
    remaining,
    settle,
)

DEPTHS = [1] * 12 + [2] * 12 + [3] * 6


def deck(name: str, depths: list[int] = DEPTHS) -> Deck:
    prompts = (Prompt(f"{name}-{i:02}", f"{name} {i}", name, depth) for i, depth in enumerate(depths, 1))
    return Deck(name, f"the {name} deck", tuple(prompts))


DAY, DREAMS, MEMORIES = deck("day"), deck("dreams"), deck("memories")
ALL = [DAY, DREAMS, MEMORIES]


class Evening:
    """A couple who go on asking; the history is all that is left from one question to the next."""

    def __init__(self, decks: list[Deck], seed: int = 0) -> None:
        self.decks, self.shuffle = decks, random.Random(seed)
        self.asked: list[Asked] = []
        self.prompts: list[Prompt] = []

    def ask(self, name: str | None = None, depth: int = 1) -> Prompt:
        choice = choose(
            self.decks,
            self.asked,
            named=(name,) if name else (),
            depth=depth,
            after_deep=is_after_deep(self.decks, self.asked),
            shuffle=self.shuffle,
        )
        when = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(minutes=len(self.asked))
        self.asked.append(Asked(choice.prompt.id, choice.prompt.deck, when, choice.round))
        self.prompts.append(choice.prompt)
        self.choice = choice
        return choice.prompt


@pytest.mark.parametrize("depth", [1, 2, 3])
@pytest.mark.parametrize("seed", range(20))
def test_no_prompt_of_a_named_deck_comes_twice_until_it_is_used_up(depth: int, seed: int) -> None:
    evening = Evening([DAY], seed)
    for round_ in range(3):
        ids = {evening.ask("day", depth).id for _ in range(30)}
        assert len(ids) == 30
        assert remaining(DAY, evening.asked) == 0
        assert {each.round for each in evening.asked[-30:]} == {round_}


@pytest.mark.parametrize("seed", range(20))
def test_no_prompt_comes_twice_when_the_decks_are_mixed(seed: int) -> None:
    evening = Evening(ALL, seed)
    wishes = random.Random(seed)
    prompts = [evening.ask(wishes.choice([None, None, "day", "dreams"]), wishes.choice([1, 2, 3])) for _ in range(60)]
    for each in Counter(each.id for each in prompts if each.deck in ("dreams", "memories")).values():
        assert each == 1


def test_a_used_up_deck_says_so_once_and_does_not_begin_with_its_last_prompt() -> None:
    for seed in range(50):
        evening = Evening([deck("tiny", [1, 1, 2])], seed)
        for _ in range(3):
            evening.ask("tiny")
            assert not evening.choice.fresh_round
        last = evening.prompts[-1]
        assert evening.ask("tiny") != last
        assert (evening.choice.fresh_round, evening.choice.round) == (True, 1)
        evening.ask("tiny")
        assert (evening.choice.fresh_round, evening.choice.round) == (False, 1)


def test_a_deck_of_one_prompt_goes_on_with_it() -> None:
    evening = Evening([deck("single", [1])])
    assert evening.ask() == evening.ask()


def test_mixed_decks_take_turns() -> None:
    evening = Evening(ALL)
    decks = [evening.ask(None, 1).deck for _ in range(12)]
    assert all(len(set(decks[i : i + 3])) == 3 for i in range(10))


def test_a_mixed_question_comes_from_the_deck_used_longest_ago() -> None:
    evening = Evening(ALL)
    for name in ("dreams", "day", "memories"):
        evening.ask(name)
    assert evening.ask(None).deck == "dreams"


def test_mixed_decks_start_anew_only_when_all_are_used_up() -> None:
    evening = Evening([deck("a", [1, 1]), deck("b", [1] * 5)])
    assert len({evening.ask().id for _ in range(7)}) == 7
    assert not evening.choice.fresh_round
    evening.ask()
    assert evening.choice.fresh_round


@pytest.mark.parametrize("name", ["day", None])
def test_the_depth_asked_for_comes_first_then_the_nearest_lighter(name: str | None) -> None:
    evening = Evening([DAY])
    assert [evening.ask(name, 2).depth for _ in range(24)] == [2] * 12 + [1] * 12
    assert evening.ask(name, 2).depth == 3


def test_a_deck_asked_lightly_gets_deeper_only_when_nothing_else_is_left() -> None:
    evening = Evening([DAY])
    assert [evening.ask("day", 1).depth for _ in range(24)] == [1] * 12 + [2] * 12


@pytest.mark.parametrize("seed", range(30))
def test_two_of_the_deepest_never_follow_each_other(seed: int) -> None:
    evening = Evening(ALL, seed)
    wishes = random.Random(seed)
    for _ in range(200):
        evening.ask(wishes.choice([None, "day", "dreams", "memories"]), wishes.choice([1, 2, 3, 3, 3]))
    depths = [each.depth for each in evening.prompts]
    assert not any(first == second == DEEPEST for first, second in pairwise(depths))


def test_a_lighter_prompt_of_another_deck_parts_the_last_deep_ones_of_a_named_deck() -> None:
    evening = Evening([deck("deep", [3, 3]), deck("other", [1])])
    assert [evening.ask("deep", 3).deck for _ in range(3)] == ["deep", "other", "deep"]


def test_the_deck_that_is_named_is_the_deck_that_is_asked() -> None:
    evening = Evening(ALL)
    assert {evening.ask("dreams", 2).deck for _ in range(20)} == {"dreams"}


def test_prompts_that_left_or_joined_a_deck_do_no_harm() -> None:
    asked = [
        Asked("gone-01", "day", datetime(2026, 11, 23, tzinfo=UTC)),
        Asked("old-01", "old", datetime.now(UTC)),
    ]
    assert remaining(DAY, asked) == 30
    assert choose(ALL, asked, named=("day",), depth=1, shuffle=random.Random(1)).prompt.deck == "day"


def test_the_same_seed_asks_the_same_questions() -> None:
    def evening(seed: int) -> list[str]:
        couple = Evening(ALL, seed)
        return [couple.ask().id for _ in range(40)]

    assert evening(7) == evening(7)
    assert evening(7) != evening(8)


@pytest.mark.parametrize(
    ("depth", "wishes", "after"),
    [
        (1, [DeckRequest.NEXT], 1),
        (1, [DeckRequest.DEEPER], 2),
        (2, [DeckRequest.DEEPER], 3),
        (3, [DeckRequest.DEEPER], 3),
        (3, [DeckRequest.LIGHTER], 2),
        (1, [DeckRequest.LIGHTER], 1),
        (3, [DeckRequest.NEXT], 3),
        (3, [DeckRequest.SKIP], 2),
        (3, [DeckRequest.SKIP, DeckRequest.SKIP], 1),
        (2, [DeckRequest.SKIP], 1),
        (1, [DeckRequest.SKIP, DeckRequest.SKIP], 1),
    ],
)
def test_depth_moves_as_the_couple_wish(depth: int, wishes: list[DeckRequest], after: int) -> None:
    for wish in wishes:
        depth = settle(depth, wish)
    assert depth == after


def test_only_the_deepest_prompts_need_a_yes() -> None:
    assert [needs_consent(depth) for depth in (1, 2, 3)] == [False, False, True]
