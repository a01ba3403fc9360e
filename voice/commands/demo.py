"""`hearthside demo`: a spoken evening of two made-up people, through microphone path, recognizer, loop and voice."""

import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from voice.captions import Caption, Captions, captions
from voice.composition import open_ears, open_house, starting_at
from voice.config import Config, Home, find_home, load_config, save_config
from voice.edges.clock import AudioClock
from voice.edges.loudspeaker import Loudspeaker, Tape
from voice.edges.sound_files import frames_of
from voice.edges.synthesizer import PARTNERS, open_synthesizer
from voice.errors import HearthsideError
from voice.messages.sound import Sound
from voice.runtime.audio_driver import AudioDriver
from voice.speaking.mouth import TapeMouth


@dataclass(frozen=True, slots=True)
class Line:
    """What one of them says."""

    who: str
    """Which of the two."""
    text: str
    """The words."""
    intent: str
    """What it should be taken for; "": talk that is none of its business."""


EVENING = (
    Line("Alex", "Ask us a question.", "ask"),
    Line("Sam", "I think it was the smell of the bread this morning, the whole street had it.", ""),
    Line("Alex", "Another one.", "another"),
    Line("Sam", "That's enough.", "enough"),
    Line("Alex", "I appreciate that Sam picked up the kids.", "appreciate_that"),
    Line("Alex", "Yes.", "yes"),
    Line("Alex", "Yes.", "yes"),  # before anything is kept, each is asked by name
    Line("Sam", "Yes.", "yes"),
    Line("Sam", "Thank you Alex for making dinner.", "appreciate_for"),
    Line("Sam", "Yes, keep it.", "yes"),
    Line("Alex", "Set a tea timer for five minutes.", "start_timer"),
    Line("Sam", "Cancel the tea timer.", "cancel_timer"),
    Line("Sam", "Twenty second hug.", "hug"),
    Line("Alex", "Start our check-in.", "bedtime"),
    Line("Alex", "A bit tired, but it was a good day. The meeting went better than I thought.", ""),
    Line("Alex", "Done.", "done"),
    Line("Sam", "Your turn.", "done"),
    Line("Sam", "Pass.", "pass"),
    Line("Alex", "Done.", "done"),
    Line("Alex", "Done.", "done"),
    Line("Sam", "Done.", "done"),
    Line("Alex", "Sam made me laugh at breakfast.", "words"),
    Line("Alex", "Yes please.", "yes"),
    Line("Sam", "Alex listened to me on the phone.", "words"),
    Line("Sam", "Yes.", "yes"),
    Line("Alex", "Read tonight's appreciations.", "recap"),
)
HUG_PAUSE = 22.0  # seconds: the hug is over before they go on


class Paced:
    """Keeps the audio's time to that of the room, so that the evening can be listened to."""

    def __init__(self, clock: AudioClock) -> None:
        self._clock = clock
        self._began = time.monotonic() - clock.at()

    def wait(self) -> None:
        """Wait until the room's clock has come as far as the audio's."""
        ahead = self._clock.at() - (time.monotonic() - self._began)
        if ahead > 0:
            time.sleep(ahead)


def demo(home: Path | None, *, as_json: bool, seed: int | None, speak: Path | None, quiet: bool) -> int:
    """Play the evening; 0 when every line was understood as it was meant, else 1."""
    with tempfile.TemporaryDirectory(prefix="hearthside-demo-") as directory:
        stage = _Stage(
            Home(Path(directory)),
            load_config(find_home(home)),
            captions(as_json=as_json, show_ignored=True, show_private=True),
            speak,
            aloud=not (quiet or as_json),
        )
        try:
            return stage.play(seed or 0)
        finally:
            stage.close()


class _Stage:
    """Everything that the demo is played with, in a home of its own that is gone afterwards.

    ours: the couple's settings, of which those of their machine count. Nothing of them is written there: a kill leaves
    that home.
    """

    def __init__(self, home: Home, ours: Config, tell: Captions, speak: Path | None, *, aloud: bool) -> None:
        save_config(home, Config(partners=("Alex", "Sam"), language=ours.language, recap_at=None))
        self._house = open_house(home)
        self._house.config = config = replace(
            self._house.config,
            ears=ours.ears,
            voice=ours.voice,
            model=ours.model,
            rooms=ours.rooms,
            loudspeaker=ours.loudspeaker,
        )
        self._tell = tell
        self._clock = AudioClock(starting_at(None))
        self._loudspeaker = _loudspeaker(config, tell.note) if aloud else None
        self._tape = Tape(speak) if speak else None
        self._synthesizer = open_synthesizer(config.voice, config.language)
        self._mouth = TapeMouth(self._synthesizer, self._clock.at, self._tape, self._loudspeaker)
        self._ears, self._recognizer = open_ears(self._house)
        self._taken_for = ""

    def _hear_caption(self, caption: Caption) -> None:
        if caption.event == "matched":
            self._taken_for = str(caption.fields["intent"])
        self._tell(caption)

    def play(self, seed: int) -> int:
        """Every line, each when Hearthside waits for people."""
        loop = self._house.loop(self._mouth, self._clock, self._hear_caption, seed, self._ears.listen)
        audio = AudioDriver(loop, self._ears, self._clock, Paced(self._clock).wait if self._loudspeaker else None)
        voices = dict(zip(self._house.partners, PARTNERS, strict=True))
        loop.start()
        right = 0
        for line in EVENING:
            self._taken_for = ""
            audio.settle()
            sound = self._synthesizer.render(line.text, voices[line.who])
            self._say(line, sound)
            audio.play(frame.pcm for frame in frames_of(sound))
            audio.end_line()
            if line.intent == "hug":
                audio.pause(HUG_PAUSE)
            right += self._taken_for == line.intent
        audio.settle()
        self._tell.note(f"{right} of {len(EVENING)} lines were taken as they were meant.")
        return 0 if right == len(EVENING) else 1

    def _say(self, line: Line, sound: Sound) -> None:
        self._tell(Caption("spoken", self._clock.at(), {"who": line.who, "text": line.text}))
        if self._tape:
            self._tape.play(sound, self._clock.at())
        if self._loudspeaker:
            self._loudspeaker.play(sound)

    def close(self) -> None:
        """Close all that was opened."""
        self._recognizer.close()
        self._mouth.close()
        self._house.close()


def _loudspeaker(config: Config, note: Callable[[str], None]) -> Loudspeaker | None:
    loudspeaker = Loudspeaker(config.loudspeaker, note, note)
    try:
        return loudspeaker.opened()
    except HearthsideError:  # it has been told
        note("Here is the evening in words.")
        loudspeaker.close()
        return None
