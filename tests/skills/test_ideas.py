"""Single lines on request, such as date ideas: by keyboard, and asked for aloud."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.english import english_content
from tests.support.evening import Evening, as_said, mode
from tests.support.room import line
from voice.content import Deck, Prompt
from voice.edges.recognizer import Recognizer, open_recognizer
from voice.lint.idea_lists import check_ideas, line_findings
from voice.messages.meaning import Match
from voice.messages.recognition import Listening, Mode
from voice.messages.sound import RATE
from voice.packs import pack_root
from voice.packs.writing import load_writing
from voice.sound.chimes import CHIMES
from voice.sound.resampling import from_pcm, resample, to_pcm

CONTENT = english_content()
IDEAS = {ideas.name: ideas for ideas in CONTENT.ideas}
ASKED = [(intent.name, intent.say[0]) for intent in CONTENT.intents.intents if intent.name in IDEAS]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Evening]:
    """An evening for what leaves nothing behind that another test would notice."""
    one = Evening(tmp_path_factory.mktemp("shared"))
    yield one
    one.close()


def lines(name: str) -> set[str]:
    return {prompt.text for prompt in IDEAS[name].prompts}


def test_every_list_is_asked_for_by_an_intent_of_its_name() -> None:
    assert IDEAS.keys() == {name for name, _ in ASKED}
    assert {ideas.chime for ideas in CONTENT.ideas} <= {None, *CHIMES}


@pytest.mark.parametrize(("name", "said"), ASKED)
def test_one_line_is_said(shared: Evening, name: str, said: str) -> None:
    (answer,) = shared.type(said)
    assert answer in lines(name)
    shared.type("that's enough")
    assert mode(shared) is Mode.IDLE


def test_another_one_is_of_the_same_list_until_something_else_is_asked_for(evening: Evening) -> None:
    decks = evening.house.content.decks
    questions = {text for deck in decks for prompt in deck.prompts for text in as_said(prompt.text)}
    ideas = evening.type("give us a date idea") + evening.type("another one") + evening.type("give us something else")
    assert set(ideas) <= lines("date_idea")
    assert len(set(ideas)) == 3
    assert evening.type("say that again") == ideas[-1:]
    assert evening.type("skip")[0] in lines("date_idea")
    assert evening.type("give us a tip")[0] in lines("tip")
    assert evening.type("another one")[0] in lines("tip")
    assert evening.type("ask us a question")[-1] in questions
    assert evening.type("another one")[-1] in questions


def test_enough_closes_the_list(evening: Evening) -> None:
    evening.type("give us a date idea", "that's enough")
    assert mode(evening) is Mode.IDLE
    assert evening.type("another one") == []


def test_none_comes_twice_until_all_were_said_across_restarts(tmp_path: Path) -> None:
    ideas = IDEAS["touch_idea"]
    evening = Evening(tmp_path)
    some = evening.type("touch idea") + evening.type("another one") + evening.type("another one")
    evening.close()
    evening = Evening(tmp_path, seed=3)
    rest = evening.type("touch idea") + [evening.type("another one")[0] for _ in ideas.prompts[4:]]
    assert sorted(some + rest) == sorted(lines("touch_idea"))
    (first_again,) = evening.type("another one")
    assert first_again in lines("touch_idea") - {rest[-1]}
    evening.close()


def test_an_idea_is_no_favourite_question(evening: Evening) -> None:
    assert evening.type("give us a date idea", "remember this one") == []
    assert set(evening.loop.records.settings) <= {"consent"}


def test_a_light_line_comes_after_a_light_sound(evening: Evening) -> None:
    evening.type("we're being ridiculous")
    assert [(each.event, each.fields.get("name")) for each in evening.captions[-3:-1]] == [
        ("chime", "light"),
        ("said", None),
    ]


def test_what_helps_in_a_session_is_said_by_the_way(evening: Evening) -> None:
    evening.type("start our check-in")
    evening.wait(25)
    evening.type("pause")
    assert evening.type("remind me how to listen")[0] in lines("listening_cue")
    assert mode(evening) is Mode.SESSION
    evening.type("stop")
    assert mode(evening) is Mode.IDLE


# ---- the writing ----------------------------------------------------------------------------------

RULES = load_writing(pack_root() / "prompts" / "en")


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("Go out. Look up. Come back.", "3 sentences"),
        ("Say " + "very " * 14 + "little.", "too long"),
        ("Say: go on.", "not plain to say"),
        ("Bring your wife a flower.", 'gender: "wife"'),
        ("Try, you always make me smile.", 'blame: "you always"'),
    ],
)
def test_each_rule_for_a_line_finds_what_it_is_for(text: str, fault: str) -> None:
    assert [finding.rule for finding in line_findings(Prompt(text, text, "tip", 1), RULES)] == [fault]


def test_a_list_is_long_and_says_nothing_twice() -> None:
    few = Deck("few", "few", tuple(Prompt(text, text, "few", 1) for text in ("Is it snow?", "Snow, is it?", "Dig.")))
    decks = (Deck("others", "others", (Prompt("others-1", "Dig.", "others", 1),)),)
    rules = [finding.rule for finding in check_ideas((few,), decks, RULES, pronounced=lambda word: word != "dig")]
    assert rules == ["3 lines", "no practice", 'the voice has to guess "dig"', "nearly Is it snow?", "nearly others-1"]


# ---- aloud ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def recognizer() -> Iterator[Recognizer]:
    one = open_recognizer("moonshine", None)
    yield one
    one.close()


@pytest.mark.parametrize(("name", "said"), ASKED)
def test_it_is_understood_aloud(shared: Evening, recognizer: Recognizer, name: str, said: str) -> None:
    understanding, sound = shared.house.understanding, line(said, "Alex")
    recognizer.listen(Listening(Mode.IDLE, graph=understanding.index.graph(Mode.IDLE)))
    recognizer.accept(to_pcm(resample(from_pcm(sound.pcm), sound.rate, RATE)))
    verdict = understanding.understand(recognizer.finish().hypotheses, Mode.IDLE)
    assert isinstance(verdict, Match), verdict
    assert verdict.intent == name
