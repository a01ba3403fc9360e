"""`hearthside setup`: two names, what is kept and what never is, and the Vosk model where it can be had."""

import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from voice.commands.help_lines import chosen_help_line
from voice.config import LONGEST_NAME, Config, Home, find_home, load_config, save_config
from voice.edges.home import sole_use
from voice.engines.fetching import NAME, URL, download, install
from voice.engines.models import BUILT_IN, FETCHED, find_model
from voice.errors import ConfigError, HearthsideError, ModelError
from voice.files import private_directory
from voice.language.visible import visible

NO_NAMES = "I don't know your names yet: hearthside setup --names NAME NAME"
KEPT = """\
Everything I keep is in {directory}, and only you can read it:
  kept:   your names and settings, the lines you said yes to, ways of saying things that you let me learn,
          running timers, which questions I asked, and on which dates you did a check-in
          and copies of these from seven evenings; what you delete is deleted in them too
  never:  sound, transcripts, counts, scores
Nothing leaves this machine."""
ALIKE = "{} and {} sound alike and may be taken for each other; a nickname for one of you would help."

BAR = 30  # characters
MEGABYTE = 1_000_000


def setup(
    directory: Path | None,
    *,
    names: Sequence[str] | None,
    country: str | None,
    model: Path | None,
    source: Path | None,
    no_download: bool,
) -> int:
    """Set up a home, or change one: what was set before stays unless something else is given.

    model: a folder to use. source: a file or folder to install a model from. $HEARTHSIDE_MODEL_URL takes the place of
    the Vosk project's site. Returns the exit code, which is 0 also without names and without a model: both can follow.
    Raises HearthsideError, with the settings as they were, for names or a model that cannot be used.
    """
    home = find_home(directory)
    with sole_use(home):
        _set_up(home, names=names, country=country, model=model, source=source, no_download=no_download)
    return 0


def _set_up(
    home: Home,
    *,
    names: Sequence[str] | None,
    country: str | None,
    model: Path | None,
    source: Path | None,
    no_download: bool,
) -> None:
    mistaken = None
    try:
        known = load_config(home)
    except ConfigError as error:
        known, mistaken = Config(), error
    given = _given_model(model, source, home)
    partners = known.partners
    if names or not (given and partners):  # whoever brings a model has not come to talk about names
        partners = _partners(names, partners)
    help_line = known.help_line
    if country or (not given and names is None and not help_line):
        help_line = chosen_help_line(country, known.language)
    config = replace(known, partners=partners, help_line=help_line, model=_configured_model(model, source, known))
    if mistaken:
        _put_aside(home, mistaken)
    save_config(home, config)
    _tell_names(home, config, known)
    if config.help_line:
        print(f"When one of you is not okay, I name: {config.help_line}. Check it; config.yaml takes another.")
    print(KEPT.format(directory=home.directory))
    _model(home, config, given, fetch=not no_download)


def _tell_names(home: Home, config: Config, known: Config) -> None:
    """Who they are; of new names also how they sound."""
    partners = config.partners
    if partners is None:
        print(NO_NAMES)
        return
    print(f"You are {partners[0]} and {partners[1]}.")
    if partners != known.partners:
        from voice.composition import sound_alike

        if sound_alike(partners, config.language):
            print(ALIKE.format(*partners))
        _listen_to_names(home, config)


def _put_aside(home: Home, mistaken: ConfigError) -> None:
    """Keep settings that cannot be read beside the new ones."""
    aside = home.directory / "config.yaml.old"
    try:
        os.replace(home.config_file, aside)
    except OSError as error:
        raise mistaken from error
    print("\n".join(mistaken.mistakes), file=sys.stderr)
    print(f"I couldn't read these settings. They are in {aside} now, and I have made new ones.", file=sys.stderr)


# ---- names ----------------------------------------------------------------------------------------


def _partners(given: Sequence[str] | None, known: tuple[str, str] | None) -> tuple[str, str] | None:
    """The names given with --names or at the keyboard, else those known; raises HearthsideError for unfit ones."""
    if given is not None:
        first, second = (" ".join(visible(name).split()) for name in given)
        if problem := _problem(first, second):
            raise HearthsideError(problem, "--names", "Give two, such as: --names Alex Sam")
        return first, second
    while True:
        first, second = _typed("Your name", known and known[0]), _typed("Your partner's name", known and known[1])
        if not first and not second:
            return None
        problem = _problem(first, second)
        if not problem:
            return first, second
        if not sys.stdin.isatty():
            raise HearthsideError(problem, "standard input", "Give two names, each on a line of its own.")
        print(f"Please try again: {problem}.")


def _typed(question: str, known: str | None) -> str:
    """A name from the keyboard or a pipe; the known one, or "", when there is only Enter or nothing."""
    try:
        line = input(f"{question}{f' [{known}]' if known else ''}: " if sys.stdin.isatty() else "")
    except EOFError:
        line = ""
    except UnicodeDecodeError as error:
        raise HearthsideError("this is no UTF-8 text", "standard input", "Give the names with --names.") from error
    return " ".join(visible(line).split()) or known or ""


def _problem(first: str, second: str) -> str:
    """What is wrong with two names, or ""."""
    for name in (first, second):
        if not any(letter.isalnum() for letter in name):
            return f'"{name}" is no name' if name else "two names are needed"
        if len(name) > LONGEST_NAME:
            return f"a name may have at most {LONGEST_NAME} characters"
    return "the two names must differ" if first.casefold() == second.casefold() else ""


# ---- the model ------------------------------------------------------------------------------------


def _listen_to_names(home: Home, config: Config) -> None:
    """Find how names that no dictionary has come out when they are heard, keep that and tell the couple."""
    from voice.packs import load_content
    from voice.runtime.name_hearing import find_spellings

    spellings, lines = find_spellings(home, config, load_content(config.language))
    for line in lines:
        print(line)
    save_config(home, replace(config, heard_as=spellings))


def _given_model(model: Path | None, source: Path | None, home: Home) -> Path | None:
    """The model of --from, installed, or of --model, checked; None when neither is given. Raises ModelError."""
    if source is not None:
        return install(source.expanduser(), _models(home))
    if model is not None:
        return find_model(model.expanduser().absolute(), None, home.models)
    return None


def _models(home: Home) -> Path:
    """The directory of our own models, made private. Raises ModelError when it cannot be made."""
    try:
        return private_directory(home.models)
    except OSError as error:
        what = f"no model can be put there ({error.strerror or error})"
        raise ModelError(what, str(home.models), "Choose another place with --home DIR.") from error


def _configured_model(model: Path | None, source: Path | None, known: Config) -> Path | None:
    """What the settings say from now on: a model installed among our own needs no mention."""
    if source is not None:
        return None
    return model.expanduser().absolute() if model is not None else known.model


def _model(home: Home, config: Config, given: Path | None, *, fetch: bool) -> None:
    """Say which model is used, after fetching one if there is none. Raises ModelError for a configured one."""
    found = given or find_model(None, config.model, home.models)
    without = "nothing listens" if config.ears == FETCHED.engine else "the built-in recognizer listens"
    if found is not None:
        print(f"{FETCHED.title}: {found}")
    elif not fetch or config.ears == BUILT_IN.engine:
        print(f"{FETCHED.title}: none; {without}.")
    else:
        print(f"Fetching {NAME} (40 MB, once); nothing about you is sent.", flush=True)
        progress = DownloadProgress()
        try:
            found = download(_models(home), progress, os.environ.get("HEARTHSIDE_MODEL_URL", URL))
            line = f"{FETCHED.title}: {found}"
        except ModelError as error:
            line = f"{FETCHED.title}: none, {error.what}; {without} until it is here.\n{error.fix}"
        finally:
            progress.close()
        print(line)


class DownloadProgress:
    """Shows on stderr how far a download has come: a bar on a terminal, else a line every ten per cent."""

    def __init__(self) -> None:
        self._terminal = sys.stderr.isatty()
        self._shown = 0  # per cent
        self._open = False  # whether the cursor stands behind a bar

    def __call__(self, there: int, total: int) -> None:
        """there, total: bytes."""
        percent = 100 * there // total
        if percent < self._shown + (1 if self._terminal else 10):
            return
        self._shown = percent if self._terminal else percent // 10 * 10
        amount = f"{percent:3} %  {there / MEGABYTE:.0f} of {total / MEGABYTE:.0f} MB"
        if self._terminal:
            bar = ("#" * (BAR * percent // 100)).ljust(BAR, ".")
            print(f"\r[{bar}] {amount}", end="", file=sys.stderr, flush=True)
            self._open = True
        else:
            print(amount, file=sys.stderr, flush=True)

    def close(self) -> None:
        """End the line of the bar."""
        if self._open:
            print(file=sys.stderr)
            self._open = False
