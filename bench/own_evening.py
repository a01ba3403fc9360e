"""An evening in which Hearthside speaks and is spoken over; what it hears is counted, and nothing else comes of it."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from bench.listener import NOON, Listener
from bench.own_room import Air, OwnRoom
from voice.assistant.assistant import Assistant, Decided
from voice.captions import Caption
from voice.dialogue.state import Household, State
from voice.edges.clock import AudioClock
from voice.listening.echo_canceller import EchoCanceller
from voice.listening.turn_taking import TurnTaking
from voice.loop import Loop
from voice.messages.actions import Listen, Say, StopSpeaking
from voice.messages.events import Event, KeyPressed, PlaybackFinished, Understood
from voice.messages.meaning import Addressing, Match, NoMatch
from voice.messages.recognition import Heard, Mode
from voice.messages.records import Records
from voice.messages.sound import FRAME_SECONDS, RATE, Played, Sound
from voice.runtime.audio_driver import AudioDriver
from voice.sound.clauses import from_last_clause
from voice.speaking.mouth import SilentMouth

QUIET = 4.0  # seconds between two sentences, in which its voice is forgotten


class _Speaker(Assistant):
    """Says a line when that is typed; whatever it hears hushes it, as everything does."""

    def decide(self, state: State, event: Event, records: Records, now: datetime) -> Decided:
        """Speak, or be silent."""
        match event:
            case Understood(match=match, typed=True):
                return Decided(replace(state, speaking=True), (Say(match.text),))
            case Understood():
                return Decided(replace(state, speaking=False), (StopSpeaking(),) if state.speaking else ())
            case KeyPressed():
                return Decided(replace(state, speaking=False), (StopSpeaking(),))
            case PlaybackFinished():
                return Decided(replace(state, speaking=False), ())
        return Decided(state, ())


class _Loop(Loop):
    """Counts. taken: takes the intents, care too. noticed: is called when somebody speaks over its voice."""

    taken: Callable[[str], None]
    noticed: Callable[[], None]

    def voices(self, *, over: bool = False) -> None:
        """Somebody begins to speak, or speaks on."""
        if self.state.speaking:
            self.noticed()
        super().voices(over=over)

    def forget(self) -> None:
        """Nobody has spoken over its voice yet."""
        self._turns = TurnTaking(None)

    def _take(self, verdict: Match | NoMatch, addressing: Addressing, heard: Heard | None = None) -> None:
        if isinstance(verdict, Match) and heard:
            self.taken(verdict.intent)
        super()._take(verdict, addressing, heard)


class RoomMouth(SilentMouth):
    """Plays what was rendered before into the air of a room."""

    def __init__(self, air: Air, clock: AudioClock, canceller: EchoCanceller) -> None:
        self._air, self._clock, self._canceller = air, clock, canceller
        self._began = self._until = 0.0
        self._told = 0  # bytes of the sound that the canceller has been told of
        self.sound, self.aloud = Sound(b"", RATE), True
        self.loudest = 0.0
        """The energy of the loudest frame of what is played, as it is heard."""
        self.pauses = list[float]()
        """When it was kept from speaking on: seconds."""
        self.resumed = 0
        """How often it went on."""

    def say(self, say: Say) -> None:
        """Play the sound."""
        self.loudest = self._play()

    def _play(self) -> float:
        self._began, self._told = self._clock.at(), 0
        self._until = self._began + self.sound.seconds
        return self._air.play(self.sound, self._began, aloud=self.aloud)

    def tell_played(self) -> None:
        """Tell the canceller what has been played when the frame that begins now is over."""
        if self._until == math.inf:
            return
        at = min(self._clock.at() + FRAME_SECONDS, self._until)
        played = self.sound.pcm[self._told : 2 * round((at - self._began) * self.sound.rate)]
        if played:
            began = None if self._told else self._began
            self._canceller.play(Played(played, self.sound.rate, began))
            self._told += len(played)

    def hush(self) -> None:
        """Cut it here; what was played until now has been told."""
        self._air.hush(self._clock.at())
        self._until = self._clock.at()

    def pause(self) -> None:
        """Cut it here, and keep what was not said."""
        self.hush()
        self.pauses.append(self._until)
        self.sound = from_last_clause(self.sound, self._until - self._began)
        self._until = math.inf

    def go_on(self) -> None:
        """Say what was kept."""
        if self._until == math.inf:
            self._play()
            self.resumed += 1

    def finished(self, at: float) -> bool:
        """Whether that moment has passed."""
        return at >= self._until


class OwnEvening:
    """An evening in one room, in which a question is open; what is heard is counted and done with."""

    def __init__(self, listener: Listener, room: OwnRoom) -> None:
        self.clock, self.air = AudioClock(NOON), Air(room)
        self.taken, self.noticed = list[tuple[float, str]](), list[float]()
        self._paced: tuple[float, float] | None = None  # seconds of audio and of the processor's clock, in step since
        assistant = _Speaker(listener.house.content, Household(listener.house.partners), 0)
        ears = listener.ears()
        self.mouth = RoomMouth(self.air, self.clock, ears.canceller)
        parts = assistant, listener.house.understanding, listener.house.journal, self.mouth, self.clock
        self._loop = _Loop(*parts, self._tell, ears.listen)
        self._loop.taken = lambda intent: self.taken.append((self._now(), intent))
        self._loop.noticed = lambda: self.noticed.append(self._now())
        self._loop.state = State(listening=Listen(Mode.QUESTION))
        self._driver = AudioDriver(self._loop, ears, self.clock)
        self._loop.start()

    def say(self, text: str, sound: Sound, *, aloud: bool = True) -> None:
        """The program says this. aloud: whether its loudspeaker is on."""
        self.mouth.sound, self.mouth.aloud = sound, aloud
        self._loop.want(Match("line", {}, text, text))

    def hear(self, until: float, *, in_time_from: float = float("inf")) -> None:
        """Let time pass; from a moment on as slowly as it does for people."""
        self._paced = None
        self._driver.play(self._frames(until, in_time_from))

    def be_quiet(self) -> None:
        """Let the program be silent, and its voice be forgotten."""
        self._loop.press("stop")
        self.hear(self.clock.at() + QUIET)
        self._loop.forget()
        self.taken.clear()
        self.noticed.clear()
        self.mouth.pauses.clear()
        self.mouth.resumed = 0

    def _frames(self, until: float, in_time_from: float) -> Iterator[bytes]:
        while self.clock.at() < until:
            if self.clock.at() >= in_time_from:
                began, clock = self._paced = self._paced or (self.clock.at(), time.monotonic())
                time.sleep(max(0.0, clock + self.clock.at() + FRAME_SECONDS - began - time.monotonic()))
            self.mouth.tell_played()
            yield self.air.frame(self.clock.at())

    def _now(self) -> float:
        """Seconds of the evening, the time that a busy processor takes included."""
        if self._paced is None:
            return self.clock.at()
        began, clock = self._paced
        return began + time.monotonic() - clock

    def _tell(self, caption: Caption) -> None:
        if caption.event == "error":
            raise RuntimeError(str(caption.fields["text"]))
