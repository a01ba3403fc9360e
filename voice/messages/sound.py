"""Sound at the borders: 16-bit little-endian mono PCM, frames of the microphone and pieces to play."""

from dataclasses import dataclass

RATE = 16_000  # samples a second of everything that is listened to
FRAME_SAMPLES = 512  # 32 ms: what the voice activity detector takes at a time
FRAME_SECONDS = FRAME_SAMPLES / RATE


# ---- sound ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Frame:
    """FRAME_SAMPLES of what the microphone heard, RATE a second."""

    pcm: bytes
    """2 * FRAME_SAMPLES bytes."""
    at: float
    """Seconds of audio, of the first sample."""


@dataclass(frozen=True, slots=True)
class Sound:
    """A piece of sound to play."""

    pcm: bytes
    """16-bit little-endian mono: two bytes a sample."""
    rate: int
    """Samples a second."""

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.pcm) / 2 / self.rate


@dataclass(frozen=True, slots=True)
class Played:
    """A piece of what the loudspeaker plays without a gap, silence included."""

    pcm: bytes
    """16-bit little-endian mono: two bytes a sample."""
    rate: int
    """Samples a second."""
    began: float | None = None
    """When its first sample was given to the device, where a playing begins with it; else None.

    Seconds of time.monotonic from the loudspeaker, of the frames' audio for who compares it with these.
    """
    unheard: float = 0.0
    """Seconds at the end of all before this that were never played: it was cut short."""
