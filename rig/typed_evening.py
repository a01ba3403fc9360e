"""An evening by keyboard for the machines of the rig: the real packs, loop and journal, without sound."""

from collections.abc import Callable
from datetime import datetime

from voice.captions import Caption
from voice.commands.keyboard import settle
from voice.composition import House
from voice.edges.clock import AudioClock
from voice.runtime.typed_lines import take_line
from voice.speaking.mouth import SilentMouth

SHUFFLE = 1


class TypedEvening:
    """The evening has begun. What is typed and when decides all of it; hear: gets what it tells."""

    def __init__(self, house: House, now: datetime, hear: Callable[[Caption], object]) -> None:
        self._clock = AudioClock(now)
        self._loop = house.loop(SilentMouth(), self._clock, hear, SHUFFLE)
        self._loop.start()

    def say(self, line: str) -> None:
        """Type a line when Hearthside waits for people, and let it answer."""
        settle(self._loop, self._clock)
        take_line(self._loop, self._clock, line)
        settle(self._loop, self._clock)

    def interrupt(self, line: str) -> None:
        """Type a line whatever is going on; a second passes."""
        take_line(self._loop, self._clock, line)
        take_line(self._loop, self._clock, "/wait 1")
