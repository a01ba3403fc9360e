"""`hearthside backup` and `hearthside restore`: everything that a couple keep, in one file, for another machine."""

import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from voice.commands.backup_file import decrypted, encrypted, packed, read_backup, unpack
from voice.config import OFF, Config, Home, find_home, load_config, save_config
from voice.edges.home import settled, sole_use
from voice.edges.home_restored import MOVED, decide, finish, stage
from voice.edges.journal import Journal
from voice.edges.journal.cipher import is_encrypted, mark_of
from voice.edges.journal.copies import FOLDER
from voice.edges.journal.file import open_bytes, write_file
from voice.edges.journal.keys import PLAIN, Keys, keys_in
from voice.edges.journal.rows import read_records
from voice.edges.standard_input import standard_input
from voice.engines.models import FETCHED
from voice.errors import ConfigError, HearthsideError
from voice.files import write_new
from voice.packs import load_content

OWN_PACKS = ("intents", "prompts")
NO_ROOM = "Make room, or choose another home with --home DIR."


def backup(home: Path | None, *, to: Path, plain: bool) -> int:
    """Write the file; returns the exit code. Raises HearthsideError; no file is left then."""
    place = settled(find_home(home))
    if to.exists() or to.is_symlink():
        raise HearthsideError("there is a file of this name already", str(to), "Choose another name.")
    load_config(place)
    content = packed(place)
    if not plain:
        content = encrypted(content)
    try:
        write_new(to.absolute(), content)
    except OSError as error:
        raise HearthsideError(error.strerror or str(error), str(to), "Choose another place.") from error
    how = "Anybody who has this file can read it" if plain else "It opens with your passphrase alone"
    print(f"Written to {to}. {how}. To have it on another machine: hearthside restore {to}")
    return 0


def restore(home: Path | None, *, source: Path, yes: bool) -> int:
    """Put what is in the file in the place of what is kept here; returns the exit code.

    Raises HearthsideError, with everything as it was.
    """
    place = find_home(home)
    content = decrypted(read_backup(source), str(source))
    with sole_use(place):
        encryption, mark = _encryption(place), mark_of(place.database)
        keys = keys_in(encryption)
        try:
            with stage(place) as folder:
                staged = Home(folder)
                with closing(open_bytes(unpack(content, folder, str(source)), source)) as kept:
                    config = _checked(staged, encryption)
                    lines = len(read_records(kept).notes)
                    if not _may_replace(place, keys, yes=yes):
                        return 1
                    cipher = keys.known or keys.new()
                    write_file(kept, staged.database, cipher, source)
                decide(place, folder, (*MOVED, FOLDER))
            finish(place)
        except OSError as error:
            raise HearthsideError(error.strerror or str(error), str(place.directory), NO_ROOM) from error
    if cipher and not cipher.fits(mark):
        keys.remove(mark)
    whose = f" of {' and '.join(config.partners)}" if config.partners else ""
    print(f"{lines} kept lines{whose} are here now.")
    return 0


def _encryption(home: Home) -> str:
    """Where the key of this home is, whatever the backup's had. Raises ConfigError where that matters."""
    try:
        return load_config(home).encryption
    except ConfigError:
        if is_encrypted(mark_of(home.database)):
            raise
        return OFF


def _checked(staged: Home, encryption: str) -> Config:
    """The settings; all that is there beside the journal was opened and can be used.

    A model that was in a folder of the other machine is looked for here anew.
    """
    read = config = load_config(staged)
    if any((staged.directory / packs).exists() for packs in OWN_PACKS):
        load_content(config.language, staged.directory)
    if config.model and not config.model.exists():
        print(f"There is no {config.model} here. To get the {FETCHED.title}: hearthside setup")
        config = replace(config, model=None)
    config = replace(config, encryption=encryption)
    if config != read:
        save_config(staged, config)
    return config


def _may_replace(home: Home, keys: Keys, *, yes: bool) -> bool:
    """Whether what is kept here may go; asked where there are lines."""
    if yes or not home.database.exists():
        return True
    with closing(Journal(home.database, keys if is_encrypted(mark_of(home.database)) else PLAIN)) as journal:
        lines = len(journal.records().notes)
    if not lines:
        return True
    if not sys.stdin.isatty():
        what = f"{lines} kept lines would be lost"
        raise HearthsideError(what, str(home.directory), "Make a backup of them first; then restore with --yes.")
    print(f"The {lines} lines that are kept here will be lost. Go on? [y/N] ", end="", flush=True)
    return standard_input().readline().strip().lower() in ("y", "yes")
