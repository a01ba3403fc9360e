"""Keys that are wrong, lost or locked away: one line each, and the home stays as it was."""

import shutil
import sys
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from keyring.errors import KeyringLocked, NoKeyringError

from tests.support.kept import files_with, keep
from tests.support.keys import LATER, SECRET, WORDS, Ring, everything, records
from voice.commands.encrypt import encrypt
from voice.config import Config, Home, load_config, save_config
from voice.edges.journal import Journal
from voice.edges.journal.keys import CREDENTIAL, keys_in, keys_of
from voice.edges.journal.rescue import open_journal
from voice.errors import JournalError, LockedJournal, LockedKeyring
from voice.messages.records import Records


def told(home: Home) -> str:
    """The one line for an evening that cannot open the journal; everything in the home is as it was."""
    before = everything(home)
    lines = list[str]()
    for attempt in (Journal, lambda path, keys: open_journal(path, LATER, keys)):
        with pytest.raises(JournalError) as caught:
            attempt(home.database, keys_in(load_config(home).encryption))
        lines.append(caught.value.line())
    assert lines[0] == lines[1]
    assert "\n" not in lines[0]
    assert everything(home) == before
    return lines[0]


# ---- a key that is not at hand ---------------------------------------------------------------------


def test_a_wrong_passphrase(home: Home, to: Callable[[str], None], say: Callable[..., None]) -> None:
    to("passphrase")
    say("three blind cats", "three blind cats")
    assert "this is not the passphrase of the journal" in told(home)
    say()
    assert "nobody gave its passphrase" in told(home)


def test_a_service_takes_the_passphrase_from_systemd(
    home: Home, to: Callable[[str], None], say: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    to("passphrase")
    say()
    (tmp_path / CREDENTIAL).write_text(f"{WORDS}\n")
    monkeypatch.setenv("CREDENTIALS_DIRECTORY", str(tmp_path))
    assert len(records(home).notes) == 2


def test_a_key_file_that_is_lost_foreign_or_open(home: Home, to: Callable[[str], None], tmp_path: Path) -> None:
    to("file")
    file = tmp_path / "journal.key"
    content = file.read_text()
    file.chmod(0o644)
    assert told(home) == f"{file}: others can get at the key file. chmod go= {file}"
    file.chmod(0o600)
    file.write_text("0011223344556677 " + "00" * 32)
    assert "this key file has no key for the journal" in told(home)
    file.write_text(content.split()[0] + " " + "00" * 32)
    assert "another one than that of the journal" in told(home)
    file.write_text("Dear grandma, how are you?")
    assert "this is no key file of Hearthside" in told(home)
    file.unlink()
    assert "the key file of the journal is not there" in told(home)
    file.mkdir()
    assert "the key file cannot be read" in told(home) or "others can get at" in told(home)


def test_a_keyring_that_is_locked_away_or_has_no_key(home: Home, to: Callable[[str], None], ring: Ring) -> None:
    to("keyring")
    for trouble, what in (
        (KeyringLocked("no"), "the keyring is locked. Unlock it"),
        (NoKeyringError("none"), "no keyring answers"),
        (ConnectionResetError("gone"), "no keyring answers"),
    ):
        ring.trouble = trouble
        assert what in told(home)
        with pytest.raises(LockedKeyring):  # what a service waits for
            keys_of(home).of_file(home.database)
    ring.trouble = None
    ring.kept.clear()
    line = told(home)
    assert "the keyring of this user has no key for the journal" in line
    assert "hearthside restore FILE --yes" in line


@pytest.mark.parametrize(("where", "package"), [("file", "sqlcipher3.dbapi2"), ("keyring", "keyring")])
def test_without_its_library(
    home: Home, to: Callable[[str], None], monkeypatch: pytest.MonkeyPatch, where: str, package: str
) -> None:
    to(where)
    monkeypatch.setitem(sys.modules, package, None)
    line = told(home)
    assert "not installed" in line
    assert "pip install 'hearthside[encrypted]'" in line


def test_settings_that_were_lost(home: Home, to: Callable[[str], None]) -> None:
    to("file")
    save_config(home, Config())
    assert "config.yaml does not say where its key is" in told(home)


def test_settings_that_name_another_place(home: Home, to: Callable[[str], None], say: Callable[..., None]) -> None:
    to("file")
    save_config(home, Config(encryption="passphrase"))
    say(WORDS, WORDS)
    assert "is in a keyring or a file" in told(home)
    save_config(home, Config(encryption="keyring"))
    assert "has no key for the journal" in told(home)


def test_settings_that_say_it_is_encrypted_do_not_make_it_so(home: Home) -> None:
    save_config(home, replace(load_config(home), encryption="keyring"))
    assert "the journal is not encrypted, and config.yaml says that it is" in told(home)


def test_a_journal_that_is_gone_does_not_begin_anew(home: Home, to: Callable[[str], None], tmp_path: Path) -> None:
    to("file")
    key_file = tmp_path / "journal.key"
    home.database.unlink()
    shutil.rmtree(home.directory / "copies")
    assert "the encrypted journal is gone" in told(home)
    home.database.touch()
    assert "the encrypted journal is gone" in told(home)
    encrypt(home.directory, where="file", key_file=key_file)
    assert records(home) == Records()


def test_its_copies_are_not_passed_over_because_the_key_is_wrong(
    home: Home, to: Callable[[str], None], say: Callable[..., None]
) -> None:
    to("passphrase")
    home.database.unlink()
    say("three blind cats")
    before = everything(home)
    with pytest.raises(LockedJournal, match="not the passphrase"):
        open_journal(home.database, LATER, keys_in("passphrase"))
    assert everything(home) == before
    say(WORDS)
    with closing(open_journal(home.database, LATER, keys_in("passphrase"))) as journal:
        assert [note.text for note in journal.records().notes] == [SECRET]


def test_a_damaged_one_without_a_copy_goes_on_with_its_key(home: Home, to: Callable[[str], None]) -> None:
    """What begins anew is encrypted as well, and what was put aside is as it was."""
    to("file")
    shutil.rmtree(home.directory / "copies")
    home.database.write_bytes(home.database.read_bytes()[:9000])
    with closing(open_journal(home.database, LATER, keys_of(home))) as journal:
        assert "no copy" in journal.told
        keep(journal, SECRET)
    assert [note.text for note in records(home).notes] == [SECRET]
    assert files_with("umbrella", home.directory) == []
