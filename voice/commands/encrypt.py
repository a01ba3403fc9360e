"""`hearthside encrypt` and `hearthside decrypt`: what is kept is encrypted, gets another key, or is plain again."""

import os
from contextlib import closing
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from voice.config import OFF, Config, Home, find_home, load_config, save_config
from voice.edges.home import sole_use
from voice.edges.home_restored import decide, finish, stage
from voice.edges.journal import Journal
from voice.edges.journal.cipher import is_encrypted, mark_of
from voice.edges.journal.copies import FOLDER, Copies
from voice.edges.journal.keys import PLAIN, Keys, keys_in
from voice.errors import HearthsideError, JournalError

IN_A_FILE = "file"
NO_ROOM = "Nothing was changed. Make room, and make the folder yours."
ENCRYPTED = """\
What you keep, and its nightly copies, are encrypted now, with a key {where}.
Nobody can open them without it. Keep a backup elsewhere, which has the lines in the clear or a passphrase of its own:
    hearthside backup FILE
Your settings, and question packs of your own, are not encrypted. What lay on the disk before was overwritten;
solid-state disks and snapshots may keep old blocks all the same."""
BESIDE = """\
Whoever has that file and the journal can read your lines: it protects only where the disk, or a copy of the home, is
read without it. The best place is another disk, such as a memory stick."""


def encrypt(home: Path | None, *, where: str, key_file: Path | None) -> int:
    """Encrypt, with a new key at this place, what is plain or has another key; returns the exit code.

    Raises HearthsideError, with everything as it was.
    """
    place = find_home(home)
    choice = where if where != IN_A_FILE else str(_outside(place, key_file or _usual_file()))
    if key_file and where != IN_A_FILE:
        raise HearthsideError("--key-file goes with a key in a file", fix="Say: hearthside encrypt file")
    with sole_use(place):
        keys = keys_in(choice)
        _write_anew(place, choice, keys)
    print(ENCRYPTED.format(where=keys.where))
    if where == IN_A_FILE:
        print(BESIDE)
    return 0


def decrypt(home: Path | None) -> int:
    """Make it plain; returns the exit code. Raises HearthsideError, with everything as it was."""
    place = find_home(home)
    with sole_use(place):
        if load_config(place).encryption == OFF and not is_encrypted(mark_of(place.database)):
            print("What you keep is not encrypted.")
            return 0
        _write_anew(place, OFF, PLAIN)
    print("What you keep, and its nightly copies, are plain now: whoever reads this disk can read them.")
    return 0


def _usual_file() -> Path:
    from platformdirs import user_config_path

    return user_config_path("hearthside", appauthor=False) / "journal.key"


def _outside(home: Home, file: Path) -> Path:
    """The whole path of a key file. Raises HearthsideError for one that goes where the journal goes."""
    whole = file.expanduser().resolve()
    if whole.is_relative_to(home.directory.resolve()):
        fix = "Choose another place with --key-file FILE."
        raise HearthsideError("a key inside the home goes wherever the journal goes", str(whole), fix)
    return whole


def _write_anew(home: Home, choice: str, keys: Keys) -> None:
    """Put journal, copies and settings with a new key, or with none, in the place of what is there, as one."""
    config, mark = load_config(home), mark_of(home.database)
    before = keys_in(config.encryption) if is_encrypted(mark) else PLAIN
    try:
        _look(home)
        with stage(home) as folder, closing(Journal(_source(home, folder), before)) as journal:
            _write(journal, Home(folder), keys)
            _decide(home, Home(folder), replace(config, encryption=choice))
        finish(home)
    except OSError as error:
        raise HearthsideError(error.strerror or str(error), str(home.directory), NO_ROOM) from error
    before.remove(mark)


def _source(home: Home, folder: Path) -> Path:
    """What is written anew: the journal, or an empty one in the folder, where there is none."""
    return home.database if mark_of(home.database) else folder / "empty" / home.database.name


def _look(home: Home) -> None:
    """Raise HearthsideError where something would be lost, or stay as it is."""
    copies = Copies(home.database)
    if home.database.is_symlink():
        fix = "Put the file itself in its place."
        raise JournalError("the journal is a link, and lies elsewhere", str(home.database), fix)
    if copies.newest_first(datetime.now()) and not mark_of(home.database):
        fix = f"Start `hearthside run`: it goes on with the newest copy. Or move the folder {FOLDER} away."
        raise JournalError("the journal is gone, and there are copies of it", str(home.database), fix)
    for damaged in copies.damaged():
        fix = "Move it out of the home, or delete it; then try again."
        raise JournalError("a damaged journal was put aside here, and can be given no other key", str(damaged), fix)


def _write(journal: Journal, staged: Home, keys: Keys) -> None:
    """Write it with a new key, and read that."""
    journal.write_anew(staged.directory, datetime.now().astimezone(), keys.new())
    with closing(Journal(staged.database, keys)) as written:
        if written.records() != journal.records():
            raise JournalError("what was written is not what was kept", str(staged.database), "Nothing was changed.")


def _decide(home: Home, staged: Home, config: Config) -> None:
    """From here on it is so, whatever happens. Raises OSError, ConfigError."""
    save_config(staged, config)
    name = home.config_file.name
    if staged.config_file.name != name:
        os.replace(staged.config_file, staged.directory / name)
    decide(home, staged.directory, (home.database.name, FOLDER, name))
