"""Plays sound through a loudspeaker, onto a tape in time with other audio, and stops within milliseconds."""

import threading
import time
from collections import deque
from pathlib import Path
from typing import Any

import numpy as np

from voice.errors import LoudspeakerError
from voice.messages.sound import Sound
from voice.sound.portaudio import in_time, load_portaudio, quiet
from voice.sound.resampling import from_pcm, resample, to_pcm

RATE = 24_000  # samples a second of the natural voice and of the chimes
LATENCY = 0.1  # seconds of sound that the device holds, in case this program is late
STALLED = 2.0  # seconds without a callback after which the device is lost


class Loudspeaker:
    """Sounds one after the other without a gap; may be used from several threads.

    Its stream runs only while there is something to play. On PulseAudio that begins sooner (5-25 ms after `play`, where
    a stream that runs on takes 30-60) and `stop` is silent within 10 ms, where zeros take as long as the buffer.
    device: a number or (a part of) a name, None: the machine's own choice.
    """

    def __init__(self, device: str | int | None = None) -> None:
        """Raises LoudspeakerError when there is none or it will not open."""
        self._device = device
        self._portaudio = load_portaudio(LoudspeakerError)
        self._pending: deque[memoryview] = deque()
        self._feeding = False  # whether the callback is still going to look at what is pending
        self._called = 0.0  # when it last did; monotonic
        self._silence = 0  # bytes, since the last sound
        self._sounds = threading.Lock()  # guards the four above; held for microseconds
        self._streams = threading.RLock()  # guards the stream; never taken inside the other
        self._stream: Any = None
        self._told = False  # whether this loss has been reported
        self._open()

    def play(self, sound: Sound) -> None:
        """Play this after what is still to be played; returns at once.

        Raises LoudspeakerError once when the device has been lost and will not open again; from then on sounds are
        dropped, until it does.
        """
        with self._streams:
            self._notice_loss()
            if self._stream is None:
                self._open_again()
        if self._stream is None:
            return
        pcm = sound.pcm if sound.rate == self._rate else to_pcm(resample(from_pcm(sound.pcm), sound.rate, self._rate))
        if not pcm:
            return
        with self._streams:
            with self._sounds:
                self._pending.append(memoryview(pcm))
                feeding = self._feeding
            if not feeding:
                self._start()

    def stop(self) -> None:
        """Silence at once; forget what was still to be played."""
        with self._streams:
            with self._sounds:
                self._pending.clear()
                self._feeding = False
            if self._stream is not None and not in_time(self._stream.abort):
                self._lose()

    @property
    def playing(self) -> bool:
        """True while sound is played or queued."""
        with self._streams:
            self._notice_loss()
            return self._stream is not None and (self._feeding or bool(self._stream.active))

    def close(self) -> None:
        """Stop, and give the device back."""
        self.stop()
        self._close_stream()

    def _feed(self, output: Any, frames: int, seconds: Any, status: Any) -> None:
        with self._sounds:
            self._called = time.monotonic()
            filled = 0
            while self._pending and filled < len(output):
                sound = self._pending.popleft()
                taken = min(len(sound), len(output) - filled)
                output[filled : filled + taken] = sound[:taken]
                filled += taken
                if taken < len(sound):
                    self._pending.appendleft(sound[taken:])
            output[filled:] = bytes(len(output) - filled)
            # ALSA's PulseAudio device throws away what it still holds when its stream ends, so it must be silence.
            self._silence = 0 if filled else self._silence + len(output)
            if self._silence >= 2 * self._rate * self._stream.latency:
                self._feeding = False
                raise self._portaudio.CallbackStop

    def _start(self) -> None:
        with self._sounds:
            self._feeding, self._silence, self._called = True, 0, time.monotonic()
        with quiet():
            started = in_time(self._stream.stop, self._stream.start)  # even one that ended by itself must be stopped
        if not started:
            self._lose()

    def _notice_loss(self) -> None:
        with self._sounds:
            waiting = self._feeding and time.monotonic() - self._called
        if waiting and (waiting > STALLED or not self._stream.active):
            self._lose()

    def _lose(self) -> None:
        with self._sounds:
            self._pending.clear()
            self._feeding = False
        self._close_stream()

    def _close_stream(self) -> None:
        with self._streams:
            if self._stream is not None:
                in_time(self._stream.close)
            self._stream = None

    def _open_again(self) -> None:
        try:
            self._open()
        except LoudspeakerError as error:
            if not self._told:
                self._told = True
                raise LoudspeakerError(
                    "the loudspeaker was lost", error.where, "It stays silent until it is back; captions go on."
                ) from None
        else:
            self._told = False

    def _open(self) -> None:
        portaudio, place = self._portaudio, str(self._device or "")
        try:
            with quiet():
                try:
                    self._open_at(RATE)
                except portaudio.PortAudioError:
                    self._open_at(int(portaudio.query_devices(self._device, "output")["default_samplerate"]))
        except ValueError:
            raise LoudspeakerError(
                "there is no such loudspeaker, or there are several", place, "hearthside doctor lists them."
            ) from None
        except portaudio.PortAudioError:
            raise LoudspeakerError(
                "no loudspeaker could be opened", place, "Plug one in, or see whether another program holds it."
            ) from None

    def _open_at(self, rate: int) -> None:
        self._stream = self._portaudio.RawOutputStream(
            samplerate=rate, channels=1, dtype="int16", device=self._device, latency=LATENCY, callback=self._feed
        )
        self._rate = rate


class Tape:
    """A WAV file (16-bit, mono, 24 kHz) of everything that was played, each sound at its time.

    Sounds may overlap: they are mixed. The file is written by `close`.
    """

    def __init__(self, path: Path) -> None:
        """Raises LoudspeakerError when the file cannot be written, or is a link, a device or no sound."""
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise LoudspeakerError("this is no ordinary file", str(path), "Choose another place.")
        if path.exists() and path.stat().st_size and path.read_bytes()[:4] != b"RIFF":
            raise LoudspeakerError("there is another file of this name", str(path), "Choose another place.")
        self._path = path
        self._samples = np.zeros(0, dtype=np.float32)
        self._write()

    def play(self, sound: Sound, at: float) -> None:
        """Put the sound where it begins so many seconds after the beginning of the tape."""
        samples = resample(from_pcm(sound.pcm), sound.rate, RATE)
        begin = round(at * RATE)
        end = begin + len(samples)
        if end > len(self._samples):
            self._samples = np.concatenate([self._samples, np.zeros(end - len(self._samples), dtype=np.float32)])
        self._samples[begin:end] += samples

    def stop(self, at: float) -> None:
        """Cut everything from here on."""
        self._samples = self._samples[: round(at * RATE)]

    def close(self) -> None:
        """Write the file."""
        self._write()

    def _write(self) -> None:
        import soundfile

        try:
            soundfile.write(self._path, np.frombuffer(to_pcm(self._samples), dtype="<i2"), RATE, "PCM_16", format="WAV")
        except (OSError, soundfile.LibsndfileError):
            raise LoudspeakerError("this file cannot be written", str(self._path), "Choose another place.") from None
