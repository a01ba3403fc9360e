"""The closed microphone: a file that a running evening looks at, so that a key or another command can open it."""

from voice.config import Home
from voice.files import write_private


class MuteSwitch:
    """Whether the microphone is to stay closed, for this home."""

    def __init__(self, home: Home) -> None:
        self._flag = home.muted_flag
        self._unwritten = False

    @property
    def closed(self) -> bool:
        """Whether somebody said "mute" and nobody opened it again."""
        return self._unwritten or self._flag.exists()

    def close(self) -> None:
        """Close the microphone; on a full disk too, but then a key alone can open it."""
        try:
            write_private(self._flag, "The microphone is closed; `hearthside unmute` opens it.\n")
        except OSError:
            self._unwritten = True

    def open(self) -> None:
        """Open the microphone."""
        self._unwritten = False
        self._flag.unlink(missing_ok=True)

    def toggle(self) -> None:
        """Close it when it is open, else open it."""
        if self.closed:
            self.open()
        else:
            self.close()
