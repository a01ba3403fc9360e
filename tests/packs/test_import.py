"""Sentences of Home Assistant and Rhasspy: told of where they lie among ours, and imported where they can be had."""

import json
from pathlib import Path

import pytest

from tests.support.program import hearthside
from voice.cli import run_command
from voice.errors import PackError
from voice.nlu.grammar.grammar import Grammar
from voice.packs import load_content, load_intents

HOME_ASSISTANT = """\
language: en
intents:
  SetVolume:
    data:
      - sentences:
          - "(set|change) {player} volume to {volume:level} [percent]"
          - "turn it (up;now)"
        requires_context: {domain: media_player}
      - sentences: ["<please> note {item}", "dim {area}"]
lists:
  player:
    values: [kitchen, {in: "[the] bed room", out: media_player.bed}]
  volume:
    range: {from: 0, to: 100, step: 10}
  item: {wildcard: true}
expansion_rules:
  please: "[please]"
skip_words: [hey]
"""
RHASSPY = """\
# the lamps
[GetTime]
what time is it
tell me the time [please]

[ChangeLight]
lamp = ((living room lamp):lamp1 | [the] garage light:lamp2){lamp}
turn <lamp> (on | off){state}
set <ChangeLight.lamp> to (0..100){brightness!int} percent
make it ($colour){colour}
make it ($smell){smell}
\\[please] all lights off
:{domain:light} lights
"""


def imported(tmp_path: Path, name: str, text: str, capsys: pytest.CaptureFixture[str]) -> tuple[Path, str]:
    """A folder with the pack that was made of a file, and what was left out."""
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert run_command(["import", str(tmp_path / name)]) == 0
    out, left_out = capsys.readouterr()
    (tmp_path / "pack").mkdir()
    (tmp_path / "pack" / "all.yaml").write_text(out, encoding="utf-8")
    return tmp_path / "pack", left_out.replace(f"{tmp_path}/", "")


def meant(pack: Path, *lines: str) -> list[tuple[object, object]]:
    """The intents and slots of lines."""
    done = hearthside("understand", "--json", "--intents", pack, lines=lines)
    return [(each["intent"], each["slots"]) for each in map(json.loads, done.out.splitlines())]


def test_home_assistants_sentences_are_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    pack, left_out = imported(tmp_path, "volume.yaml", HOME_ASSISTANT, capsys)
    assert meant(pack, "set the bed room volume to thirty percent", "turn it now up", "please note buy milk") == [
        ("SetVolume", {"player": "media_player.bed", "level": "30"}),
        ("SetVolume", {}),
        ("SetVolume", {"text": "buy milk"}),
    ]
    assert left_out.splitlines() == [
        'left out: volume.yaml:8:9: unknown word "requires_context"',
        "left out: volume.yaml:9:45: “dim {area}”: {area} has no words in this file; only Home Assistant knows them",
        'left out: volume.yaml:18:14: the word to skip "hey": sentences that come near are understood anyway',
    ]


def test_rhasspys_sentences_are_understood(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "slots").mkdir()
    (tmp_path / "slots" / "colour").write_text("(deep red):red\nblue\n", encoding="utf-8")
    pack, left_out = imported(tmp_path, "sentences.ini", RHASSPY, capsys)
    lines = ("tell me the time", "turn the garage light off", "set living room lamp to sixty five percent")
    assert meant(pack, *lines, "make it deep red", "please all lights off") == [
        ("GetTime", {}),
        ("ChangeLight", {"lamp": "the garage lamp2", "state": "off"}),
        ("ChangeLight", {"lamp": "lamp1", "brightness": "65"}),
        ("ChangeLight", {"colour": "red"}),
        ("ChangeLight", {}),
    ]
    assert left_out.splitlines() == [
        "left out: sentences.ini:11:1: “make it ($smell){smell}”: the list $smell is not in slots",
        "left out: sentences.ini:13:1: the slot domain without a word that is said",
    ]


@pytest.mark.parametrize(
    ("name", "text", "why"),
    [
        ("a.txt", "", "expected .yaml or .yml or .ini"),
        ("a.ini", "", "there are no sentences here"),
        ("a.yaml", "a: [", "this is not YAML"),
        ("a.ini", "[A]\n(a", "expected “)”"),
        ("a.ini", "[A]\nset it to (off0..100)", "expected numbers"),
        ("a.ini", "[A]\na = <b>\nb = <a>\nsay (<a>){x}", "rule"),
    ],
)
def test_what_cannot_be_imported_is_told(
    tmp_path: Path, name: str, text: str, why: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert run_command(["import", str(tmp_path / name)]) == 1
    out, told = capsys.readouterr()
    assert out == ""
    assert why in told
    assert "Traceback" not in told


def faults(directory: Path) -> str:
    with pytest.raises(PackError) as caught:
        load_intents(directory)
    return caught.value.line().replace(f"{directory}/", "")


def test_a_file_of_home_assistant_among_ours_is_told_of_in_one_line(tmp_path: Path) -> None:
    (tmp_path / "volume.yaml").write_text(HOME_ASSISTANT, encoding="utf-8")
    assert faults(tmp_path).splitlines()[:-1] == [
        "volume.yaml:4:5: this is written for Home Assistant; `hearthside import FILE` translates such files"
    ]


def test_a_sentences_ini_among_ours_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "intents").mkdir()
    (tmp_path / "intents" / "sentences.ini").write_text(RHASSPY, encoding="utf-8")
    assert "sentences.ini:1:1: this is written for Rhasspy" in faults(tmp_path / "intents")
    with pytest.raises(PackError, match="written for Rhasspy"):
        load_content(extra=tmp_path)


@pytest.mark.parametrize(
    "template",
    [
        "(red | green){colour} light",
        "(red|green) light{state:on}",
        "set {brightness:level}",
        "turn it (up;now)",
        "in $days days",
        "(0..100) percent",
        "<other.rule> it",
        "seven:7 days",
        "(the|a): light",
        "it :is now",
        "twenty!int",
    ],
)
def test_a_mark_of_other_programs_is_told_of(template: str) -> None:
    found = Grammar({}, {"colour": {"red": "red"}, "level": {"low": "low"}}).mistakes(template)
    assert found
    assert "Rhasspy's or Home Assistant's" in found[0].what


@pytest.mark.parametrize("template", ["note to self: go", "at 7:30 go", "please, go on!", "timer[s] (a|b)"])
def test_punctuation_is_no_mark(template: str) -> None:
    assert Grammar({}, {}).mistakes(template) == ()


@pytest.mark.parametrize(
    "template", ["{text}", "[please] {text}", "<any>", "{clause}", "(go on|{timer})", "[{depth}] {text}"]
)
def test_a_line_that_takes_anything_is_told_of(tmp_path: Path, template: str) -> None:
    rules = 'rules: {any: "[please] {text}"}'
    text = f'{rules}\nlists: {{depth: {{deep: deep}}}}\nintents: {{note: {{sentences: "{template}"}}}}'
    (tmp_path / "note.yaml").write_text(text, encoding="utf-8")
    assert "note.yaml:3:29: whatever is said would be this" in faults(tmp_path)


@pytest.mark.parametrize("template", ["note {text}", "{name} {text}", "{depth} {text}", "{number}"])
def test_a_line_with_something_known_in_it_is_not(tmp_path: Path, template: str) -> None:
    text = f'lists: {{depth: {{deep: deep}}}}\nintents: {{note: {{sentences: "{template}"}}}}'
    (tmp_path / "note.yaml").write_text(text, encoding="utf-8")
    assert load_intents(tmp_path).intents


def test_a_template_in_a_list_is_told_of(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        'lists: {depth: {deep: "(very|really) deep"}}\nintents: {a: {say: go}}', encoding="utf-8"
    )
    assert 'a.yaml:1:24: expected plain words without "("; write out each way to say it' in faults(tmp_path)
