"""An evening by keyboard for stories: the real loop, packs, understanding and journal, without sound."""

import re
from collections.abc import Callable, Mapping, Sequence
from copy import copy
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from voice import packs
from voice.captions import Caption
from voice.commands.keyboard import settle
from voice.composition import STAND_INS, House, open_house
from voice.config import Config, Home, load_config, save_config
from voice.content import Content, Script
from voice.dialogue.consent import setting_of
from voice.edges.clock import AudioClock
from voice.edges.journal import Journal
from voice.messages.meaning import Addressing
from voice.messages.recognition import Mode
from voice.nlu.understanding import Understanding
from voice.speaking.mouth import SilentMouth

DINNER = datetime(2026, 11, 23, 19, 30).astimezone()
COUPLE = Config(partners=("Alex", "Sam"))


def agree(home: Home, config: Config) -> None:
    """Both who live there have said yes to keeping what they ask for."""
    journal = Journal(home.database)
    journal.store(setting_of(config.partners or STAND_INS))
    journal.close()


_opened = dict[tuple[object, ...], tuple[Content, Understanding]]()
"""Pack root and settings -> content and understanding; loading them takes a second or more."""


def open_pack(config: Config = COUPLE) -> Understanding:
    """The understanding of the packs that ship, as the program opens it; loaded once per process and config."""
    key = _key(config)
    if key not in _opened:
        with TemporaryDirectory() as directory:
            home = Home(Path(directory))
            save_config(home, config)
            house = open_house(home)
            house.close()
        _opened[key] = (house.content, house.understanding)
    return _opened[key][1]


def _open(home: Home, config: Config, *, fresh: bool) -> House:
    """As `open_house`; a couple without packs of their own shares the content and understanding of the process.

    fresh: the understanding is a copy, so that names may change.
    """
    if (home.directory / "intents").exists() or (home.directory / "prompts").exists():
        return open_house(home)
    understanding = open_pack(config)
    if fresh:
        understanding = copy(understanding)
        understanding.index = copy(understanding.index)
    content, _ = _opened[_key(config)]
    return House(home, load_config(home), content, Journal(home.database), understanding)


def _key(config: Config) -> tuple[object, ...]:
    """Only settings that content and understanding depend on."""
    return packs.pack_root(), config.language, config.partners, config.code_word, repr(config.heard_as)


class Evening:
    """Alex and Sam at home. `type` says a line, `wait` lets time pass, `said` is all that was answered.

    consent: they have agreed before that what they ask for is kept. fresh: nothing is shared with other evenings, so
    that names may change.
    """

    def __init__(
        self,
        directory: Path,
        *,
        now: datetime = DINNER,
        seed: int = 7,
        config: Config | None = None,
        consent: bool = True,
        fresh: bool = False,
    ) -> None:
        home = Home(directory)
        config = config or COUPLE
        save_config(home, config)
        if consent:
            agree(home, config)
        self.captions: list[Caption] = []
        self.clock = AudioClock(now)
        self.house = _open(home, config, fresh=fresh)
        self.loop = self.house.loop(SilentMouth(), self.clock, self.captions.append, seed)
        self.loop.start()
        self.wait(1)

    def type(self, *lines: str) -> list[str]:
        """Say these lines, each when Hearthside waits for people; returns what it answered to the last."""
        before = 0
        for line in lines:
            settle(self.loop, self.clock)
            before = len(self.said)
            self.loop.typed(line, Addressing.OVERHEARD)
        return self.said[before:]

    def address(self, line: str) -> list[str]:
        """Say a line to Hearthside; returns what it answered."""
        settle(self.loop, self.clock)
        before = len(self.said)
        self.loop.typed(line)
        return self.said[before:]

    def wait(self, seconds: float, *, step: float = 0.5) -> list[str]:
        """Let time pass; returns what was said meanwhile."""
        before = len(self.said)
        for _ in range(round(seconds / step)):
            self.clock.advance(step)
            self.loop.tick()
        return self.said[before:]

    @property
    def said(self) -> list[str]:
        """Everything that Hearthside has said."""
        return [str(caption.fields["text"]) for caption in self.captions if caption.event == "said"]

    def events(self, name: str) -> list[Mapping[str, object]]:
        """The fields of all captions of this event."""
        return [caption.fields for caption in self.captions if caption.event == name]

    def close(self) -> None:
        """End it as a power cut would: nothing more is written."""
        self.house.close()


def as_said(text: str) -> set[str]:
    """The ways in which a prompt can be said here: about Alex, about Sam, about somebody whose name is not known."""
    return {text.replace("{other}", name) for name in ("Alex", "Sam", "your partner")}


def say(evening: Evening, *lines: str) -> str:
    """What was answered to the last of these lines, until people are awaited again."""
    return " ".join(_answers(evening, evening.type, lines))


def told(evening: Evening, *lines: str) -> list[str]:
    """The same as a list, for lines that are each said to Hearthside."""
    return _answers(evening, evening.address, lines)


def _answers(evening: Evening, take: Callable[[str], object], lines: Sequence[str]) -> list[str]:
    before = 0
    for line in lines:
        settle(evening.loop, evening.clock)
        before = len(evening.said)
        take(line)
    settle(evening.loop, evening.clock)
    return evening.said[before:]


def mode(evening: Evening) -> Mode:
    """How it listens now."""
    return evening.loop.listening.mode


def replies(evening: Evening, key: str) -> set[str]:
    """All wordings of a reply."""
    return {*evening.house.content.replies[key], *evening.house.content.softer_replies.get(key, ())}


def is_reply(evening: Evening, line: str, key: str) -> bool:
    """Whether a line is a wording of this reply, whatever stands in its braces."""
    wordings = (re.sub(r"\\\{\w+\\\}", "(.+)", re.escape(wording)) for wording in replies(evening, key))
    return any(re.fullmatch(wording, line) for wording in wordings)


def script(evening: Evening, name: str) -> Script:
    """The session of this id."""
    return next(each for each in evening.house.content.scripts if each.id == name)
