"""The fixed words for somebody who is not okay, and how they are heard and told."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.care import CONTENT, GRAVE, SAID, fixed
from tests.support.evening import Evening
from tests.support.room import line
from voice.config import Config, Home, load_config, save_config
from voice.edges.recognizer import Recognizer, open_recognizer
from voice.errors import ConfigError, PackError
from voice.messages.meaning import Match
from voice.messages.recognition import Listening, Mode
from voice.messages.sound import RATE
from voice.nlu.understanding import Understanding
from voice.packs import load_content
from voice.sound.resampling import from_pcm, resample, to_pcm

NUMBER = "the night line, 555 0100"


# ---- the words --------------------------------------------------------------------------------------


def test_abuse_is_not_named_and_help_says_where_to_look(evening: Evening) -> None:
    (unsafe,) = evening.type("Sam hits me")
    (helped,) = evening.type("help")
    for said in (unsafe, helped):
        assert not {"abuse", "hit", "hits", "violence", "sam", "police"} & set(said.lower().strip(".").split())
    assert [helped] == fixed(evening, "help_unsafe")
    evening.type("ask us a question")
    assert evening.type("help") != [helped]


def test_no_recap_is_offered_after_that(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.type("I appreciate that Sam picked up the kids", "yes", "I don't feel safe")
    assert evening.wait(3 * 3600, step=30) == []
    evening.close()


@pytest.mark.parametrize("key", ["not_okay", "self_harm"])
def test_the_couples_own_number_is_said(tmp_path: Path, key: str) -> None:
    evening = Evening(tmp_path, config=Config(partners=("Alex", "Sam"), help_line=NUMBER))
    (said,) = evening.type(SAID[key])
    assert said.endswith(f"You can also call {NUMBER}.")
    assert load_config(Home(tmp_path)).help_line == NUMBER
    evening.close()


@pytest.mark.parametrize(
    "words",
    ["there's a fire", "call an ambulance", "someone's breaking in", "he's not breathing", "emergency", "fire, fire"],
)
@pytest.mark.parametrize(("country", "number"), [("us", "9 1 1"), ("gb", "9 9 9"), ("", "your local emergency number")])
def test_in_an_emergency_it_says_first_that_it_cannot_call(
    tmp_path: Path, words: str, country: str, number: str
) -> None:
    line = CONTENT.help_lines[country].text if country else "my sister, 555 0100"
    evening = Evening(tmp_path, config=Config(partners=("Alex", "Sam"), help_line=line))
    (said,) = evening.type(words)
    assert said.startswith("I can't make calls. ")
    assert f"Call {number} " in said
    assert f"Call {number} " in evening.type("help")[-1]
    evening.close()


def test_a_number_is_a_line_of_text(tmp_path: Path) -> None:
    home = Home(tmp_path)
    save_config(home, Config(help_line="0800 111 0 111"))
    assert load_config(home).help_line == "0800 111 0 111"
    home.config_file.write_text(f"help_line: {'9' * 121}\n", "utf-8")
    with pytest.raises(ConfigError, match=r"config.yaml:1:1: expected at most 120 characters"):
        load_config(home)


def own_words(home: Path, text: str) -> Path:
    file = home / "prompts" / "care.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return file


@pytest.mark.slow
def test_their_own_words_take_the_place_of_ours(tmp_path: Path) -> None:
    own_words(tmp_path, 'not_okay: "We stop. Call {numbers}. Breathe."\n')
    evening = Evening(tmp_path)
    assert evening.type("I'm not okay") == ["We stop. Breathe."]
    assert evening.type("I want to die") == fixed(evening, "self_harm")
    evening.close()


def test_mistakes_in_their_own_words_are_told(tmp_path: Path) -> None:
    file = own_words(tmp_path, 'not_ok: "Stop."\nself_harm: "Call {number}."\nunsafe: [a, b]\n')
    with pytest.raises(PackError) as caught:
        load_content(extra=tmp_path)
    told = [mistake.removeprefix(f"{file}:").split(" ")[0] for mistake in caught.value.mistakes]
    assert sorted(told) == ["1:1:", "2:18:", "3:9:"]
    assert "not_okay" in str(caught.value.mistakes)


def test_each_has_one_wording_with_nothing_to_vary() -> None:
    for key in (*GRAVE, "help_unsafe", "help_emergency", "professional_help", "betrayal"):
        assert len(CONTENT.replies[key]) == 1
        assert key not in CONTENT.softer_replies


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("should we see a therapist", "professional_help"),
        ("when talking is not enough", "professional_help"),
        ("help us after an affair", "betrayal"),
    ],
)
def test_who_asks_is_told_once_who_helps(evening: Evening, words: str, key: str) -> None:
    (said,) = evening.type(words)
    assert [said] == fixed(evening, key)
    assert sum(word in said.lower() for word in ("therap", "professional")) == 1
    assert evening.loop.listening.mode is Mode.IDLE


@pytest.fixture(scope="module")
def recognizer() -> Iterator[Recognizer]:
    one = open_recognizer("moonshine", None)
    yield one
    one.close()


QUIETLY = 10 ** (-12 / 20)  # people under stress speak low: 12 dB less
ALOUD = (
    *("I'm not okay.", "This isn't safe.", "I don't feel safe.", "I want to die.", "I want to kill myself."),
    *("I don't want to live anymore.", "You're hurting me.", "Stop hitting me.", "I'm scared of you."),
)


# ---- aloud ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("who", ["Alex", "Sam"])
@pytest.mark.parametrize("words", ALOUD)
def test_it_is_heard_when_it_is_said_quietly(
    understanding: Understanding, recognizer: Recognizer, words: str, who: str
) -> None:
    sound = line(words, who)
    recognizer.listen(Listening(Mode.IDLE))
    recognizer.accept(to_pcm(QUIETLY * resample(from_pcm(sound.pcm), sound.rate, RATE)))
    verdict = understanding.understand(recognizer.finish().hypotheses, Mode.IDLE)
    assert isinstance(verdict, Match), verdict
    assert verdict.care


def test_nothing_of_it_is_in_what_programs_are_told(tmp_path: Path) -> None:
    """The whole program, with everything that it can explain."""
    from tests.support.program import hearthside, home_of_two

    home = home_of_two(tmp_path)
    done = hearthside("type", "--json", "--home", home, lines=("log an appreciation", "I want to die", "stop"))
    assert done.code == 0
    assert [event for event in map(json.loads, done.out.splitlines()) if event["event"] == "said"]
    assert "want to die" not in done.out
    assert "self_harm" not in done.out
