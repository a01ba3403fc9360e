"""Evenings of questions by keyboard: which deck and which depth the next question is of."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.evening import DINNER, Evening, mode
from tests.support.table import DECKS, At, Table, prompt, replies, said
from voice.composition import House, open_house
from voice.config import Home
from voice.content import Prompt
from voice.messages.recognition import Mode

TINY = {"What is small?", "What is smaller?"}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Our packs and these decks, and everything that understands them."""
    directory = tmp_path_factory.mktemp("home")
    (directory / "prompts" / "decks").mkdir(parents=True)
    for name, text in DECKS.items():
        (directory / "prompts" / "decks" / f"{name}.yaml").write_text(text, encoding="utf-8")
    house = open_house(Home(directory))
    yield house
    house.close()


@pytest.fixture
def at_home(whole: House, tmp_path: Path) -> Iterator[At]:
    """Evenings of one couple, one after the other."""
    evenings = list[Table]()

    def another(*, now: datetime = DINNER, seed: int = 7) -> Table:
        if evenings:
            evenings[-1].close()
        evenings.append(Table(whole, tmp_path, now=now, seed=seed))
        return evenings[-1]

    yield another
    evenings[-1].close()


@pytest.fixture
def evening(at_home: At) -> Evening:
    return at_home()


# ---- decks --------------------------------------------------------------------------------------------


def test_a_used_up_deck_says_so_and_offers_another(evening: Evening) -> None:
    evening.type("pick the tiny deck", "another one")
    assert set(evening.said[-3:]) >= TINY
    evening.type("another one")
    assert mode(evening) is Mode.YES_NO
    mixed = [deck for deck in evening.house.content.decks if not deck.opt_in and not deck.on_request]
    titles = {deck.title for deck in mixed if deck.name != "tiny"}
    assert any(said(evening, "deck_used_up", deck=title) for title in titles)
    offered = next(title for title in titles if title in evening.said[-1])
    first = prompt(evening, evening.type("yes")[-1])
    deck = next(deck for deck in evening.house.content.decks if deck.name == first.deck)
    assert deck.title == offered
    assert prompt(evening, evening.type("another one")[-1]).deck == first.deck


def test_after_a_no_the_deck_starts_over_when_they_ask_again(evening: Evening) -> None:
    evening.type("pick the tiny deck", "another one")
    last = evening.said[-1]
    evening.type("another one", "no")
    assert said(evening, "deck_starts_over")
    assert evening.type("another one") == [*(TINY - {last})]
    assert evening.type("another one") == [last]
    evening.type("another one")
    assert mode(evening) is Mode.YES_NO


def test_an_opt_in_deck_is_asked_from_only_by_name_and_after_a_yes(evening: Evening) -> None:
    evening.type("pick the cellar deck")
    assert said(evening, "opt_in_first", deck="cellar")
    assert evening.type("no")[-1] in replies(evening, "let_go")
    assert prompt(evening, evening.type("ask us a question")[-1]).deck != "cellar"
    evening.type("start the cellar deck", "yes")
    assert prompt(evening, evening.said[-1]).deck == "cellar"
    evening.type("that's enough", "start the cellar deck")
    assert said(evening, "opt_in_first", deck="cellar")  # every time
    assert evening.wait(60)
    assert prompt_ids(evening) != {"cellar-1", "cellar-2"}


def prompt_ids(evening: Evening) -> set[str]:
    return {asked.prompt for asked in evening.loop.records.asked}


def test_an_opt_in_deck_is_never_mixed_in(at_home: At) -> None:
    decks = at_home().house.content.decks
    asked_before(at_home, [each for deck in decks if deck.name not in ("cellar", "tiny") for each in deck.prompts])
    evening = at_home()
    evening.type("ask us a question", "another one", "another one", "another one")
    named_only = {each.id for deck in decks if deck.opt_in or deck.on_request for each in deck.prompts}
    assert set(evening.said) >= TINY
    assert not {each.prompt for each in evening.loop.records.asked[-4:]} & named_only
    assert any(said(evening, "all_used_up", at=place) for place in range(-4, 0))


def asked_before(at_home: At, prompts: Iterable[Prompt]) -> None:
    """As if these had been asked on other evenings; one transaction, since each of its own takes milliseconds."""
    rows = [(each.id, each.deck, DINNER.isoformat(), 0) for each in prompts]
    with closing(sqlite3.connect(at_home().house.home.database)) as journal, journal:
        journal.executemany("INSERT INTO asked (prompt, deck, asked_at, round) VALUES (?, ?, ?, ?)", rows)


def test_decks_are_named_three_at_a_time_until_all_were_named(evening: Evening) -> None:
    titles = [deck.title for deck in evening.house.content.decks]
    answers = evening.type("what decks do you have")
    while not any(each in evening.said[-1] for each in ("the cellar deck", "the intimacy deck")):
        answers += evening.type("more decks")
        assert 3 * len(answers) < len(titles) + 3
    for title in titles:
        if not next(deck for deck in evening.house.content.decks if deck.title == title).opt_in:
            assert sum(title in answer for answer in answers) >= 1, title
    assert all(sum(title in answer for title in titles) <= 4 for answer in answers)  # "day" is in "the day deck" too


def test_love_maps_come_from_their_family(evening: Evening) -> None:
    family = {deck.name for deck in evening.house.content.decks if deck.family == "love maps"}
    evening.type("how well do we know each other", "another one", "another one")
    assert {prompt(evening, text).deck for text in evening.said[-3:]} <= family
    assert prompt(evening, evening.type("start the love maps deck")[-1]).deck in family


# ---- depth --------------------------------------------------------------------------------------------


def test_a_skip_goes_lighter_and_two_skips_are_playful(evening: Evening) -> None:
    evening.type("ask us a deep question", "yes")
    assert prompt(evening, evening.said[-1]).depth == 3
    assert prompt(evening, evening.type("skip")[-1]).depth == 2
    playful = prompt(evening, evening.type("skip")[-1])
    assert (playful.depth, playful.deck) == (1, "play")
    assert prompt(evening, evening.type("another one")[-1]).depth == 1


def test_nothing_gets_warmer_without_a_yes(at_home: At) -> None:
    day = next(deck for deck in at_home().house.content.decks if deck.name == "day")
    asked_before(at_home, [each for each in day.prompts if each.depth == 1])
    evening = at_home()
    evening.type("pick the day deck")
    assert said(evening, "warmer_first")
    evening.type("yes")
    assert prompt(evening, evening.said[-1]).depth == 2
    evening.type("that's enough", "pick the day deck", "no")
    assert mode(evening) is Mode.IDLE


def test_a_follow_up_is_read_where_there_is_one(evening: Evening) -> None:
    evening.type("pick the tiny deck")
    while evening.said[-1] != "What is small?":
        evening.type("another one")
    assert evening.type("tell us more") == ["And how small is that?"]
    assert evening.type("say that again") == ["And how small is that?"]
    evening.type("another one")
    if mode(evening) is Mode.YES_NO:
        evening.type("no", "another one")
    assert evening.type("dig a little")[-1] in replies(evening, "no_follow_up")
