"""No control character or mark of direction reaches the terminal, the voice, the journal or the settings."""

import re
import sqlite3
from contextlib import closing
from io import StringIO
from pathlib import Path

import pytest

from tests.support.evening import Evening
from tests.support.program import Done, hearthside, home_of_two
from voice.captions import Caption, PlainCaptions

NASTY = "Sam \x1b[2J\x1b]0;owned\x07made \u202esoup\u202c and\u200b tea\x9b31m"
UNSEEN = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")
SAID = "Sam made soup and tea"


def is_clean(done: Done) -> bool:
    return not UNSEEN.search(done.out + done.err)


@pytest.mark.parametrize("as_json", [(), ("--json",)])
def test_an_evening(tmp_path: Path, as_json: tuple[str, ...]) -> None:
    home = home_of_two(tmp_path / "home")
    lines = (f"I appreciate that {NASTY}", "yes", "/\x1b[2Jnonsense", "read tonight's appreciations")
    done = hearthside("type", *as_json, "--home", home, lines=lines)
    assert is_clean(done)
    assert "made soup and tea" in done.out
    with closing(sqlite3.connect(home / "journal.sqlite3")) as connection:
        assert connection.execute("SELECT text FROM notes").fetchone()[0] == SAID


def test_lines_that_an_older_hearthside_kept(tmp_path: Path) -> None:
    home = home_of_two(tmp_path / "home")
    hearthside("type", "--home", home, lines=("I appreciate that Sam sang", "yes"))
    with closing(sqlite3.connect(home / "journal.sqlite3")) as connection:
        connection.execute("UPDATE notes SET text = ?", (NASTY,))
        connection.commit()
    recap = hearthside("recap", "--quiet", "--home", home)
    file = tmp_path / "lines.yaml"
    hearthside("export", "--to", file, "--home", home)
    assert is_clean(recap)
    assert "made soup and tea" in recap.out
    assert f"text: {SAID}\n" in file.read_text(encoding="utf-8")


def test_names_settings_and_mistakes(tmp_path: Path) -> None:
    home = tmp_path / "home"
    names = ("Al\x1b[31mex\u202e", "S\x07am\u200b")
    assert is_clean(hearthside("setup", "--no-download", "--names", *names, "--home", home, lines=()))
    assert '["Alex", "Sam"]' in (home / "config.yaml").read_text(encoding="utf-8")
    assert is_clean(hearthside("setup", "--country", "\x1b[31mxx", "--home", home))
    assert is_clean(hearthside("understand", "--home", home, lines=("ask \x1b[31mus a \u202equestion\x9b2J",)))
    assert is_clean(hearthside("hear", "no \x1b[31mfile.wav", "--home", home))
    assert is_clean(hearthside("nonsense\x1b[31m"))


def test_a_deck_of_the_couples_own_is_spoken_clean(tmp_path: Path) -> None:
    folder = tmp_path / "prompts" / "decks"
    folder.mkdir(parents=True)
    question = '"What \\e[31mdid \\u202Eyou do?"'
    text = f"name: ours\ntitle: Ours\nprompts:\n  - {{id: ours-1, text: {question}, depth: 1}}\n"
    (folder / "ours.yaml").write_text(text, encoding="utf-8")
    evening = Evening(tmp_path, fresh=True)
    said = evening.type("pick the ours deck")
    evening.close()
    assert said
    assert "What did you do?" in said[-1]


# ---- what is private in a session ---------------------------------------------------------------------

DICTATED = ("a journal entry from Sam", "I lost the yellow umbrella", "no")


def test_words_to_be_kept_that_were_asked_for_reach_no_pipe(tmp_path: Path) -> None:
    home = home_of_two(tmp_path / "home")
    plain = hearthside("type", "--seed", "1", "--home", home, lines=DICTATED)
    assert "umbrella" not in plain.out
    assert "Hearthside  ..." in plain.out
    asked_for = hearthside("type", "--seed", "1", "--private", "--home", home, lines=DICTATED)
    assert "umbrella" in asked_for.out


def test_in_a_session_what_is_heard_and_what_quotes_it_is_private(evening: Evening) -> None:
    evening.type("I appreciate that Alex sang", "no", "start our check-in")
    assert evening.loop.state.walk
    before = len(evening.captions)
    evening.loop.typed("hold on")
    heard = [caption.private for caption in evening.captions[before:] if caption.event in ("heard", "matched")]
    assert heard == [True, True]


def test_at_a_terminal_they_are_shown() -> None:
    class Terminal(StringIO):
        def isatty(self) -> bool:
            return True

    caption = Caption("said", 1.0, {"text": "You said: soup. Keep it?"}, private=True)
    for stream, shown in ((Terminal(), True), (StringIO(), False)):
        PlainCaptions(stream)(caption)
        assert ("soup" in stream.getvalue()) is shown
