"""What the engine of guided sessions does, on a script of its own: answers, branches, lengths, ways out and back."""

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from tests.support.evening import DINNER, Evening, mode
from voice.config import Config
from voice.messages.recognition import Mode
from voice.packs import pack_root

TEA = """
name: tea for two
register: dinner
minutes: 4
lengths: {least: 2, most: 8}
practice: [27]
intro: {first: ["Tea time, {name}."], later: ["Tea again, {name}."]}
left: ["The tea stays warm."]
steps:
  - breathe: {breaths: 1}
    lines: ["Breathe in the tea."]
  - listen: {answer: choice, into: taste, otherwise: plain, options: {sweet: [with sugar], plain: [without sugar]}}
    lines: ["With sugar, or without sugar?"]
  - choose: taste
    cases:
      sweet:
        - say: ["So it's {taste} tea."]
  - listen: {answer: words, into: wish, who: each}
    lines: ["{name}, what would you like with it?"]
  - turn: {seconds: 60, who: each, swap: true}
    lines: ["{name}, tell {other} about {wish_other}."]
    then: ["Now {name}."]
  - repeat: {times: 3}
    steps:
      - turn: {seconds: 30}
        lines: ["Cup {count}, {name}."]
  - listen: {answer: duration, into: rest}
    lines: ["How long would you like to sit?"]
  - say: ["So sit for {rest}."]
  - timer: {seconds: 120, name: second pot}
  - recap: {}
  - say: ["That's all."]
"""
INTENT = """
intents:
  tea:
    when: [idle]
    sentences: ["start tea for two [for {duration}] [with {name} first]"]
    say: [start tea for two]
"""
EveningAt = Callable[..., Evening]


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packs that ship, with the script above, which "start tea for two" begins."""
    root = tmp_path_factory.mktemp("program")
    for packs in ("intents", "prompts"):
        shutil.copytree(pack_root() / packs, root / packs)
    (root / "prompts/en/sessions/tea.yaml").write_text(TEA, encoding="utf-8")
    (root / "intents/en/tea.yaml").write_text(INTENT, encoding="utf-8")
    return root


@pytest.fixture
def at_tea(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EveningAt:
    """An evening, or the next one in the same house, with these packs."""
    monkeypatch.setattr("voice.packs.pack_root", lambda: root)
    return lambda **options: Evening(tmp_path / "home", **options)


def after_the_breath(evening: Evening, line: str = "start tea for two") -> Evening:
    evening.type(line)
    evening.wait(12)
    return evening


def test_a_whole_session(at_tea: EveningAt) -> None:
    evening = after_the_breath(at_tea())
    assert mode(evening) is Mode.ANSWER
    assert evening.said == ["Tea time, Alex.", "Breathe in the tea.", "With sugar, or without sugar?"]
    assert evening.type("with sugar") == ["So it's sweet tea.", "Alex, what would you like with it?"]
    assert evening.type("a biscuit") == ["Sam, what would you like with it?"]
    assert evening.type("some honey") == ["Sam, tell Alex about a biscuit."]
    assert evening.type("done") == ["Now Alex."]
    assert evening.type("done") == ["Cup one, Sam."]
    assert evening.type("done") == ["Cup two, Sam."]
    assert evening.type("done") == ["Cup three, Sam."]
    assert evening.type("done") == ["How long would you like to sit?"]
    assert evening.type("half an hour") == ["So sit for thirty minutes.", "That's all."]
    assert mode(evening) is Mode.IDLE
    assert [timer.name for timer in evening.loop.records.timers] == ["second pot"]
    assert "tea" in {what for what, _ in evening.loop.records.done}


def test_what_was_answered_is_in_no_file(at_tea: EveningAt, tmp_path: Path) -> None:
    evening = after_the_breath(at_tea())
    evening.type("with sugar", "a marzipan elephant", "stop")
    evening.close()
    files = [file for file in (tmp_path / "home").rglob("*") if file.is_file()]
    assert files
    assert not any(b"marzipan" in file.read_bytes() for file in files)


@pytest.mark.parametrize("answer", ["without sugar", "the second one", "pass", "never mind"])
def test_a_choice_by_its_name_or_its_place_and_what_no_answer_means(at_tea: EveningAt, answer: str) -> None:
    evening = after_the_breath(at_tea())
    assert evening.type(answer) == ["Alex, what would you like with it?"]


def test_silence_is_asked_once_and_then_means_what_the_script_says(at_tea: EveningAt) -> None:
    evening = after_the_breath(at_tea())
    first, question = evening.wait(10)
    assert question == "With sugar, or without sugar?"
    assert "ugar" not in first
    assert evening.wait(10) == ["Alex, what would you like with it?"]


def test_what_is_no_answer_is_asked_for_again(at_tea: EveningAt) -> None:
    evening = after_the_breath(at_tea())
    assert evening.type("the cat wants out")[-1] == "With sugar, or without sugar?"
    assert evening.type("twenty minutes")[-1] == "With sugar, or without sugar?"  # an answer, but to nothing asked
    assert evening.type("with sugar")[0] == "So it's sweet tea."


def test_a_line_without_its_answer_is_left_out(at_tea: EveningAt) -> None:
    evening = after_the_breath(at_tea())
    evening.type("with sugar", "pass")
    assert evening.type("pass") == ["Cup one, Alex."]  # nothing to tell each other about
    assert evening.type("no more") == ["How long would you like to sit?"]
    assert evening.type("pass") == ["That's all."]


def test_who_begins_and_how_long_are_said_at_the_start(at_tea: EveningAt) -> None:
    evening = after_the_breath(at_tea(), "start tea for two for eight minutes with Sam first")
    assert evening.said[0] == "Tea time, Sam."
    evening.type("with sugar", "a biscuit", "some honey")
    assert evening.loop.state.walk is not None
    assert evening.loop.state.walk.length == 120


def test_the_length_is_changed_on_the_way_within_what_the_script_allows(at_tea: EveningAt) -> None:
    evening = after_the_breath(at_tea())
    evening.type("with sugar", "a biscuit", "some honey")
    assert "eight minutes" in evening.type("make it twenty minutes")[0]
    assert mode(evening) is Mode.TURN
    evening.wait(100)
    assert "time" not in chimes(evening)
    evening.wait(25)
    assert chimes(evening)[-1] == "time"


def chimes(evening: Evening) -> list[object]:
    return [chime["name"] for chime in evening.events("chime")]


def test_the_couples_own_length_and_what_they_leave_out(at_tea: EveningAt) -> None:
    config = Config(partners=("Alex", "Sam"), lengths={"tea": 8}, leave_out=frozenset({"breathe"}))
    evening = at_tea(config=config)
    assert evening.type("start tea for two") == ["Tea time, Alex.", "With sugar, or without sugar?"]
    evening.type("with sugar", "a biscuit", "some honey")
    assert evening.loop.state.walk is not None
    assert evening.loop.state.walk.length == 120


def test_steps_are_left_out_by_voice(at_tea: EveningAt) -> None:
    evening = at_tea()
    evening.type("start tea for two")
    evening.wait(1)
    assert mode(evening) is Mode.SESSION
    evening.loop.typed("skip the breathing")
    assert evening.said[1:] == ["Breathe in the tea.", "With sugar, or without sugar?"]
    assert "breathe out" not in chimes(evening)


def test_the_other_one_may_begin_instead(at_tea: EveningAt) -> None:
    evening = at_tea()
    evening.type("start tea for two")
    evening.loop.typed("Sam first")
    evening.wait(12)
    assert evening.type("with sugar")[-1] == "Sam, what would you like with it?"


def test_back_leads_to_the_place_before_also_over_a_branch(at_tea: EveningAt) -> None:
    evening = after_the_breath(at_tea())
    evening.type("with sugar", "a biscuit", "some honey", "done")
    assert evening.type("back") == ["Sam, tell Alex about a biscuit."]
    assert evening.type("back") == ["Sam, what would you like with it?"]


def test_a_long_turn_tells_of_its_last_minute(at_tea: EveningAt) -> None:
    evening = after_the_breath(at_tea(), "start tea for two for eight minutes")
    evening.type("with sugar", "a biscuit", "some honey")
    evening.loop.state.walk and evening.wait(65)
    assert "minute left" not in chimes(evening)  # two minutes are no long turn


# ---- out of it, and back --------------------------------------------------------------------------------


def test_a_restart_asks_whether_to_go_on(at_tea: EveningAt) -> None:
    evening = after_the_breath(at_tea())
    evening.type("with sugar", "a biscuit", "some honey", "done", "done", "done")
    assert evening.said[-1] == "Cup two, Sam."
    evening.close()
    again = at_tea(now=DINNER + timedelta(minutes=20))
    assert len(again.said) == 1
    assert "tea for two" in again.said[0]
    assert again.said[0].endswith("?")
    assert again.type("yes") == ["Cup two, Sam."]
    assert again.type("done") == ["Cup three, Sam."]


@pytest.mark.parametrize(("answer", "hours"), [("no", 0.5), ("", 0.5), (None, 4)])
def test_nobody_has_to_go_on(at_tea: EveningAt, answer: str | None, hours: float) -> None:
    evening = after_the_breath(at_tea())
    evening.type("with sugar")
    evening.close()
    again = at_tea(now=DINNER + timedelta(hours=hours))
    if answer is None:
        assert again.said == []  # it was another evening
    else:
        assert len(again.type(answer) if answer else again.wait(30)) >= 1
    assert mode(again) is Mode.IDLE
    again.close()
    if answer is not None:
        assert at_tea(now=DINNER + timedelta(hours=1)).said == []


def test_a_session_that_was_left_does_not_come_back(at_tea: EveningAt) -> None:
    evening = after_the_breath(at_tea())
    assert evening.type("stop") == ["The tea stays warm."]
    evening.close()
    assert at_tea(now=DINNER + timedelta(minutes=5)).said == []


def test_a_pause_of_minutes_waits_and_a_long_one_is_put_aside(at_tea: EveningAt) -> None:
    evening = after_the_breath(at_tea())
    evening.type("with sugar", "a biscuit", "some honey")
    evening.type("pause")
    assert evening.wait(600) == []
    evening.type("go on")
    assert mode(evening) is Mode.TURN
    evening.type("pause")
    assert evening.wait(2000) == []
    assert mode(evening) is Mode.IDLE
    assert evening.type("continue our session") == ["Sam, tell Alex about a biscuit."]


def test_there_may_be_nothing_to_go_on_with(at_tea: EveningAt) -> None:
    assert len(at_tea().type("continue our session please")) == 1


def test_an_answer_can_be_paused_over(at_tea: EveningAt) -> None:
    evening = after_the_breath(at_tea())
    evening.type("pause")
    assert mode(evening) is Mode.SESSION
    assert evening.wait(300) == []
    assert evening.type("go on") == ["With sugar, or without sugar?"]
