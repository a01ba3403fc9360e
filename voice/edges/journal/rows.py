"""The rows of the journal as values."""

import sqlite3
import struct
from collections.abc import Iterator, Sequence
from datetime import datetime

from voice.messages.records import (
    Asked,
    CarrierPhrase,
    LearnedVoice,
    Note,
    NoteKind,
    OwnPrompt,
    Records,
    Reminder,
    Timer,
    TimerKind,
)

_NUMBER = "<e"  # a number of two bytes: its error changes no cosine by more than 0.0005
OLD_OFFERS = {"question": "ask"}  # what reminders of older journals offer -> the intent


def read_records(connection: sqlite3.Connection) -> Records:
    """Everything in it. Raises sqlite3.DatabaseError, also for a value that is none of ours, such as a time."""
    try:
        return Records(
            notes=tuple(_notes(connection)),
            asked=tuple(_asked(connection)),
            timers=tuple(_timers(connection)),
            done=frozenset(connection.execute("SELECT what, date FROM done")),
            settings=dict(connection.execute("SELECT key, value FROM settings")),
            own_prompts=tuple(_own_prompts(connection)),
            reminders=tuple(_reminders(connection)),
            voices=tuple(_voices(connection)),
        )
    except ValueError as error:
        raise sqlite3.DatabaseError("a value that is none of ours") from error


def _notes(connection: sqlite3.Connection) -> Iterator[Note]:
    rows = connection.execute("SELECT who, for_whom, text, frame, said_at, id, kind, done_at FROM notes ORDER BY id")
    for who, for_whom, text, carrier, said_at, key, kind, done_at in rows:
        yield Note(
            *(who, for_whom, text, CarrierPhrase(carrier)),
            *(_moment(said_at), key, NoteKind(kind), _moment_or_none(done_at)),
        )


def _own_prompts(connection: sqlite3.Connection) -> Iterator[OwnPrompt]:
    for text, key in connection.execute("SELECT text, id FROM own_prompts ORDER BY id"):
        yield OwnPrompt(text, key)


def _asked(connection: sqlite3.Connection) -> Iterator[Asked]:
    rows = connection.execute("SELECT prompt, deck, asked_at, round FROM asked ORDER BY id")
    for prompt, deck, asked_at, round in rows:
        yield Asked(prompt, deck, _moment(asked_at), round)


def _timers(connection: sqlite3.Connection) -> Iterator[Timer]:
    rows = connection.execute("SELECT kind, name, seconds, ends_at, seconds_left, for_whom, id FROM timers ORDER BY id")
    for kind, name, seconds, ends_at, left, for_whom, key in rows:
        yield Timer(TimerKind(kind), name, seconds, _moment_or_none(ends_at), left, for_whom, key)


def _reminders(connection: sqlite3.Connection) -> Iterator[Reminder]:
    rows = connection.execute(
        "SELECT text, at, made_at, every, who, kind, offers, seconds, id FROM reminders ORDER BY id"
    )
    for text, at, made_at, every, who, kind, offers, *rest in rows:
        yield Reminder(text, _moment(at), _moment(made_at), every, who, kind, OLD_OFFERS.get(offers, offers), *rest)


def _voices(connection: sqlite3.Connection) -> Iterator[LearnedVoice]:
    for who, text, key in connection.execute("SELECT who, embedding, id FROM voices ORDER BY id"):
        packed = bytes.fromhex(text)
        if len(packed) % struct.calcsize(_NUMBER):
            raise ValueError("a voice that is none")
        yield LearnedVoice(who, tuple(number for (number,) in struct.iter_unpack(_NUMBER, packed)), key)


def as_text(embedding: Sequence[float]) -> str:
    """The numbers of an embedding, as they are kept: two bytes each, in hexadecimal digits."""
    return b"".join(struct.pack(_NUMBER, number) for number in embedding).hex()


def _moment(iso: str) -> datetime:
    moment = datetime.fromisoformat(iso)
    if moment.tzinfo is None:
        raise ValueError("a time without its offset from UTC")
    return moment


def _moment_or_none(iso: str | None) -> datetime | None:
    return _moment(iso) if iso else None
