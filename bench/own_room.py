"""A room in which Hearthside hears itself: loudspeaker, microphone, and somebody who speaks over it."""

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from bench.room import loudest_frame, read_sound
from training.rooms import Place, impulse_response
from voice.messages.sound import FRAME_SAMPLES, RATE, Sound
from voice.sound.resampling import Samples, from_pcm, resample, to_pcm

TONE = 10 ** (-70 / 20)  # of a quiet room and a microphone, root mean square: -70 dBFS
ECHO_PEAK = 0.4  # of what comes back from the room
BENT = 0.1  # part of the cube of a sample that a small loudspeaker adds: 1.6 % of a sample of 0.4
SIZE, MICROPHONE = (4.6, 3.7, 2.5), (1.6, 1.3, 0.8)  # metres
PERSON = (0.5, 1.6, 0.4)  # metres from the microphone
DELAYS, DRIFTS = (0.02, 0.15), (0.0, 200e-6, -200e-6)  # as OwnRoom has them; one of each for a room
NEARER, DIRECT = 4, round(0.004 * RATE)  # times; samples that belong to the direct sound
FINE = 5  # times the rate of a sound, for a drift that is no whole number of samples
ROOMS = {"near": (0.25, 0.3), "living room": (0.4, 0.5), "kitchen": (0.6, 0.3), "bare room": (0.8, 0.8)}
"""A simulated room -> the seconds in which sound decays by 60 dB in it, and metres from loudspeaker to microphone."""


@dataclass(frozen=True, slots=True)
class OwnRoom:
    """How a loudspeaker and a person reach the microphone; responses at RATE, from the direct sound on."""

    name: str
    loudspeaker: Samples
    person: Samples
    delay: float = 0.0
    """Seconds from the buffer of the loudspeaker to that of the microphone."""
    drift: float = 0.0
    """By how much the loudspeaker's clock is slower than the microphone's; 1e-4 is 100 parts per million."""


def own_rooms(speech: Path | None) -> list[OwnRoom]:
    """Simulated rooms, and measured ones where there are recordings; each with a delay and a drift of its own."""
    random = np.random.default_rng(8)
    rooms = list[OwnRoom]()
    for name, (decay, distance) in ROOMS.items():
        mouths = (np.add(MICROPHONE, offset).tolist() for offset in ((distance, 0.0, 0.05), PERSON))
        near, far = (impulse_response(Place(SIZE, (x, y, z), MICROPHONE, decay), random) for x, y, z in mouths)
        responses = near.response[near.direct :], far.response[far.direct :]
        rooms.append(OwnRoom(f"{name}, simulated", *responses))
    for path in sorted((speech / "rir").glob("*.wav")) if speech else ():
        response = read_sound(path)
        response = response[int(np.argmax(np.abs(response))) :] / np.max(np.abs(response))
        rooms.append(OwnRoom(f"{path.stem}, measured", nearer(response), response))
    delays, drifts = np.linspace(*DELAYS, len(rooms)), np.resize(DRIFTS, len(rooms))
    apart = zip(rooms, delays.tolist(), drifts.tolist(), strict=True)
    return [replace(room, delay=delay, drift=drift) for room, delay, drift in apart]


class Air:
    """What the microphone of a room hears, as it is played and spoken."""

    def __init__(self, room: OwnRoom) -> None:
        self._room, self._random = room, np.random.default_rng(1)
        self._echo, self._speech = np.zeros(0, np.float32), np.zeros(0, np.float32)

    def play(self, sound: Sound, at: float, *, aloud: bool = True) -> float:
        """The loudspeaker plays this from that second on; returns how loud its echo is where it is on, for `speak`."""
        clocks = FINE * sound.rate, round(FINE * RATE * (1 + self._room.drift))
        echo = through(resample(bent(from_pcm(sound.pcm)), *clocks), self._room.loudspeaker)
        echo *= ECHO_PEAK / np.max(np.abs(echo))
        late = self._room.delay + self._random.uniform(0.0, 0.01)  # a stream begins a little sooner or later
        if aloud:
            self._echo = added(self._echo, echo, round((at + late) * RATE))
        return loudest_frame(echo)

    def speak(self, voice: Samples, at: float, *, loudest: float) -> None:
        """Somebody says this from that second on. loudest: the energy of the loudest frame, as it is heard."""
        heard = through(voice, self._room.person)
        self._speech = added(self._speech, heard * np.sqrt(loudest / loudest_frame(heard)), round(at * RATE))

    def hush(self, at: float) -> None:
        """The loudspeaker is silent from then on."""
        self._echo = self._echo[: round((at + self._room.delay) * RATE)]

    def frame(self, at: float) -> bytes:
        """The frame that begins at that second."""
        begin = round(at * RATE)
        heard = self._random.normal(0, TONE, FRAME_SAMPLES).astype(np.float32)
        for each in (self._echo, self._speech):
            part = each[begin : begin + FRAME_SAMPLES]
            heard[: len(part)] += part
        return to_pcm(heard)


def nearer(response: Samples) -> Samples:
    """The response from the same room at a quarter of the distance, where the direct sound is four times as strong."""
    near = response / NEARER
    near[:DIRECT] = response[:DIRECT]
    return near


def bent(samples: Samples) -> Samples:
    """As a small loudspeaker plays it."""
    return samples + np.float32(BENT) * samples**3


def through(sound: Samples, response: Samples) -> Samples:
    """The sound as it is heard, with the room after it."""
    size = len(sound) + len(response) - 1
    heard: Samples = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(response, size), size).astype(np.float32)
    return heard


def added(track: Samples, sound: Samples, begin: int) -> Samples:
    """The track with the sound mixed in from a sample on."""
    track = np.pad(track, (0, max(0, begin + len(sound) - len(track))))
    track[begin : begin + len(sound)] += sound
    return track
