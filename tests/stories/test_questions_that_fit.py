"""Evenings in which the questions fit the two: why this one, what they skip and love, no deck about it, their stage."""

from collections import Counter

import pytest

from tests.support.evening import Evening, as_said, mode
from voice.content import Deck, Prompt
from voice.messages.recognition import Mode


def prompt(evening: Evening) -> Prompt:
    """The question that was read last."""
    prompts = {text: each for deck in decks(evening) for each in deck.prompts for text in as_said(each.text)}
    return next(prompts[line] for line in reversed(evening.said) if line in prompts)


def decks(evening: Evening) -> tuple[Deck, ...]:
    return evening.house.content.decks


def title(evening: Evening, name: str) -> str:
    return next(deck.title for deck in decks(evening) if deck.name == name)


def settings(evening: Evening) -> dict[str, str]:
    return dict(evening.loop.journal.records().settings)


def is_reply(evening: Evening, key: str, said: str, **words: str) -> bool:
    wordings = evening.house.content.replies[key]
    for name, word in words.items():
        wordings = tuple(wording.replace(f"{{{name}}}", word) for wording in wordings)
    return said in wordings


# ---- why this one --------------------------------------------------------------------------------------


def test_why_this_one_is_told_in_one_sentence_or_two(evening: Evening) -> None:
    evening.address("ask us a question")
    asked = prompt(evening)
    (why,) = evening.address("why this one?")
    assert is_reply(evening, "why_turn", why, deck=title(evening, asked.deck))
    assert evening.loop.listening.mode is Mode.QUESTION


def test_why_tells_the_truth_of_each_way_to_a_question(evening: Evening) -> None:
    evening.address("start the dreams deck")
    assert is_reply(evening, "why_named", *evening.address("why this one"), deck=title(evening, "dreams"))
    evening.address("something lighter")
    assert is_reply(evening, "why_lighter", *evening.address("why did you ask us that"))
    evening.address("remember this one")
    evening.address("one of our favourites")
    assert is_reply(evening, "why_favourite", *evening.address("why that question"))
    evening.address("what's tonight's question")
    assert is_reply(evening, "why_tonight", *evening.address("why this one"))


# ---- what they skip and love ---------------------------------------------------------------------------


def test_a_skip_is_remembered_and_can_be_forgotten(evening: Evening) -> None:
    evening.address("ask us a question")
    skipped = prompt(evening)
    evening.address("skip")
    assert settings(evening)["skipped"] == skipped.id
    assert any("skipped" in line for line in evening.address("what do you know about us"))
    (answer,) = evening.address("forget what we skipped")
    assert is_reply(evening, "skips_forgotten", answer)
    assert settings(evening)["skipped"] == ""
    assert is_reply(evening, "no_skips", *evening.address("forget our skips"))


def test_everything_deleted_takes_the_skips_with_it(evening: Evening) -> None:
    evening.type("ask us a question", "skip", "delete everything", "yes")
    assert "skipped" not in settings(evening)


def test_what_guests_skip_says_nothing_about_the_two(evening: Evening) -> None:
    evening.type("we have guests", "ask us a question", "skip")
    assert "skipped" not in settings(evening)


# ---- lighter -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("deep", ["ask us a warm question", "start the memories deck", "start the inner world deck"])
def test_lighter_is_lighter_than_the_one_before(evening: Evening, deep: str) -> None:
    evening.type(deep, "go deeper", "yes")
    for _ in range(3):
        before = prompt(evening)
        evening.type("something lighter")
        after = prompt(evening)
        assert after.depth < before.depth or after.depth == before.depth == 1
        assert not after.tags


def test_mixed_questions_change_their_theme(evening: Evening) -> None:
    evening.type("ask us a question")
    for _ in range(20):
        before = prompt(evening)
        evening.type("another one")
        after = prompt(evening)
        assert after.deck != before.deck
        assert after.tags.isdisjoint(before.tags)


# ---- no deck about it ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "line",
    ["ask us about cats", "ask us something about football", "ask us a question about gardening", "pick the cats deck"],
)
def test_a_topic_far_from_every_deck_gets_two_neighbours_and_no_question(evening: Evening, line: str) -> None:
    (answer,) = evening.address(line)
    assert sum(deck.title in answer for deck in decks(evening)) == 2
    assert evening.loop.listening.mode is Mode.IDLE
    open_to_all = [deck for deck in decks(evening) if not deck.opt_in and not deck.on_request]
    assert sum(deck.title in answer for deck in open_to_all) == 2


@pytest.mark.parametrize(
    ("line", "deck"),
    [
        ("ask us about work", "daily life"),
        ("ask us about our colleagues", "people"),
        ("ask us about your brother and sister", "relatives"),
        ("ask us something about our holiday plans", "adventure"),
        ("pick the dreems deck", "dreams"),
    ],
)
def test_a_topic_near_a_deck_is_asked_from_it(evening: Evening, line: str, deck: str) -> None:
    evening.address(line)
    assert prompt(evening).deck == deck


def test_asking_about_a_topic_leaves_nothing_out(evening: Evening) -> None:
    evening.address("ask us about our colleagues at work")
    assert not settings(evening).get("left out")


def test_anything_is_no_topic(evening: Evening) -> None:
    evening.address("ask us about anything")
    assert evening.loop.listening.mode is Mode.QUESTION


# ---- their stage of life -------------------------------------------------------------------------------


def test_a_stage_is_stored_and_its_deck_is_mixed_in(evening: Evening) -> None:
    (answer,) = evening.address("hearthside we live far apart")
    assert is_reply(evening, "stage_set", answer, deck=title(evening, "far apart"))
    came = Counter[str]()
    evening.address("ask us a question")
    for _ in range(60):
        came[prompt(evening).deck] += 1
        evening.address("another one")
    assert came["far apart"] >= 3
    assert came["far apart"] > came["music"] > 0
    evening.address("we're not far apart any more")
    assert settings(evening)["stage"] == ""
    for _ in range(30):
        evening.address("another one")
        assert prompt(evening).deck != "far apart"


def test_a_stage_with_a_deck_to_opt_in_to_needs_both(evening: Evening) -> None:
    (answer,) = evening.address("hearthside we're new parents")
    assert is_reply(evening, "stage_first", answer, deck="new parents")
    evening.type("no")
    assert "stage" not in settings(evening)
    evening.address("hearthside we're new parents")
    evening.type("yes")
    assert settings(evening)["stage"] == "new parents"
    assert is_reply(
        evening, "stage_now", *evening.address("what stage of life are we in"), deck=title(evening, "new parents")
    )


@pytest.mark.parametrize(
    ("line", "stage"),
    [
        ("we're in a long distance relationship", "far apart"),
        ("we just got together a few weeks ago so ask us what fits", "new couple"),
    ],
)
def test_a_stage_in_their_own_words(evening: Evening, line: str, stage: str) -> None:
    evening.address(line)
    assert settings(evening).get("stage") == stage


def test_talk_about_new_parents_sets_nothing(evening: Evening) -> None:
    evening.type("they're new parents", "we were far apart for years", "we're new parents and so tired")
    assert mode(evening) is Mode.IDLE
    assert "stage" not in settings(evening)
