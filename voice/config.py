"""Where everything that is kept lies, and the settings that the couple made in config.yaml."""

import os
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import time
from pathlib import Path

from voice.errors import ConfigError
from voice.files import write_private
from voice.files.fields import Fields
from voice.files.strict_yaml import Mistakes, Node, parse_yaml, quoted, read_yaml

LANGUAGES = ("en",)
EARS = ("auto", "vosk", "moonshine")
VOICES = ("auto", "natural", "system")
LISTEN = ("table", "wake", "key")
WAKE = "hey hearthside"
SHORTEST_WAKE, LONGEST_WAKE = 4, 40  # letters, characters
LONGEST_CODE_WORD = 4  # words
LONGEST_NAME = 40  # characters
LONGEST_HELP_LINE = 120  # characters
LEAVE_OUT = ("breathe", "recap", "keep")  # the kinds of steps that a couple may do without
OFF = "off"
CODE_WORD = re.compile(r"[^\W\d_]+(?:[ '’-][^\W\d_]+)*")  # words of letters
TIME_OF_DAY = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


@dataclass(frozen=True, slots=True)
class Home:
    """The directory under which everything that is kept lies; packs.py says which packs of the couple's own."""

    directory: Path

    @property
    def config_file(self) -> Path:
        """The couple's settings."""
        return self.directory / "config.yaml"

    @property
    def database(self) -> Path:
        """The journal."""
        return self.directory / "journal.sqlite3"

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
    """Two different names; None: not yet set up."""
    language: str = "en"
    ears: str = "auto"
    voice: str = "auto"
    model: Path | None = None
    """A folder with a Vosk model; None: look for one."""
    listen: str = "table"
    """"table": to everything; "wake": to what begins with `wake`; "key": to one utterance after a key."""
    wake: str = WAKE
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


def load_config(home: Home) -> Config:
    """The settings in the home's config.yaml; those that everybody begins with when there is none.

    Raises ConfigError with every mistake in it.
    """
    if not home.config_file.exists():
        return Config()
    mistakes = Mistakes()
    node = read_yaml(home.config_file, mistakes)
    return _checked(node, mistakes)


def save_config(home: Home, config: Config) -> None:
    """Write config.yaml anew, with comments for those who edit it.

    Raises ConfigError for settings that could not be read back, or when the file cannot be written.
    """
    text = _as_yaml(config)
    mistakes = Mistakes()
    _checked(parse_yaml(text, home.config_file, mistakes), mistakes)
    try:
        write_private(home.config_file, text)
    except OSError as error:
        why = f"{home.config_file}: the settings cannot be written: {error.strerror or error}"
        raise ConfigError((why,), fix="Make room or choose another place with --home DIR.") from error


# ---- reading --------------------------------------------------------------------------------------


def _checked(node: Node | None, mistakes: Mistakes) -> Config:
    fields, standard = Fields(node, mistakes), Config()
    model = fields.text("model", "")
    config = Config(
        partners=_partners(fields),
        language=fields.choice("language", LANGUAGES, standard.language),
        ears=fields.choice("ears", EARS, standard.ears),
        voice=fields.choice("voice", VOICES, standard.voice),
        model=Path(model).expanduser() if model else None,
        listen=fields.choice("listen", LISTEN, standard.listen),
        wake=_wake(fields, standard.wake),
        heard_as=_heard_as(fields),
        microphone=fields.text("microphone", "") or None,
        loudspeaker=fields.text("loudspeaker", "") or None,
        recap_at=_recap_at(fields, standard.recap_at),
        quiet_hours=_quiet_hours(fields, standard.quiet_hours),
        lengths=_lengths(fields),
        leave_out=frozenset(fields.choices("leave_out", LEAVE_OUT)) if fields.node("leave_out") else frozenset(),
        help_line=_help_line(fields),
        code_word=_code_word(fields),
    )
    fields.finish()
    mistakes.raise_any(ConfigError, fix="Correct these lines, or run: hearthside setup")
    return config


def _partners(fields: Fields) -> tuple[str, str] | None:
    if fields.node("partners") is None:
        return None
    names = [" ".join(name.split()) for name in fields.texts("partners")]
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


def _code_word(fields: Fields) -> str | None:
    said = " ".join(fields.text("code_word", "").split())
    if not said:
        return None
    if not CODE_WORD.fullmatch(said) or len(said.split()) > LONGEST_CODE_WORD:
        fields.mistake(
            "code_word", f'expected one to {LONGEST_CODE_WORD} words, such as "red umbrella"; found "{said}"'
        )
    return said


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


# ---- writing --------------------------------------------------------------------------------------


def _as_yaml(config: Config) -> str:
    names = ", ".join(quoted(name) for name in config.partners or ())
    recap_at = f"{config.recap_at:%H:%M}" if config.recap_at else OFF
    help_line = _optional(config.help_line or None)
    quiet_hours = "-".join(f"{moment:%H:%M}" for moment in config.quiet_hours or ()) or OFF
    settings = (
        ("The two of you, as you call each other.", "partners", f"[{names}]" if names else ""),
        (f"The language spoken: {', '.join(LANGUAGES)}.", "language", config.language),
        ("Who listens: auto (vosk where its model is installed), vosk or moonshine.", "ears", config.ears),
        ("Who speaks: auto, natural or system (the machine's own voice).", "voice", config.voice),
        ("A folder with a Vosk model, when it is not in a usual place.", "model", _optional(config.model)),
        (
            "When it listens: table (always), wake (after the words below) or key (after Enter).",
            "listen",
            config.listen,
        ),
        ("The words that call it, where it listens after them; any you like.", "wake", quoted(config.wake)),
        ("How your names come out when they are heard; hearthside setup finds it.", "heard_as", _spellings(config)),
        ("The microphone, by its name or a part of it.", "microphone", _optional(config.microphone)),
        ("The loudspeaker, likewise.", "loudspeaker", _optional(config.loudspeaker)),
        ("When to offer tonight's appreciations, or off.", "recap_at", quoted(recap_at)),
        ("When never to speak first, or off.", "quiet_hours", quoted(quiet_hours)),
        ("How many minutes a session takes for you, such as {bedtime: 8}.", "lengths", _minutes(config)),
        (f"Steps that sessions leave out: {', '.join(LEAVE_OUT)}.", "leave_out", _flow(sorted(config.leave_out))),
        ("Whom to call when one of you is not okay, as it is to be said: a name, a number.", "help_line", help_line),
        (
            "Your own word for: I need to be heard, not fixed; one to four words.",
            "code_word",
            _optional(config.code_word),
        ),
    )
    lines = ["# What Hearthside knows about the two of you; edit it as you like."]
    for comment, key, value in settings:
        lines += ["", f"# {comment}", f"{key}: {value}" if value else f"# {key}:"]
    return "\n".join(lines) + "\n"


def _minutes(config: Config) -> str:
    """A flow mapping; "" for none."""
    each = ", ".join(f"{quoted(session)}: {minutes:g}" for session, minutes in config.lengths.items())
    return f"{{{each}}}" if each else ""


def _flow(words: Iterable[str]) -> str:
    """A flow list; "" for none."""
    each = ", ".join(words)
    return f"[{each}]" if each else ""


def _spellings(config: Config) -> str:
    """A flow mapping; "" for none."""
    each = (f"{quoted(name)}: [{', '.join(map(quoted, found))}]" for name, found in config.heard_as.items() if found)
    inside = ", ".join(each)
    return f"{{{inside}}}" if inside else ""


def _optional(value: Path | str | None) -> str:
    return quoted(str(value)) if value else ""
