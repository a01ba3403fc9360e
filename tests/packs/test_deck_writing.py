"""What makes a deck good to hear: each rule of writing, our own decks by these rules, and a reading aloud."""

from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.english import english_content
from voice.commands.check import written_findings
from voice.commands.check_aloud import read_aloud
from voice.config import Home
from voice.content import Deck, Prompt
from voice.errors import PackError
from voice.lint.prompts import (
    READ_BACK,
    ReadBack,
    check,
    crowded_openings,
    deck_findings,
    near_duplicates,
    prompt_findings,
    reading_findings,
)
from voice.packs import pack_root
from voice.packs.writing import load_writing

CONTENT = english_content()
DECKS = CONTENT.decks
RULES = load_writing(pack_root() / "prompts" / "en")
EVERY = 10  # of the prompts of each deck, every tenth is read aloud here; `hearthside check --aloud` reads them all
READ_BACK_OF_A_FEW = 0.8  # of a deck's tenth: one word more or less is two percent


def prompt(text: str, depth: int = 1, tags: frozenset[str] = frozenset()) -> Prompt:
    return Prompt(text, text, "x", depth, tags, practice=(1,))


def faults(one: Prompt, *, own: bool = False, opt_in: bool = False) -> list[str]:
    return [finding.rule for finding in prompt_findings(one, RULES, own=own, opt_in=opt_in)]


# ---- the rules themselves -------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("What " + "very " * 15 + "long?", "too long"),
        ("Which dream did you have at 7?", "not plain to say"),
        ("What do you hope for (honestly)?", "not plain to say"),
        ("What do you hope for", "not plain to say"),
        ("Did you laugh today?", "yes or no"),
        ("Think of today. Would you have it again?", "yes or no"),
        ("When did you feel that you never listen?", 'blame: "you never"'),
        ("Who is better at saying sorry?", 'scoring: "who is better"'),
        ("What did your husband say?", 'gender: "husband"'),
        ("Which boundary do you need?", 'jargon: "boundary"'),
        ("How does a hug change your hormones?", 'medicine: "hormones"'),
        ("What did the kids do today?", 'children: "the kids"'),
        ("Who do you pray for?", 'faith: "pray"'),
        ("Which wine would you choose?", 'alcohol: "wine"'),
        ("What would you do with a million?", 'money: "million"'),
        ("What did your mother teach you?", 'parents: "mother"'),
        ("What does your mum cook?", 'words for parents: "mum"'),
        ("What do you remember of your wedding?", 'marriage: "wedding"'),
        ("What have you both read?", 'one spelling, two sounds: "have you both read"'),
        ("When are you most content?", 'one spelling, two sounds: "content"'),
    ],
)
def test_each_rule_finds_what_it_is_for(text: str, fault: str) -> None:
    assert faults(prompt(text)) == [fault]


def test_deep_prompts_may_be_longer_and_no_topic_is_unknown() -> None:
    assert faults(prompt("What " + "very " * 15 + "long?", depth=3)) == []
    assert faults(prompt("What now?", tags=frozenset({"football"}))) == ['unknown topic "football"']
    assert faults(replace(prompt("What now?"), practice=())) == ["no practice"]


def test_what_is_meant_as_yes_or_no_is_tagged_so_and_some_words_may_stand() -> None:
    assert faults(prompt("Would you swim there?", tags=frozenset({"yes or no"}))) == []
    assert faults(prompt("What have you never tried?")) == []


@pytest.mark.parametrize(
    "text",
    [
        "What happened when you came home?",
        "When do you feel close to each other?",
        "Where would you love to live one day?",
        "Which side of your bed is yours?",
        "What would you like to drink on a perfect evening?",
        "What do you see when you close your eyes for a minute?",
        "What is the best present you ever got?",
        "Tell each other one thing you never get tired of.",
    ],
)
def test_words_of_every_day_may_be_said(text: str) -> None:
    assert faults(prompt(text)) == []


def test_a_tag_that_a_couple_can_leave_out_allows_its_words() -> None:
    assert faults(prompt("What did your mother or father teach you?", tags=frozenset({"childhood"}))) == []
    assert faults(prompt("What would you do with your savings?", tags=frozenset({"money"}))) == []
    kids = prompt("What made the kids laugh today?")
    assert (faults(kids), faults(kids, opt_in=True)) == (['children: "the kids"'], [])


def test_a_follow_up_is_one_sentence_by_the_same_rules() -> None:
    assert faults(replace(prompt("What now?"), follow_up="Did it rain?")) == ["yes or no"]
    assert faults(replace(prompt("What now?"), follow_up="Tell it all. Who was there?")) == ["long follow-up"]


def test_who_agreed_to_it_may_hear_of_money_and_a_couple_knows_itself() -> None:
    rent = prompt("What does rent mean to you?")
    assert (faults(rent), faults(rent, opt_in=True)) == (['money: "rent"'], [])
    kids = Deck("kids", "kids", (prompt("What did the kids do today?"),))
    assert 'children: "the kids"' in [finding.rule for finding in check([kids], RULES)]
    assert 'children: "the kids"' not in [finding.rule for finding in check([replace(kids, on_request=True)], RULES)]
    wedding = prompt("Which song of our wedding do you hum?", tags=frozenset({"music"}))
    assert faults(wedding, own=True) == []
    assert faults(prompt("Why do you always sing?"), own=True) != []


def test_crowded_openings_and_near_duplicates_are_found() -> None:
    same = [prompt("What did you eat today?"), prompt("What did you eat today, then?"), prompt("How is it?")]
    assert crowded_openings([each.text for each in same]) == ["what did", "how is", "what"]
    assert [(each.about, each.rule) for each in near_duplicates(same)] == [(same[1].id, f"nearly {same[0].id}")]


WHYS = ((1, "a river"), (3, "this old song"), (2, "snow"))


def test_the_shape_of_a_deck() -> None:
    few = Deck("so few", "few", tuple(replace(prompt(f"Why {what} 7?"), id=f"so-few-{n}") for n, what in WHYS))
    rules = [finding.rule for finding in deck_findings(few)]
    assert rules[:4] == ["3 prompts", "3 of 3 of depth 1", "0 of 3 of depth 2", "ids"]
    assert rules[-1] == "1 ways to open"
    assert [finding.rule for finding in check([few], RULES, theirs={"so few"})] == ["not plain to say"] * 3


def test_a_word_that_the_voice_must_guess() -> None:
    deck = Deck("ours", "ours", (prompt("Who said frumious?"),))
    found = check([deck], RULES, theirs={"ours"}, pronounced=lambda word: word != "frumious")
    assert [finding.rule for finding in found] == ['the voice has to guess "frumious"']


def test_what_is_read_aloud_is_short_and_clear() -> None:
    deck = Deck("x", "x", (prompt("What did you eat?"), prompt("Where is it?")), where="x.yaml:1:7")
    heard = [ReadBack(each, 1.0, each.text.upper()) for each in deck.prompts]
    assert reading_findings([deck], heard) == []
    slow = [replace(each, seconds=8.1) for each in heard]
    rules = ["takes 8.1 s to say", "takes 8.1 s to say", "half of it takes more than 8.1 s a prompt"]
    assert [finding.rule for finding in reading_findings([deck], slow)] == rules
    misheard = [replace(heard[0], heard="What did you, eh?"), heard[1]]
    assert [finding.rule for finding in reading_findings([deck], misheard)] == ["86% of its words are heard right"]


def test_mistakes_in_the_rules_are_told_with_their_places(tmp_path: Path) -> None:
    (tmp_path / "writing.yaml").write_text(
        "topics: [work]\nyes_no: (is|are\nnever:\n  blame: {words: [x], fix: y, but: '[a', no: x}\n", "utf-8"
    )
    with pytest.raises(PackError) as caught:
        load_writing(tmp_path)
    places = [line.removeprefix(f"{tmp_path}/writing.yaml:").split(": ")[0] for line in caught.value.mistakes]
    assert places == ["2:9", "4:37", "4:42"]


# ---- our decks ------------------------------------------------------------------------------------


def test_our_decks_and_ideas_have_nothing_to_mend(tmp_path: Path) -> None:
    found = written_findings(CONTENT, "en", Home(tmp_path))
    assert [f"{finding.where}: {finding.rule}" for finding in found] == []


def test_our_decks_are_short_and_clear_when_our_voice_reads_them() -> None:
    few = [deck.prompts[number % EVERY :: EVERY] for number, deck in enumerate(DECKS)]
    readings = list(read_aloud([each for prompts in few for each in prompts], "natural", "en"))
    assert reading_findings(DECKS, readings, READ_BACK_OF_A_FEW) == []
    spoken = sum(len(reading.prompt.text.split()) for reading in readings)
    assert sum(reading.lost for reading in readings) <= (1 - READ_BACK) * spoken
