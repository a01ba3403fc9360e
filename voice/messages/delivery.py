"""How something is said or rung: loudness and pace, register, and the names of the chimes."""

from dataclasses import dataclass
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class Delivery:
    """How loud and how fast the couple want the voice."""

    volume: float = 1.0
    """Factor of the usual loudness."""
    pace: float = 1.0
    """Factor of the usual words a minute."""


AS_USUAL = Delivery()


class Register(StrEnum):
    """How something is worded and voiced."""

    DINNER = "dinner"
    BEDTIME = "bedtime"
    """Slower and softer."""
    ONE_PARTNER = "one partner"
    """In another voice than Hearthside's own, for a couple that is played."""
    OTHER_PARTNER = "other partner"
    """In a third voice."""


class ChimeName(StrEnum):
    """The short sounds. The values are those of packs and captions."""

    HELLO = "hello"
    """Hearthside begins to speak by itself, or was called."""
    GOT_IT = "got it"
    WIN = "win"
    """A small win was kept."""
    RECORDING_ON = "recording on"
    """From now on a line is listened for."""
    RECORDING_OFF = "recording off"
    BREATHE_IN = "breathe in"
    BREATHE_OUT = "breathe out"
    MINUTE_LEFT = "minute left"
    """The last minute of a turn begins."""
    TIME = "time"
    """The time of something is up, or has come."""
    LIGHT = "light"
    """Something playful comes."""
    RING = "ring"
    """A timer rings."""
