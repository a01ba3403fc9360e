"""What favourites and skips, and a stage of life, change about which question comes next."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from voice.content import Deck, Prompt
from voice.messages.records import Asked, Records
from voice.skills.questions.available import FAVOURITES, SKIPPED, STAGE
from voice.skills.questions.deck_choice import Choice, Why, choose
from voice.skills.questions.taste import Taste, taste_of

TOPICS = {0: frozenset({"loss"}), 1: frozenset({"money"})}


def deck(name: str) -> Deck:
    prompts = (
        Prompt(f"{name}-{i:02}", f"{name} {i}", name, 1 + i % 3, TOPICS.get(i % 4, frozenset())) for i in range(60)
    )
    return Deck(name, f"the {name} deck", tuple(prompts))


DECKS = tuple(deck(name) for name in ("day", "dreams", "food", "memories", "music", "people", "play", "stars"))


def records(favourites: str = "", skipped: str = "", stage: str = "") -> Records:
    ids = {FAVOURITES: favourites, SKIPPED: skipped}
    return Records(settings={STAGE: stage} | {key: "\n".join(value.split()) for key, value in ids.items()})


def questions(taste: Taste, count: int, *, depth: int = 1, seed: int = 1, **wishes: bool) -> list[Choice]:
    """So many questions in a row."""
    shuffle, asked, choices = random.Random(seed), list[Asked](), list[Choice]()
    for minute in range(count):
        choices.append(choose(DECKS, asked, depth=depth, weight=taste.weight, shuffle=shuffle, **wishes))
        at = datetime(2026, 11, 23, tzinfo=UTC) + timedelta(minutes=minute)
        asked.append(Asked(choices[-1].prompt.id, choices[-1].prompt.deck, at, choices[-1].round))
    return choices


def test_a_favourite_counts_most_at_its_own_depth() -> None:
    taste = taste_of(DECKS, records(favourites="food-00"))
    assert taste.weight("food", 1) > taste.weight("food", 2) == taste.weight("food", 3) > 1
    assert taste.weight("music", 1) == 1


def test_a_skip_takes_away_what_a_favourite_gives() -> None:
    assert taste_of(DECKS, records("food-00", "food-03")).weight("food", 1) == 1
    assert taste_of(DECKS, records(skipped="food-00")).weight("food", 1) < 1


def test_however_much_they_like_or_skip_the_weight_stays_bounded() -> None:
    all_food = " ".join(prompt.id for prompt in DECKS[2].prompts)
    assert taste_of(DECKS, records(favourites=all_food)).weight("food", 1) == 2
    assert taste_of(DECKS, records(skipped=all_food)).weight("food", 1) == 0.5


def test_a_prompt_that_left_its_deck_says_nothing() -> None:
    assert taste_of(DECKS, records("gone-01", "gone-02")).points == {}


@pytest.mark.parametrize("seed", range(10))
def test_what_is_liked_comes_more_often_and_what_is_skipped_does_not_disappear(seed: int) -> None:
    taste = taste_of(DECKS, records("food-00 food-03 food-06", "stars-00 stars-03 stars-06"))
    came = Counter(choice.prompt.deck for choice in questions(taste, 100, seed=seed))
    usual = came["music"]
    assert came["food"] >= 1.5 * usual
    assert 0.3 * usual <= came["stars"] <= 0.8 * usual
    assert set(came) == {deck.name for deck in DECKS}


def test_their_stage_of_life_comes_more_often() -> None:
    came = Counter(choice.prompt.deck for choice in questions(taste_of(DECKS, records(stage="people")), 100))
    assert came["people"] >= 1.5 * came["music"]


@pytest.mark.parametrize("favourites", ["", "food-00 food-03 food-06"])
def test_no_two_of_one_theme_follow_each_other(favourites: str) -> None:
    prompts = [choice.prompt for choice in questions(taste_of(DECKS, records(favourites)), 100)]
    assert all(one.deck != next_.deck for one, next_ in pairwise(prompts))
    assert all(one.tags.isdisjoint(next_.tags) for one, next_ in pairwise(prompts))


def test_what_is_to_be_lighter_touches_none_of_the_topics() -> None:
    assert not any(choice.prompt.tags for choice in questions(Taste(), 40, lighter=True))
    assert any(choice.prompt.tags for choice in questions(Taste(), 40))


def test_it_says_why() -> None:
    taste = taste_of(DECKS, records("food-00 food-03"))
    assert {choice.why for choice in questions(taste, 20) if choice.prompt.deck == "food"} == {Why.LIKED}
    assert {choice.why for choice in questions(taste, 20) if choice.prompt.deck != "food"} == {Why.TURN}
    assert {choice.why for choice in questions(taste, 20, after_deep=True)} == {Why.AFTER_DEEP}
    assert choose(DECKS, [], named=("day",), depth=1, shuffle=random.Random(1)).why is Why.NAMED
