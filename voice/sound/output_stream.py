"""The stream of the loudspeaker, as it lives in a child process."""

import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import Any

from voice.errors import LoudspeakerError
from voice.sound.portaudio import Device, load_portaudio, open_at_a_rate

RATE = 24_000  # samples a second of the natural voice and of the chimes
LATENCY = 0.1  # seconds of sound that the device holds, in case this process is late


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the playing has come since it was asked for last."""

    finished: int
    """How many sounds the device has taken to their end."""
    taken: int
    """Bytes of sound that it has taken."""
    active: bool
    """Whether it is still playing."""
    waited: float
    """Seconds since it last asked for sound; 0.0 while it is not playing."""
    played: bytes = b""
    """All that the device was given, silence between sounds included."""
    began: float | None = None
    """When it was given the first of it, where a playing began with it: seconds of time.monotonic; else None."""


@dataclass(frozen=True, slots=True)
class Stopped:
    """How far the playing came."""

    finished: int
    """How many sounds the device has taken to their end since it was asked for last."""
    heard: float
    """Seconds of the next one that were heard, about."""
    unheard: float
    """Seconds at the end of what was told as played that the device held and never played."""


class OutputStream:
    """Plays sounds one after the other without a gap.

    Its stream runs only while there is something to play. On PulseAudio that begins sooner (5-25 ms after `play`, where
    a stream that runs on takes 30-60) and `stop` is silent within 10 ms, where zeros take as long as the buffer.
    """

    def __init__(self) -> None:
        """Raises LoudspeakerError where PortAudio is not installed."""
        self._portaudio = load_portaudio(LoudspeakerError)
        self._stream: Any = None
        self._rate = RATE
        self._pending: deque[memoryview] = deque()
        self._feeding = False  # whether the callback is still going to look at what is pending
        self._called = 0.0  # when it last did; monotonic
        self._silence = 0  # bytes, since the last sound
        self._finished = self._taken = 0  # since progress was asked for last
        self._of_this = 0  # bytes that the device has taken of the sound under way
        self._played = bytearray()  # likewise, silence included
        self._began: float | None = None  # when the first of it was given, where a playing began with it
        self._begins = False  # whether the callback is about to begin one
        self._sounds = threading.Lock()  # guards all of these but the first two; held for microseconds

    def open(self, device: Device) -> int:
        """Open the device; returns the samples a second. Raises LoudspeakerError when it will not open."""
        self._rate = open_at_a_rate(LoudspeakerError, device, RATE, lambda rate: self._open_at(device, rate))
        return self._rate

    def _open_at(self, device: Device, rate: int) -> None:
        self._stream = self._portaudio.RawOutputStream(
            samplerate=rate, channels=1, dtype="int16", device=device, latency=LATENCY, callback=self._feed
        )

    def play(self, pcm: bytes) -> None:
        """Play this, which is not empty, after what is still to be played; returns at once."""
        with self._sounds:
            self._pending.append(memoryview(pcm))
            if self._feeding:
                return
            self._feeding, self._silence, self._called = True, 0, time.monotonic()
            self._begins = True
            self._played.clear()
        self._stream.stop()  # even one that ended by itself must be stopped
        self._stream.start()

    def stop(self) -> Stopped:
        """Silence at once; forget what was still to be played."""
        with self._sounds:
            self._pending.clear()
            held = self._stream.latency if self._feeding else 0.0
            self._feeding = False
        self._stream.abort()
        with self._sounds:
            heard, untold = (count / 2 / self._rate for count in (self._of_this, len(self._played)))
            stopped = Stopped(self._finished, max(0.0, heard - held), max(0.0, held - untold))
            self._finished = self._taken = self._of_this = 0
            self._began = None
            self._played.clear()
        return stopped

    def progress(self) -> Progress:
        """How far it has come."""
        with self._sounds:
            waited = time.monotonic() - self._called if self._feeding else 0.0
            finished, taken, self._finished, self._taken = self._finished, self._taken, 0, 0
            played, began, self._began = bytes(self._played), self._began, None
            self._played.clear()
            feeding = self._feeding
        return Progress(finished, taken, feeding or bool(self._stream.active), waited, played, began)

    def _feed(self, output: Any, frames: int, seconds: Any, status: Any) -> None:
        with self._sounds:
            self._called = time.monotonic()
            filled = 0
            while self._pending and filled < len(output):
                sound = self._pending.popleft()
                taken = min(len(sound), len(output) - filled)
                output[filled : filled + taken] = sound[:taken]
                filled += taken
                self._of_this += taken
                if taken < len(sound):
                    self._pending.appendleft(sound[taken:])
                else:
                    self._finished += 1
                    self._of_this = 0
            self._taken += filled
            output[filled:] = bytes(len(output) - filled)
            # ALSA's PulseAudio device throws away what it still holds when its stream ends, so it must be silence.
            self._silence = 0 if filled else self._silence + len(output)
            if self._begins:
                self._begins, self._began = False, self._called
            self._played += output
            if self._silence >= 2 * self._rate * self._stream.latency:
                self._feeding = False
                raise self._portaudio.CallbackStop
