"""Plays sound through a loudspeaker, onto a tape in time with other audio, and stops within milliseconds."""

import threading
import time
from collections import deque
from collections.abc import Callable
from pathlib import Path

import numpy as np

from voice.child import Child, ChildLost
from voice.errors import LoudspeakerError
from voice.messages.sound import Played, Sound
from voice.sound.clauses import from_last_clause
from voice.sound.output_stream import RATE, OutputStream, Progress, Stopped
from voice.sound.portaudio import FIRST_WAIT, LONGEST_WAIT, OPENING_PATIENCE, PATIENCE, Device
from voice.sound.resampling import from_pcm, resample, to_pcm

STALLED = 2.0  # seconds in which the device asks for no sound after which it is lost
FLOWS = 0.5  # seconds of sound that a device takes only where it plays; at first it fills its buffer
HOLD = 60.0  # seconds for which sounds wait for a lost device
LOOK = 0.02  # seconds between two looks at a device that plays


class Loudspeaker:
    """Sounds one after the other without a gap; may be used from several threads.

    The stream lives in a child process, which a thread looks after. What a lost device has not played to its end is
    played from the beginning of that sound when it is back.
    device: a number or (a part of) a name, None: the machine's own choice.
    on_trouble: called from that thread with one line for each loss. on_back: likewise, when it plays again.
    hold: seconds for which sounds wait for a lost device; then it is too late for them.
    on_played: called from that thread with all that is played, some milliseconds before it is heard.
    """

    def __init__(
        self,
        device: Device = None,
        on_trouble: Callable[[str], None] = lambda line: None,
        on_back: Callable[[str], None] = lambda line: None,
    ) -> None:
        """It opens by and by; see `opened`."""
        self._device, self._on_trouble, self._on_back = device, on_trouble, on_back
        self._stream = Child(OutputStream, name="loudspeaker", patience=PATIENCE)
        self.hold = HOLD
        self.on_played: Callable[[Played], None] = lambda played: None
        self._rate = 0  # of the stream; 0: none is open
        self._given = 0  # how many of the sounds the stream has
        self._taken = 0  # bytes of sound that the device has taken since it was opened
        self._tried_at = self._wait = 0.0  # monotonic: of the last attempt to open it; seconds until the next
        self._lost_at: float | None = None  # monotonic: since when sounds wait for it; None: none does
        self._told = False  # whether this loss has been reported
        self._known = False  # whether it has ever been opened
        self._failure: LoudspeakerError | None = None  # of the first attempt
        self._tried = threading.Event()  # set after it
        self._change = threading.Condition()  # guards all below; held for microseconds
        self._sounds: deque[Sound] = deque()  # not yet played to the end
        self._sounding = False  # whether the stream is playing
        self._epoch = 0  # raised by `stop`
        self._stopped = 0  # the epoch that the stream has reached
        self._paused = False  # whether sounds wait for `go_on`
        self._cut = False  # whether the stream has to tell how much of the first of them was heard
        self._gone = False  # whether sounds are dropped
        self._closed = False
        self._thread = threading.Thread(target=self._work, name="loudspeaker", daemon=True)
        self._thread.start()

    def opened(self) -> "Loudspeaker":
        """Wait for it to be open. Raises LoudspeakerError when there is none or it will not open now."""
        self._tried.wait()
        if self._failure:
            raise self._failure
        return self

    def play(self, sound: Sound) -> None:
        """Play this after what is still to be played; returns at once.

        While the device is lost, a sound waits for it (once, however often it is to be played), but not for long.
        """
        with self._change:
            waits_already = self._lost_at is not None and sound in self._sounds
            if sound.pcm and not self._gone and not waits_already:
                self._sounds.append(sound)
                self._change.notify()

    def stop(self) -> None:
        """Silence at once; forget what was still to be played."""
        with self._change:
            self._sounds.clear()
            self._sounding = self._paused = self._cut = False
            self._epoch += 1
            self._change.notify()

    def pause(self) -> None:
        """Silence at once; what was still to be played waits for `go_on`, from its last clause on."""
        with self._change:
            if not self._paused:
                self._sounding, self._paused, self._cut = False, True, True
                self._epoch += 1
                self._change.notify()

    def go_on(self) -> None:
        """Play what waits."""
        with self._change:
            self._paused = False
            self._change.notify()

    @property
    def playing(self) -> bool:
        """True while sound is played or queued."""
        with self._change:
            return self._sounding or bool(self._sounds)

    def close(self) -> None:
        """Stop, and give the device back."""
        with self._change:
            self._closed = True
            self._change.notify()
        self._thread.join()

    # ---- its thread

    def _work(self) -> None:
        while self._wait_for_work():
            try:
                if not self._rate:
                    self._open()
                self._hand_over()
                self._follow()
            except (ChildLost, LoudspeakerError) as error:
                self._lose(error)
        self._stream.close()

    def _wait_for_work(self) -> bool:
        """Wait until there is something to do; False when it is closed."""
        with self._change:
            if not self._rate:
                due_in = self._tried_at + self._wait - time.monotonic()
                self._change.wait_for(lambda: self._closed, max(0.0, due_in))
            elif self._sounding or self._given:
                self._change.wait(LOOK)
            else:
                self._change.wait_for(lambda: self._closed or self._plays or self._epoch != self._stopped)
            return not self._closed

    def _open(self) -> None:
        self._tried_at = time.monotonic()
        rate = self._stream.call("open", self._device, timeout=OPENING_PATIENCE)
        assert isinstance(rate, int)
        self._rate, self._known = rate, True
        with self._change:
            self._gone = False
            if not self._sounds:
                self._lost_at = None
        self._tried.set()

    def _hand_over(self) -> None:
        """Give the stream what it has not got."""
        with self._change:
            stops = self._epoch != self._stopped
            self._stopped = self._epoch
        stopped = self._stream.call("stop") if stops else None
        with self._change:
            if isinstance(stopped, Stopped):
                self._given = 0
                self._keep_rest(stopped)
            new = [] if self._paused else list(self._sounds)[self._given :]
            self._given += len(new)
        if isinstance(stopped, Stopped) and stopped.unheard:
            self.on_played(Played(b"", self._rate, unheard=stopped.unheard))
        for sound in new:
            at_its_rate = sound.rate == self._rate
            pcm = sound.pcm if at_its_rate else to_pcm(resample(from_pcm(sound.pcm), sound.rate, self._rate))
            self._stream.tell("play", pcm)

    @property
    def _plays(self) -> bool:
        return bool(self._sounds) and not self._paused

    def _drop(self, finished: int) -> None:
        for _ in range(min(finished, len(self._sounds))):
            self._sounds.popleft()

    def _keep_rest(self, stopped: Stopped) -> None:
        """Keep of the sounds that wait what was not said to its end."""
        if self._cut and self._epoch == self._stopped:
            self._cut = False
            self._drop(stopped.finished)
            if self._sounds:
                self._sounds[0] = from_last_clause(self._sounds[0], stopped.heard)

    def _follow(self) -> None:
        """See how far the stream has come."""
        progress = self._stream.call("progress")
        assert isinstance(progress, Progress)
        if progress.waited > STALLED:
            raise LoudspeakerError("it plays nothing")
        with self._change:
            if self._epoch == self._stopped or self._cut:
                self._drop(progress.finished)
                self._given -= progress.finished
                self._sounding = progress.active and not self._cut
        if progress.played:
            self.on_played(Played(progress.played, self._rate, progress.began))
        self._taken += progress.taken
        if self._taken and (not progress.active or self._taken > FLOWS * 2 * self._rate):
            self._regain()

    def _regain(self) -> None:
        """It plays."""
        self._lost_at, self._wait = None, 0.0
        if self._told:
            self._told = False
            self._on_back("The loudspeaker is back.")

    def _lose(self, error: ChildLost | LoudspeakerError) -> None:
        """Replace the stream: at once where it was well, in a while where it was lost before."""
        was_well = self._rate and self._lost_at is None
        self._stream.close()
        self._stream.start()
        self._rate = self._given = self._taken = 0
        self._wait = 0.0 if was_well else min(max(FIRST_WAIT, 2 * self._wait), LONGEST_WAIT)
        self._lost_at = self._lost_at or time.monotonic()
        with self._change:
            self._stopped, self._sounding, self._cut = self._epoch, False, False  # there is nothing to stop any more
            if not self._known or time.monotonic() - self._lost_at > self.hold:
                self._gone = True
                self._sounds.clear()
        failure = self._failure_of(error)
        if not self._tried.is_set():
            self._failure = failure
            self._tried.set()
        if not was_well and not self._told:
            self._told = True
            self._on_trouble(failure.line())

    def _failure_of(self, error: ChildLost | LoudspeakerError) -> LoudspeakerError:
        """What users are told of it."""
        place = "" if self._device is None else str(self._device)
        if self._known:
            fix = "What it was saying waits for a minute; captions go on."
            return LoudspeakerError("the loudspeaker was lost", place, fix)
        if isinstance(error, LoudspeakerError):
            return error
        what = f"the sound library {error.reason} when the loudspeaker was opened"
        return LoudspeakerError(what, place, "See: hearthside doctor.")


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
