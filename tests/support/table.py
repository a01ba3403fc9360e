"""A table with a few small decks, and what is asked there."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Protocol

from tests.support.evening import DINNER, Evening, agree
from voice.composition import House
from voice.config import Config, Home
from voice.content import Prompt
from voice.edges.clock import AudioClock
from voice.edges.journal import Journal
from voice.speaking.mouth import SilentMouth

DECKS = {
    "tiny": """
name: tiny
title: "the tiny deck"
prompts:
  - {id: tiny-1, depth: 1, text: "What is small?", follow_up: "And how small is that?"}
  - {id: tiny-2, depth: 1, text: "What is smaller?"}
""",
    "cellar": """
name: cellar
title: "the cellar deck"
opt_in: true
prompts:
  - {id: cellar-1, depth: 1, text: "What lies in the cellar?"}
  - {id: cellar-2, depth: 1, text: "What lies behind it?", tags: [money]}
""",
    "purse": """
name: purse
title: "the purse deck"
prompts:
  - {id: purse-1, depth: 1, text: "What is in your purse?", tags: [money]}
  - {id: purse-2, depth: 3, text: "What is at the bottom of it?", tags: [money]}
""",
}


class Table(Evening):
    """An evening with these decks beside ours. What does not change between evenings is built once."""

    def __init__(self, whole: House, directory: Path, *, now: datetime = DINNER, seed: int = 7) -> None:
        self.captions = []
        self.clock = AudioClock(now)
        home = Home(directory)
        agree(home, Config())
        self.house = replace(whole, home=home, journal=Journal(home.database))
        self.loop = self.house.loop(SilentMouth(), self.clock, self.captions.append, seed)
        self.loop.start()
        self.wait(1)


class At(Protocol):
    def __call__(self, *, now: datetime = DINNER, seed: int = 7) -> Table: ...


def replies(evening: Evening, key: str) -> tuple[str, ...]:
    return evening.house.content.replies[key]


def said(evening: Evening, key: str, *, at: int = -1, **words: str) -> bool:
    """Whether the last line said (or the one at that place) is one of the wordings of this reply."""
    wordings = replies(evening, key)
    for name, word in words.items():
        wordings = tuple(wording.replace(f"{{{name}}}", word) for wording in wordings)
    return evening.said[at] in wordings


def prompt(evening: Evening, text: str) -> Prompt:
    """The prompt of this text, as it is said to a couple whose names are not known."""
    prompts = (each for deck in evening.house.content.decks for each in deck.prompts)
    return next(each for each in prompts if each.text.replace("{other}", "your partner") == text)
