"""The stream of the microphone, as it lives in a child process."""

import queue
from typing import Any, NamedTuple

from voice.errors import MicrophoneError
from voice.messages.sound import FRAME_SECONDS, RATE
from voice.sound.portaudio import Device, load_portaudio, open_at_a_rate


class Recorded(NamedTuple):
    """What the microphone has heard since it was asked last."""

    pcm: bytes = b""
    """16-bit mono, at the rate of the stream; empty when nothing has come."""
    dropped: int = 0
    """Bytes before these that nobody asked for in time."""


class InputStream:
    """Records from a device; blocks that nobody asks for are kept for a while. blocks_kept: how many."""

    def __init__(self, blocks_kept: int) -> None:
        """Raises MicrophoneError where PortAudio is not installed."""
        self._portaudio = load_portaudio(MicrophoneError)
        self._blocks: queue.Queue[bytes] = queue.Queue(blocks_kept)
        self._dropped = 0
        self._stream: Any = None

    def open(self, device: Device) -> int:
        """Begin to record; returns the samples a second. Raises MicrophoneError when it will not open."""
        return open_at_a_rate(MicrophoneError, device, RATE, lambda rate: self._open_at(device, rate))

    def _open_at(self, device: Device, rate: int) -> None:
        stream = self._portaudio.RawInputStream(
            samplerate=rate,
            blocksize=round(rate * FRAME_SECONDS),
            channels=1,
            dtype="int16",
            device=device,
            callback=self._hear,
        )
        try:
            stream.start()
        except self._portaudio.PortAudioError:
            stream.close(ignore_errors=True)  # it may be opened at another rate
            raise
        self._stream = stream

    def read(self, seconds: float) -> Recorded:
        """The sound that has come; waits at most so long for some. Raises MicrophoneError when the stream has ended."""
        try:
            blocks = [self._blocks.get(timeout=seconds)]
        except queue.Empty:
            if not self._stream.active:
                raise MicrophoneError("the stream has ended") from None
            return Recorded()
        dropped, self._dropped = self._dropped, 0
        while not self._blocks.empty():
            blocks.append(self._blocks.get())  # the callback drops none of the few that are left
        return Recorded(b"".join(blocks), dropped)

    def close(self) -> None:
        """Give the device back, and forget what nobody asked for. For a stream that is well."""
        self._stream.abort()
        self._stream.close()
        self._stream = None
        while not self._blocks.empty():
            self._blocks.get()
        self._dropped = 0

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
