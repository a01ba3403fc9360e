"""Reads prompts/LANGUAGE/help_lines.yaml: whom to call in each country."""

from pathlib import Path

from voice.content import HelpLine
from voice.files.fields import Fields
from voice.files.strict_yaml import Mistakes, read_yaml


def help_lines(file: Path, mistakes: Mistakes) -> dict[str, HelpLine]:
    """Code of a country -> its help line; none where there is no such file."""
    if not file.is_file():
        return {}
    fields = Fields(read_yaml(file, mistakes), mistakes)
    found = {code: _help_line(fields.section(code)) for code in fields.names}
    fields.finish()
    return found


def _help_line(fields: Fields) -> HelpLine:
    line = HelpLine(fields.text("country"), fields.text("text"), fields.text("emergency"), fields.text("source"))
    fields.finish()
    return line
