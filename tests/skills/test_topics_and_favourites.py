"""Topics left out, favourites, tonight's question, questions of their own, and wordings, by keyboard."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.evening import DINNER, Evening, mode
from tests.support.table import DECKS, At, Table, prompt, said
from voice.composition import House, open_house
from voice.config import Home
from voice.content import Prompt
from voice.messages.recognition import Mode
from voice.skills.questions.left_out import LeftOut


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


def test_what_a_later_follow_up_is_about_is_left_out_too() -> None:
    dogs = Prompt("a", "What is at the door?", "tiny", 1, follow_up="Who is it?", further=("Is it a dog?",))
    assert LeftOut(phrases=frozenset({"your dog"})).covers(dogs)
    assert not LeftOut(phrases=frozenset({"your cat"})).covers(dogs)


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
        "emergency",
        "help_emergency",
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
