"""The help line of a country, at set-up: by flag, or asked for at a terminal."""

import sys
from collections.abc import Mapping

from voice.content import HelpLine
from voice.errors import HearthsideError
from voice.files.strict_yaml import did_you_mean
from voice.packs import load_content

QUESTION = "Your country, for a help line, such as us or gb (Enter for none): "


def chosen_help_line(country: str | None, language: str) -> str:
    """The numbers of a country; "" for none. Raises HearthsideError for a code that is not in the list.

    country: its code; None: ask for it, where somebody sits at a terminal.
    """
    known = load_content(language).help_lines
    if country is not None:
        return _line(country, known)
    while sys.stdin.isatty():
        try:
            code = input(QUESTION).strip()
        except EOFError:
            break
        if not code:
            break
        try:
            return _line(code, known)
        except HearthsideError as error:
            print(error.line())
    return ""


def _line(code: str, known: Mapping[str, HelpLine]) -> str:
    code = code.strip().lower()
    if code not in known:
        what = f'there is no help line for "{code}" in the list{did_you_mean(code, known)}'
        raise HearthsideError(what, "--country", f"There are: {', '.join(known)}. Or write one into config.yaml.")
    return known[code].text
