"""Sentence templates: what they stand for, their mistakes, and hassil as the oracle."""

import pytest
from hassil import parse_sentence
from hassil.intents import TextSlotList
from hassil.sample import sample_sentence

from voice.nlu.grammar.grammar import LARGEST, WRITTEN_OUT, Grammar, GrammarError

RULES = {
    "please": "[please|if you like]",
    "ask": "(ask us|give us)",
    "twice": "<ask> and <ask>",
    "round": "once <and_round>",
    "and_round": "and <round>",
    "broken": "(a",
    "lost": "{nowhere}",
}
LISTS = {"depth": {"light": "light", "easy": "light", "deep": "deep"}}
GRAMMAR = Grammar(RULES, LISTS)


def texts(template: str) -> list[str]:
    return [expansion.text for expansion in GRAMMAR.expand(template)]


def test_alternatives_and_options() -> None:
    assert texts("ask us (a|another) question [please|now]") == [
        "ask us a question please",
        "ask us a question now",
        "ask us a question",
        "ask us another question please",
        "ask us another question now",
        "ask us another question",
    ]


def test_pieces_of_words() -> None:
    assert texts("timer[s]") == ["timers", "timer"]


def test_lists_are_expanded_and_say_what_they_mean() -> None:
    found = GRAMMAR.expand("a {depth} one")
    assert [(expansion.text, expansion.slots) for expansion in found] == [
        ("a light one", {"depth": "light"}),
        ("a easy one", {"depth": "light"}),
        ("a deep one", {"depth": "deep"}),
    ]


def test_open_slots_stay_in_the_sentence() -> None:
    assert texts("thank you {name} for {text}") == ["thank you {name} for {text}"]
    assert texts("add {duration}") == ["add {duration}"]


def test_a_sentence_comes_once() -> None:
    assert texts("(go|go) [on|on]") == ["go on", "go"]


@pytest.mark.parametrize(
    "template",
    [
        "go on",
        "[please] ask us (a|another) question",
        "(a|b|(c [d|e]))[f]",
        "set [a|the] timer[s] [now [please]]",
        "<ask> a {depth} one <please>",
        "<twice> [again]",
        "((a))|b",
    ],
)
def test_hassil_makes_the_same_sentences(template: str) -> None:
    slot_lists = {
        "depth": TextSlotList.from_tuples(((spoken, value) for spoken, value in LISTS["depth"].items()), name="depth")
    }
    rules = {name: parse_sentence(RULES[name]) for name in ("please", "ask", "twice")}
    oracle = sample_sentence(parse_sentence(template), slot_lists, rules)
    assert set(texts(template)) == {" ".join(sentence.split()) for sentence in oracle}


@pytest.mark.parametrize(
    ("template", "column", "what"),
    [
        ("say (a|b", 5, "“(” is never closed: expected “)”"),
        ("say a)", 6, "“)” closes nothing here: expected words"),
        ("[a|(b]", 6, "“]” closes nothing here: expected “)” or “|”"),
        ("say {", 5, "“{” is never closed: expected “}”"),
        ("say <ask", 5, "“<” is never closed: expected “>”"),
        ("say }", 5, "“}” closes nothing here: expected words"),
        ("say {two words}", 5, "“{two words}” is no name: expected letters, digits and _, a small letter first"),
        ("", 1, "nothing to say: expected words"),
        ("[]", 1, "nothing to say: expected words"),
        ("say <round>", 5, "rule <round> cannot be used: it goes in a circle (round -> and_round -> round)"),
        ("say <broken>", 5, "rule <broken> cannot be used: “(” is never closed: expected “)”"),
        ("say <lost>", 5, "rule <lost> cannot be used: there is no slot {nowhere}"),
        ("(" * 1000, 21, "brackets nest deeper than 20"),
        ("(a|b)" * 15, 1, f"is too large: expected at most {LARGEST} words, rules and lists filled in"),
    ],
)
def test_mistakes_have_a_column_and_say_what_was_expected(template: str, column: int, what: str) -> None:
    assert [(mistake.column, mistake.what) for mistake in GRAMMAR.mistakes(template)] == [(column, what)]


def test_every_unknown_name_is_reported_with_those_that_exist() -> None:
    slot, rule = GRAMMAR.mistakes("a {dept} one <plaese>")
    assert (slot.column, slot.unknown, "depth" in slot.known) == (3, "dept", True)
    assert (rule.column, rule.unknown, "please" in rule.known) == (14, "plaese", True)


def test_expanding_a_mistake_raises_it() -> None:
    with pytest.raises(GrammarError, match="column 3: there is no slot"):
        GRAMMAR.expand("a {dept} one")


def test_rules_that_multiply_are_counted_not_made() -> None:
    doubling = {f"r{number}": f"<r{number + 1}><r{number + 1}>" for number in range(60)} | {"r60": "a|b"}
    (mistake,) = Grammar(doubling, {}).mistakes("<r0>")
    assert "is too large" in mistake.what


WIDE = "[now] (bring|get) [us] " + " ".join(f"(one{part}|two{part}|three{part}|{{depth}})" for part in "abcdef")


def test_of_a_template_that_stands_for_many_sentences_some_are_written_out_with_every_word_in_one() -> None:
    assert GRAMMAR.is_large(WIDE)
    assert not GRAMMAR.is_large("(a|b) " * 10)
    found = GRAMMAR.expand(WIDE)
    assert len(found) < WRITTEN_OUT / 100
    said = {word for expansion in found for word in expansion.text.split()}
    assert {"now", "bring", "get", "us", "onea", "threef", "easy"} <= said
    assert all(expansion.slots["depth"] in ("light", "deep") for expansion in found if "easy" in expansion.text)


@pytest.mark.parametrize("template", ["(a|b)" * 10, "(a|b) " * 100, "{text} [x]", "<please> go"])
def test_what_is_in_order_has_no_mistakes(template: str) -> None:
    assert GRAMMAR.mistakes(template) == ()
