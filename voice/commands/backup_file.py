"""The file of a backup: a tar archive of what a couple take along, as it is or encrypted as an age file."""

import io
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

from voice.config import Home
from voice.edges.home_restored import MOVED
from voice.edges.journal.rescue import journal_to_read
from voice.edges.standard_input import new_passphrase, passphrase
from voice.errors import HearthsideError

LARGEST = 200 << 20  # bytes; a journal of 7,000 lines has 2 MB
AGE = (b"age-encryption.org/", b"-----BEGIN AGE ENCRYPTED FILE-----")  # how an encrypted one begins
NO_AGE = ("age files need the package pyrage", "", "Install it: pip install 'hearthside[backup]'. Or take --plain.")
FOREIGN = ("this is no backup of Hearthside", "Name the file that `hearthside backup` wrote.")


def packed(home: Home) -> bytes:
    """All that a couple take along, as a tar archive; the journal is plain in it. Raises JournalError, OSError."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        with closing(journal_to_read(home)) as journal:
            if journal.told:
                print(journal.told)
            _add(archive, home.database.name, journal.snapshot())
        for name in MOVED:
            place = home.directory / name
            files = sorted(place.rglob("*")) if place.is_dir() else [place]
            for file in files:
                if file != home.database and file.is_file():
                    _add(archive, file.relative_to(home.directory).as_posix(), file.read_bytes())
    return buffer.getvalue()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(content), 0o600
    archive.addfile(entry, io.BytesIO(content))


def unpack(content: bytes, folder: Path, where: str) -> bytes:
    """Put what is in an archive into an empty folder, but for the journal: returns the bytes of that.

    Raises HearthsideError for anything that we did not write.
    """
    kept = None
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
            for entry in archive:
                parts = Path(entry.name).parts
                if not entry.isreg() or parts[0] not in MOVED or ".." in parts:
                    raise HearthsideError(FOREIGN[0], where, FOREIGN[1])
                read = archive.extractfile(entry)
                assert read is not None, "a regular file has content"
                if entry.name == MOVED[0]:
                    kept = read.read()
                else:
                    file = folder / entry.name
                    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    file.write_bytes(read.read())
                    file.chmod(0o600)
    except (tarfile.TarError, EOFError, ValueError, IndexError) as error:
        raise HearthsideError(FOREIGN[0], where, FOREIGN[1]) from error
    if kept is None:
        raise HearthsideError(FOREIGN[0], where, FOREIGN[1])
    return kept


def read_backup(file: Path) -> bytes:
    """The bytes of a file. Raises HearthsideError when there is none that can be read."""
    try:
        if file.exists() and (not file.is_file() or file.stat().st_size > LARGEST):
            raise HearthsideError(FOREIGN[0], str(file), FOREIGN[1])
        return file.read_bytes()
    except OSError as error:
        raise HearthsideError(error.strerror or str(error), str(file), FOREIGN[1]) from error


def encrypted(content: bytes) -> bytes:
    """As an age file, with a passphrase that is asked for. Raises HearthsideError."""
    age = _age()
    return bytes(age.encrypt(content, new_passphrase("the backup")))


def decrypted(content: bytes, where: str) -> bytes:
    """What is in a backup that may be encrypted. Raises HearthsideError."""
    if not content.startswith(AGE):
        return content
    age = _age()
    from pyrage import DecryptError

    try:
        return bytes(age.decrypt(content, passphrase("The passphrase of the backup: ")))
    except DecryptError as error:
        fix = "Try again; nothing was changed."
        raise HearthsideError("it does not open: another passphrase, or a damaged file", where, fix) from error


def _age() -> Any:
    try:
        from pyrage import passphrase as age
    except ImportError as error:
        raise HearthsideError(*NO_AGE) from error
    return age
