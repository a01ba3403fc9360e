"""`hearthside understand`: what each line of standard input means, in any pack of intents."""

import json
from pathlib import Path

from voice.commands.keyboard import LONGEST_LINE, standard_input
from voice.composition import open_understanding
from voice.config import find_home, load_config
from voice.messages.meaning import Match
from voice.messages.recognition import Hypothesis, Mode


def understand_lines(home: Path | None, intents: Path | None, *, mode: Mode, as_json: bool) -> int:
    """Print a line for every line, as soon as it is there; returns the exit code."""
    found = find_home(home)
    understanding = open_understanding(found, load_config(found), intents)
    for line in standard_input():
        text = line.rstrip("\r\n")
        meant = understanding.understand((Hypothesis(text[:LONGEST_LINE], "keyboard"),), mode)
        intent, slots = (meant.intent, dict(meant.slots)) if isinstance(meant, Match) else (None, {})
        if as_json:
            print(json.dumps({"text": text, "intent": intent, "slots": slots}, ensure_ascii=False), flush=True)
        else:
            filled = "".join(f" {name}={value}" for name, value in slots.items())
            print(f"“{text}”: {f'{intent}{filled}' if intent else 'nothing'}", flush=True)
    return 0
