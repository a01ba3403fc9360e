"""Listens in one mode that never changes: the very path of `hearthside hear`, with nothing done about what is heard."""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import numpy as np

from voice.assistant.assistant import Assistant, Decided
from voice.captions import Caption, told
from voice.composition import open_house, turn_taking
from voice.config import Home, load_config
from voice.dialogue.decision import LINE_PATIENCE, LONGEST_HAND_OVER
from voice.dialogue.state import LONGEST_LINE, Household, State
from voice.edges.clock import AudioClock
from voice.edges.recognizer import UNHURRIED, open_recognizer
from voice.edges.voice_activity import VoiceActivity
from voice.engines.vosk.model import find_model
from voice.listening.ears import Ears
from voice.listening.second_pass import SecondPass
from voice.loop import Loop
from voice.messages.actions import Listen
from voice.messages.events import Event
from voice.messages.meaning import Addressing, Match, NoMatch, Slots
from voice.messages.recognition import Heard, Hypothesis, Mode
from voice.messages.records import Records, Timer
from voice.messages.sound import FRAME_SAMPLES
from voice.runtime.audio_driver import AudioDriver
from voice.sound.resampling import Samples, to_pcm
from voice.speaking.mouth import SilentMouth

NOON = datetime(2026, 11, 23, 12, 0).astimezone()
TIMERS = tuple(Timer("timer", name, 600.0, None, 600.0) for name in ("tea", "pasta"))  # paused, so they never ring
LISTEN = {
    Mode.TURN: Listen(Mode.TURN, longest=LONGEST_HAND_OVER),
    Mode.WORDS: Listen(Mode.WORDS, LINE_PATIENCE, LONGEST_LINE),
}


@dataclass(frozen=True, slots=True)
class Taken:
    """An utterance that was taken for something."""

    intent: str
    slots: Slots
    text: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a piece of sound. ignored: the words of the utterances that were left alone."""

    taken: tuple[Taken, ...]
    ignored: tuple[str, ...]

    @property
    def words(self) -> str:
        """All that was heard."""
        return " / ".join([*(each.text for each in self.taken), *self.ignored])


class _Unmoved(Assistant):
    """Does nothing about anything, so that the mode stays."""

    def decide(self, state: State, event: Event, records: Records, now: datetime) -> Decided:
        """Keep the state and do nothing."""
        return Decided(state, ())


class _Telling(Loop):
    """Tells of care too, of which nobody else is told."""

    def _take(self, verdict: Match | NoMatch, addressing: Addressing, heard: Heard | None = None) -> None:
        if isinstance(verdict, Match) and verdict.care:
            for caption in told(replace(verdict, care=False), self.clock.at(), self.listening.mode):
                self.tell(caption)
        super()._take(verdict, addressing, heard)


class Listener:
    """Alex and Sam's house, with a tea and a pasta timer; use it as a context manager."""

    def __init__(self) -> None:
        self._directory = tempfile.TemporaryDirectory(prefix="hearthside-bench-")
        home = Home(Path(self._directory.name))
        self.house = open_house(home)
        config = load_config(home)
        model = find_model(None, config.model, home.models)
        self._recognizer = open_recognizer(config.ears, model, UNHURRIED, rooms=config.rooms)
        self._activity = VoiceActivity()

    def __enter__(self) -> "Listener":
        return self

    def __exit__(self, *error: object) -> None:
        self._recognizer.close()
        self.house.close()
        self._directory.cleanup()

    @property
    def engines(self) -> tuple[str, ...]:
        """The recognizers at work."""
        return self._recognizer.engines

    def hear(self, sound: Samples, mode: Mode) -> Outcome:
        """What is made of this sound, heard after silence, in any mode but SPEAKING.

        An utterance that does not end within the sound is lost, as one that nobody waits for.
        """
        captions: list[Caption] = []
        clock = AudioClock(NOON)
        understanding, journal, ears = self.house.understanding, self.house.journal, self.ears()
        assistant = _Unmoved(self.house.content, Household(self.house.partners), 0)
        turns = turn_taking(self.house.config)
        loop = _Telling(assistant, understanding, journal, SilentMouth(), clock, captions.append, ears.listen, turns)
        loop.records = Records(timers=TIMERS)
        loop.state = State(listening=LISTEN.get(mode, Listen(mode)))
        loop.start()
        AudioDriver(loop, ears, clock).play(_frames(sound))
        return _outcome(captions)

    def ears(self) -> Ears:
        """Ears that have heard nothing yet; those before them hear no more."""
        self._activity.reset()
        self._recognizer.discard()  # what the sound before may have left unfinished
        understanding = self.house.understanding
        return Ears(self._recognizer, self._activity, understanding.index, SecondPass(self._recognizer, understanding))

    def typed(self, text: str, mode: Mode, addressing: Addressing = Addressing.OVERHEARD) -> Match | NoMatch:
        """The meaning of the words when they are typed."""
        timers, readings = tuple(timer.name for timer in TIMERS), (Hypothesis(text, "keyboard"),)
        return self.house.understanding.understand(readings, mode, timers=timers, addressing=addressing)


def _frames(sound: Samples) -> Iterator[bytes]:
    whole = np.pad(sound, (0, -len(sound) % FRAME_SAMPLES))
    pcm = to_pcm(whole)
    for begin in range(0, len(pcm), 2 * FRAME_SAMPLES):
        yield pcm[begin : begin + 2 * FRAME_SAMPLES]


def _outcome(captions: list[Caption]) -> Outcome:
    taken, ignored, text = [], [], ""
    for caption in captions:
        match caption.event:
            case "heard":
                text = str(caption.fields["text"])
            case "matched":
                slots = caption.fields["slots"]
                assert isinstance(slots, dict)
                taken.append(Taken(str(caption.fields["intent"]), slots, text))
            case "ignored":
                ignored.append(str(caption.fields["text"]))
            case "error":
                raise RuntimeError(str(caption.fields["text"]))
    return Outcome(tuple(taken), tuple(ignored))
