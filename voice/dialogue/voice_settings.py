"""How loud and how fast the voice speaks, as a setting that is kept between evenings."""

from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum

from voice.messages.actions import SetSetting
from voice.messages.delivery import AS_USUAL, Delivery

VOICE = "voice"  # setting: factors of volume and pace, such as "1.3 0.9"
LOUDER, FASTER = 1.3, 1.12  # factors of one step
QUIETEST, LOUDEST = 0.35, 2.2  # factors of the usual loudness: 9 dB below it, 7 dB above
SLOWEST, FASTEST = 0.7, 1.4  # factors of the usual words a minute
_SAME = 0.001  # two factors nearer than this are the same


class VoiceChange(StrEnum):
    """One step of the voice. The values are intents."""

    LOUDER = "louder"
    SOFTER = "softer"
    SLOWER = "slower"
    FASTER = "faster"


def delivery_in(settings: Mapping[str, str]) -> Delivery:
    """The delivery that the couple chose; the usual one where they chose none."""
    parts = settings.get(VOICE, "").split()
    return Delivery(float(parts[0]), float(parts[1])) if len(parts) == 2 else AS_USUAL


def setting_of(delivery: Delivery) -> SetSetting:
    """The setting that remembers a delivery."""
    return SetSetting(VOICE, f"{delivery.volume:.3f} {delivery.pace:.3f}")


def changed(delivery: Delivery, change: VoiceChange) -> Delivery | None:
    """The delivery after one step, within bounds; None at the bound."""
    volume, pace = delivery.volume, delivery.pace
    match change:
        case VoiceChange.LOUDER:
            after = replace(delivery, volume=min(volume * LOUDER, LOUDEST))
        case VoiceChange.SOFTER:
            after = replace(delivery, volume=max(volume / LOUDER, QUIETEST))
        case VoiceChange.SLOWER:
            after = replace(delivery, pace=max(pace / FASTER, SLOWEST))
        case VoiceChange.FASTER:
            after = replace(delivery, pace=min(pace * FASTER, FASTEST))
    moved = abs(after.volume - volume) + abs(after.pace - pace)
    return after if moved > _SAME else None
