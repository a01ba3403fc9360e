"""An evening in which things are kept, for `make kill`: what it stores and answers, and where it can be killed."""

import os
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from rig.typed_evening import TypedEvening
from voice.captions import Caption
from voice.composition import House, open_house
from voice.config import Home, load_config
from voice.content import Content
from voice.edges.journal import Journal
from voice.edges.journal.keys import keys_of
from voice.messages.actions import Storing
from voice.messages.records import Records
from voice.nlu.understanding import Understanding

FORGOTTEN = "washed the windows"
LINES = (
    f"I appreciate that Sam {FORGOTTEN}", "yes",
    "set a tea timer for twenty minutes",
    "remind us tomorrow at nine in the morning to water the plants",
    "add a trip to Rome to our bucket list", "yes",
    "talk slower",
    "ask us a question", "that's enough",
    "delete the last appreciation", "yes",
    "cancel the tea timer",
    "cancel the reminder to water the plants",
)  # fmt: skip
"""What is typed: lines, a timer, a reminder and a setting are kept, and some of them end or are forgotten."""
READING = ("SELECT", "PRAGMA")
POINT = "rig.statement"
"""The audit event before a statement that may change the journal."""


class _Remembering(Journal):
    """A journal that remembers what it held after no change, one, two ..."""

    def __init__(self, home: Path) -> None:
        super().__init__(Home(home).database, keys_of(Home(home)))
        self.held = [self.records()]

    def store(self, action: Storing) -> Storing:
        """As ever."""
        done = super().store(action)
        self.held.append(self.records())
        return done


class _Mortal(Journal):
    """A journal that can be killed at each statement."""

    def __init__(self, home: Path) -> None:
        super().__init__(Home(home).database, keys_of(Home(home)))
        self._connection.set_trace_callback(_point)


def _point(statement: str) -> None:
    if not statement.startswith(READING):
        sys.audit(POINT)


def rehearse(home: Path, now: datetime) -> tuple[Sequence[Records], Sequence[int]]:
    """Live through the evening: what is held after no change, one, two ...; changes up to the answer to each line."""
    promised = list[int]()
    with closing(_Remembering(home)) as journal:
        evening = TypedEvening(_house(home, journal), now, lambda caption: None)
        for line in LINES:
            evening.say(line)
            promised.append(len(journal.held) - 1)
    return journal.held, promised


def live(home: Path, now: datetime, promised: Sequence[int], acknowledged: Path) -> None:
    """Live through it again, and write the promise of each answer into a file as soon as it is said."""
    typed = 0

    def hear(caption: Caption) -> None:
        if caption.event == "said" and typed:
            os.write(file, f"{promised[typed - 1]}\n".encode())

    file = os.open(acknowledged, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    with closing(_Mortal(home)) as journal:
        evening = TypedEvening(_house(home, journal), now, hear)
        for line in LINES:
            typed += 1
            evening.say(line)
    os.close(file)


def _house(home: Path, journal: Journal) -> House:
    content, understanding = _understanding(home)
    return House(Home(home), load_config(Home(home)), content, journal, understanding)


_opened = dict[tuple[str, str] | None, tuple[Content, Understanding]]()
"""Names -> what takes seconds to load."""


def _understanding(home: Path) -> tuple[Content, Understanding]:
    names = load_config(Home(home)).partners
    if names not in _opened:
        with closing(open_house(Home(home))) as house:
            _opened[names] = house.content, house.understanding
    return _opened[names]
