"""`hearthside hear`: sound files as the microphone, as fast as the processor goes."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path

from voice.captions import Captions
from voice.composition import House, open_ears, open_house, starting_at, with_sentences
from voice.config import find_home
from voice.edges.clock import AudioClock
from voice.edges.loudspeaker import Tape
from voice.edges.sound_files import read_sound_file
from voice.edges.synthesizer import open_synthesizer
from voice.listening.ears import Ears, Onset
from voice.loop import Loop
from voice.messages.recognition import Listening
from voice.messages.sound import FRAME_SAMPLES, FRAME_SECONDS, Frame
from voice.speaking.mouth import SilentMouth, TapeMouth

SILENT_FRAME = bytes(2 * FRAME_SAMPLES)
BREATHER = 0.6  # seconds of quiet after a line, beyond those that end its utterance
AFTER_THE_LAST = 3.0  # seconds: more than any patience
LONGEST_WAIT = 600.0  # seconds of silence put in until Hearthside waits for people
TICKS = 8  # frames between two ticks: about four a second


class FileEvening:
    """An evening whose time is that of the audio: the same files give the same evening.

    pace: called a few times a second of audio, by who wants to slow it down.
    """

    def __init__(self, loop: Loop, ears: Ears, clock: AudioClock, pace: Callable[[], None] | None = None) -> None:
        self._loop, self._ears, self._clock, self._pace = loop, ears, clock, pace
        self._frames = 0

    def play(self, pcm_frames: Iterable[bytes]) -> None:
        """Let these frames be heard."""
        for pcm in pcm_frames:
            frame = Frame(pcm, self._clock.at())
            self._clock.advance(FRAME_SECONDS)
            self._frames += 1
            for what in self._ears.hear(frame):
                if isinstance(what, Onset):
                    self._loop.voices()
                else:
                    self._ears.wait(what.number, self._loop.hear(what))
            if self._frames % TICKS == 0:
                self._loop.tick()
                if self._pace:
                    self._pace()

    def pause(self, seconds: float) -> None:
        """Let it be quiet for so long."""
        self.play(_silence(seconds))

    def end_line(self) -> None:
        """Let it be quiet for as long as it takes to know that the line is over."""
        self.pause(self._loop.listening.patience + BREATHER)

    def settle(self) -> None:
        """Let it be quiet until Hearthside waits for people."""
        waited = 0.0
        while not self._loop.waits_for_people and waited < LONGEST_WAIT:
            self.pause(TICKS * FRAME_SECONDS)
            waited += TICKS * FRAME_SECONDS


def _silence(seconds: float) -> Iterator[bytes]:
    for _ in range(round(seconds / FRAME_SECONDS)):
        yield SILENT_FRAME


def hear_files(
    home: Path | None, paths: Sequence[Path], tell: Captions, *, seed: int | None, now: str | None, speak: Path | None
) -> int:
    """Hear the files one after the other, each when Hearthside waits for people; returns the exit code."""
    files = [list(read_sound_file(path)) for path in paths]  # a missing file is told before anything happens
    clock = AudioClock(starting_at(now))
    with ExitStack() as opened:
        house = open_house(find_home(home))
        opened.callback(house.close)
        mouth = _mouth(house, speak, clock)
        opened.callback(mouth.close)
        ears, recognizer = open_ears(house, hurried=False)
        opened.callback(recognizer.close)

        def listen(listening: Listening) -> None:
            ears.listen(with_sentences(listening, house.understanding))

        loop = house.loop(mouth, clock, tell, seed or 0, listen)
        _hear(files, loop, FileEvening(loop, ears, clock))
    return 0


def _hear(files: Iterable[Iterable[Frame]], loop: Loop, evening: FileEvening) -> None:
    loop.start()
    for frames in files:
        evening.settle()
        evening.play(frame.pcm for frame in frames)
        evening.end_line()
    evening.pause(AFTER_THE_LAST)
    while loop.state.speaking:
        evening.pause(1.0)


def _mouth(house: House, tape: Path | None, clock: AudioClock) -> TapeMouth | SilentMouth:
    if tape is None:
        return SilentMouth()
    file = Tape(tape)  # first: a place that cannot be written is told before a voice is loaded
    return TapeMouth(open_synthesizer(house.config.voice, house.config.language), clock.at, file)
