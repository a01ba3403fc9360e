"""Every guided session, played fast by stand-ins on each of its ways: its writing, its length, who speaks how much."""

import itertools
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from tests.support.english import english_content
from voice.commands.check import session_findings
from voice.commands.rehearse_script import Played, play, stage
from voice.composition import open_understanding
from voice.config import Config, Home
from voice.content import Script
from voice.edges.synthesizer import open_synthesizer
from voice.nlu.understanding import Understanding
from voice.speaking.speech_duration import spoken_seconds

CONTENT = english_content()
VARIANTS = range(4)
TICK = 1.0  # seconds: far shorter than a turn, and a quarter of the work of the program's own
MOST_SPEECH = 0.20  # of a session
SHORTEST_SHARED = 60.0  # seconds: what is shorter is an answer of ours rather than a session
LENGTH_SLACK = 0.35  # how far the length may be from what is written
HELPERS = {  # what is mostly ours to say
    *("i_feel", "ask_need", "apology"),  # a partner is helped to find words, and we read them back
    "three_good_things",  # up to six lines of theirs, each read back before it is kept, and all of them once more
    "make_ritual",  # we ask what, how often, when and how long, and read it back
    "guide",  # a tour of what can be said
}


SCRIPTS = [pytest.param(script, id=script.id) for script in CONTENT.scripts]


@cache
def understanding() -> Understanding:
    return open_understanding(Home(Path("/nowhere")), Config(), None)


@cache
def _played(name: str, variant: int) -> Played:
    with stage(CONTENT, understanding()) as house:
        return play(house, name, variant=variant, seed=variant, tick=TICK)


def played(script: Script, variant: int) -> Played:
    return _played(script.id, variant)


def test_no_session_and_no_reply_breaks_a_rule_of_writing() -> None:
    assert session_findings(CONTENT, "en") == []


def test_a_reply_that_breaks_a_rule_of_writing_is_found() -> None:
    bad = replace(CONTENT, scripts=(), replies={"reprompt": ("May I? Just say so.",)}, softer_replies={})
    (finding,) = session_findings(bad, "en")
    assert (finding.where, finding.about, finding.fix) == ("replies", "reprompt", "Ask one thing, at the end.")


@pytest.mark.parametrize("script", SCRIPTS)
def test_it_comes_to_its_end_on_every_way(script: Script) -> None:
    for variant in VARIANTS:
        assert played(script, variant).finished, played(script, variant).moments


@pytest.mark.parametrize("script", SCRIPTS)
def test_it_takes_about_as_long_as_it_says(script: Script) -> None:
    minutes = played(script, 0).seconds / 60
    assert abs(minutes - script.minutes) <= max(0.5, LENGTH_SLACK * script.minutes), minutes


@pytest.mark.parametrize("script", SCRIPTS)
def test_most_of_it_is_theirs(script: Script) -> None:
    session = played(script, 0)
    if script.id not in HELPERS and session.seconds >= SHORTEST_SHARED:
        assert session.share <= MOST_SPEECH, f"{session.share:.0%}"


@pytest.mark.parametrize("script", SCRIPTS)
def test_nothing_is_said_twice_in_a_row(script: Script) -> None:
    said = [moment.text for moment in played(script, 0).moments if moment.who == "Hearthside"]
    assert all(one != other for one, other in itertools.pairwise(said))


def test_a_longer_session_has_longer_turns() -> None:
    with stage(CONTENT, understanding()) as house:
        short = play(house, "bedtime", minutes=4)
    with stage(CONTENT, understanding()) as house:
        long = play(house, "bedtime", minutes=12)
    assert long.seconds > 2 * short.seconds
    assert [moment.text for moment in long.moments if moment.who == "they"] == [
        moment.text for moment in short.moments if moment.who == "they"
    ]


def test_the_time_that_speaking_takes_is_that_of_the_voice() -> None:
    lines = [replace(moment) for moment in played(CONTENT.scripts[0], 0).moments if moment.who == "Hearthside"]
    register = CONTENT.scripts[0].register
    synthesizer = open_synthesizer("auto", "en")
    try:
        real = sum(synthesizer.render(line.text, register).seconds for line in lines)
    finally:
        synthesizer.close()
    told = sum(spoken_seconds(line.text, register) for line in lines)
    assert abs(told - real) <= 0.15 * real
