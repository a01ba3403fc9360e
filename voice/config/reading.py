"""Reads config.yaml: every setting checked, every mistake told at once."""

import re
from datetime import time
from pathlib import Path

from voice.config.settings import (
    BARGE_IN,
    EARS,
    KEYRING,
    LANGUAGES,
    LEAVE_OUT,
    LISTEN,
    LOCKS,
    LONGEST_CODE_WORD,
    LONGEST_HELP_LINE,
    LONGEST_NAME,
    LONGEST_WAKE,
    OFF,
    PASSPHRASE,
    ROOMS,
    SHORTEST_WAKE,
    VOICES,
    WAKE,
    Config,
)
from voice.errors import ConfigError
from voice.files.fields import Fields
from voice.files.strict_yaml import Mistakes, Node
from voice.language.visible import visible

CODE_WORD = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")  # words of letters
TIME_OF_DAY = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


def checked(node: Node | None, mistakes: Mistakes) -> Config:
    """The settings of a file. Raises ConfigError with every mistake in it."""
    fields, standard = Fields(node, mistakes), Config()
    model = fields.text("model", "")
    config = Config(
        partners=_partners(fields),
        language=fields.choice("language", LANGUAGES, standard.language),
        ears=fields.choice("ears", EARS, standard.ears),
        voice=fields.choice("voice", VOICES, standard.voice),
        model=Path(model).expanduser() if model else None,
        rooms=fields.choice("rooms", ROOMS, standard.rooms),
        listen=fields.choice("listen", LISTEN, standard.listen),
        wake=_wake(fields, standard.wake),
        barge_in=fields.choice("barge_in", BARGE_IN, standard.barge_in),
        heard_as=_heard_as(fields),
        microphone=fields.text("microphone", "") or None,
        loudspeaker=fields.text("loudspeaker", "") or None,
        recap_at=_recap_at(fields, standard.recap_at),
        quiet_hours=_quiet_hours(fields, standard.quiet_hours),
        lengths=_lengths(fields),
        leave_out=frozenset(fields.choices("leave_out", LEAVE_OUT)) if fields.node("leave_out") else frozenset(),
        help_line=_help_line(fields),
        code_word=_own_words(fields, "code_word"),
        lock=fields.choice("lock", LOCKS, standard.lock),
        lock_word=_own_words(fields, "lock_word"),
        encryption=_encryption(fields, standard.encryption),
    )
    if config.lock != OFF and config.lock_word is None:
        fields.mistake("lock", f'expected a lock_word for "lock: {config.lock}"')
    fields.finish()
    mistakes.raise_any(ConfigError, fix="Correct these lines, or run: hearthside setup")
    return config


def _partners(fields: Fields) -> tuple[str, str] | None:
    if fields.node("partners") is None:
        return None
    names = [" ".join(visible(name).split()) for name in fields.texts("partners")]
    if len(names) != 2 or names[0].casefold() == names[1].casefold():
        fields.mistake("partners", 'expected two different names, such as ["Alex", "Sam"]')
    elif max(map(len, names)) > LONGEST_NAME:
        fields.mistake("partners", f"expected names of at most {LONGEST_NAME} characters")
    else:
        return names[0], names[1]
    return None


def _wake(fields: Fields, standard: str) -> str:
    phrase = " ".join(fields.text("wake", "").split())
    if not phrase:
        return standard
    if sum(map(str.isalpha, phrase)) < SHORTEST_WAKE or len(phrase) > LONGEST_WAKE:
        fields.mistake("wake", f'expected a few words, such as "{WAKE}"; found "{phrase}"')
    return phrase


def _own_words(fields: Fields, key: str) -> str | None:
    """One to four words of their own; None for none."""
    said = " ".join(fields.text(key, "").split())
    if not said:
        return None
    if not CODE_WORD.fullmatch(said) or len(said.split()) > LONGEST_CODE_WORD:
        fields.mistake(key, f'expected one to {LONGEST_CODE_WORD} words, such as "red umbrella"; found "{said}"')
    return said


def _encryption(fields: Fields, standard: str) -> str:
    place = fields.text("encryption", "") or standard
    if place not in (OFF, KEYRING, PASSPHRASE) and not Path(place).expanduser().is_absolute():
        wanted = f"{OFF}, {KEYRING}, {PASSPHRASE} or the whole path of a key file"
        fields.mistake("encryption", f'expected {wanted}; found "{place}"')
    return place


def _heard_as(fields: Fields) -> dict[str, tuple[str, ...]]:
    spellings = fields.section("heard_as")
    return {name: found for name in spellings.names if (found := spellings.texts(name))}


def _help_line(fields: Fields) -> str:
    line = " ".join(fields.text("help_line", "").split())
    if len(line) > LONGEST_HELP_LINE:
        fields.mistake("help_line", f"expected at most {LONGEST_HELP_LINE} characters: a name and a number")
    return line


def _lengths(fields: Fields) -> dict[str, float]:
    minutes = fields.section("lengths")
    return {session: minutes.number(session, least=0.3, most=240.0) for session in minutes.names}


def _recap_at(fields: Fields, standard: time | None) -> time | None:
    text = fields.text("recap_at", "")
    if not text or text == OFF:
        return None if text else standard
    recap_at = _time_of_day(text)
    if recap_at is None:
        fields.mistake("recap_at", f'expected a time such as "21:30", or {OFF}; found "{text}"')
    return recap_at


def _quiet_hours(fields: Fields, standard: tuple[time, time] | None) -> tuple[time, time] | None:
    text = fields.text("quiet_hours", "")
    if not text or text == OFF:
        return None if text else standard
    begin, _, end = (part.strip() for part in text.partition("-"))
    quiet_from, quiet_until = _time_of_day(begin), _time_of_day(end)
    if quiet_from is None or quiet_until is None or quiet_from == quiet_until:
        fields.mistake("quiet_hours", f'expected times such as "23:00-07:00", or {OFF}; found "{text}"')
        return None
    return quiet_from, quiet_until


def _time_of_day(text: str) -> time | None:
    found = TIME_OF_DAY.fullmatch(text)
    return time(int(found[1]), int(found[2])) if found else None
