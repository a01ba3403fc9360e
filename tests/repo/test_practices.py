"""docs/practices.md: each of the 92 practices has a way and a test, or says why it is not built."""

from pathlib import Path

import pytest

from tests.support.english import english_content
from tests.support.paths import ROOT
from tests.support.program import hearthside
from voice.commands.practices import Row, Service, page, rows, shown_by, stories
from voice.composition import open_understanding
from voice.config import Config, Home
from voice.messages.meaning import Match
from voice.messages.recognition import Hypothesis, Mode
from voice.packs import pack_root
from voice.packs.practices import load_practices

CONTENT = english_content()
ROWS = rows(CONTENT, load_practices(pack_root() / "prompts" / "en"))
TESTS = stories()
PAGE = ROOT / "docs" / "practices.md"


def test_all_of_them_are_named() -> None:
    assert [row.practice.number for row in ROWS] == list(range(1, 93))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: str(row.practice.number))
def test_every_practice_has_a_way_and_a_test_or_a_reason(row: Row) -> None:
    if row.practice.instead:
        return
    assert row.say, row.practice.title
    assert shown_by(row, TESTS), row.practice.title


def test_what_is_left_out_says_why_and_nearly_all_is_more_than_asked_about() -> None:
    assert [row.practice.number for row in ROWS if row.how is Service.LEFT_OUT and not row.practice.instead] == []
    asked_about = {row.practice.number for row in ROWS if row.how is Service.ASKED_ABOUT}
    assert asked_about == {3}  # which is a question itself


@pytest.mark.slow
def test_what_is_to_be_said_is_understood(tmp_path: Path) -> None:
    understanding = open_understanding(Home(tmp_path), Config(), None)
    taken = dict[tuple[int, str], str]()
    for row in ROWS:
        for intent, phrase in row.practice.say.items():
            heard = (Hypothesis(phrase, "keyboard"),)
            modes = next(each.when for each in CONTENT.intents.intents if each.name == intent)
            result = understanding.understand(heard, Mode.IDLE if Mode.IDLE in modes else min(modes))
            if not isinstance(result, Match) or result.intent != intent:
                taken[row.practice.number, phrase] = str(result)
    assert taken == {}


def test_the_page_is_what_the_command_prints() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(ROWS, TESTS)


def test_no_part_serves_a_practice_that_is_none() -> None:
    named = {number for row in ROWS for number in (row.practice.number,) if row.parts}
    assert named <= set(range(1, 93))


def test_the_command_tells_what_to_say(tmp_path: Path) -> None:
    done = hearthside("practices", "--home", tmp_path)
    lines = done.out.splitlines()
    assert (done.code, len(lines)) == (0, 92)
    assert "start our check-in" in lines[24]
    assert "never does" in lines[87]
