"""New decks by their names, moods, who begins, follow-ups and the last question, by keyboard."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.english import english_content
from tests.support.evening import Evening, mode
from voice.config import Config
from voice.content import Deck, Prompt
from voice.files.strict_yaml import Mistakes
from voice.messages.recognition import Mode
from voice.packs.moods import read_moods
from voice.packs.prompts import PromptReader

CONTENT = english_content()
DECKS = {deck.name: deck for deck in CONTENT.decks}
BY_ID = {prompt.id: prompt for deck in CONTENT.decks for prompt in deck.prompts}
NEW = (
    *("relationship", "chores", "relatives", "evenings", "parenting", "disagreeing", "making up"),
    *("first impressions", "needs", "desire", "big facts", "this or that", "closing"),
    *("new couple", "far apart", "new parents", "empty nest"),
)


def last(evening: Evening) -> Prompt:
    """The prompt that was asked last."""
    return BY_ID[evening.loop.records.asked[-1].prompt]


def wordings(key: str, **words: str) -> set[str]:
    found = set(CONTENT.replies[key])
    for name, word in words.items():
        found = {wording.replace(f"{{{name}}}", word) for wording in found}
    return found


# ---- decks --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", NEW)
def test_a_new_deck_is_whole(name: str) -> None:
    deck = DECKS[name]
    assert len(deck.prompts) >= 40
    assert all(prompt.follow_up for prompt in deck.prompts if prompt.depth > 1)
    light = [prompt for prompt in deck.prompts if prompt.depth == 1]
    assert sum(bool(prompt.follow_up) for prompt in light) >= len(light) / 2
    assert sum("your partner" in prompt.text for prompt in deck.prompts) <= len(deck.prompts) / 8


@pytest.mark.parametrize("name", NEW)
def test_a_new_deck_is_picked_by_its_name(evening: Evening, name: str) -> None:
    evening.type(f"pick the {name} deck")
    if DECKS[name].opt_in:
        assert evening.said[-1] in wordings("opt_in_first", deck=name)
        evening.type("yes")
    assert last(evening).deck == name


@pytest.mark.parametrize(
    ("line", "name"),
    [
        ("ask us about chores", "chores"),
        ("ask us something about housework", "chores"),
        ("start the in-laws deck", "relatives"),
        ("ask us about our in-laws", "relatives"),
        ("something about our sex life", "desire"),
        ("ask us about sex", "desire"),
        ("ask us about dying", "big facts"),
        ("ask us a question about ageing parents", "big facts"),
        ("ask us about our relationship", "relationship"),
        ("ask us something about how we fight", "disagreeing"),
        ("ask us about the kids", "parenting"),
        ("ask us about long distance", "far apart"),
        ("a question about sleep", "evenings"),
        ("start the long distance deck", "far apart"),
    ],
)
def test_people_name_a_deck_by_what_it_is_about(evening: Evening, line: str, name: str) -> None:
    evening.type(line)
    if DECKS[name].opt_in:
        evening.type("yes")
    assert last(evening).deck == name


def test_stages_of_life_and_closing_questions_are_not_mixed_in(evening: Evening) -> None:
    evening.type("ask us a question", *["another one"] * 45)
    asked = {each.deck for each in evening.loop.records.asked}
    assert asked == {deck.name for deck in CONTENT.decks if not deck.opt_in and not deck.on_request}


# ---- moods --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("line", "intent"),
    [
        ("something for tired people", "mood_tired"),
        ("hearthside we just fought", "mood_after_fight"),
        ("give us something to laugh about", "mood_laugh"),
        ("hearthside we have ten minutes", "mood_ten_minutes"),
        ("something spicy please", "mood_spicy"),
        ("ask us something romantic", "mood_tender"),
    ],
)
def test_a_mood_chooses_decks_and_depth_and_asks_whether_it_is_enough(evening: Evening, line: str, intent: str) -> None:
    mood = next(mood for mood in CONTENT.moods if mood.intent == intent)
    before = len(evening.loop.records.asked)
    answers = evening.type(line)
    assert answers[0] in mood.opening
    if any(DECKS[name].opt_in for name in mood.decks):
        assert mode(evening) is Mode.YES_NO
        evening.type("yes")
    assert last(evening).depth == mood.depth
    evening.type(*["another one"] * (mood.questions - 1))
    asked = [BY_ID[each.prompt] for each in evening.loop.records.asked[before:]]
    assert len(asked) == mood.questions
    assert {prompt.deck for prompt in asked} <= set(mood.decks)
    assert all(prompt.depth <= mood.depth for prompt in asked)
    assert evening.type("another one")[-1] in wordings("one_more")
    evening.type("yes")
    assert len(evening.loop.records.asked) == before + mood.questions + 1
    assert evening.type("another one")[-1] not in wordings("one_more")


def test_no_from_one_of_them_ends_a_spicy_mood_before_it_begins(evening: Evening) -> None:
    evening.type("something spicy", "no")
    assert evening.said[-1] in wordings("let_go")
    assert evening.loop.records.asked == ()


def test_a_mood_can_end_with_its_last_question(evening: Evening) -> None:
    evening.type("something for tired people", "another one", "another one", "no")
    assert evening.said[-1] in wordings("questions_over")
    assert mode(evening) is Mode.IDLE


def test_a_skipped_question_does_not_count(evening: Evening) -> None:
    evening.type("something for tired people", "skip", "skip", "another one")
    assert evening.type("another one")[-1] in wordings("one_more")


def test_a_deck_picked_after_a_mood_is_not_counted(evening: Evening) -> None:
    evening.type("something for tired people", "pick the chores deck", "another one", "another one", "another one")
    assert last(evening).deck == "chores"
    assert mode(evening) is Mode.QUESTION


def test_a_mood_of_which_everything_is_left_out_says_so(evening: Evening) -> None:
    evening.type("no questions about sex", "leave out our bodies", "something spicy")
    assert evening.said[-1] in wordings("deck_left_out")


def test_mistakes_in_moods_are_told(tmp_path: Path) -> None:
    file = tmp_path / "moods.yaml"
    file.write_text("moods:\n  m: {opening: ['A {name}'], decks: [chors], depth: 4, questions: 0}\n", "utf-8")
    mistakes = Mistakes()
    read_moods(file, {"chores"}, PromptReader(mistakes), mistakes)
    told = " ".join(mistakes.lines())
    assert all(word in told for word in ("{name}", "chors", "from 1 to 3", "from 1 to 20"))
    assert read_moods(tmp_path / "none.yaml", (), PromptReader(mistakes), mistakes) == ()


# ---- who begins ---------------------------------------------------------------------------------------


def test_partners_begin_in_turn_and_by_name(evening: Evening) -> None:
    firsts = [evening.type(line)[-2] for line in ("ask us a question", "another one", "another one", "another one")]
    begins = [said in wordings("you_first", name="Alex") for said in firsts]
    assert begins in ([True, False] * 2, [False, True] * 2)
    names = ["Alex" if alex else "Sam" for alex in begins]
    assert all(said in wordings("you_first", name=name) for said, name in zip(firsts, names, strict=True))


def test_who_skips_still_begins_and_is_not_called_again(evening: Evening) -> None:
    evening.type("ask us a question")
    first = evening.loop.state.questions.first
    assert len(evening.type("skip")) == 1
    assert len(evening.type("skip")) == 1
    assert evening.loop.state.questions.first == first
    evening.type("that's enough", "ask us a question")
    assert evening.loop.state.questions.first != first


def test_it_tells_who_goes_first(evening: Evening) -> None:
    evening.type("ask us a question")
    first = evening.loop.state.questions.first
    assert evening.type("who goes first")[-1] in wordings("begins", name=first)


def test_without_names_nobody_is_called(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=Config())
    assert len(evening.type("ask us a question")) == 1
    assert evening.type("who goes first")[-1] in wordings("either_begins")
    evening.close()


def test_the_other_one_is_named_in_questions_and_follow_ups(evening: Evening) -> None:
    for _ in range(16):
        evening.type("pick the relationship deck" if not evening.loop.records.asked else "another one")
        first = evening.loop.state.questions.first
        other = "Sam" if first == "Alex" else "Alex"
        assert evening.said[-1] == last(evening).text.replace("{other}", other)
        if last(evening).follow_up:
            assert evening.type("tell us more")[-1] == last(evening).follow_up.replace("{other}", other)
    assert not any("{" in said or "your partner" in said for said in evening.said)


# ---- follow-ups and the last question -----------------------------------------------------------------


def test_another_follow_up_comes_where_there_is_one(evening: Evening) -> None:
    prompt = next(prompt for prompt in DECKS["relationship"].prompts if len(prompt.follow_ups) == 2)
    evening.type("ask us a question")
    state = evening.loop.state
    evening.loop.state = replace(state, questions=replace(state.questions, prompt=prompt, dug=0))
    assert evening.type("tell us more")[-1] == prompt.follow_ups[0]
    assert evening.type("another follow-up")[-1] == prompt.follow_ups[1]
    assert evening.type("another follow-up")[-1] in wordings("no_more_follow_ups")


def test_one_last_question_closes_an_evening(evening: Evening) -> None:
    evening.type("pick the chores deck", "one last question")
    assert last(evening).deck == "closing"
    assert last(evening).depth < 3
    assert evening.type("another one")
    assert last(evening).deck == "chores"


def test_a_last_question_comes_out_of_the_blue_too(evening: Evening) -> None:
    evening.type("a closing question please")
    assert last(evening).deck == "closing"


def test_a_deck_without_follow_ups_has_none() -> None:
    assert Prompt("x-1", "What now?", "x", 1).follow_ups == ()
    assert Deck("x", "x", ()).on_request is False
