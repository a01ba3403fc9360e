"""Listens through a microphone and looks after it: what is lost is reported once and opened again."""

import math
import time
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from types import TracebackType

import numpy as np

from voice.child import Child, ChildLost
from voice.errors import MicrophoneError
from voice.messages.sound import FRAME_SAMPLES, FRAME_SECONDS, RATE, Frame, Played
from voice.sound.input_stream import InputStream, Recorded
from voice.sound.portaudio import FIRST_WAIT, LONGEST_WAIT, OPENING_PATIENCE, PATIENCE, Device
from voice.sound.resampling import Resampler, from_pcm, to_pcm

BLOCKS_KEPT = 300  # about ten seconds, should nobody read for so long; then the oldest are dropped
STALLED = 1.5  # seconds without a sound after which the device is lost
ARRIVALS = 64  # blocks of which the one that came with the least delay tells the time
ZEROS = 2.0  # seconds of exact zeros, which no open microphone gives
ZERO_FRAME = bytes(2 * FRAME_SAMPLES)
BACK = 0.5  # seconds of sound without a frame of zeros after which a lost one is back

LOST = ("the microphone was lost", "Plug it in again; it is opened as soon as it is there.")


class Microphone:
    """Frames from a microphone, RATE a second; one thread reads them.

    device: a number or (a part of) a name, None: the machine's own choice.
    on_trouble: called from `read` with one line for each loss. on_back: likewise, when sound comes again.

    Sound servers do not say that a microphone has gone: PulseAudio moves the stream to another source (often the
    loudspeaker's monitor, which gives exact zeros), and when the server dies the sound just ends. So both are watched.
    The stream lives in a child process, which is replaced until there is sound.
    """

    def __init__(
        self,
        device: Device = None,
        on_trouble: Callable[[str], None] = lambda line: None,
        on_back: Callable[[str], None] = lambda line: None,
    ) -> None:
        """Its child process begins to load."""
        self._device, self._on_trouble, self._on_back = device, on_trouble, on_back
        self._stream = Child(InputStream, BLOCKS_KEPT, name="microphone", patience=PATIENCE)
        self._stream.start()
        self._open = False  # whether somebody wants to listen
        self._flowing = False  # whether the stream is open
        self._known = False  # whether it has ever been opened
        self._rate, self._resampler = RATE, Resampler(RATE, RATE)
        self._pcm = b""  # at RATE, less than is needed for the next frame
        self._samples = 0  # given out, dropped or missed since the first opening
        self._heard_at = 0.0  # monotonic: of the last block
        self._zeros = self._sound = 0  # the last frames: how many in a row all zeros; how many not
        self._troubled = False
        self._tried_at = self._retry_at = 0.0  # monotonic: of the last attempt to open it, and of the next
        self._wait = FIRST_WAIT  # seconds between these two
        self._latest: deque[bytes] = deque(maxlen=math.ceil(1 / FRAME_SECONDS))  # frames, for their loudness
        self._begins: deque[float] = deque(maxlen=ARRIVALS)  # monotonic: of the first sample, as each block has it
        self._began: float | None = None  # monotonic: of the first sample, as far as the latest blocks tell

    def open(self, *, patient: bool = False) -> None:
        """Begin to listen (again).

        The first time it raises MicrophoneError when there is no microphone or it will not open. Later, and where it
        is patient, that is a loss like others.
        """
        if self._open:
            return
        try:
            self._open_stream()
        except MicrophoneError as error:
            self._heard_at = time.monotonic()
            if not (self._known or patient):
                raise
            self._lose(*(LOST if self._known else (error.what, error.fix)))
        self._open = self._known = True

    def pause(self) -> None:
        """Stop listening: the device is given back. Its time stands still until it is opened again."""
        if self._flowing:
            with suppress(ChildLost, MicrophoneError):  # its process has ended all the same, or ends with the next
                self._stream.call("close")
        self._forget()
        self._open, self._troubled = False, False

    def close(self) -> None:
        """Stop listening, and end the child process."""
        self._stream.close()
        self._forget()
        self._open, self._troubled = False, False

    def __enter__(self) -> "Microphone":
        self.open()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def level(self) -> float:
        """Loudness of the last second that was read: dBFS, root mean square; -inf for digital silence."""
        power = float(np.mean(from_pcm(b"".join(self._latest)) ** 2)) if self._latest else 0.0
        return 10 * math.log10(power) if power else -math.inf

    def on_its_clock(self, played: Played) -> Played | None:
        """What a loudspeaker plays, with the time of its beginning as frames have it; None while nothing is heard.

        May be called from another thread.
        """
        began = self._began
        if began is None:
            return None
        return played if played.began is None else replace(played, began=played.began - began)

    def read(self, timeout: float) -> Frame | None:
        """The next frame; None when none has come within so many seconds.

        `at` counts samples, and what was dropped or missed while the microphone was lost counts too. Raises
        MicrophoneError when it is closed.
        """
        if not self._open:
            raise MicrophoneError("the microphone is closed")
        deadline = time.monotonic() + timeout
        while len(self._pcm) < 2 * FRAME_SAMPLES:
            left = max(0.0, deadline - time.monotonic())
            if not self._flowing:
                self._wait_or_open(left)
                return None
            if not self._fetch(left):
                return None
        pcm, self._pcm = self._pcm[: 2 * FRAME_SAMPLES], self._pcm[2 * FRAME_SAMPLES :]
        frame = Frame(pcm, self._samples / RATE)
        self._samples += FRAME_SAMPLES
        self._judge(frame)
        return frame

    def _fetch(self, seconds: float) -> bool:
        """Take what comes within so many seconds; False when nothing does."""
        try:
            recorded = self._stream.call("read", seconds, timeout=seconds + PATIENCE)
        except (ChildLost, MicrophoneError):
            self._lose(*LOST)
            return False
        assert isinstance(recorded, Recorded)
        now = time.monotonic()
        if not recorded.pcm:
            if now - self._heard_at > STALLED:
                self._lose(*LOST)
            return False
        self._heard_at = now
        self._samples += round(recorded.dropped / 2 * RATE / self._rate)
        if self._rate == RATE:
            self._pcm += recorded.pcm
        else:
            self._pcm += to_pcm(self._resampler.push(from_pcm(recorded.pcm)))
        self._begins.append(now - (self._samples + len(self._pcm) // 2) / RATE)
        self._began = min(self._begins)
        return True

    def _judge(self, frame: Frame) -> None:
        self._latest.append(frame.pcm)
        silent = frame.pcm == ZERO_FRAME
        self._zeros = self._zeros + 1 if silent else 0
        self._sound = 0 if silent else self._sound + 1
        if self._troubled and self._sound * FRAME_SECONDS >= BACK:
            self._troubled, self._wait = False, FIRST_WAIT
            self._on_back("The microphone is back.")
        if self._zeros * FRAME_SECONDS >= max(ZEROS, self._wait):
            self._zeros = 0
            self._lose("nothing but digital silence comes from the microphone", "Plug it in, or unmute it.")

    def _lose(self, what: str, fix: str) -> None:
        """Replace the stream: at once where it was well, in a while where it was lost before."""
        self._stream.close()
        self._stream.start()
        self._forget()
        if self._troubled:
            self._retry_later()
            return
        self._troubled, self._retry_at = True, 0.0
        self._on_trouble(MicrophoneError(what, self._place, fix).line())

    def _wait_or_open(self, seconds: float) -> None:
        """Open it again when it is time to; at most so many seconds are waited for that time."""
        due_in = self._retry_at - time.monotonic()
        if due_in > 0:
            time.sleep(min(due_in, seconds))
            return
        missed_since = self._heard_at
        try:
            self._open_stream()
        except MicrophoneError:
            self._retry_later()
        else:
            self._samples += round((self._heard_at - missed_since) * RATE)

    def _retry_later(self) -> None:
        self._retry_at = self._tried_at + self._wait
        self._wait = min(2 * self._wait, LONGEST_WAIT)

    @property
    def _place(self) -> str:
        return "" if self._device is None else str(self._device)

    def _open_stream(self) -> None:
        """Raises MicrophoneError, with the child process ended: the next one finds the devices that there are then."""
        self._tried_at = time.monotonic()
        try:
            rate = self._stream.call("open", self._device, timeout=OPENING_PATIENCE)
        except ChildLost as error:
            what = f"the sound library {error.reason} when the microphone was opened"
            raise MicrophoneError(what, self._place, "See: hearthside doctor.") from None
        except MicrophoneError:
            self._stream.close()
            raise
        assert isinstance(rate, int)
        self._rate, self._resampler = rate, Resampler(rate, RATE)
        self._heard_at = time.monotonic()
        self._flowing = True

    def _forget(self) -> None:
        """No stream is open, and nothing of it is left to be read."""
        self._flowing, self._pcm, self._began = False, b"", None
        self._begins.clear()
