"""Where everything that is kept lies, and the settings that the couple made in config.yaml."""

from voice.config.reading import checked
from voice.config.settings import (
    BARGE_IN,
    EARS,
    KEYRING,
    LANGUAGES,
    LEAVE_OUT,
    LISTEN,
    LOCKS,
    LONGEST_HELP_LINE,
    LONGEST_NAME,
    OFF,
    PASSPHRASE,
    ROOMS,
    VOICES,
    WAKE,
    Config,
    Home,
    find_home,
)
from voice.config.writing import as_yaml
from voice.errors import ConfigError
from voice.files import write_private
from voice.files.strict_yaml import Location, Mistakes, parse_yaml, read_yaml

__all__ = (
    "BARGE_IN",
    "EARS",
    "KEYRING",
    "LANGUAGES",
    "LEAVE_OUT",
    "LISTEN",
    "LOCKS",
    "LONGEST_HELP_LINE",
    "LONGEST_NAME",
    "OFF",
    "PASSPHRASE",
    "ROOMS",
    "VOICES",
    "WAKE",
    "Config",
    "Home",
    "find_home",
    "load_config",
    "save_config",
)


def load_config(home: Home) -> Config:
    """The settings in the home's config.yaml; those that everybody begins with when there is none.

    Raises ConfigError with every mistake in it.
    """
    if not home.config_file.exists():
        return Config()
    mistakes = Mistakes()
    node = read_yaml(home.config_file, mistakes)
    if home.config_file != (other := home.config_file.with_suffix(".yml")) and other.exists():
        mistakes.add(
            Location(other), f"these settings are not read beside {home.config_file.name}; keep one of the two"
        )
    return checked(node, mistakes)


def save_config(home: Home, config: Config) -> None:
    """Write config.yaml anew, with comments for those who edit it.

    Raises ConfigError for settings that could not be read back, or when the file cannot be written.
    """
    text = as_yaml(config)
    mistakes = Mistakes()
    checked(parse_yaml(text, home.config_file, mistakes), mistakes)
    try:
        write_private(home.config_file, text)
    except OSError as error:
        why = f"{home.config_file}: the settings cannot be written: {error.strerror or error}"
        raise ConfigError((why,), fix="Make room or choose another place with --home DIR.") from error
