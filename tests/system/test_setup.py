"""`hearthside setup`, as people start it: names by flag, pipe and terminal."""

import os
import pty
import subprocess
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.setup import COMMAND, Place
from voice.config import Config, load_config, save_config

pytestmark = pytest.mark.network  # servers of their own, on this machine


# ---- names ----------------------------------------------------------------------------------------


def test_without_names_and_network_it_goes_on_and_says_so(place: Place) -> None:
    done = place.setup()
    assert done.returncode == 0
    assert load_config(place.home).partners is None
    lines = done.stdout.splitlines()
    assert lines[0] == "I don't know your names yet: hearthside setup --names NAME NAME"
    assert lines[-2].startswith("Vosk model: none, the site cannot be reached")
    assert lines[-2].endswith("the built-in recognizer listens until it is here.")
    assert "hearthside setup --from FILE.zip" in lines[-1]
    assert done.stderr == ""


def test_names_by_flag_by_pipe_and_kept_with_enter(place: Place) -> None:
    place.setup("--no-download", "--names", "Alex", "Sam  Lee")
    assert load_config(place.home).partners == ("Alex", "Sam Lee")
    place.setup("--no-download", typed="\nRobin\n")
    assert load_config(place.home).partners == ("Alex", "Robin")
    place.setup("--no-download", typed="Zoë\n")
    assert load_config(place.home).partners == ("Zoë", "Robin")
    done = place.setup("--no-download")
    assert load_config(place.home).partners == ("Zoë", "Robin")
    assert done.stdout.startswith("You are Zoë and Robin.\n")


def test_other_settings_stay_and_a_second_time_changes_nothing(place: Place) -> None:
    config = Config(partners=("Alex", "Sam"), ears="moonshine", voice="system", microphone="USB", recap_at=None)
    save_config(place.home, config)
    before = place.home.config_file.read_bytes()
    assert place.setup().returncode == 0
    assert place.home.config_file.read_bytes() == before


def test_it_says_what_is_kept_and_what_never_is(place: Place) -> None:
    text = place.setup("--no-download").stdout
    assert f"Everything I keep is in {place.home.directory}, and only you can read it" in text
    assert "never:  sound, transcripts" in text
    assert place.home.directory.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize(
    ("names", "complaint"),
    [
        (("Alex", "alex"), "the two names must differ"),
        (("Alex", " "), "two names are needed"),
        (("Alex", "?!"), '"?!" is no name'),
        (("Alex", "S" * 41), "a name may have at most 40 characters"),
    ],
)
def test_unfit_names(place: Place, names: tuple[str, str], complaint: str) -> None:
    done = place.setup("--names", *names)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == f"--names: {complaint}. Give two, such as: --names Alex Sam\n"
    piped = place.setup(typed="\n".join(names))
    assert (piped.returncode, piped.stdout) == (1, "")
    assert complaint in piped.stderr
    assert not place.home.config_file.exists()


def test_a_pipe_of_bytes_that_are_no_text(place: Place) -> None:
    done = subprocess.run(
        (*COMMAND, "--home", str(place.home.directory)),
        input=b"Zo\xeb\nSam\n",
        env={**place.environment, "PYTHONIOENCODING": "utf-8"},
        cwd=ROOT,
        capture_output=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert done.stderr == b"standard input: this is no UTF-8 text. Give the names with --names.\n"


def test_without_standard_input(place: Place) -> None:
    command = (*COMMAND, "--home", str(place.home.directory), "--no-download")
    done = subprocess.run(
        ("sh", "-c", '"$@" <&-', "sh", *command), env=place.environment, cwd=ROOT, capture_output=True, timeout=60
    )
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.startswith(b"I don't know your names yet: ")


@pytest.mark.parametrize(
    ("names", "alike"), [(("Erin", "Aaron"), True), (("Sam", "Pam"), True), (("Alex", "Sam"), False)]
)
def test_names_that_sound_alike(place: Place, names: tuple[str, str], alike: bool) -> None:
    assert ("sound alike" in place.setup("--no-download", "--names", *names).stdout) == alike


def test_at_a_terminal(place: Place, site: str) -> None:
    """Asked one after the other, asked again when they are the same, and shown a bar."""
    ours, theirs = pty.openpty()
    command = (*COMMAND, "--home", str(place.home.directory))
    environment = {**place.environment, "HEARTHSIDE_MODEL_URL": site}
    with subprocess.Popen(command, stdin=theirs, stdout=theirs, stderr=theirs, env=environment, cwd=ROOT) as process:
        os.close(theirs)
        screen = ""
        for question, answer in (
            ("Your name: ", "Alex"),
            ("Your partner's name: ", "Alex"),
            ("Please try again: the two names must differ.", ""),
            ("Your name: ", "Alex"),
            ("Your partner's name: ", "Sam"),
            ("(Enter for none): ", "xx"),
            ("(Enter for none): ", "GB"),
        ):
            screen = read_until(ours, question, screen)
            if answer:
                os.write(ours, f"{answer}\n".encode())
        screen = read_to_end(ours, screen)
        assert process.wait(timeout=30) == 0
    os.close(ours)
    assert f"[{'#' * 30}] 100 %" in screen
    assert load_config(place.home).partners == ("Alex", "Sam")
    assert "116" in load_config(place.home).help_line.replace(" ", "")


def test_a_help_line_by_flag(place: Place) -> None:
    assert place.setup("--names", "Alex", "Sam", "--country", "us").returncode == 0
    assert "9 8 8" in load_config(place.home).help_line
    assert place.setup("--names", "Maya", "Sam").returncode == 0
    assert "9 8 8" in load_config(place.home).help_line  # what was set stays
    done = place.setup("--country", "atlantis")
    assert done.returncode == 1
    assert "there is no help line" in done.stderr


def read_until(terminal: int, text: str, seen: str) -> str:
    """Read until the text is there; what came after it."""
    while text not in seen:
        seen += os.read(terminal, 4096).decode()
    return seen.partition(text)[2]


def read_to_end(terminal: int, seen: str) -> str:
    while True:
        try:
            seen += os.read(terminal, 4096).decode()
        except OSError:  # how Linux says that the other side has closed
            return seen


def test_settings_that_cannot_be_read_are_put_aside(place: Place) -> None:
    place.home.directory.mkdir(mode=0o700)
    place.home.config_file.write_text("partnrs: [Alex, Sam]\n")
    done = place.setup("--no-download", "--names", "Alex", "Sam")
    assert done.returncode == 0
    assert f"{place.home.config_file}:1:1: " in done.stderr
    assert load_config(place.home).partners == ("Alex", "Sam")
    assert (place.home.directory / "config.yaml.old").read_text() == "partnrs: [Alex, Sam]\n"


def test_settings_that_cannot_be_read_stay_when_nothing_new_is_made(place: Place) -> None:
    place.home.directory.mkdir(mode=0o700)
    place.home.config_file.write_text("partnrs: [Alex, Sam]\n")
    assert place.setup("--names", "Sam", "sam").returncode == 1
    assert place.home.config_file.read_text() == "partnrs: [Alex, Sam]\n"


@pytest.mark.parametrize("option", [(), ("--from", "archive")])
def test_a_home_that_cannot_be_made(place: Place, archive: Path, option: tuple[str, ...]) -> None:
    place.home.directory.write_text("a file in its place")
    done = place.setup("--names", "Alex", "Sam", *(str(archive) if each == "archive" else each for each in option))
    assert done.returncode == 1
    assert "hoose another place with --home DIR." in done.stderr
    assert "Traceback" not in done.stderr
