"""What a journal is encrypted with: its key, the mark in its first 16 bytes, and the library that does it, SQLCipher.

SQLCipher leaves the first 16 bytes of a file, its salt, to whoever gives it a key of 256 bits. There stands what kind
of key it is, which one, and by four bytes whether a key is the right one: so a wrong key is told from damage.
"""

import hashlib
import hmac
import secrets
import sqlite3
import sys
import unicodedata
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from voice.errors import JournalError, LockedJournal

KEPT, WORDS = b"HsK1", b"HsP1"  # how the mark begins: a random key, or one that was made from a passphrase
MARK = 16  # bytes
_SALT = 8  # bytes
_SECRET = 32  # bytes
PLAIN_MARK = b"SQLite format 3\0"
YOURS = "Make the file and its directory yours."
_WORK = 2**16  # of scrypt: 64 MB and 0.35 s for each passphrase that somebody tries
_SETTINGS = (
    "PRAGMA cipher_log_level = NONE",  # a wrong key would be told on standard error
    "PRAGMA key = \"x'{key}'\"",
    "PRAGMA cipher_compatibility = 4",  # as SQLCipher 4 does it, in later ones too
)


@dataclass(frozen=True, slots=True)
class Cipher:
    """What the files of one journal, its copies too, are encrypted with."""

    mark: bytes
    """The first 16 bytes of each file: kind of the key, salt, check."""
    secret: bytes = field(repr=False)
    """32 bytes."""

    @property
    def name(self) -> str:
        """Which key it is, in a keyring or a file of keys."""
        return key_name(self.mark)

    def fits(self, mark: bytes) -> bool:
        """Whether a file with this mark was encrypted with it."""
        return hmac.compare_digest(self.mark, mark)


def new_cipher() -> Cipher:
    """One with a random key."""
    return kept_cipher(_new_mark(KEPT), secrets.token_bytes(_SECRET))


def new_cipher_of_words(words: str) -> Cipher:
    """One whose key is made from a passphrase."""
    return cipher_of_words(_new_mark(WORDS), words)


def kept_cipher(mark: bytes, secret: bytes) -> Cipher:
    """The one with this key; it `fits` the file whose mark this is if the key is the right one."""
    begin = mark[: len(KEPT) + _SALT]
    return Cipher(begin + hmac.digest(secret, begin, "sha256")[: MARK - len(begin)], secret)


def cipher_of_words(mark: bytes, words: str) -> Cipher:
    """As `kept_cipher`, with the key that a passphrase gives for this file."""
    typed = unicodedata.normalize("NFKC", words).encode()
    salt = mark[len(WORDS) : len(WORDS) + _SALT]
    return kept_cipher(mark, hashlib.scrypt(typed, salt=salt, n=_WORK, r=8, p=1, maxmem=2**27, dklen=_SECRET))


def _new_mark(kind: bytes) -> bytes:
    return kind + secrets.token_bytes(_SALT)


def key_name(mark: bytes) -> str:
    """Which key a file with this mark was encrypted with."""
    return mark[len(KEPT) : len(KEPT) + _SALT].hex()


def mark_of(path: Path) -> bytes:
    """The first 16 bytes of a file, or as many as there are; b"" for none. Raises JournalError."""
    if not path.is_file():
        return b""
    try:
        with path.open("rb") as file:
            return file.read(MARK)
    except OSError as error:
        what = f"the journal cannot be opened: {error.strerror or error}"
        raise JournalError(what, str(path), YOURS) from error


def is_encrypted(mark: bytes) -> bool:
    """Whether a file that begins so is an encrypted journal."""
    return len(mark) == MARK and mark.startswith((KEPT, WORDS))


def open_encrypted(database: str, cipher: Cipher, **options: Any) -> sqlite3.Connection:
    """A connection of SQLCipher, which does all that one of sqlite3 does but `backup` and `serialize`.

    options: as sqlite3.connect takes them. Raises LockedJournal where SQLCipher is not installed.
    """
    try:
        from sqlcipher3.dbapi2 import connect
    except ImportError as error:
        fix = "Install it: pip install 'hearthside[encrypted]'"
        raise LockedJournal("the library that opens an encrypted journal is not installed", database, fix) from error
    sys.audit("sqlite3.connect", database)  # as Python's own library tells those who watch what is opened
    connection: sqlite3.Connection = connect(database, **options)
    for setting in _SETTINGS:
        connection.execute(setting.format(key=cipher.secret.hex() + cipher.mark.hex()))
    return connection


def database_errors() -> tuple[type[Exception], ...]:
    """The errors that a connection raises: of sqlite3, of SQLCipher where it is in use, of bytes that are no text."""
    cipher = sys.modules.get("sqlcipher3.dbapi2")
    return (sqlite3.DatabaseError, UnicodeDecodeError, *((cipher.DatabaseError,) if cipher else ()))
