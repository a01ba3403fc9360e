"""Why an utterance was or was not acted on: as a value, beside what was heard, and by "what did you hear?"."""

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.support.evening import Evening
from tests.support.program import Done, hearthside, home_of_two
from tests.support.room import line
from voice.captions import explanation_fields, explanation_text
from voice.commands.match_files import FileResult
from voice.engines.moonshine.calibration import MOONSHINE
from voice.language.slots import slots_to_text
from voice.messages.meaning import Acceptance, Explanation, Match, Rejection
from voice.messages.recognition import Hypothesis, Mode
from voice.nlu.understanding import Understanding
from voice.sound.resampling import from_pcm


def why(understanding: Understanding, text: str, *others: Hypothesis) -> Explanation:
    explanation = understanding.understand((Hypothesis(text, "moonshine"), *others), Mode.IDLE).explanation
    assert explanation is not None
    assert explanation.hypotheses == (Hypothesis(text, "moonshine"), *others)
    return explanation


def test_near_enough(understanding: Understanding) -> None:
    explanation = why(understanding, "ask is a question")
    assert (explanation.reason, explanation.nearest, explanation.intent) == (
        Acceptance.NEAR,
        "ask us a question",
        "ask",
    )
    assert 0 < explanation.distance <= explanation.gate < 1


def test_near_but_not_enough(understanding: Understanding) -> None:
    explanation = why(understanding, "ask us those questions now")
    assert (explanation.reason, explanation.intent) == ("nothing near", "ask")
    assert explanation.distance > explanation.gate


def test_nearer_to_a_line_that_is_no_command(understanding: Understanding) -> None:
    explanation = why(understanding, "stop it")
    assert (explanation.reason, explanation.nearest, explanation.intent) == (
        "nearer to what is no command",
        "stop it",
        "",
    )
    assert explanation.rival
    assert explanation.margin is not None
    assert explanation.margin > 0


def test_near_to_nothing(understanding: Understanding) -> None:
    explanation = why(understanding, "the neighbours painted their fence green")
    assert (explanation.reason, explanation.nearest, explanation.margin) == ("nothing near", "", None)


def test_what_was_read_at_other_speeds_is_told_beside_what_was_read(understanding: Understanding) -> None:
    read = Hypothesis("Hilp has escaped the eras.", "moonshine", -6.0, calibration=MOONSHINE)
    heard = replace(read, at_other_speeds=("Help us stay curious.",))
    found = replace(read, text="Help us stay curious.", score=-9.0, constrained=True)
    verdict = understanding.understand([heard, found], Mode.IDLE)
    assert isinstance(verdict, Match)
    fields = explanation_fields(verdict)
    assert "“Hilp has escaped the eras.” (at other speeds “Help us stay curious.”)" in explanation_text(fields)
    heard_, sought = json.loads(json.dumps(fields))["hypotheses"]
    assert heard_["at_other_speeds"] == ["Help us stay curious."]
    assert "at_other_speeds" not in sought


@pytest.mark.parametrize(
    ("sentence", "slots", "words"),
    [
        ("set a {timer} timer for {duration}", {"timer": "tea", "duration": 90.0}, "one and a half minutes"),
        ("i appreciate that {clause}", {"name": "Sam", "text": "Sam made tea"}, "i appreciate that Sam made tea"),
        ("give me {duration} {name}", {}, "give me"),
        ("pick number {number}", {"number": 7.0}, "pick number 7"),
    ],
)
def test_a_sentence_for_the_ear(sentence: str, slots: dict[str, str | float], words: str) -> None:
    assert slots_to_text(sentence, slots).endswith(words)
    assert "{" not in slots_to_text(sentence, slots)


# ---- what did you hear? -----------------------------------------------------------------------------


def test_it_says_what_it_took_it_for(evening: Evening) -> None:
    said = evening.type("set a tea timer for ninety seconds", "what did you hear")[-1]
    assert "set a tea timer for ninety seconds" in said
    assert "one and a half minutes" in said


def test_it_says_what_it_came_near_to(evening: Evening) -> None:
    said = evening.type("mute the phone", "what did you hear")[-1]
    assert "mute the phone" in said
    assert "mute the microphone" in said


def test_it_says_nothing_of_talk_that_is_near_to_nothing(evening: Evening) -> None:
    said = evening.type("the neighbours painted their fence green", "what did you hear")[-1]
    assert "painted their fence" in said
    assert "{" not in said


def test_it_does_not_remember_a_turn(evening: Evening) -> None:
    evening.type("start our check-in", "i was so afraid today")
    assert all("afraid" not in str(each) for each in evening.events("explained"))
    assert Rejection.AMBIGUOUS not in str(evening.events("ignored"))


# ---- beside what was heard ---------------------------------------------------------------------------


def test_noisy_audio_is_decided_the_same_each_time_and_explained(tmp_path: Path) -> None:
    sounds = [line(words, "Sam") for words in ("Ask us a question.", "Well, I liked the long walk by the sea.")]
    speech = np.concatenate([np.pad(from_pcm(sound.pcm), sound.rate // 2) for sound in sounds])
    noise = np.random.default_rng(3).normal(0, 0.02, len(speech))
    soundfile.write(tmp_path / "noisy.flac", np.clip(speech + noise, -1, 1), sounds[0].rate)

    def run(home: str) -> Done:
        options = ("--json", "--explain", "--seed", 1, "--now", "2026-11-23T19:30")
        return hearthside("hear", tmp_path / "noisy.flac", *options, "--home", home_of_two(tmp_path / home))

    first = run("first")
    assert first == run("second")
    assert (first.code, first.err) == (0, "")
    reasons = [each["reason"] for each in first.of("explained")]
    assert len(reasons) == 2
    assert reasons[0] in (Acceptance.NEAR, Acceptance.LIKELY)
    assert reasons[1] == "nothing near"


def test_a_file_explained_for_people_and_for_programs() -> None:
    near: dict[str, object] = {"nearest": "ask us a question", "means": "ask", "distance": 0.1, "gate": 0.17}
    rival: dict[str, object] = {"rival": "read us a question", "margin": 0.2}
    heard = [{"text": "Ask is a question", "engine": "moonshine", "score": -1.0, "sayable": False}]
    result = FileResult(
        "a.wav",
        "ask",
        {},
        "Ask is a question",
        why=({"reason": Acceptance.NEAR, "hypotheses": heard, **near, **rival},),
    )
    assert result.as_text() == "a.wav: ask  “Ask is a question”"
    assert result.as_text(explain=True).splitlines()[1:] == [
        "    near enough; nearest “ask us a question” (ask), 0.1 away; at most 0.17 would do; "
        "then “read us a question”, 0.2 farther; moonshine: “Ask is a question”"
    ]
    assert "why" not in json.loads(result.as_json())
    assert json.loads(result.as_json(explain=True))["why"] == [
        {"reason": Acceptance.NEAR, "hypotheses": heard, **near, **rival}
    ]
