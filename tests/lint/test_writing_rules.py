"""The rules of writing: each finds what it is for, in prompts, in replies and in whole decks."""

from dataclasses import replace
from itertools import islice

import numpy as np
import pytest

from tests.support.english import english_content
from voice.content import Deck, Prompt
from voice.encoder import SentenceEncoder
from voice.lint.decks import check, crowded_openings, deck_findings, hard_prompts, seldom_findings
from voice.lint.likeness import SAME_MEANING, near_duplicates, near_pairs, one_word_apart, same_meaning
from voice.lint.prompts import ReadBack, prompt_findings, reading_findings, worst_heard
from voice.lint.reading_level import reading_grade, syllables
from voice.lint.scripts import line_faults, reply_findings
from voice.lint.topics import untagged, whole
from voice.packs import pack_root
from voice.packs.writing import load_writing

DECKS = english_content().decks
RULES = load_writing(pack_root() / "prompts" / "en")
ENCODER = SentenceEncoder.open()


def prompt(text: str, depth: int = 1, tags: frozenset[str] = frozenset()) -> Prompt:
    return Prompt(text, text, "x", depth, tags, practice=(1,))


def faults(one: Prompt, *, own: bool = False, opt_in: bool = False) -> list[str]:
    return [finding.rule for finding in prompt_findings(one, RULES, own=own, opt_in=opt_in)]


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


STIFF = {
    "Shall it stay?": 'shall: "shall"',
    "What did you learn, and from whom?": 'archaic: "whom"',
    "Gladly.": 'archaic: "gladly"',
    "What did that look like, or how could one see it?": 'one does: "how could one"',
    "At which point do you get stubborn?": 'of which: "at which"',
    "With what would you start?": 'which little word first: "with what"',
    "How did you know, and what told you so?": 'told you so: "told you so"',
    "Tell about a day off.": 'tell to nobody: "tell about"',
    "Longer, then.": 'clipped: "longer, then."',
    "Paused, the tea timer.": 'clipped: "paused, the"',
    "Into the jar goes something nice.": 'turned round: "into the jar goes"',
    "It stays.": 'saved as staying: "it stays."',
    "There's none yet.": "there's none: \"there's none\"",
    "Is that how you want to do it so?": 'do it so: "do it so"',
    "Just let it all arrive.": 'let it arrive: "let it all arrive"',
    "I cannot find it.": 'not drawn together: "cannot"',
    "What is the matter?": 'not drawn together: "what is the"',
    "What did you do on your last vacation?": 'one side of the ocean: "vacation"',
}
SPOKEN = [
    "Should I save it?",
    "Which one would you keep?",
    "What could one free night do for you?",
    "Tell each other about a day off.",
    "What is the other one like when they're tired?",
    "How is it, and what is it like?",
    "Say it like that. Is that what it is?",
    "And what then?",
    "Did you stumble upon anything?",
    "Okay, ten minutes to go.",
    "For how long?",
    "For what time?",
    "For which of you?",
    "That's fine. Another time, then.",
    "Yes, I am.",
    "What would you gladly do again?",
]


@pytest.mark.parametrize(("line", "fault"), STIFF.items())
def test_what_sounds_stiff_is_found_in_prompts_and_replies_alike(line: str, fault: str) -> None:
    assert [rule for rule, _ in line_faults(line, 40, RULES)] == [fault]
    anyhow = prompt(line, tags=frozenset({"yes or no"}))
    assert (faults(anyhow), faults(anyhow, own=True)) == ([fault], [])


@pytest.mark.parametrize("line", SPOKEN)
def test_what_people_say_is_not_stiff(line: str) -> None:
    assert list(line_faults(line, 40, RULES)) == []


def test_a_stiff_line_is_told_why_and_what_to_say() -> None:
    (fix,) = (fix for _, fix in line_faults("What shall we do?", 40, RULES))
    assert fix == "At a table it sounds like a butler. Say: should I, do you want me to, would you like."


def test_deep_prompts_may_be_longer_and_no_topic_is_unknown() -> None:
    assert "too long" not in faults(prompt("What " + "very " * 15 + "long?", depth=3))
    assert faults(prompt("What now?", tags=frozenset({"football"}))) == ['unknown topic "football"']
    assert faults(replace(prompt("What now?"), practice=())) == ["no practice"]


def test_who_is_asked_something_warm_or_deep_can_be_asked_on() -> None:
    for depth, missing in ((1, []), (2, ["no follow-up"]), (3, ["no follow-up"])):
        assert faults(replace(prompt("What now?"), depth=depth)) == missing
    assert faults(replace(prompt("What now?"), depth=2), own=True) == []


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
        "What's the best present you ever got?",
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


def test_what_comes_too_often_in_a_deck_is_counted() -> None:
    supposed = ["Suppose it rained. What would you do?", "If it rained, what would you do?", "Imagine that. And now?"]
    plain = [prompt(f"What is number {number}?") for number in range(20)]
    deck = Deck("x", "x", (*map(prompt, supposed), prompt("What does your partner say?"), *plain))
    assert [finding.rule for finding in seldom_findings(deck, RULES)] == ["suppose: 3 of 24"]
    assert list(seldom_findings(replace(deck, prompts=deck.prompts[2:]), RULES)) == []


def test_two_prompts_that_mean_the_same_are_found_whatever_their_words() -> None:
    asked = [
        "What's the most useless talent you have?",
        "When did you feel loved today, or when would you have liked to?",
        "What are you really afraid of when you two fight?",
        "What's your most useless talent?",
        "When did you feel loved in a way you didn't expect?",
        "While you two were fighting, what were you afraid of?",
    ]
    found = list(same_meaning([replace(prompt(text), id=str(n)) for n, text in enumerate(asked)], ENCODER.encode))
    assert [(each.about, each.rule) for each in found] == [
        ("3", "means the same as 0 (0.99)"),
        ("5", "means the same as 2 (0.87)"),
    ]


def test_nearest_pairs_come_first_for_a_reader() -> None:
    nearness = [pair.nearness for pair in near_pairs(DECKS[0].prompts, ENCODER.encode, 0.6)]
    assert nearness == sorted(nearness, reverse=True)
    assert nearness[0] < SAME_MEANING


def test_wordings_that_differ_in_one_word_are_no_two_wordings() -> None:
    assert list(one_word_apart(["It's on the list now.", "It's on your list now.", "Added."])) == [
        ("It's on the list now.", "It's on your list now.")
    ]
    assert list(one_word_apart(["And you, Sam?", "Now you, Sam?"])) == []
    (found,) = reply_findings({"kept": ["I've written that down.", "I've jotted that down."]}, RULES, "replies")
    assert (found.about, found.rule) == ("kept", 'one word apart in "I\'ve jotted that down."')


def test_the_reading_grade_rises_with_long_words_and_long_sentences() -> None:
    assert (syllables("something"), syllables("wonderful"), syllables("don't"), syllables("named")) == (2, 3, 1, 1)
    assert reading_grade("...") == 0
    easy, long, hard = map(
        reading_grade,
        (
            "What made you laugh today?",
            "What made you laugh so much today that you had to sit down for a while on the stairs?",
            "Which extraordinary personal characteristics particularly fascinate you?",
        ),
    )
    assert easy < 2 < long < 9 < hard
    assert [
        rule for rule, _ in line_faults("Unfortunately, the extraordinary notification remains unavailable.", 40, RULES)
    ]
    deck = Deck("x", "x", (prompt("Name one extraordinary characteristic."),))
    assert [finding.rule.split(":")[0] for finding in hard_prompts(deck)] == ["hard to take in"] * 2


WHYS = ((1, "a river"), (3, "this old song"), (2, "snow"))


def test_the_shape_of_a_deck() -> None:
    few = Deck("so few", "few", tuple(replace(prompt(f"Why {what} 7?"), id=f"so-few-{n}") for n, what in WHYS))
    rules = [finding.rule for finding in deck_findings(few)]
    assert rules[:4] == ["3 prompts", "3 of 3 of depth 1", "0 of 3 of depth 2", "ids"]
    assert rules[-1] == "1 ways to open"
    assert [finding.rule for finding in check([few], RULES, theirs={"so few"})] == ["not plain to say"] * 3
    twice = replace(few, prompts=tuple(replace(each, follow_up="And then?") for each in few.prompts))
    assert 'twice the follow-up "And then?"' in [finding.rule for finding in deck_findings(twice)]


@pytest.mark.slow
def test_two_of_five_questions_that_lost_a_tag_are_among_the_first_that_a_reader_is_shown() -> None:
    prompts = [each for deck in DECKS for each in deck.prompts]
    vectors = {each: ENCODER.encode([each])[0] for each in {whole(prompt) for prompt in prompts}}
    found, of = 0, 0
    for topic in RULES.topics:
        lost = {prompt.id for prompt in [each for each in prompts if topic in each.tags][::10]}
        fewer = [replace(each, tags=each.tags - {topic}) if each.id in lost else each for each in prompts]
        likeliest = untagged(fewer, [topic], lambda texts: np.array([vectors[text] for text in texts]))
        found += len(lost & {each.prompt.id for each in islice(likeliest, 20)})
        of += len(lost)
    assert found >= 0.4 * of


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


def test_the_lines_that_were_heard_worst_come_first() -> None:
    texts = ("What did you eat?", "Where is it?", "Who sang?")
    right, half, wrong = (prompt(text) for text in texts)
    readings = [ReadBack(right, 1.0, texts[0]), ReadBack(half, 1.0, "Where is?"), ReadBack(wrong, 1.0, "two songs")]
    assert [reading.prompt for reading in worst_heard(readings, 20)] == [wrong, half]
    assert [reading.prompt for reading in worst_heard(readings, 1)] == [wrong]
