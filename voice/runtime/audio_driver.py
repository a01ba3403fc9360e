"""Recorded audio as the microphone: an evening whose time is that of the audio."""

from collections.abc import Callable, Iterable, Iterator

from voice.edges.clock import AudioClock
from voice.listening.ears import Ears
from voice.loop import Loop
from voice.messages.sound import FRAME_SAMPLES, FRAME_SECONDS, Frame
from voice.runtime.driving import deliver

SILENT_FRAME = bytes(2 * FRAME_SAMPLES)
BREATHER = 0.6  # seconds of quiet after a line, beyond those that end its utterance
LONGEST_WAIT = 600.0  # seconds of silence put in until Hearthside waits for people
TICKS = 8  # frames between two ticks: about four a second


class AudioDriver:
    """Drives ears and loop from one thread: the same audio gives the same evening, as fast as the processor goes.

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
            for report in self._ears.hear(frame):
                deliver(report, self._loop, self._ears)
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
