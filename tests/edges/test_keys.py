"""Keys that are wrong, lost, locked away or in the wrong hands: one line each, and the home stays as it was."""

import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from io import StringIO
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.errors import KeyringLocked, NoKeyringError

from tests.edges.test_journal import NOW, files_with, keep
from voice.commands.encrypt import decrypt, encrypt
from voice.config import Config, Home, load_config, save_config
from voice.edges.home import settled
from voice.edges.journal import Journal
from voice.edges.journal.keys import CREDENTIAL, keys_in, keys_of
from voice.edges.journal.rescue import open_journal
from voice.errors import HearthsideError, JournalError, LockedJournal, LockedKeyring
from voice.messages.records import Records

SECRET = "Sam hid the blue umbrella"
WORDS, OTHER_WORDS = "three blind mice", "four blind cats"
PLACES = ("keyring", "file", "passphrase")
LATER = NOW + timedelta(days=1)


class Ring(KeyringBackend):
    """A keyring in memory; `trouble` is raised by whatever is asked of it."""

    priority = 1.0  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.kept = dict[tuple[str, str], str]()
        self.trouble: Exception | None = None
        self.forgets_at_once = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.trouble:
            raise self.trouble
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.trouble:
            raise self.trouble
        if not self.forgets_at_once:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def ring() -> Iterator[Ring]:
    before, one = keyring.get_keyring(), Ring()
    keyring.set_keyring(one)
    yield one
    keyring.set_keyring(before)


@pytest.fixture
def say(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Gives lines to whoever asks for passphrases next."""
    return lambda *words: monkeypatch.setattr(sys, "stdin", StringIO("".join(f"{word}\n" for word in words)))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    """A plain home with a line in the journal and in a copy, and one of today."""
    place = Home(tmp_path / "home")
    save_config(place, Config(partners=("Alex", "Sam")))
    with closing(Journal(place.database)) as journal:
        keep(journal, SECRET)
        journal.copy(NOW)
        keep(journal, "a line of today")
    return place


@pytest.fixture
def to(home: Home, tmp_path: Path, ring: Ring, say: Callable[..., None]) -> Callable[[str], None]:
    """Encrypts the home with a key in one of PLACES."""

    def do(where: str) -> None:
        say(WORDS)
        encrypt(home.directory, where=where, key_file=tmp_path / "journal.key" if where == "file" else None)

    return do


def everything(home: Home) -> dict[str, bytes]:
    """Path -> content, folders too; but for the lock."""
    there = (file for file in home.directory.rglob("*") if file != home.lock)
    return {str(file): file.read_bytes() if file.is_file() else b"" for file in there}


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


def records(home: Home) -> Records:
    with closing(Journal(settled(home).database, keys_of(home))) as journal:
        return journal.records()


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


# ---- what may not be -------------------------------------------------------------------------------


def refused(home: Home, **options: object) -> str:
    before = everything(home)
    with pytest.raises(HearthsideError) as caught:
        encrypt(home.directory, **{"where": "file", "key_file": home.directory.parent / "journal.key", **options})
    assert everything(home) == before
    return caught.value.line()


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
