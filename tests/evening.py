"""An evening by keyboard for stories: the real loop, packs, understanding and journal, without sound."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from voice.captions import Caption
from voice.commands.keyboard import settle
from voice.config import Config, Home, save_config
from voice.edges.clock import AudioClock
from voice.house import open_house
from voice.mouth import SilentMouth

DINNER = datetime(2026, 11, 23, 19, 30).astimezone()


class Evening:
    """Alex and Sam at home. `type` says a line, `wait` lets time pass, `said` is all that was answered."""

    def __init__(self, directory: Path, *, now: datetime = DINNER, seed: int = 7, config: Config | None = None) -> None:
        home = Home(directory)
        save_config(home, config or Config(partners=("Alex", "Sam")))
        self.captions: list[Caption] = []
        self.clock = AudioClock(now)
        self.house = open_house(home)
        self.loop = self.house.loop(SilentMouth(), self.clock, self.captions.append, seed)
        self.loop.start()
        self.wait(1)

    def type(self, *lines: str) -> list[str]:
        """Say these lines, each when Hearthside waits for people; returns what it answered to the last."""
        before = 0
        for line in lines:
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
