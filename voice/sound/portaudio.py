"""PortAudio, as the child processes of the sound devices use it: no other process loads it.

Where a sound server dies, PortAudio aborts, hangs or prints without end, and so does the closing of its streams. So a
stream that is lost is never closed: its process is ended, and a new one finds the devices that there are then.
"""

from collections.abc import Callable
from types import ModuleType

from voice.errors import HearthsideError, LoudspeakerError, MicrophoneError

INSTALL = "Install PortAudio: sudo apt-get install libportaudio2 (Debian, Ubuntu)."
NOUNS = {MicrophoneError: "microphone", LoudspeakerError: "loudspeaker"}
KINDS = {MicrophoneError: "input", LoudspeakerError: "output"}

# How the process of a device is looked after.
PATIENCE = 2.0  # seconds that it may take to answer ...
OPENING_PATIENCE = 6.0  # ... and to open the device: a sound server that wakes up takes its time
FIRST_WAIT, LONGEST_WAIT = 0.25, 4.0  # seconds between two attempts to open a lost device; doubled each time

Device = str | int | None  # a number or (a part of) a name; None: the machine's own choice
Kind = type[MicrophoneError] | type[LoudspeakerError]  # of a device, by the error that it raises


def load_portaudio(error: type[HearthsideError]) -> ModuleType:
    """The module sounddevice. Raises an error of this class where PortAudio is not installed."""
    try:
        import sounddevice
    except OSError:
        raise error("the sound library PortAudio is missing", fix=INSTALL) from None
    return sounddevice  # type: ignore[no-any-return]


def open_at_a_rate(kind: Kind, device: Device, wanted: int, open_at: Callable[[int], None]) -> int:
    """Open a device at the rate that is wanted, else at its own; returns the rate.

    open_at: opens it at a rate. Raises an error of this kind when it will not open.
    """
    portaudio, noun, place = load_portaudio(kind), NOUNS[kind], str(device or "")
    try:
        try:
            open_at(wanted)
        except portaudio.PortAudioError:
            wanted = int(portaudio.query_devices(device, KINDS[kind])["default_samplerate"])
            open_at(wanted)
    except ValueError:
        raise kind(f"there is no such {noun}, or there are several", place, "hearthside doctor lists them.") from None
    except portaudio.PortAudioError:
        raise kind(
            f"no {noun} could be opened", place, "Plug one in, or see whether another program holds it."
        ) from None
    return wanted


class Devices:
    """The sound devices that there are now."""

    def __init__(self) -> None:
        """Raises HearthsideError where PortAudio is not installed."""
        self._portaudio = load_portaudio(HearthsideError)

    def name(self, kind: Kind, device: Device) -> str:
        """The whole name of a device that can be opened."""
        return str(self._portaudio.query_devices(device, KINDS[kind])["name"])

    def names(self, kind: Kind) -> list[str]:
        """The names of all devices of a kind."""
        channels = f"max_{KINDS[kind]}_channels"
        return [device["name"] for device in self._portaudio.query_devices() if device[channels] > 0]
