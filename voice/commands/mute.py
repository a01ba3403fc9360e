"""`hearthside unmute`: opens the microphone that somebody closed by voice or key."""

from pathlib import Path

from voice.config import find_home
from voice.errors import HearthsideError
from voice.runtime.mute_switch import MuteSwitch


def unmute(home: Path | None) -> int:
    """`hearthside unmute`; returns the exit code. Raises HearthsideError when the file is not to be removed."""
    directory = find_home(home)
    try:
        MuteSwitch(directory).open()
    except OSError as error:
        what = f"the microphone stays as it is: {error.strerror or error}"
        raise HearthsideError(what, str(directory.muted_flag), "Make the directory yours.") from error
    print("The microphone is open.")
    return 0
