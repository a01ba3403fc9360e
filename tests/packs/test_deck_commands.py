"""`hearthside decks` and `hearthside check`, as one types them."""

import json
from pathlib import Path

import pytest

from tests.support.evening import DINNER
from voice.cli import run_command
from voice.config import Home
from voice.edges.journal import Journal
from voice.messages.actions import MarkAsked, SetSetting
from voice.messages.records import Asked

OURS = """
name: ours
title: "our deck"
opt_in: true
prompts:
  - {id: ours-1, depth: 1, text: "What did the kids call us today?"}
  - {id: ours-2, depth: 2, text: "Did you ever regret the wedding cake?", tags: [money]}
  - {id: ours-3, depth: 1, text: "Which bill shall we frame?", tags: [money], follow_up: "Who would frown at it?"}
"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "prompts" / "decks").mkdir(parents=True)
    (tmp_path / "prompts" / "decks" / "ours.yaml").write_text(OURS, encoding="utf-8")
    return tmp_path


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_check_finds_what_is_to_be_mended_in_a_deck_of_ones_own(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["check", "--home", str(home)]) == 1
    place = f"{home}/prompts/decks/ours.yaml:7:34"
    assert lines(capsys) == [
        f"{place}: ours-2: yes or no. Open with what, who, where, how, tell; or tag it 'yes or no'."
    ]


@pytest.mark.slow
def test_check_for_programs(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["check", "--json", "--home", str(home)]) == 1
    (finding,) = map(json.loads, lines(capsys))
    place = f"{home}/prompts/decks/ours.yaml:7:34"
    assert (finding["where"], finding["about"], finding["rule"]) == (place, "ours-2", "yes or no")


def test_our_decks_ideas_sessions_and_replies_have_nothing_to_mend(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = run_command(["check", "--home", str(tmp_path)])
    (line,) = lines(capsys)  # any other line is a finding
    assert line.endswith("nothing to mend.")
    assert code == 0


def test_check_prints_a_sheet_for_a_reader(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_command(["check", "--read", "20", "--seed", "1", "--home", str(tmp_path)]) == 0
    sheet = capsys.readouterr().out
    questions, others, pairs = sheet.split("\n\nSaid by")[0], *sheet.split("\n\nSaid by")[1].split("\n\nNear in")
    assert (questions.count("[ ]"), others.count("[ ]")) == (20, 10)
    assert pairs.count("[ ]") > 5
    assert run_command(["check", "--read", "20", "--seed", "1", "--home", str(tmp_path)]) == 0
    assert capsys.readouterr().out == sheet


def test_decks_are_listed_as_they_are_for_this_couple(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    journal = Journal(Home(home).database)
    journal.store(MarkAsked(Asked("ours-1", "ours", DINNER)))
    journal.store(SetSetting("left out", "money"))
    journal.close()
    assert run_command(["decks", "--home", str(home)]) == 0
    printed = lines(capsys)
    ours = next(line for line in printed if line.startswith("ours "))
    assert ours.split(maxsplit=1)[1] == "3 prompts (2 light, 1 warm), 0 left, 2 left out, opt-in: our deck"
    assert printed[-1] == "Left out: money."


@pytest.mark.slow
def test_a_sample_is_of_every_deck_and_depth_and_the_same_for_a_seed(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    def sample(*options: str) -> list[str]:
        assert run_command(["decks", "--home", str(home), "--sample", *options]) == 0
        return lines(capsys)

    hundred = sample()
    assert len(hundred) == len(set(hundred)) == 100
    assert {line.split()[1] for line in hundred} == {"light", "warm", "deep"}
    assert any(line.startswith("ours-") for line in hundred)
    assert sample("20", "--seed", "5") == sample("20", "--seed", "5") != sample("20", "--seed", "6")
    assert any(line.endswith("frame? / Who would frown at it?") for line in sample("100000"))
