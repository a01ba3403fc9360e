"""Any pack of intents: `hear --match-only` for sound files and `understand` for lines of text."""

import io
import json
import sys
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.support.program import hearthside
from tests.support.room import line
from voice.cli import run_command
from voice.sound.resampling import from_pcm

PACK = """\
rules:
  want: "(i'd like|i want|can i have|give me|make me)"
lists:
  size:
    small: [small]
    large: [large, big]
  number:                      # a slot of the pack's own, though there is one of that name
    two: [two, double]
  drink:
    tea: [tea, cup of tea]
    espresso: [espresso]
intents:
  order:
    sentences: ["[<want>] [a|an] [{size}] [{number}] {drink} [please]"]
  status:
    sentences: ["where is my (order|tea)"]
  bill:
    when: [question]
    sentences: ["the bill please"]
"""


@pytest.fixture
def pack(tmp_path: Path) -> Path:
    (tmp_path / "café").mkdir()
    (tmp_path / "café" / "orders.yaml").write_text(PACK, encoding="utf-8")
    return tmp_path / "café"


def understand(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: str, *options: object
) -> list[str]:
    monkeypatch.setattr(sys, "stdin", io.StringIO(text))
    assert run_command(["understand", *map(str, options)]) == 0
    return capsys.readouterr().out.splitlines()


def test_lines_of_text(
    pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    lines = ["I want a large double espresso please", "where is my tee", "lovely weather", "", "the bill please"]
    found = understand(monkeypatch, capsys, "\n".join(lines), "--json", "--intents", pack, "--home", tmp_path / "home")
    meant = [
        ("order", {"size": "large", "number": "two", "drink": "espresso"}),
        ("status", {}),
        (None, {}),
        (None, {}),
        (None, {}),  # it can be said when a question is open, and nothing is
    ]
    told = [{key: json.loads(each)[key] for key in ("text", "intent", "slots")} for each in found]
    assert told == [
        {"text": text, "intent": intent, "slots": slots} for text, (intent, slots) in zip(lines, meant, strict=True)
    ]
    assert not (tmp_path / "home").exists()
    in_question = understand(monkeypatch, capsys, "the bill please\n", "--intents", pack, "--mode", "question")
    assert in_question == ["“the bill please”: bill"]


@pytest.mark.slow
def test_our_own_pack_by_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    text = "set a tea timer for a quarter of an hour\nwe talked for a quarter of an hour\n"
    assert understand(monkeypatch, capsys, text, "--home", tmp_path) == [
        "“set a tea timer for a quarter of an hour”: start_timer timer=tea duration=900.0",
        "“we talked for a quarter of an hour”: nothing (it was told or asked about, not asked for)",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (None, "there are no intents here"),
        ('intents:\n  order:\n    sentences: ["a {drnk}"]\nlists:\n  drink:\n    tea: [tea]\n', "did you mean"),
        ("prompts: []\n", 'unknown word "prompts"'),
    ],
)
@pytest.mark.parametrize("command", [("understand",), ("hear", "--match-only", "any.wav")])
def test_a_pack_that_is_none_gets_its_lines(
    tmp_path: Path, command: tuple[str, ...], content: str | None, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if content:
        (tmp_path / "intents.yaml").write_text(content, encoding="utf-8")
    assert run_command([*command, "--intents", str(tmp_path)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert told in err
    assert "Traceback" not in err


def save(path: Path, *parts: str | float, rate: int = 16_000) -> Path:
    """Sentences, and seconds of silence between them."""
    sounds = [line(part, "Sam") if isinstance(part, str) else part for part in parts]
    at = next(sound.rate for sound in sounds if not isinstance(sound, float))
    pieces = [np.zeros(round(sound * at)) if isinstance(sound, float) else from_pcm(sound.pcm) for sound in sounds]
    soundfile.write(path, np.concatenate(pieces), at)
    return path


def test_sound_files_in_their_order_whatever_happens_to_one(pack: Path, tmp_path: Path) -> None:
    (tmp_path / "torn.flac").write_bytes(b"fLaC\x00\x00\x00\x22")
    files = [
        save(tmp_path / "order.flac", "Can I have a large espresso, please?"),
        tmp_path / "missing.wav",
        save(tmp_path / "talk.wav", "The weather was lovely at the lake.", 1.0, "We should go there again next year."),
        tmp_path / "torn.flac",
        save(tmp_path / "late.wav", "Well, let me think about it.", 1.5, "Where is my order?", 1.0),
        save(tmp_path / "slow.flac", "Give me a small", 1.5, "cup of tea, please."),
    ]
    options = ("hear", "--match-only", "--json", "--intents", pack, "--home", tmp_path / "home")
    done = hearthside(*options, "--workers", 1, *files)
    lines = [json.loads(each) for each in done.out.splitlines()]
    assert [each["file"] for each in lines] == [str(file) for file in files]
    assert [(each["intent"], each["slots"]) for each in lines] == [
        ("order", {"size": "large", "drink": "espresso"}),
        (None, {}),
        (None, {}),
        (None, {}),
        ("status", {}),
        ("order", {"size": "small", "drink": "tea"}),
    ]
    assert [each.get("error") for each in lines] == [
        None,
        "there is no such file",
        None,
        "this is no sound file that can be read",
        None,
        None,
    ]
    assert "weather was lovely" in lines[2]["text"]
    assert (done.code, done.err) == (1, "")
    again = hearthside(*options, "--workers", 2, *files[3:])
    assert (again.code, again.err) == (1, "")
    assert again.out.splitlines() == done.out.splitlines()[3:]
    assert not (tmp_path / "home").exists()
