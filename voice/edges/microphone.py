"""Listens through a microphone and looks after it: what is lost is reported once and opened again."""

import math
import queue
import time
from collections import deque
from collections.abc import Callable
from types import TracebackType
from typing import Any

import numpy as np

from voice.errors import MicrophoneError
from voice.messages.sound import FRAME_SAMPLES, FRAME_SECONDS, RATE, Frame
from voice.sound.portaudio import in_time, load_portaudio, quiet
from voice.sound.resampling import Resampler, from_pcm, to_pcm

BLOCKS_KEPT = 300  # about ten seconds, should nobody read for so long; then the oldest are dropped
STALLED = 1.0  # seconds without a callback after which the device is lost
ZEROS = 4.0  # seconds of exact zeros, which no open microphone gives
BACK = 0.5  # seconds of sound without a frame of zeros after which a lost one is back
FIRST_WAIT, LONGEST_WAIT = 0.25, 8.0  # seconds between two attempts to open it again; doubled each time


def _tell_nobody(line: str) -> None:
    """Where nobody wants to know."""


class Microphone:
    """Frames from a microphone, RATE a second; one thread reads them.

    device: a number or (a part of) a name, None: the machine's own choice.
    on_trouble: called from `read` with one line for each loss. on_back: likewise, when sound comes again.

    Sound servers do not say that a microphone has gone: PulseAudio moves the stream to another source (often the
    loudspeaker's monitor, which gives exact zeros), and when the server dies the callbacks just end. So both are
    watched, and the stream is opened again until there is sound.
    """

    def __init__(
        self,
        device: str | int | None = None,
        on_trouble: Callable[[str], None] = _tell_nobody,
        on_back: Callable[[str], None] = _tell_nobody,
    ) -> None:
        self._device, self._on_trouble, self._on_back = device, on_trouble, on_back
        self._blocks: queue.Queue[bytes] = queue.Queue(BLOCKS_KEPT)
        self._dropped = 0  # bytes, by the callback
        self._stream: Any = None
        self._open = False
        self._pcm = b""  # at RATE, less than is needed for the next frame
        self._samples = 0  # given out, dropped or missed since the first opening
        self._heard_at = 0.0  # monotonic: of the last block
        self._zeros = self._sound = 0  # the last frames: how many in a row all zeros; how many not
        self._troubled = False
        self._retry_at, self._wait = 0.0, FIRST_WAIT
        self._powers: deque[float] = deque(maxlen=math.ceil(1 / FRAME_SECONDS))

    def open(self) -> None:
        """Begin to listen (again). Raises MicrophoneError when there is no microphone or it will not open."""
        if not self._open:
            self._open_stream()
            self._open = True

    def close(self) -> None:
        """Stop listening: the device is given back. Its time stands still until it is opened again."""
        self._close_stream()
        self._open, self._troubled = False, False

    def __enter__(self) -> "Microphone":
        self.open()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def level(self) -> float:
        """Loudness of the last second that was read: dBFS, root mean square; -inf for digital silence."""
        power = sum(self._powers) / len(self._powers) if self._powers else 0.0
        return 10 * math.log10(power) if power else -math.inf

    def read(self, timeout: float) -> Frame | None:
        """The next frame; None when none has come within so many seconds.

        `at` counts samples, and what was dropped or missed while the microphone was lost counts too. Raises
        MicrophoneError when it is closed.
        """
        if not self._open:
            raise MicrophoneError("the microphone is closed")
        deadline = time.monotonic() + timeout
        while len(self._pcm) < 2 * FRAME_SAMPLES:
            try:
                block = self._blocks.get(timeout=max(0.0, deadline - time.monotonic()))
            except queue.Empty:
                self._look_after()
                return None
            self._take(block)
        pcm, self._pcm = self._pcm[: 2 * FRAME_SAMPLES], self._pcm[2 * FRAME_SAMPLES :]
        frame = Frame(pcm, self._samples / RATE)
        self._samples += FRAME_SAMPLES
        self._judge(frame)
        return frame

    def _take(self, block: bytes) -> None:
        self._heard_at = time.monotonic()
        if self._dropped:
            dropped, self._dropped = self._dropped, 0
            self._samples += round(dropped / 2 * RATE / self._rate)
        self._pcm += block if self._rate == RATE else to_pcm(self._resampler.push(from_pcm(block)))

    def _judge(self, frame: Frame) -> None:
        samples = from_pcm(frame.pcm)
        self._powers.append(float(np.mean(samples**2)))
        silent = not samples.any()
        self._zeros = self._zeros + 1 if silent else 0
        self._sound = 0 if silent else self._sound + 1
        if self._troubled and self._sound * FRAME_SECONDS >= BACK:
            self._troubled, self._wait = False, FIRST_WAIT
            self._on_back("The microphone is back.")
        if self._zeros * FRAME_SECONDS >= max(ZEROS, self._wait):
            self._zeros = 0
            self._lose("nothing but digital silence comes from the microphone", "Plug it in, or unmute it.")

    def _look_after(self) -> None:
        now = time.monotonic()
        if self._stream is None:
            if now >= self._retry_at:
                self._open_again()
        elif now - self._heard_at > STALLED or not self._stream.active:
            self._lose("the microphone was lost", "Plug it in again; it is opened as soon as it is there.")

    def _lose(self, what: str, fix: str) -> None:
        self._close_stream()
        self._retry_later()
        self._retry_at = 0.0  # the first attempt comes at once
        if not self._troubled:
            self._troubled = True
            self._on_trouble(MicrophoneError(what, self._place, fix).line())

    def _open_again(self) -> None:
        missed_since = self._heard_at
        try:
            self._open_stream()
        except MicrophoneError:
            self._retry_later()
        else:
            self._samples += round((self._heard_at - missed_since) * RATE)

    def _retry_later(self) -> None:
        self._retry_at = time.monotonic() + self._wait
        self._wait = min(2 * self._wait, LONGEST_WAIT)

    @property
    def _place(self) -> str:
        return "" if self._device is None else str(self._device)

    def _open_stream(self) -> None:
        portaudio = load_portaudio(MicrophoneError)
        try:
            with quiet():
                try:
                    self._open_at(portaudio, RATE)
                except portaudio.PortAudioError:
                    own_rate = portaudio.query_devices(self._device, "input")["default_samplerate"]
                    self._open_at(portaudio, int(own_rate))
        except ValueError:
            raise MicrophoneError(
                "there is no such microphone, or there are several", self._place, "hearthside doctor lists them."
            ) from None
        except portaudio.PortAudioError:
            raise MicrophoneError(
                "no microphone could be opened", self._place, "Plug one in, or see whether another program holds it."
            ) from None

    def _open_at(self, portaudio: Any, rate: int) -> None:
        stream = portaudio.RawInputStream(
            samplerate=rate,
            blocksize=round(rate * FRAME_SECONDS),
            channels=1,
            dtype="int16",
            device=self._device,
            callback=self._hear,
        )
        self._rate, self._resampler = rate, Resampler(rate, RATE)
        self._heard_at = time.monotonic()
        try:
            stream.start()
        except portaudio.PortAudioError:
            stream.close(ignore_errors=True)
            raise
        self._stream = stream

    def _hear(self, block: Any, frames: int, seconds: Any, status: Any) -> None:
        """Called by PortAudio's own thread, which must never wait."""
        while True:
            try:
                self._blocks.put_nowait(bytes(block))
                return
            except queue.Full:
                self._drop_oldest()

    def _drop_oldest(self) -> None:
        try:
            self._dropped += len(self._blocks.get_nowait())
        except queue.Empty:
            return  # it has just been read

    def _close_stream(self) -> None:
        if self._stream is not None:
            with quiet():
                in_time(self._stream.abort, self._stream.close)
        self._stream = None
        self._pcm = b""
        while not self._blocks.empty():
            self._drop_oldest()
        self._dropped = 0
