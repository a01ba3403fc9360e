"""The copies of a journal, looked into."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from tests.support.journals import change
from tests.support.kept import NOW

SECRET = "Sam hid the blue umbrella"
LATER = NOW + timedelta(days=1)


def in_sqlite(statements: str) -> Callable[[Path], None]:
    return lambda path: change(path, statements)


ANOTHER_PLACE_OF_A_KEY = (
    "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM sqlite_schema"
    " WHERE name = 'sqlite_autoindex_done_1') WHERE name = 'sqlite_autoindex_settings_1'"
)
"""The index of the settings no longer fits the table; what is read by key is not found."""

DAMAGES = {
    "cut short": lambda path: path.write_bytes(path.read_bytes()[:9000]),
    "overwritten": lambda path: path.write_bytes(path.read_bytes()[:5000] + b"\xaa" * 9000 + path.read_bytes()[14000:]),
    "no database": lambda path: path.write_text("Dear diary, " * 1000, encoding="utf-8"),
    "a wrong time": in_sqlite("UPDATE notes SET said_at = replace(said_at, '2026-11-23', '2026-99-23')"),
    "a time without offset": in_sqlite("UPDATE notes SET said_at = '2026-11-23T21:30:00'"),
    "no text": in_sqlite("UPDATE notes SET text = CAST(x'626c756520fffe756d6272656c6c61' AS TEXT)"),
    "a table is gone": in_sqlite("DROP TABLE asked"),
    "a column is gone": in_sqlite("ALTER TABLE notes DROP COLUMN frame"),
    "an unknown kind of timer": in_sqlite("INSERT INTO timers VALUES (1, 'x', 'tea', 1, NULL, 1, '')"),
    "a trigger": in_sqlite("CREATE TRIGGER t AFTER INSERT ON notes BEGIN DELETE FROM asked; END"),
    "a wrong index": in_sqlite(ANOTHER_PLACE_OF_A_KEY),
}
