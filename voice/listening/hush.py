"""Hearthside falls silent at once when somebody speaks over it, and goes on when that was not meant for it."""

import math

from voice.messages.recognition import Mode

BREATH = 0.3  # seconds from the end of what was not meant for it, pause included, until it goes on
UNREAD = 4.0  # seconds after the last sign of speech after which it goes on, whether or not that could be read
LONGEST = 10.0  # seconds for which others may keep it from speaking
INSISTS = 5.0  # seconds after it has gone on in which somebody who was not understood says it again
RESTS = 600.0  # seconds for which it falls silent for nobody else, when that was in vain
COMMANDS = frozenset({Mode.IDLE, Mode.QUESTION, Mode.SESSION, Mode.RINGING})
"""Modes in which a wish said over it counts. An answer counts when the question was said to its end."""


class Hush:
    """Whether it is silent in the middle of what it says. Times are seconds of the session.

    A household that coughs, laughs and talks must not keep it from speaking again and again. So when it was silent in
    vain, it is so again for somebody who insists, and then not for ten minutes.
    barge_in: as in the settings; with "off" it never falls silent.
    """

    def __init__(self, barge_in: str) -> None:
        self._barge_in = barge_in
        self._since: float | None = None
        self._in_vain = 0  # how often in a row
        self._voices_at = self._ended_at = self._went_on_at = -math.inf

    @property
    def is_on(self) -> bool:
        """Whether it is silent now, with more to say."""
        return self._since is not None

    def allows(self, mode: Mode) -> bool:
        """Whether the wishes of this mode count meanwhile, besides control words."""
        return self.is_on and self._barge_in == "words" and mode in COMMANDS

    def begin(self, at: float, mode: Mode) -> bool:
        """Somebody surely speaks over it: whether it falls silent. mode: what is expected when it has spoken."""
        if self.is_on or self._barge_in == "off" or mode is Mode.TURN or not self._is_worth_it(at):
            return False
        self._since = at
        self.voices(at)
        return True

    def _is_worth_it(self, at: float) -> bool:
        quiet = at - self._went_on_at
        if quiet >= RESTS:
            self._in_vain = 0
        return self._in_vain == 0 or (self._in_vain == 1 and quiet <= INSISTS)

    def voices(self, at: float) -> None:
        """Somebody speaks."""
        self._voices_at, self._ended_at = at, math.inf

    def ended(self, at: float) -> None:
        """What somebody said is over, and was not meant for it."""
        self._ended_at = at

    def goes_on(self, at: float) -> bool:
        """Whether it goes on now: once for each time."""
        if self._since is None:
            return False
        if at < min(self._ended_at + BREATH, self._voices_at + UNREAD, self._since + LONGEST):
            return False
        self._since, self._went_on_at, self._in_vain = None, at, self._in_vain + 1
        return True

    def end(self) -> None:
        """It has nothing more to say: somebody was understood, or all was said."""
        if self._since is not None:
            self._since, self._in_vain = None, 0
