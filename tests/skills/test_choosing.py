"""Evenings of questions by keyboard: decks, topics left out, favourites, tonight's question, questions of their own."""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import pytest

from tests.support.evening import DINNER, Evening, agree, mode
from voice.composition import House, open_house
from voice.config import Config, Home
from voice.content import Prompt
from voice.edges.clock import AudioClock
from voice.edges.journal import Journal
from voice.messages.recognition import Mode
from voice.speaking.mouth import SilentMouth

DECKS = {
    "tiny": """
name: tiny
title: "the tiny deck"
prompts:
  - {id: tiny-1, depth: 1, text: "What is small?", follow_up: "And how small is that?"}
  - {id: tiny-2, depth: 1, text: "What is smaller?"}
""",
    "cellar": """
name: cellar
title: "the cellar deck"
opt_in: true
prompts:
  - {id: cellar-1, depth: 1, text: "What lies in the cellar?"}
  - {id: cellar-2, depth: 1, text: "What lies behind it?", tags: [money]}
""",
    "purse": """
name: purse
title: "the purse deck"
prompts:
  - {id: purse-1, depth: 1, text: "What is in your purse?", tags: [money]}
  - {id: purse-2, depth: 3, text: "What is at the bottom of it?", tags: [money]}
""",
}
TINY = {"What is small?", "What is smaller?"}


class Table(Evening):
    """An evening with these decks beside ours. What does not change between evenings is built once."""

    def __init__(self, whole: House, directory: Path, *, now: datetime = DINNER, seed: int = 7) -> None:
        self.captions = []
        self.clock = AudioClock(now)
        home = Home(directory)
        agree(home, Config())
        self.house = replace(whole, home=home, journal=Journal(home.database))
        self.loop = self.house.loop(SilentMouth(), self.clock, self.captions.append, seed)
        self.loop.start()
        self.wait(1)


class At(Protocol):
    def __call__(self, *, now: datetime = DINNER, seed: int = 7) -> Table: ...


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


def replies(evening: Evening, key: str) -> tuple[str, ...]:
    return evening.house.content.replies[key]


def said(evening: Evening, key: str, *, at: int = -1, **words: str) -> bool:
    """Whether the last line said (or the one at that place) is one of the wordings of this reply."""
    wordings = replies(evening, key)
    for name, word in words.items():
        wordings = tuple(wording.replace(f"{{{name}}}", word) for wording in wordings)
    return evening.said[at] in wordings


def prompt(evening: Evening, text: str) -> Prompt:
    """The prompt of this text, as it is said to a couple whose names are not known."""
    prompts = (each for deck in evening.house.content.decks for each in deck.prompts)
    return next(each for each in prompts if each.text.replace("{other}", "your partner") == text)


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


# ---- topics -------------------------------------------------------------------------------------------


def test_a_topic_is_left_out_until_it_is_let_in_again(at_home: At) -> None:
    evening = at_home()
    evening.type("no questions about money")
    assert said(evening, "left_out", list="money")
    evening.type("pick the purse deck")
    assert said(evening, "deck_left_out")
    evening.type("leave out work")
    assert said(evening, "left_out", list="money and work")
    evening = at_home(now=DINNER + timedelta(days=1))
    evening.type("what do we leave out")
    assert said(evening, "left_out", list="money and work")
    evening.type("pick the cellar deck", "yes")
    assert evening.said[-1] == "What lies in the cellar?"
    evening.type("we can talk about money again", "work is fine again")
    assert said(evening, "nothing_left_out")
    assert evening.type("pick the purse deck")[-1] == "What is in your purse?"


def test_a_question_about_what_is_left_out_now_makes_room_for_another(evening: Evening) -> None:
    evening.type("pick the purse deck")
    evening.type("no questions about money")
    assert said(evening, "left_out", list="money", at=-2)
    assert "money" not in prompt(evening, evening.said[-1]).tags


def test_favourites_and_tonights_question_keep_to_it_too(evening: Evening) -> None:
    evening.type("pick the purse deck", "remember this one", "no questions about money")
    evening.type("ask us a favourite")
    assert said(evening, "no_favourites")


# ---- favourites ---------------------------------------------------------------------------------------


def test_favourites_are_kept_asked_and_forgotten(at_home: At) -> None:
    evening = at_home()
    evening.type("one of our favourites")
    assert said(evening, "no_favourites")
    evening.type("pick the tiny deck")
    first = evening.said[-1]
    evening.type("remember this one")
    assert said(evening, "favourite_kept")
    second = evening.type("another one")[-1]
    evening.type("save this question")
    evening = at_home(seed=3)
    assert evening.type("one of our favourites") == [first]  # the one not heard for longest
    assert evening.type("ask us a favourite") == [second]
    evening.type("forget this favourite")
    assert said(evening, "favourite_forgotten")
    assert [*evening.type("ask us a favourite"), *evening.type("ask us a favourite")] == [first, first]


def test_a_deep_favourite_needs_a_yes_and_never_follows_a_deep_question(evening: Evening) -> None:
    evening.type("pick the purse deck", "another one", "yes")
    assert evening.said[-1] == "What is at the bottom of it?"
    evening.type("remember this one", "that's enough", "ask us a favourite")
    assert said(evening, "favourite_later", at=-2)
    assert prompt(evening, evening.said[-1]).depth == 1
    evening.type("that's enough", "ask us a favourite")
    assert said(evening, "deeper_first")
    assert evening.type("yes") == ["What is at the bottom of it?"]


# ---- tonight ------------------------------------------------------------------------------------------


def test_tonights_question_stays_the_same_until_five_in_the_morning(at_home: At) -> None:
    heard = dict[int, str]()
    for seed, hours in enumerate((0, 2, 9, 10)):  # 19:30, 21:30, 4:30, 5:30
        evening = at_home(now=DINNER + timedelta(hours=hours), seed=seed)
        heard[hours] = evening.type("what's tonight's question")[-1]
        assert prompt(evening, heard[hours]).depth < 3
        evening.type("another one")
        assert evening.type("the question for tonight") == [heard[hours]]
    assert heard[0] == heard[2] == heard[9] != heard[10]


# ---- their own ----------------------------------------------------------------------------------------


def test_a_question_of_their_own_is_read_back_kept_and_asked(at_home: At) -> None:
    evening = at_home()
    evening.type("add our own question")
    assert mode(evening) is Mode.WORDS
    evening.type("which  tree would you climb")
    assert said(evening, "own_keep", text="Which tree would you climb?")
    evening.type("change it", "which roof would you climb")
    assert said(evening, "own_keep", text="Which roof would you climb?")
    evening.type("yes")
    assert said(evening, "own_kept")
    evening = at_home()
    assert evening.type("start our own deck")[-1] == "Which roof would you climb?"


def test_what_they_do_not_keep_or_delete_is_in_no_file(at_home: At, tmp_path: Path) -> None:
    evening = at_home()
    evening.type("add our own question", "which tower would you climb", "no")
    assert said(evening, "let_go")
    evening.type("add our own question", "which mountain would you climb", "yes", "delete our last question")
    assert said(evening, "own_forgotten")
    evening.type("say that again")
    assert "mountain" not in evening.said[-1]
    evening.type("delete our last question")
    assert said(evening, "own_none")
    evening.type("start our own deck")
    assert said(evening, "own_none")
    for word in (b"tower", b"mountain"):
        assert not any(word in file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())


def test_own_questions_survive_in_order_and_one_is_forgotten(at_home: At) -> None:
    evening = at_home()
    for line in ("what is green", "what is blue"):
        evening.type("add our own question", line, "yes")
    evening.type("delete our last question")
    assert [own.text for own in at_home().loop.records.own_prompts] == ["What is green?"]


# ---- replies ------------------------------------------------------------------------------------------


def test_every_reply_has_three_wordings_and_bedtime_is_shorter(evening: Evening) -> None:
    content = evening.house.content
    titles = {
        "own_deck",
        "not_okay",
        "self_harm",
        "unsafe",
        "help_unsafe",
        "hurt",
        "help_hurt",
        "professional_help",
        "betrayal",
    }  # a name; and fixed words
    few = {key for key, wordings in content.replies.items() if len(set(wordings)) < 3}
    assert few <= titles
    for key, softer in content.softer_replies.items():
        assert len(set(softer)) >= 3, key
        dinner = content.replies[key]
        assert sum(map(len, softer)) / len(softer) <= sum(map(len, dinner)) / len(dinner), key


def test_in_a_bedtime_session_it_says_less(evening: Evening) -> None:
    evening.type("start our check-in")
    evening.wait(25)
    evening.type("pause")
    assert evening.said[-1] in evening.house.content.softer_replies["paused"]


def test_no_wording_comes_twice_in_a_row(evening: Evening) -> None:
    lines = [evening.type("what do we leave out")[-1] for _ in range(12)]
    assert all(one != other for one, other in pairwise(lines))
