"""What Hearthside promises when it is killed, and with bad packs, settings and disks."""

import resource
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.program import ROOT, command_line, hearthside, home_of_two
from tests.support.typed_program import Typing, files_with, little_room, records
from voice.config import Home
from voice.edges.journal import Journal
from voice.messages.records import Records

APPRECIATION = ("I appreciate that Sam picked up the kids", "yes")


# ---- "kept" means kept ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "event", "check"),
    [
        (APPRECIATION[:1], "said", lambda kept: kept.notes == ()),
        (APPRECIATION, "kept", lambda kept: [note.text for note in kept.notes] == ["Sam picked up the kids"]),
        ((*APPRECIATION, "forget that", "yes"), "forgotten", lambda kept: kept.notes == ()),
        (("set a tea timer for five minutes",), "timer", lambda kept: [each.name for each in kept.timers] == ["tea"]),
        (("ask us a question",), "said", lambda kept: len(kept.asked) == 1),
    ],
    ids=["read back", "kept", "forgotten", "timer", "asked"],
)
def test_killed_right_after_it_was_told(
    tmp_path: Path, lines: tuple[str, ...], event: str, check: Callable[[Records], bool]
) -> None:
    home = home_of_two(tmp_path)
    with Typing(home) as typing:
        typing.say(*lines)
        typing.wait_for(event)
        typing.kill()
    kept = records(home)
    assert check(kept), kept


def test_killed_while_many_lines_are_kept(tmp_path: Path) -> None:
    home = home_of_two(tmp_path)
    things = [f"{verb} the {noun}" for verb in ("washed", "fixed", "sold") for noun in ("bike", "car", "roof", "boat")]
    with Typing(home) as typing:
        typing.say(*(line for thing in things for line in (f"I appreciate that Sam {thing}", "yes")))
        typing.wait_for("kept", times=7)
        typing.kill()
    kept = [note.text for note in records(home).notes]
    assert len(kept) >= 7
    assert kept == [f"Sam {thing}" for thing in things[: len(kept)]]
    after = hearthside("recap", "--quiet", "--home", home)
    assert "you washed the bike" in after.out


def a_pack_with_two_mistakes(home: Path) -> None:
    (home / "intents").mkdir()
    (home / "intents" / "ours.yaml").write_text("intents:\n  aks:\n    say: [fire away]\n", encoding="utf-8")
    (home / "prompts" / "decks").mkdir(parents=True)
    (home / "prompts" / "decks" / "ours.yaml").write_text("name: ours\ntitel: x\n", encoding="utf-8")


def a_broken_config(home: Path) -> None:
    (home / "config.yaml").write_text("partners: [Alex]\nears: bat\n", encoding="utf-8")


def a_journal_from_the_future(home: Path) -> None:
    Journal(Home(home).database).close()
    connection = sqlite3.connect(Home(home).database)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


def a_file_in_the_way(home: Path) -> None:
    shutil.rmtree(home)
    home.write_text("not a directory", encoding="utf-8")


# ---- bad packs, settings and disks get a line each --------------------------------------------------


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        (a_pack_with_two_mistakes, ("ours.yaml:2:3:", '(did you mean "ask"?)', "ours.yaml:2:1:", 'mean "title"')),
        (a_broken_config, ("config.yaml:1:1:", "config.yaml:2:7:", "expected one of auto, vosk, moonshine")),
        (a_journal_from_the_future, ("journal.sqlite3:", "of a later Hearthside")),
        (a_file_in_the_way, ("Not a directory",)),
    ],
)
def test_what_is_broken_gets_a_line(tmp_path: Path, break_it: Callable[[Path], None], told: tuple[str, ...]) -> None:
    home = home_of_two(tmp_path / "home")
    break_it(home)
    done = hearthside("type", "--home", home, lines=("ask us a question",))
    assert done.code == 1
    assert done.out == ""
    for words in told:
        assert words in done.err
    assert "Traceback" not in done.err
    assert len(done.err.splitlines()) <= len(told) + 1


def test_a_journal_that_is_none_is_put_aside_and_the_evening_goes_on(tmp_path: Path) -> None:
    home = home_of_two(tmp_path / "home")
    Home(home).database.write_bytes(b"Dear diary, " * 1000)
    done = hearthside("type", "--json", "--home", home, lines=("ask us a question",))
    assert (done.code, done.err, len(done.said())) == (0, "", 2)
    (trouble,) = done.of("error")
    assert "The journal was damaged" in str(trouble["text"])
    assert "diary" not in str(trouble["text"])
    assert [file.name for file in files_with("dear diary", home)] == [file.name for file in (home / "copies").iterdir()]


def no_room() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def test_a_full_disk_at_the_start_gets_a_line(tmp_path: Path) -> None:
    done = hearthside("type", "--home", tmp_path / "home", in_the_child=no_room)
    assert done.code == 1
    assert len(done.err.splitlines()) == 1
    assert "Traceback" not in done.err


def test_a_disk_that_fills_up_is_told_and_the_evening_goes_on(tmp_path: Path) -> None:
    home = home_of_two(tmp_path)
    hearthside("type", "--home", home, lines=APPRECIATION)
    lines = ("thank you Alex for making dinner", "yes", "read tonight's appreciations")
    done = hearthside("type", "--json", "--home", home, lines=lines, in_the_child=little_room)
    assert (done.code, done.err) == (0, "")
    assert {"disk" in str(trouble["text"]) for trouble in done.of("error")} == {True}
    assert done.of("kept") == []
    assert any("picked up the kids" in line for line in done.said())
    assert [note.text for note in records(home).notes] == ["Sam picked up the kids"]


def test_a_full_disk_under_what_is_printed_gets_a_line(tmp_path: Path) -> None:
    with open("/dev/full", "w", encoding="utf-8") as full:
        done = subprocess.run(
            command_line("recap", "--quiet", "--home", tmp_path / "home"),
            cwd=ROOT,
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert (done.returncode, done.stderr) == (1, "No space left on device.\n")
