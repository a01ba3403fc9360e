"""What `hearthside doctor` finds of the sound devices: the microphone and its level, and the loudspeaker."""

import math
import time
from contextlib import closing

from voice.child import Child, ChildLost
from voice.commands.doctor_checks import CheckResult, Visit
from voice.edges.loudspeaker import Loudspeaker
from voice.edges.microphone import Microphone
from voice.errors import HearthsideError, LoudspeakerError, MicrophoneError
from voice.messages.sound import FRAME_SAMPLES, RATE
from voice.sound.portaudio import Devices, Kind

LISTEN = 1.0  # seconds of sound of which the level is measured
PATIENCE = 2.5  # seconds in which it must have come


def microphone(visit: Visit) -> CheckResult:
    """Whether it opens and how loud a second in the room is; a muted one is left closed."""
    if visit.home.muted_flag.exists():
        return CheckResult("closed, because you muted it", fix="To open it: hearthside unmute")
    device = visit.config.microphone
    try:
        level = _level(device)
    except MicrophoneError as error:
        return _trouble(error, MicrophoneError, device)
    name = _name(MicrophoneError, device)
    if level == -math.inf:
        return CheckResult(f'"{name}" gives exact zeros', False, "Unmute it, or give Hearthside leave to listen.")
    return CheckResult(f'"{name}", level {level:.0f} dB')


def _level(device: str | None) -> float:
    """dBFS of about a second; raises MicrophoneError."""
    deadline = time.monotonic() + PATIENCE
    with Microphone(device) as open_microphone:
        for _ in range(round(LISTEN * RATE / FRAME_SAMPLES)):
            if open_microphone.read(timeout=deadline - time.monotonic()) is None:
                raise MicrophoneError("no sound comes from it", device or "", "Plug it in again, or choose another.")
        return open_microphone.level


def loudspeaker(visit: Visit) -> CheckResult:
    """Whether it opens."""
    device = visit.config.loudspeaker
    try:
        with closing(Loudspeaker(device)) as one:
            one.opened()
    except LoudspeakerError as error:
        return _trouble(error, LoudspeakerError, device)
    return CheckResult(f'"{_name(LoudspeakerError, device)}"')


def _name(kind: Kind, device: str | None) -> str:
    """The whole name of a device that could be opened a moment ago."""
    with Child(Devices, name="devices") as devices:
        try:
            return str(devices.call("name", kind, device))
        except ChildLost:
            return device or "the usual one"


def _trouble(error: HearthsideError, kind: Kind, device: str | None) -> CheckResult:
    """The finding for a device that does not open; where one was named in the settings, the names that there are."""
    fix = error.fix
    if device is not None and (names := _names(kind)):
        fix = "There are: " + ", ".join(f'"{name}"' for name in names)
    return CheckResult(f"{error.where}: {error.what}" if error.where else error.what, False, fix)


def _names(kind: Kind) -> list[str]:
    with Child(Devices, name="devices") as devices:
        try:
            names = devices.call("names", kind)
        except (ChildLost, HearthsideError):
            return []
    assert isinstance(names, list)
    return names
