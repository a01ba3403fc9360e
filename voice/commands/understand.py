"""`hearthside understand`: what each line of standard input means, in any pack of intents."""

import json
from dataclasses import replace
from pathlib import Path

from voice.composition import open_understanding
from voice.config import find_home, load_config
from voice.edges.standard_input import standard_input
from voice.messages.meaning import Addressing, Match, NoMatch
from voice.messages.recognition import KEYBOARD, Hypothesis, Mode
from voice.runtime.typed_lines import LONGEST_LINE


def understand_lines(
    home: Path | None, intents: Path | None, *, mode: Mode, addressing: Addressing, as_json: bool
) -> int:
    """Print a line for every line, as soon as it is there; returns the exit code."""
    found = find_home(home)
    understanding = open_understanding(found, load_config(found), intents)
    for line in standard_input():
        text = line.rstrip("\r\n")
        heard = (Hypothesis(text[:LONGEST_LINE], KEYBOARD),)
        meant = understanding.understand(heard, mode, addressing=addressing)
        if isinstance(meant, Match) and (general := understanding.pack.general(meant.intent)) != meant.intent:
            meant = replace(meant, intent=general, slots={**meant.slots, "case": meant.intent})
        print(json.dumps(_fields(text, meant), ensure_ascii=False) if as_json else _line(text, meant), flush=True)
    return 0


def _fields(text: str, meant: Match | NoMatch) -> dict[str, object]:
    """The line as JSON: what it means, with the slot that would be asked for; or why nothing is done."""
    if isinstance(meant, Match):
        return {"text": text, "intent": meant.intent, "slots": dict(meant.slots)}
    if meant.missing:
        [guess] = meant.guesses
        return {"text": text, "intent": guess.intent, "slots": dict(guess.slots), "missing": meant.missing}
    asks = [{"intent": guess.intent, "slots": dict(guess.slots)} for guess in meant.guesses]
    return {"text": text, "intent": None, "slots": {}, "why": meant.why, "asks": asks}


def _line(text: str, meant: Match | NoMatch) -> str:
    if isinstance(meant, Match):
        filled = "".join(f" {name}={value}" for name, value in meant.slots.items())
        return f"“{text}”: {meant.intent}{filled}"
    asks = " or ".join(guess.intent for guess in meant.guesses)
    return f"“{text}”: nothing ({meant.why}{f'; would ask: {asks}' if asks else ''})"
