"""Puts new names of the couple in the place of old ones, in everything that is kept."""

import sqlite3
from collections.abc import Mapping

from voice.messages.actions import Rename

_COLUMNS = (  # each holds the name of a partner
    ("notes", "who"),
    ("notes", "for_whom"),
    ("timers", "for_whom"),
    ("reminders", "who"),
    ("voices", "who"),
)


def write_names(connection: sqlite3.Connection, action: Rename) -> None:
    """Write the new names, wherever a partner is named as such; what people said in their own words stays.

    To be called inside a transaction.
    """
    after = dict(zip(action.before, action.after, strict=True))
    owners = dict.fromkeys(action.before, "") if action.nobody else after
    for table, column in _COLUMNS:
        for key, name in connection.execute(f"SELECT id, {column} FROM {table}").fetchall():
            if name in owners:
                connection.execute(f"UPDATE {table} SET {column} = ? WHERE id = ?", (owners[name], key))
    for key, value in connection.execute("SELECT key, value FROM settings").fetchall():
        lines = [after.get(line, line) for line in value.split("\n")]
        connection.execute("UPDATE settings SET value = ? WHERE key = ?", ("\n".join(lines), key))
    for what, date in connection.execute("SELECT what, date FROM done").fetchall():
        row = (_with_names(what, after), what, date)
        connection.execute("UPDATE OR REPLACE done SET what = ? WHERE what = ? AND date = ?", row)


def _with_names(text: str, names: Mapping[str, str]) -> str:
    """A text in which names stand between spaces."""
    for before, after in names.items():
        text = f" {text} ".replace(f" {before} ", f" {after} ").strip()
    return text
