"""Turns what is to be said into sound: in the room, on a tape, or not at all."""

import queue
import threading
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Protocol

from voice.errors import HearthsideError
from voice.messages.actions import Chime, Say
from voice.messages.delivery import Register
from voice.messages.sound import Played, Sound
from voice.sound.chimes import chime as chime_sound
from voice.speaking.speech_duration import spoken_seconds

if TYPE_CHECKING:  # an evening by keyboard needs neither
    from voice.edges.loudspeaker import Loudspeaker, Tape
    from voice.edges.synthesizer import Synthesizer

BETWEEN = 0.35  # seconds of silence between two things said in one go
LAST_HOLD = 2.0  # seconds that the last words wait for a lost loudspeaker


def silence(seconds: float, rate: int) -> Sound:
    """Nothing, for so long."""
    return Sound(bytes(2 * int(seconds * rate)), rate)


class Mouth(Protocol):
    """Makes the sounds. The loop calls it from its own thread alone."""

    def say(self, say: Say) -> None:
        """Say this after what is already to be said."""

    def prepare(self, say: Say) -> None:
        """This may soon have to be said: be ready to begin at once."""

    def chime(self, chime: Chime) -> None:
        """Play this after what is already to be said."""

    def hush(self) -> None:
        """Be silent at once, and forget what is still to be said."""

    def pause(self) -> None:
        """Be silent at once, and keep what is still to be said."""

    def go_on(self) -> None:
        """Say what was kept, from the last clause on that was not said to its end."""

    def finished(self, at: float) -> bool:
        """Whether all has been said; False while something is kept."""


class SilentMouth:
    """Says everything in no time; the captions show it."""

    def say(self, say: Say) -> None:
        """Nothing to do."""

    def prepare(self, say: Say) -> None:
        """Nothing to do."""

    def chime(self, chime: Chime) -> None:
        """Nothing to do."""

    def hush(self) -> None:
        """Nothing to do."""

    def pause(self) -> None:
        """Nothing to do."""

    def go_on(self) -> None:
        """Nothing to do."""

    def hurry(self) -> None:
        """Nothing to do."""

    def tell(self, on_played: Callable[[Played], None]) -> None:
        """Nothing to do: nothing is played."""

    def finished(self, at: float) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Nothing to do."""


class EstimatedMouth(SilentMouth):
    """Says everything without a sound, in about the time that it would take. at: the seconds of the session.

    register: of what was said last.
    """

    def __init__(self, at: Callable[[], float]) -> None:
        self._at = at
        self._until = 0.0
        self.register = Register.DINNER

    def _put(self, seconds: float) -> None:
        self._until = max(self._at(), self._until) + seconds

    def say(self, say: Say) -> None:
        """Take so long."""
        self.register = say.register
        self._put(BETWEEN + say.pause + spoken_seconds(say.text, say.register) / say.delivery.pace)

    def chime(self, chime: Chime) -> None:
        """Take so long."""
        self._put(chime_sound(chime.name, chime.register).seconds)

    def hush(self) -> None:
        """Be done."""
        self._until = self._at()

    def finished(self, at: float) -> bool:
        """Whether that moment has passed."""
        return at >= self._until


class TapeMouth:
    """Says everything in time with the audio that it hears: onto a tape, and into the room where one listens along.

    Used from one thread, that of the loop. at: the seconds of that audio, asked for whenever something is to be said.
    """

    def __init__(
        self,
        synthesizer: "Synthesizer",
        at: Callable[[], float],
        tape: "Tape | None",
        room: "Loudspeaker | None" = None,
    ) -> None:
        self._synthesizer, self._at, self._tape, self._room = synthesizer, at, tape, room
        self._until = 0.0

    def _put(self, sound: Sound, pause: float) -> None:
        begin = max(self._at(), self._until + pause)
        if self._tape:
            self._tape.play(sound, begin)
        if self._room:
            self._room.play(silence(begin - max(self._at(), self._until), sound.rate))
            self._room.play(sound)
        self._until = begin + sound.seconds

    def say(self, say: Say) -> None:
        """Render it and put it behind what is already to be said."""
        self._put(self._synthesizer.render(say.text, say.register, say.delivery), BETWEEN + say.pause)

    def prepare(self, say: Say) -> None:
        """Nothing to do: its time is that of the audio, in which rendering takes none."""

    def chime(self, chime: Chime) -> None:
        """Put the sound behind what is already to be said."""
        self._put(chime_sound(chime.name, chime.register, chime.volume), 0.0)

    def hush(self) -> None:
        """Cut the tape here."""
        if self._tape:
            self._tape.stop(self._at())
        if self._room:
            self._room.stop()
        self._until = self._at()

    def pause(self) -> None:
        """Nothing to do: what it says is not heard in that audio, so nobody is known to speak over it."""

    def go_on(self) -> None:
        """Nothing to do."""

    def finished(self, at: float) -> bool:
        """Whether that moment has passed."""
        return at >= self._until

    def close(self) -> None:
        """Write the file to its end."""
        self._synthesizer.close()
        if self._tape:
            self._tape.close()
        if self._room:
            self._room.close()


class RoomMouth:
    """Speaks through the loudspeaker; a thread renders the next sentence while this one is heard.

    `hush` may be called from any thread, everything else from that of the loop. The mouth's own thread alone uses the
    synthesizer, until `close`.
    trouble: called from that thread with one line when a voice fails; the captions go on.
    """

    def __init__(self, synthesizer: "Synthesizer", loudspeaker: "Loudspeaker", trouble: Callable[[str], None]) -> None:
        self._synthesizer, self._loudspeaker, self._trouble = synthesizer, loudspeaker, trouble
        self._wanted: queue.SimpleQueue[tuple[int, Say | Chime] | Say | None] = queue.SimpleQueue()
        self._lock = threading.Lock()
        self._epoch = 0  # raised by hush: what was wanted before it is not played any more
        self._pending = 0
        self._thread = threading.Thread(target=self._work, name="mouth", daemon=True)
        self._thread.start()

    def _want(self, what: Say | Chime) -> None:
        with self._lock:
            self._pending += 1
            self._wanted.put((self._epoch, what))

    def say(self, say: Say) -> None:
        """Say this after what is already to be said; returns at once."""
        self._want(say)

    def prepare(self, say: Say) -> None:
        """Let its first sentence be in the synthesizer's cache when it is wanted; returns at once."""
        self._wanted.put(say)

    def chime(self, chime: Chime) -> None:
        """Play this after what is already to be said; returns at once."""
        self._want(chime)

    def hush(self) -> None:
        """Silence within milliseconds; callable from any thread."""
        with self._lock:
            self._epoch += 1
            self._loudspeaker.stop()

    def pause(self) -> None:
        """Silence within milliseconds; what is still to be said waits."""
        self._loudspeaker.pause()

    def go_on(self) -> None:
        """Say what waits, from its last clause on."""
        self._loudspeaker.go_on()

    def hurry(self) -> None:
        """The evening ends: what is still to be said waits no longer for a loudspeaker that is lost."""
        self._loudspeaker.hold = LAST_HOLD

    def tell(self, on_played: Callable[[Played], None]) -> None:
        """Have this called from now on with all that is played, from another thread."""
        self._loudspeaker.on_played = on_played

    def finished(self, at: float) -> bool:
        """Whether nothing is being rendered or played."""
        with self._lock:
            return self._pending == 0 and not self._loudspeaker.playing

    def _work(self) -> None:
        while (wanted := self._wanted.get()) is not None:
            if isinstance(wanted, Say):
                with suppress(HearthsideError):  # who really has to say it will tell
                    next(self._synthesizer.pieces(wanted.text, wanted.register, wanted.delivery), None)
                continue
            epoch, what = wanted
            try:
                self._perform(epoch, what)
            except HearthsideError as error:
                self._trouble(error.line())
            finally:
                with self._lock:
                    self._pending -= 1

    def _perform(self, epoch: int, what: Say | Chime) -> None:
        if isinstance(what, Chime):
            self._play(epoch, chime_sound(what.name, what.register, what.volume), 0.0)
            return
        pause = what.pause + (BETWEEN if self._loudspeaker.playing else 0.0)
        for piece in self._synthesizer.pieces(what.text, what.register, what.delivery):
            self._play(epoch, piece, pause)
            pause = 0.0

    def _play(self, epoch: int, sound: Sound, pause: float) -> None:
        with self._lock:
            if epoch == self._epoch:
                if pause:
                    self._loudspeaker.play(silence(pause, sound.rate))
                self._loudspeaker.play(sound)

    def close(self) -> None:
        """Say what is still to be said, then end."""
        self._wanted.put(None)
        self._thread.join(timeout=60)
        self._synthesizer.close()
        self._loudspeaker.close()
