"""The settings of a couple as values, and where everything that is kept lies."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path

from voice.files.strict_yaml import yaml_file

LANGUAGES = ("en",)
EARS = ("auto", "vosk", "moonshine")
VOICES = ("auto", "natural", "system")
LISTEN = ("table", "wake", "key")
ROOMS = ("auto", "on", "off")
BARGE_IN = ("words", "stop", "off")
WAKE = "hey hearthside"
SHORTEST_WAKE, LONGEST_WAKE = 4, 40  # letters, characters
LONGEST_CODE_WORD = 4  # words
LOCKS = ("off", "night", "always")
LONGEST_NAME = 40  # characters
LONGEST_HELP_LINE = 120  # characters
LEAVE_OUT = ("breathe", "recap", "keep")  # the kinds of steps that a couple may do without
OFF = "off"
KEYRING, PASSPHRASE = "keyring", "passphrase"  # where the key of an encrypted journal is, if not in a file


@dataclass(frozen=True, slots=True)
class Home:
    """The directory under which everything that is kept lies."""

    directory: Path
    """Its path; `load_content` says which packs of the couple's own lie there."""

    @property
    def config_file(self) -> Path:
        """The couple's settings; config.yml, where that is there and config.yaml is not."""
        return yaml_file(self.directory / "config.yaml")

    @property
    def database(self) -> Path:
        """The journal."""
        return self.directory / "journal.sqlite3"

    @property
    def lock(self) -> Path:
        """Locked while a program works here; empty."""
        return self.directory / "lock"

    @property
    def models(self) -> Path:
        """Speech models that were set up."""
        return self.directory / "models"

    @property
    def muted_flag(self) -> Path:
        """There while the microphone is to stay closed."""
        return self.directory / "muted"


def find_home(explicit: Path | None = None) -> Home:
    """The home that was asked for, else $HEARTHSIDE_HOME, else the user's data directory. Makes nothing."""
    chosen = explicit or os.environ.get("HEARTHSIDE_HOME")
    if chosen:
        return Home(Path(chosen).expanduser().absolute())
    from platformdirs import user_data_path

    return Home(user_data_path("hearthside", appauthor=False))


@dataclass(frozen=True, slots=True)
class Config:
    """The settings of one couple."""

    partners: tuple[str, str] | None = None
    """Two different names; None: not yet given."""
    language: str = "en"
    """Code of the language that is spoken: one of LANGUAGES."""
    ears: str = "auto"
    """The engine that hears: one of EARS; "auto": both, or Moonshine alone where no Vosk model is."""
    voice: str = "auto"
    """The voice that speaks: one of VOICES; "auto": the natural one where the language has one."""
    model: Path | None = None
    """A folder with a Vosk model; None: look for one."""
    rooms: str = "auto"
    """Whether Moonshine hears as it learned to for rooms and noise: one of ROOMS; "auto": what its package's way of
    hearing makes nothing of."""
    listen: str = "table"
    """"table": to everything; "wake": to what begins with `wake`; "key": to one utterance after a key."""
    wake: str = WAKE
    """The wake phrase, for `listen`."""
    barge_in: str = "words"
    """What counts while it speaks: "words" of control, "stop" alone or nothing ("off"); a cry for help always does."""
    heard_as: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Name -> other spellings that engines write for it."""
    microphone: str | None = None
    """Name of the device, or a part of it; None: the machine's own choice."""
    loudspeaker: str | None = None
    """As `microphone`."""
    recap_at: time | None = time(21, 30)
    """Local time of the nightly recap; None: never by itself."""
    quiet_hours: tuple[time, time] | None = (time(23, 0), time(7, 0))
    """Local times between which it never speaks first."""
    lengths: Mapping[str, float] = field(default_factory=dict)
    """Id of a session -> its minutes for this couple."""
    leave_out: frozenset[str] = frozenset()
    """Kinds of steps that no session has for this couple."""
    help_line: str = ""
    """Whom to call when one of them is not okay, as it is to be said."""
    code_word: str | None = None
    """Their own words for "I need to be heard, not fixed"; None: none."""
    lock: str = OFF
    """When kept lines are neither read nor deleted aloud without `lock_word`: one of LOCKS."""
    lock_word: str | None = None
    """The words that open kept lines; None: none."""
    encryption: str = OFF
    """Where the key is that the journal is encrypted with: OFF, KEYRING, PASSPHRASE or the path of a key file."""
