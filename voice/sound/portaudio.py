"""Loads PortAudio, keeps its diagnostics off the screen, and does not wait for a stream that hangs."""

import ctypes
import os
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from types import ModuleType, TracebackType

from voice.errors import HearthsideError

INSTALL = "Install PortAudio: sudo apt-get install libportaudio2 (Debian, Ubuntu)."


def load_portaudio(error: type[HearthsideError]) -> ModuleType:
    """The module sounddevice. Raises an error of this class where PortAudio is not installed."""
    try:
        with quiet():
            import sounddevice

            _hush_alsa()
    except OSError:
        raise error("the sound library PortAudio is missing", fix=INSTALL) from None
    return sounddevice  # type: ignore[no-any-return]


class _Quiet:
    """The way to the screen, shut while anybody wants it shut: threads open their devices at the same time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._wanted = 0
        self._screen = -1

    def __enter__(self) -> None:
        with self._lock:
            self._wanted += 1
            if self._wanted == 1:
                self._screen = os.dup(2)
                nowhere = os.open(os.devnull, os.O_WRONLY)
                os.dup2(nowhere, 2)
                os.close(nowhere)

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with self._lock:
            self._wanted -= 1
            if not self._wanted:
                os.dup2(self._screen, 2)
                os.close(self._screen)


_QUIET = _Quiet()


def quiet() -> AbstractContextManager[None]:
    """Let nothing reach the screen from PortAudio and ALSA, which print a page about every device that will not open.

    They write to the file descriptor itself, so the whole process is quiet for these few milliseconds.
    """
    return _QUIET


def in_time(*actions: Callable[[], object], seconds: float = 1.0) -> bool:
    """Do this to a stream, one after the other; False when it fails or takes longer, and is then left to itself.

    With a sound server that has just died, one in sixty streams never came back from being closed.
    """
    import sounddevice

    done = threading.Event()

    def work() -> None:
        with suppress(sounddevice.PortAudioError):
            for action in actions:
                action()
            succeeded.append(True)
        done.set()

    succeeded: list[bool] = []
    threading.Thread(target=work, name="portaudio", daemon=True).start()
    return done.wait(seconds) and bool(succeeded)


def _hush_alsa() -> None:
    """ALSA prints a line whenever this program was late with its sound; a C function that does nothing takes them."""
    try:
        alsa = ctypes.CDLL("libasound.so.2")
    except OSError:
        return  # no Linux
    alsa.snd_lib_error_set_handler(ctypes.cast(ctypes.CDLL(None).getpid, ctypes.c_void_p))
