"""Where the key of an encrypted journal is: in the desktop's keyring, in a key file, or in the couple's heads."""

import os
import stat
import sys
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import ModuleType

from voice.config import KEYRING, OFF, PASSPHRASE, Home, load_config
from voice.edges.journal.cipher import (
    PLAIN_MARK,
    WORDS,
    Cipher,
    cipher_of_words,
    is_encrypted,
    kept_cipher,
    key_name,
    mark_of,
    new_cipher,
    new_cipher_of_words,
)
from voice.edges.standard_input import new_passphrase, passphrase
from voice.errors import JournalError, LockedJournal, LockedKeyring
from voice.files import overwrite, private_directory, sync, write_private

CREDENTIAL = "hearthside-passphrase"  # of systemd: a file of this name in $CREDENTIALS_DIRECTORY
LOST = "Without it, what is left is a backup: hearthside restore FILE --yes"


class Keys:
    """Where the key of a journal is. This is the place of a plain one, which has none.

    Every method raises LockedJournal where the place cannot be used, or has not the key.
    """

    known: Cipher | None = None
    """What was found or made first: what a new file of this journal is encrypted with."""
    where = "nowhere"
    """As one would say it: "in the keyring"."""

    def of_file(self, path: Path) -> Cipher | None:
        """What the file is, or is to be, encrypted with; None: it is plain."""
        if is_encrypted(mark_of(path)):
            what = "the journal is encrypted, and config.yaml does not say where its key is"
            fix = f'Set `encryption` there as it was: "{KEYRING}", "{PASSPHRASE}" or the path of the key file.'
            raise LockedJournal(what, str(path), fix)
        return None

    def of_new_file(self, path: Path) -> Cipher | None:
        """What a journal that begins anew is encrypted with; None: it is plain."""
        return None

    def new(self) -> Cipher | None:
        """A new key, kept here from now on; None: there is none. Raises HearthsideError for no passphrase."""
        return None

    def remove(self, mark: bytes) -> None:
        """Forget the key of a file that began with this mark, if it is here and can be removed."""


PLAIN = Keys()


class KeptKeys(Keys, ABC):
    """Keys each by its name; what was found once is not looked for again."""

    def of_file(self, path: Path) -> Cipher | None:
        """None also for what is no journal, which SQLite tells."""
        mark = mark_of(path)
        if not mark:
            return self.of_new_file(path)
        if mark == PLAIN_MARK:
            fix = "To encrypt it: hearthside encrypt. To leave it: set `encryption: off` in config.yaml."
            raise JournalError("the journal is not encrypted, and config.yaml says that it is", str(path), fix)
        if not is_encrypted(mark):
            return None
        if self.known and self.known.fits(mark):
            return self.known
        found = self._find(mark, path)
        if not found.fits(mark):
            raise LockedJournal(f"the key {self.where} is another one than that of the journal", str(path), LOST)
        self.known = self.known or found
        return found

    def of_new_file(self, path: Path) -> Cipher | None:
        """Raises LockedJournal where no key is known: a new journal is not begun by chance."""
        if self.known is None:
            fix = "Bring it back, restore a backup, or begin a new one: hearthside encrypt"
            raise LockedJournal("the encrypted journal is gone", str(path), fix)
        return self.known

    def new(self) -> Cipher:
        """See Keys."""
        self.known = self._make()
        return self.known

    @abstractmethod
    def _make(self) -> Cipher: ...

    @abstractmethod
    def _find(self, mark: bytes, path: Path) -> Cipher: ...


class KeyringKeys(KeptKeys):
    """Keys in the keyring of the desktop, which is opened with the user's login."""

    where = "in the keyring"
    _SERVICE = "hearthside"

    def _make(self) -> Cipher:
        cipher = new_cipher()
        with _keyring() as ring:
            ring.set_password(self._SERVICE, cipher.name, cipher.secret.hex())
            there = ring.get_password(self._SERVICE, cipher.name)
        if there != cipher.secret.hex():  # there are keyrings that keep nothing
            raise LockedJournal("the keyring did not keep the key", fix="Take a key file: hearthside encrypt file")
        return cipher

    def _find(self, mark: bytes, path: Path) -> Cipher:
        with _keyring() as ring:
            secret = ring.get_password(self._SERVICE, key_name(mark))
        if secret is None:
            raise LockedJournal("the keyring of this user has no key for the journal", str(path), LOST)
        return kept_cipher(mark, _bytes(secret))

    def remove(self, mark: bytes) -> None:
        """See Keys."""
        with suppress(LockedJournal), _keyring() as ring:
            ring.delete_password(self._SERVICE, key_name(mark))


@contextmanager
def _keyring() -> Iterator[ModuleType]:
    """The library that speaks with the keyring, and what it raises as one line."""
    try:
        import keyring
        from keyring.errors import KeyringError, KeyringLocked
    except ImportError as error:
        fix = "Install it: pip install 'hearthside[encrypted]'"
        raise LockedJournal("the library that speaks with the keyring is not installed", fix=fix) from error
    service = sys.modules.get("secretstorage")  # some of its errors come as they are
    others = (service.SecretStorageException,) if service else ()
    try:
        yield keyring
    except KeyringLocked as error:
        fix = "Unlock it, or log in to the desktop, and try again."
        raise LockedKeyring("the keyring is locked", fix=fix) from error
    except (KeyringError, OSError, *others) as error:
        fix = "Log in to the desktop; a machine without one takes a key file: hearthside encrypt file"
        raise LockedKeyring("no keyring answers", fix=fix) from error


class FileKeys(KeptKeys):
    """Keys in a file (0600), a line each: its name, the key."""

    def __init__(self, file: Path) -> None:
        self.file = file.resolve()
        self.where = f"in {self.file}"

    def _make(self) -> Cipher:
        cipher = new_cipher()
        keys = self._read() if self.file.exists() else {}
        self._write({**keys, cipher.name: cipher.secret.hex()})
        return cipher

    def _find(self, mark: bytes, path: Path) -> Cipher:
        if not self.file.exists():
            fix = f"Bring the key file back. {LOST}"
            raise LockedJournal("the key file of the journal is not there", str(self.file), fix)
        secret = self._read().get(key_name(mark))
        if secret is None:
            raise LockedJournal("this key file has no key for the journal", str(self.file), LOST)
        return kept_cipher(mark, _bytes(secret))

    def remove(self, mark: bytes) -> None:
        """See Keys."""
        with suppress(LockedJournal):
            keys = self._read()
            if keys.pop(key_name(mark), None) is None:
                return
            if keys:
                self._write(keys)
                return
            with suppress(OSError):
                overwrite(self.file)
                self.file.unlink()

    def _read(self) -> dict[str, str]:
        try:
            if sys.platform != "win32" and stat.S_IMODE(self.file.stat().st_mode) & 0o077:
                raise LockedJournal("others can get at the key file", str(self.file), f"chmod go= {self.file}")
            words = [line.split() for line in self.file.read_text(encoding="utf-8", errors="replace").splitlines()]
        except OSError as error:
            what = f"the key file cannot be read: {error.strerror or error}"
            raise LockedJournal(what, str(self.file), "Make it yours.") from error
        if any(len(each) != 2 for each in words):
            fix = "Name the right one in config.yaml."
            raise LockedJournal("this is no key file of Hearthside", str(self.file), fix)
        return dict(words)

    def _write(self, keys: dict[str, str]) -> None:
        try:
            private_directory(self.file.parent)
            write_private(self.file, "".join(f"{name} {secret}\n" for name, secret in keys.items()))
            sync(self.file.parent)
        except OSError as error:
            what = f"the key file cannot be written: {error.strerror or error}"
            raise LockedJournal(what, str(self.file), "Choose another place with --key-file FILE.") from error


class PassphraseKeys(KeptKeys):
    """The key is made from a passphrase, which is asked for once, or comes from systemd."""

    where = "made from your passphrase"

    def __init__(self) -> None:
        self._words: str | None = None

    def _make(self) -> Cipher:
        self._words = new_passphrase("the journal")
        return new_cipher_of_words(self._words)

    def _find(self, mark: bytes, path: Path) -> Cipher:
        if not mark.startswith(WORDS):
            fix = "Set `encryption` in config.yaml as it was."
            raise LockedJournal("the key of the journal is in a keyring or a file, and no passphrase", str(path), fix)
        if self._words is None:
            self._words = _credential() or passphrase("The passphrase of the journal: ")
        if not self._words:
            fix = f"Start it in a terminal; a service takes the credential {CREDENTIAL} or a key file."
            raise LockedJournal("the journal is encrypted, and nobody gave its passphrase", str(path), fix)
        cipher = cipher_of_words(mark, self._words)
        if not cipher.fits(mark):
            raise LockedJournal("this is not the passphrase of the journal", str(path), f"Try again. {LOST}")
        return cipher


def _credential() -> str:
    """The passphrase that systemd hands to the service; "" for none."""
    folder = os.environ.get("CREDENTIALS_DIRECTORY")
    if not folder:
        return ""
    try:
        return (Path(folder) / CREDENTIAL).read_text(encoding="utf-8", errors="replace").rstrip("\r\n")
    except OSError:
        return ""


def _bytes(secret: str) -> bytes:
    """The key as bytes; b"", which fits nothing, for what is none."""
    try:
        return bytes.fromhex(secret)
    except ValueError:
        return b""


def keys_in(place: str) -> Keys:
    """The keys where the setting `encryption` says."""
    if place == OFF:
        return PLAIN
    if place == KEYRING:
        return KeyringKeys()
    return PassphraseKeys() if place == PASSPHRASE else FileKeys(Path(place).expanduser())


def keys_of(home: Home) -> Keys:
    """Where the key of a home's journal is. The settings are read only where they matter. Raises ConfigError."""
    if mark_of(home.database) == PLAIN_MARK:
        return PLAIN
    return keys_in(load_config(home).encryption)
