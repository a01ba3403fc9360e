"""Fixtures that tests of keys, and of journals, share: homes whose journal is plain or encrypted."""

import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from io import StringIO
from pathlib import Path

import keyring
import pytest

from tests.support.journals import HOW, begin, opened
from tests.support.kept import NOW, keep
from tests.support.keys import SECRET, WORDS, Ring
from voice.commands.encrypt import encrypt
from voice.config import Config, Home, save_config
from voice.edges.journal import Journal


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


@pytest.fixture
def plain_path(tmp_path: Path) -> Path:
    return tmp_path / "home" / "journal.sqlite3"


@pytest.fixture(params=HOW)
def path(plain_path: Path, request: pytest.FixtureRequest) -> Path:
    return begin(plain_path, request.param)


@pytest.fixture
def journal(path: Path) -> Iterator[Journal]:
    one = opened(path)
    yield one
    one.close()
