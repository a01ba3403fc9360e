"""What the commands make of odd pipes and closed streams, and the small commands."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
import soundfile

from tests.support.program import ROOT, Done, hearthside, home_of_two
from voice.cli import run_command
from voice.commands.demo import demo
from voice.config import Config, Home, save_config
from voice.errors import HearthsideError
from voice.runtime.mute_switch import MuteSwitch
from voice.runtime.typed_lines import LONGEST_LINE

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
