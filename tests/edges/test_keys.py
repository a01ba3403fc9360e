"""Keys that are set, changed and taken off, and those that may not be."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from keyring.errors import KeyringLocked, NoKeyringError

from tests.support.kept import NOW, files_with, keep
from tests.support.keys import LATER, OTHER_WORDS, SECRET, WORDS, Ring, everything, records
from voice.commands.encrypt import decrypt, encrypt
from voice.config import Home, load_config
from voice.edges.journal import Journal
from voice.edges.journal.keys import keys_of
from voice.edges.journal.rescue import open_journal
from voice.errors import HearthsideError
from voice.messages.records import Records

PLACES = ("keyring", "file", "passphrase")


# ---- set, changed, taken off ----------------------------------------------------------------------


@pytest.mark.parametrize("where", PLACES)
def test_no_line_is_lost_and_none_is_in_the_clear(
    home: Home, to: Callable[[str], None], say: Callable[..., None], where: str
) -> None:
    kept, plain = records(home), files_with("umbrella", home.directory)
    assert len(plain) == 2
    to(where)
    assert files_with("umbrella", home.directory) == files_with("SQLite", home.directory) == []
    say(WORDS)
    assert records(home) == kept
    [copy] = (home.directory / "copies").iterdir()
    say(WORDS)
    with closing(Journal(copy, keys_of(home))) as journal:
        assert [note.text for note in journal.records().notes] == [SECRET]


@pytest.mark.parametrize("after", PLACES)
@pytest.mark.parametrize("before", PLACES)
def test_any_key_takes_the_place_of_any_other(
    home: Home, tmp_path: Path, ring: Ring, say: Callable[..., None], before: str, after: str
) -> None:
    kept, key_file = records(home), tmp_path / "journal.key"
    say(WORDS)
    encrypt(home.directory, where=before, key_file=key_file if before == "file" else None)
    say(*([WORDS] if before == "passphrase" else []), OTHER_WORDS)
    encrypt(home.directory, where=after, key_file=key_file if after == "file" else None)
    say(OTHER_WORDS)
    assert records(home) == kept
    assert len(ring.kept) == (after == "keyring"), "the key that opens nothing any more is gone"
    assert key_file.exists() == (after == "file")
    if key_file.exists():
        assert len(key_file.read_text().splitlines()) == 1
        assert key_file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("where", PLACES)
def test_taken_off_it_is_as_before(
    home: Home, to: Callable[[str], None], say: Callable[..., None], ring: Ring, where: str
) -> None:
    kept, config = records(home), home.config_file.read_bytes()
    to(where)
    say(WORDS)
    assert decrypt(home.directory) == 0
    assert records(home) == kept
    assert home.config_file.read_bytes() == config
    assert len(files_with("umbrella", home.directory)) == 2
    assert ring.kept == {}


def test_it_can_be_encrypted_before_the_first_evening(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    encrypt(home.directory, where="file", key_file=tmp_path / "journal.key")
    with closing(open_journal(home.database, NOW, keys_of(home))) as journal:
        keep(journal, SECRET)
    assert files_with("umbrella", home.directory) == []


def test_settings_with_the_other_ending_stay_where_they_are(home: Home, tmp_path: Path) -> None:
    home.config_file.rename(home.directory / "config.yml")
    encrypt(home.directory, where="file", key_file=tmp_path / "journal.key")
    assert load_config(home).partners == ("Alex", "Sam")
    assert not (home.directory / "config.yaml").exists()
    assert len(records(home).notes) == 2


def test_two_homes_may_share_a_key_file(home: Home, tmp_path: Path) -> None:
    other, key_file = Home(tmp_path / "other"), tmp_path / "journal.key"
    for each in (home, other, home):
        encrypt(each.directory, where="file", key_file=key_file)
    assert len(key_file.read_text().splitlines()) == 2
    assert (len(records(home).notes), records(other)) == (2, Records())


def refused(home: Home, **options: object) -> str:
    before = everything(home)
    with pytest.raises(HearthsideError) as caught:
        encrypt(home.directory, **{"where": "file", "key_file": home.directory.parent / "journal.key", **options})
    assert everything(home) == before
    return caught.value.line()


# ---- what may not be -------------------------------------------------------------------------------


def test_a_key_in_the_home_is_refused(home: Home) -> None:
    assert "inside the home" in refused(home, key_file=home.directory / "prompts" / "journal.key")


def test_a_damaged_journal_that_would_stay_in_the_clear_is_told(home: Home) -> None:
    home.database.write_bytes(home.database.read_bytes()[:9000])
    open_journal(home.database, LATER).close()
    line = refused(home)
    assert "damaged-2026-11-24" in line
    assert "Move it out of the home" in line


def test_a_journal_that_is_gone_is_not_begun_anew(home: Home) -> None:
    home.database.unlink()
    assert "goes on with the newest copy" in refused(home)


def test_a_journal_that_lies_elsewhere_is_let_be(home: Home, tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere.sqlite3"
    home.database.rename(elsewhere)
    home.database.symlink_to(elsewhere)
    content = elsewhere.read_bytes()
    assert "is a link" in refused(home)
    assert elsewhere.read_bytes() == content


@pytest.mark.parametrize("trouble", [NoKeyringError("none"), KeyringLocked("no"), None])
def test_a_keyring_that_keeps_nothing_leaves_it_plain(home: Home, ring: Ring, trouble: Exception | None) -> None:
    ring.trouble, ring.forgets_at_once = trouble, True
    line = refused(home, where="keyring", key_file=None)
    assert "keyring" in line
    assert "encrypt file" in line or "Unlock it" in line


@pytest.mark.parametrize("words", [("mice",), ()])
def test_a_passphrase_that_is_none_leaves_it_plain(
    home: Home, say: Callable[..., None], words: tuple[str, ...]
) -> None:
    say(*words)
    assert "needs 8 characters" in refused(home, where="passphrase", key_file=None)


def test_where_nothing_is_kept_yet_nothing_is_left(tmp_path: Path, ring: Ring) -> None:
    home = Home(tmp_path / "home")
    home.directory.mkdir()
    ring.trouble = NoKeyringError("none")
    assert "no keyring answers" in refused(home, where="keyring", key_file=None)
