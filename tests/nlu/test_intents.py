"""The English intents that ship: every say: line is understood, every not: line is not, table talk stays talk."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

import pytest

from tests.support.english import english_content
from tests.support.paths import TABLE_TALK
from voice.assistant.skills import SKILLS
from voice.content import Intent, IntentPack
from voice.dialogue.skill import said_to_us_alone
from voice.edges.phonemes import Phonemizer
from voice.messages.meaning import Match
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.meaning.bars import TABLE_MODES
from voice.nlu.understanding import Understanding

PACK: IntentPack = english_content().intents
DECKS = ("day", "dreams", "memories")
ENGINES = ("moonshine", "keyboard")  # whose words are weighed differently
ONE_WORD_WHEN_IDLE = {"stop", "again", "help", "mute", "cancel", "emergency"}
WHAT_THEY_ARE_THERE_FOR = {  # table talk, but in these modes it is an answer or a hand-over
    Mode.SESSION: {"no more"},
    Mode.TURN: {"thank you", "no more"},
    Mode.WORDS: {"no more"},
    Mode.YES_NO: {"yes", "no", "okay", "sure", "yeah", "no more", "thank you", "thank you so much"},
    Mode.ANSWER: {"five minutes", "in five minutes", "twenty seconds"},
    Mode.RINGING: {"thank you", "okay", "all right", "in five minutes"},
}

MOST_TAKEN = {  # shares of table talk like a wish ("time for bed") or a word of control ("hold that", "what was that")
    Mode.IDLE: 0.02,
    Mode.QUESTION: 0.03,
    Mode.RINGING: 0.02,
    Mode.TURN: 0.27,
    Mode.WORDS: 0.15,
    Mode.YES_NO: 0.34,
    Mode.ANSWER: 0.12,
    Mode.SESSION: 0.14,
    Mode.SPEAKING: 0.04,
}


@pytest.fixture(scope="module")
def without_decoys() -> Understanding:
    bare = replace(PACK, intents=tuple(replace(intent, avoid=()) for intent in PACK.intents))
    return Understanding(bare, ("Alex", "Sam"), DECKS, Phonemizer())


def meant(understanding: Understanding, line: str, mode: Mode, engine: str = "keyboard") -> str:
    result = understanding.understand((Hypothesis(line, engine),), mode)
    return result.intent if isinstance(result, Match) and result.intent != "words" else ""


def named(intent: Intent) -> str:
    return intent.name


def sampled(intent: Intent, lines: Sequence[str]) -> list[tuple[str, Mode]]:
    """Each line in two modes of the intent, the first and another one in turn; all modes for care."""
    modes = sorted(intent.when)
    if intent.care:
        return [(line, mode) for line in lines for mode in modes]
    return [(line, mode) for i, line in enumerate(lines) for mode in {modes[0], modes[i % len(modes)]}]


ONLY_TO_US = [name for skill in SKILLS for name, needed in skill.needs.items() if needed is said_to_us_alone]
"""What is talk when nobody speaks to Hearthside."""


@pytest.mark.slow
def test_one_say_line_of_each_intent_is_understood(understanding: Understanding) -> None:
    heard = {
        intent.name: meant(understanding, intent.say[0], min(intent.when)) for intent in PACK.intents if intent.say
    }
    assert {name: other for name, other in heard.items() if other != name} == {}


@pytest.mark.slow
@pytest.mark.parametrize("intent", PACK.intents, ids=named)
def test_every_say_line_is_understood(intent: Intent, understanding: Understanding) -> None:
    heard = {(line, mode): meant(understanding, line, mode) for line, mode in sampled(intent, intent.say)}
    assert {key: name for key, name in heard.items() if name != intent.name} == {}


@pytest.mark.slow
@pytest.mark.parametrize("intent", PACK.intents, ids=named)
def test_every_not_line_is_left_alone(intent: Intent, understanding: Understanding) -> None:
    """Where something is expected, a line that is no yes may be another answer: "I'm not sure"."""
    heard = {(line, mode): meant(understanding, line, mode) for line, mode in sampled(intent, intent.avoid)}
    taken = {key: name for key, name in heard.items() if name == intent.name or (name and key[1] in TABLE_MODES)}
    assert taken == {}


@pytest.mark.parametrize("intent", PACK.intents, ids=named)
def test_an_intent_has_enough_examples(intent: Intent) -> None:
    assert len(set(intent.say)) >= 6
    assert len(set(intent.avoid)) >= 4


@pytest.mark.slow
def test_most_not_lines_would_be_left_alone_even_if_they_were_not_listed(without_decoys: Understanding) -> None:
    """A third of the lines, without those of care, which is understood from farther away on purpose."""
    lines = [(line, intent.when) for intent in PACK.intents if not intent.care for line in intent.avoid][::3]
    for engine, most in (("moonshine", 0.06), ("keyboard", 0.1)):  # what is typed is not overheard
        taken = {line for line, modes in lines if any(meant(without_decoys, line, mode, engine) for mode in modes)}
        assert len(taken) <= most * len(lines), taken


@pytest.mark.slow
def test_table_talk_is_left_alone(understanding: Understanding) -> None:
    """Two lines in a hundred at table, where "stop" ends nothing; where a word of control is awaited, some like one."""
    lines = {mode: TABLE_TALK if mode in TABLE_MODES else TABLE_TALK[::2] for mode in Mode}
    taken = {
        mode: {
            line
            for line in lines[mode]
            for engine in (ENGINES if mode in TABLE_MODES else ENGINES[:1])
            if line not in WHAT_THEY_ARE_THERE_FOR.get(mode, set())
            and meant(understanding, line, mode, engine) not in ("", "stop")
        }
        for mode in Mode
    }
    most = {mode: MOST_TAKEN[mode] * len(lines[mode]) for mode in Mode}
    assert {mode: lines for mode, lines in taken.items() if len(lines) > most[mode]} == {}


@pytest.mark.slow
def test_table_talk_means_hardly_anything_without_the_not_lines(without_decoys: Understanding) -> None:
    taken = {
        engine: [
            line for line in TABLE_TALK if meant(without_decoys, line, Mode.QUESTION, engine) not in ("", *ONLY_TO_US)
        ]
        for engine in ENGINES
    }
    assert len(taken["moonshine"]) <= 4, taken
    assert len(taken["keyboard"]) <= 8, taken


def test_few_single_words_count_when_nothing_is_going_on(understanding: Understanding) -> None:
    single = {sentence.tokens[0] for sentence in understanding.index.sentences(Mode.IDLE) if len(sentence.tokens) == 1}
    assert single == ONE_WORD_WHEN_IDLE


def test_no_two_intents_share_a_sentence(understanding: Understanding) -> None:
    for mode in Mode:
        said = Counter(" ".join(sentence.tokens) for sentence in understanding.index.sentences(mode))
        shared = {"next", "next please", "every day", "daily", "every week", "weekly", "every month", "monthly"}
        assert {line for line, count in said.items() if count > 1} <= shared  # the last six: choices of a session too


def test_what_ends_everything_can_be_said_at_any_time() -> None:
    everywhere = {intent.name for intent in PACK.intents if intent.when == frozenset(Mode)}
    assert everywhere == {"stop", "not_okay", "self_harm", "unsafe", "emergency"}
