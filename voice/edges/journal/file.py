"""The file of the journal: what SQLite must do with it, its tables in every version, and whether it is sound."""

import errno
import os
import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, NoReturn

from voice.edges.journal.cipher import YOURS, Cipher, database_errors, open_encrypted
from voice.edges.journal.keys import PLAIN, Keys
from voice.edges.journal.rows import read_records
from voice.errors import DamagedJournal, JournalError
from voice.files import private_directory, private_file
from voice.language.visible import visible_lines

APPLICATION_ID = 0x48656172  # "Hear", in the header of the file: tells ours from those of other programs
BUSY_SECONDS = 1.0  # how long to wait while another program writes
SETTINGS = (
    "PRAGMA journal_mode = DELETE",  # in WAL mode, what was deleted stays on the disk
    "PRAGMA synchronous = FULL",  # what is committed survives a power cut; 2.4 ms a commit
    "PRAGMA fullfsync = ON",  # the same on macOS
    "PRAGMA secure_delete = ON",  # what is deleted is overwritten with zeros
    "PRAGMA temp_store = MEMORY",  # no words in temporary files
)

# What leads from each version of the file (PRAGMA user_version) to the next. Times are ISO 8601 with offset.
MIGRATIONS = (
    (
        "CREATE TABLE notes (id INTEGER PRIMARY KEY AUTOINCREMENT, who TEXT NOT NULL, for_whom TEXT NOT NULL,"
        " text TEXT NOT NULL, frame TEXT NOT NULL, said_at TEXT NOT NULL) STRICT",
        "CREATE TABLE asked (id INTEGER PRIMARY KEY AUTOINCREMENT, prompt TEXT NOT NULL, deck TEXT NOT NULL,"
        " asked_at TEXT NOT NULL, round INTEGER NOT NULL) STRICT",
        "CREATE TABLE timers (id INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT NOT NULL, name TEXT NOT NULL,"
        " seconds REAL NOT NULL, ends_at TEXT, seconds_left REAL NOT NULL, for_whom TEXT NOT NULL) STRICT",
        "CREATE TABLE done (what TEXT NOT NULL, date TEXT NOT NULL, PRIMARY KEY (what, date)) STRICT",
        "CREATE TABLE settings (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT",
    ),
    ("CREATE TABLE own_prompts (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL) STRICT",),
    (
        "ALTER TABLE notes ADD COLUMN kind TEXT NOT NULL DEFAULT 'appreciation'",
        "ALTER TABLE notes ADD COLUMN done_at TEXT",
        "CREATE TABLE reminders (id INTEGER PRIMARY KEY AUTOINCREMENT, text TEXT NOT NULL, at TEXT NOT NULL,"
        " made_at TEXT NOT NULL, every TEXT NOT NULL, who TEXT NOT NULL, kind TEXT NOT NULL, offers TEXT NOT NULL,"
        " seconds REAL NOT NULL) STRICT",
    ),
    ("CREATE TABLE voices (id INTEGER PRIMARY KEY AUTOINCREMENT, who TEXT NOT NULL, embedding TEXT NOT NULL) STRICT",),
)
TABLES = ("notes", "asked", "timers", "done", "settings", "own_prompts", "reminders", "voices")

GO_ON = "Start `hearthside run` or `hearthside type`: it goes on with the newest copy."
# SQLite's primary result code -> what happened, and what to do about it.
TROUBLES = {
    sqlite3.SQLITE_FULL: ("the disk is full", "Make room and try again; what was kept before is safe."),
    sqlite3.SQLITE_IOERR: ("the disk refused", "Check the disk; what was kept before is safe."),
    sqlite3.SQLITE_BUSY: ("another program is using the journal", "Close the other Hearthside and try again."),
    sqlite3.SQLITE_READONLY: ("the journal may not be written", YOURS),
    sqlite3.SQLITE_CANTOPEN: ("the journal may not be opened", YOURS),
    sqlite3.SQLITE_CORRUPT: ("the journal is damaged", GO_ON),
    sqlite3.SQLITE_NOTADB: ("this is no journal", GO_ON),
}
DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
NO_ROOM = (TROUBLES[sqlite3.SQLITE_FULL][0], TROUBLES[sqlite3.SQLITE_IOERR][0])
_MAY_NOT_WRITE = (errno.EROFS, errno.EACCES, errno.EPERM)


def open_file(path: Path, keys: Keys = PLAIN, *, only_read: bool = False) -> sqlite3.Connection:
    """Open the file (0600; made, with its directory, when it is not there), look through all of it, and bring it up to
    date.

    One that may only be read, or is to be, is opened for reading. Raises JournalError, DamagedJournal for a damaged one
    and LockedJournal for one whose key is not at hand; it is left as it is then.
    """
    cipher = keys.of_file(path)
    may_write = not only_read and _may_write(path)
    with errors(path):
        connection = connect(path, cipher) if may_write else _read_only(path, cipher)
    with _closed_on_errors(connection, path):
        if may_write:
            _check_header(connection, path)
            for setting in SETTINGS:
                connection.execute(setting)
            migrate(connection, path)
        check(connection, path)
    return connection


def open_bytes(content: bytes, path: Path) -> sqlite3.Connection:
    """What is in the bytes of a plain file, in memory, looked through and up to date. Raises JournalError."""
    connection = connect(":memory:")
    with _closed_on_errors(connection, path):
        connection.deserialize(content)
        _check_header(connection, path)
        migrate(connection, path)
        check(connection, path)
    return connection


@contextmanager
def _closed_on_errors(connection: sqlite3.Connection, path: Path) -> Iterator[None]:
    """As `errors`, for a connection that nobody has yet: it is closed then."""
    try:
        with errors(path):
            yield
    except JournalError:
        connection.close()
        raise


def _may_write(path: Path) -> bool:
    """Make the file where it is missing. Raises JournalError where there is nothing to read either."""
    try:
        if path.exists() and not stat.S_ISREG(path.stat().st_mode):
            raise JournalError("the journal cannot be opened: this is no ordinary file", str(path), YOURS)
        private_directory(path.parent)
        private_file(path)  # before SQLite, which would let others read it
    except OSError as error:
        if error.errno in _MAY_NOT_WRITE and os.access(path, os.R_OK):
            return False
        what = f"the journal cannot be opened: {error.strerror or error}"
        raise JournalError(what, str(path), YOURS) from error
    return True


def connect(path: Path | str, cipher: Cipher | None = None, *, uri: bool = False) -> sqlite3.Connection:
    """A connection with the database at a path or an address, encrypted with the cipher or plain."""
    if cipher is None:
        connection = sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None, uri=uri)
    else:
        connection = open_encrypted(str(path), cipher, timeout=BUSY_SECONDS, isolation_level=None, uri=uri)
    connection.text_factory = lambda raw: visible_lines(raw.decode())  # older journals took whatever was said
    return connection


def _read_only(path: Path, cipher: Cipher | None) -> sqlite3.Connection:
    """What is in a file that may only be read, in memory and up to date; it refuses to be written."""
    connection = connect(":memory:")
    with closing(connect(f"{path.absolute().as_uri()}?mode=ro", cipher, uri=True)) as source:
        _check_header(source, path)
        pour(source, connection, path)
    migrate(connection, path)
    connection.execute("PRAGMA query_only = ON")
    return connection


def pour(source: sqlite3.Connection, target: sqlite3.Connection, path: Path) -> None:
    """Write all that is kept, and nothing that was deleted, into an empty database, in the version of its source.

    Either may be encrypted. path: of the source. Raises JournalError.
    """
    with transaction(source, path, "BEGIN"):  # all tables as they are at one moment
        migrate(target, path, pragma(source, "user_version"))
        if _columns(source) != _columns(target):
            complain(sqlite3.SQLITE_CORRUPT, path)
        tables = [name for (name,) in target.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        with transaction(target, path, "BEGIN IMMEDIATE"):
            for table in sorted(tables, key="sqlite_sequence".__eq__):  # which SQLite fills by itself: the last one
                rows = source.execute(f"SELECT * FROM {table}").fetchall()
                target.execute(f"DELETE FROM {table}")
                if rows:
                    target.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(rows[0]))})", rows)


def write_file(source: sqlite3.Connection, file: Path, cipher: Cipher | None, path: Path) -> None:
    """Write all that is kept into a new file, and look through that. path: of the source. Raises JournalError, OSError.

    What may have to be undone is held in memory, and nothing lies beside the file.
    """
    with errors(file), closing(connect(private_file(file), cipher)) as target:
        target.execute("PRAGMA journal_mode = MEMORY")
        pour(source, target, path)
        check(target, file)
    with file.open("rb") as written:
        os.fsync(written.fileno())


def _check_header(connection: sqlite3.Connection, path: Path) -> None:
    """Raise JournalError for a file that is not ours, or from a later Hearthside."""
    application, version = pragma(connection, "application_id"), pragma(connection, "user_version")
    tables = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
    if application != APPLICATION_ID and tables:
        fix = "Move the file away to begin a new one."
        raise JournalError("this is the database of another program", str(path), fix)
    if version > len(MIGRATIONS):
        what = f"the journal is of a later Hearthside (version {version}, known are {len(MIGRATIONS)})"
        raise JournalError(what, str(path), "Install the newest Hearthside.")
    if pragma(connection, "integrity_check(1)") != "ok":
        complain(sqlite3.SQLITE_CORRUPT, path)


def check(connection: sqlite3.Connection, path: Path) -> None:
    """Raise DamagedJournal unless every table, and every value in it, is one that we write."""
    with closing(connect(":memory:")) as fresh:
        migrate(fresh, path)
        if _columns(connection) != _columns(fresh):
            complain(sqlite3.SQLITE_CORRUPT, path)
    read_records(connection)


def _columns(connection: sqlite3.Connection) -> list[tuple[object, ...]]:
    """The name, type and place of every column of every table, and all else that is no table."""
    return connection.execute(
        'SELECT s.type, s.name, c.cid, c.name, c.type, c."notnull", c.pk FROM sqlite_schema s'
        " LEFT JOIN pragma_table_info(s.name) c ORDER BY s.type, s.name, c.cid"
    ).fetchall()


def migrate(connection: sqlite3.Connection, path: Path, to: int = len(MIGRATIONS)) -> None:
    """Lead a journal, which may be empty, from its version to a later one. Raises JournalError."""
    if pragma(connection, "user_version") == to:
        return
    with transaction(connection, path, "BEGIN IMMEDIATE"):
        for statements in MIGRATIONS[pragma(connection, "user_version") : to]:
            for statement in statements:
                connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        connection.execute(f"PRAGMA user_version = {to}")


def forget_row(connection: sqlite3.Connection, table: str, key: int) -> None:
    """Write all other rows anew: SQLite zeroes the pages of a table that it empties.

    Deleting the one row is not enough: where rows once moved between pages, copies stay in the gaps of a page
    that is still in use, which secure_delete does not reach: seen after 6 of 40 random histories of 300 steps,
    and after none of the same 40 this way. It takes 0.1 s among 7,000 notes.
    """
    others = connection.execute(f"SELECT * FROM {table} WHERE id <> ? ORDER BY id", (key,)).fetchall()
    connection.execute(f"DELETE FROM {table}")
    if others:
        marks = ", ".join("?" * len(others[0]))
        connection.executemany(f"INSERT INTO {table} VALUES ({marks})", others)


def pragma(connection: sqlite3.Connection, name: str) -> Any:
    """The value of a PRAGMA."""
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


@contextmanager
def transaction(connection: sqlite3.Connection, path: Path, begin: str) -> Iterator[None]:
    """All of it or nothing."""
    with errors(path):
        connection.execute(begin)
        try:
            yield
            connection.execute("COMMIT")
        finally:
            if connection.in_transaction:
                connection.execute("ROLLBACK")


@contextmanager
def errors(path: Path) -> Iterator[None]:
    """Turn what SQLite or SQLCipher reports into one line, in which no kept word stands."""
    try:
        yield
    except database_errors() as error:
        # Python's own complaint, about text that is none, has no code and quotes the text; code 1 is a table amiss.
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF
        complain(sqlite3.SQLITE_CORRUPT if code in (0, sqlite3.SQLITE_ERROR) else code, path)


def complain(code: int, path: Path) -> NoReturn:
    """Raise the JournalError for one of SQLite's primary result codes."""
    what, fix = TROUBLES.get(code, (f"the journal cannot be used (SQLite's error {code})", ""))
    raise (DamagedJournal if code in DAMAGE else JournalError)(what, str(path), fix)
