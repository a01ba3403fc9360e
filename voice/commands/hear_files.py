"""An evening through sound files as the microphone, as fast as the processor goes."""

from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from pathlib import Path

from voice.captions import Captions
from voice.composition import House, open_ears, open_house, starting_at
from voice.config import find_home
from voice.edges.clock import AudioClock
from voice.edges.home import sole_use
from voice.edges.loudspeaker import Tape
from voice.edges.sound_files import read_sound_file
from voice.edges.synthesizer import open_synthesizer
from voice.loop import Loop
from voice.messages.sound import Frame
from voice.runtime.audio_driver import AudioDriver
from voice.speaking.mouth import SilentMouth, TapeMouth

AFTER_THE_LAST = 3.0  # seconds: more than any patience


def hear_files(
    home: Path | None, paths: Sequence[Path], tell: Captions, *, seed: int | None, now: str | None, speak: Path | None
) -> int:
    """Hear the files one after the other, each when Hearthside waits for people; returns the exit code."""
    files = [list(read_sound_file(path)) for path in paths]  # a missing file is told before anything happens
    clock = AudioClock(starting_at(now))
    with ExitStack() as opened:
        place = find_home(home)
        opened.enter_context(sole_use(place))
        house = open_house(place)
        opened.callback(house.close)
        mouth = _mouth(house, speak, clock)
        opened.callback(mouth.close)
        ears, recognizer = open_ears(house, hurried=False)
        opened.callback(recognizer.close)

        loop = house.loop(mouth, clock, tell, seed or 0, ears.listen)
        _hear(files, loop, AudioDriver(loop, ears, clock))
    return 0


def _hear(files: Iterable[Iterable[Frame]], loop: Loop, audio: AudioDriver) -> None:
    loop.start()
    for frames in files:
        audio.settle()
        audio.play(frame.pcm for frame in frames)
        audio.end_line()
    audio.pause(AFTER_THE_LAST)
    while loop.state.speaking:
        audio.pause(1.0)


def _mouth(house: House, tape: Path | None, clock: AudioClock) -> TapeMouth | SilentMouth:
    if tape is None:
        return SilentMouth()
    file = Tape(tape)  # first: a place that cannot be written is told before a voice is loaded
    return TapeMouth(open_synthesizer(house.config.voice, house.config.language), clock.at, file)
