"""An encrypted home as people live in it: evenings, moving house, and no word in any file."""

import os
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import pytest

from tests.support.kept import files_with
from tests.support.paths import ROOT
from tests.support.program import Done, hearthside, home_of_two
from voice.commands.backup import backup, restore
from voice.commands.doctor import examine
from voice.commands.doctor_checks import Visit, database
from voice.commands.encrypt import decrypt, encrypt
from voice.commands.export import export
from voice.config import Config, Home, load_config, save_config
from voice.edges.journal import Journal
from voice.edges.journal.keys import keys_of
from voice.errors import HearthsideError
from voice.messages.actions import Keep
from voice.messages.records import Note

WORDS = "three blind mice"


@pytest.fixture
def plain(tmp_path: Path) -> Path:
    """A home with a line."""
    return with_a_line(home_of_two(tmp_path / "ours" / "home"), "Sam found the purple umbrella")


@pytest.fixture
def home(plain: Path) -> Path:
    """The same, encrypted."""
    encrypt(plain, where="file", key_file=key_of(plain))
    return plain


def with_a_line(home: Path, text: str) -> Path:
    now = datetime.now().astimezone()
    with closing(Journal(home / "journal.sqlite3", keys_of(Home(home)))) as journal:
        journal.store(Keep(Note("Alex", "Sam", text, "that", now)))
        journal.copy(now)
    return home


def key_of(home: Path) -> Path:
    return home.with_name("journal.key")


def exported(home: Path) -> str:
    file = home.with_name("lines.yaml")
    export(home, file)
    return file.read_text(encoding="utf-8")


def is_dark(home: Path) -> bool:
    """Whether no file of the home has the line, or is an ordinary database."""
    return files_with("umbrella", home) == files_with("SQLite format 3", home) == []


# ---- evenings --------------------------------------------------------------------------------------


def test_an_evening_leaves_no_word_in_any_file(home: Path, tmp_path: Path) -> None:
    (tmp_path / "tmp").mkdir()
    places = {name: str(tmp_path / "tmp") for name in ("TMPDIR", "XDG_CACHE_HOME")}
    lines = ("I appreciate that Sam mended the accordion", "yes", "read tonight's appreciations")
    evening = hearthside("type", "--json", "--home", home, lines=lines, environment=places)
    assert (evening.code, evening.err) == (0, "")
    assert any("purple umbrella" in line for line in evening.said())
    assert any("accordion" in line for line in evening.said())
    assert is_dark(home)
    assert files_with("accordion", home) == files_with("accordion", tmp_path / "tmp") == []
    hearthside("type", "--home", home, lines=("delete my last appreciation", "yes"), environment=places)
    assert "accordion" not in exported(home)
    assert "umbrella" in exported(home)
    assert hearthside("recap", "--quiet", "--home", home).out.count("umbrella") == 1


def test_the_passphrase_is_the_first_line_of_a_pipe(plain: Path) -> None:
    assert hearthside("encrypt", "passphrase", "--home", plain, lines=[WORDS]).code == 0
    right = hearthside("type", "--json", "--home", plain, lines=(WORDS, "read tonight's appreciations"))
    assert any("purple umbrella" in line for line in right.said())
    wrong = hearthside("type", "--home", plain, lines=("read tonight's appreciations",))
    where = plain / "journal.sqlite3"
    assert wrong == Done(
        1,
        "",
        f"{where}: this is not the passphrase of the journal. "
        "Try again. Without it, what is left is a backup: hearthside restore FILE --yes\n",
    )


def test_doctor_says_how_it_is_encrypted(home: Path) -> None:
    visit = Visit(Home(home), config=load_config(Home(home)))
    assert f"encrypted with a key in {key_of(home)}; copies: 1" in examine(database, visit).text
    key_of(home).unlink()
    found = examine(database, visit)
    assert (found.ok, "the key file of the journal is not there" in found.text) == (False, True)


def test_the_demo_needs_no_key(home: Path) -> None:
    """It has a home of its own, with the couple's ears and voice."""
    key_of(home).unlink()
    demo = hearthside("demo", "--json", "--quiet", "--home", home)
    assert demo.err == ""
    assert len(demo.said()) > 20


WITHOUT = """
import sys
from voice.cli import run_command
for arguments in (["decks"], ["export"], ["recap", "--quiet"]):
    run_command([*arguments, "--home", sys.argv[1]])
try:
    run_command(["--help"])
finally:
    print([name for name in ("sqlcipher3", "keyring", "secretstorage") if name in sys.modules], file=sys.stderr)
"""


def test_a_plain_home_loads_nothing_new(plain: Path, tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", WITHOUT, str(plain)]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, cwd=tmp_path, check=True)
    assert done.stderr == "[]\n"


# ---- moving house ----------------------------------------------------------------------------------


def test_a_backup_of_it_opens_on_a_machine_without_the_key(home: Path, tmp_path: Path) -> None:
    file, other = tmp_path / "ours.tar", tmp_path / "theirs" / "home"
    assert hearthside("backup", "--plain", file, "--home", home).code == 0
    lines = exported(home)
    key_of(home).unlink()
    assert hearthside("restore", file, "--home", other).code == 0
    assert exported(other) == lines
    assert load_config(Home(other)) == Config(partners=("Alex", "Sam"), recap_at=None)
    with_a_line(other, "and Sam hung it up")


def test_what_is_restored_into_an_encrypted_home_is_encrypted(home: Path, tmp_path: Path) -> None:
    file, key = tmp_path / "ours.tar", key_of(home).read_text()
    source = with_a_line(home_of_two(tmp_path / "other" / "home"), "Sam lost the umbrella again")
    backup(source, to=file, plain=True)
    with pytest.raises(HearthsideError, match="1 kept lines would be lost"):
        restore(home, source=file, yes=False)
    assert "purple umbrella" in exported(home)
    assert restore(home, source=file, yes=True) == 0
    assert exported(home) == exported(source)
    assert is_dark(home)
    assert len(key_of(home).read_text().splitlines()) == 1, "the former key is gone"
    assert key_of(home).read_text() != key


@pytest.mark.parametrize("loss", ["the key", "the key and the journal"])
def test_after_the_loss_of_the_key_a_backup_goes_on(home: Path, tmp_path: Path, loss: str) -> None:
    file = tmp_path / "ours.tar"
    backup(home, to=file, plain=True)
    lines = exported(home)
    key_of(home).unlink()
    if loss != "the key":
        (home / "journal.sqlite3").unlink()
    assert restore(home, source=file, yes=True) == 0
    assert exported(home) == lines
    assert is_dark(home)


def test_a_backup_cannot_bring_settings_of_another_key(plain: Path, tmp_path: Path) -> None:
    """Neither does an encrypted home become plain, nor a plain one encrypted."""
    file = tmp_path / "ours.tar"
    save_config(Home(plain), Config(partners=("Alex", "Sam"), encryption="keyring"))
    backup(plain, to=file, plain=True)
    save_config(Home(plain), Config(partners=("Alex", "Sam")))
    assert restore(plain, source=file, yes=True) == 0
    assert load_config(Home(plain)).encryption == "off"
    assert "umbrella" in exported(plain)


def test_what_was_encrypted_twice_and_taken_off_is_plain(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = exported(home)
    encrypt(home, where="file", key_file=key_of(home))
    assert exported(home) == before
    assert decrypt(home) == 0
    assert exported(home) == before
    assert (home / "journal.sqlite3").read_bytes().startswith(b"SQLite format 3")
    assert not key_of(home).exists()
    capsys.readouterr()
    assert decrypt(home) == 0
    assert capsys.readouterr().out == "What you keep is not encrypted.\n"


def test_another_program_at_work_is_not_disturbed(home: Path) -> None:
    evening = subprocess.Popen(
        [sys.executable, "-m", "voice", "type", "--json", "--home", str(home)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT,
    )  # fmt: skip
    assert evening.stdin
    assert evening.stdout
    evening.stdin.write("ask us a question\n")
    evening.stdin.flush()
    evening.stdout.readline()
    try:
        with pytest.raises(HearthsideError, match="another Hearthside is at work"):
            decrypt(home)
        assert "umbrella" in exported(home)
    finally:
        evening.communicate()
    assert is_dark(home)
