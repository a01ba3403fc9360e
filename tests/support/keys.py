"""A home whose journal is encrypted, and a keyring of its own."""

from contextlib import closing
from datetime import timedelta

from keyring.backend import KeyringBackend

from tests.support.kept import NOW
from voice.config import Home
from voice.edges.home import settled
from voice.edges.journal import Journal
from voice.edges.journal.keys import keys_of
from voice.messages.records import Records

SECRET = "Sam hid the blue umbrella"
WORDS, OTHER_WORDS = "three blind mice", "four blind cats"
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


def everything(home: Home) -> dict[str, bytes]:
    """Path -> content, folders too; but for the lock."""
    there = (file for file in home.directory.rglob("*") if file != home.lock)
    return {str(file): file.read_bytes() if file.is_file() else b"" for file in there}


def records(home: Home) -> Records:
    with closing(Journal(settled(home).database, keys_of(home))) as journal:
        return journal.records()
