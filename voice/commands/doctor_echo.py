"""What `hearthside doctor` finds of its own voice in its own ears: it says a sentence and listens meanwhile."""

import math
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import dataclass

import numpy as np

from voice.commands.doctor_checks import CheckResult, Visit
from voice.edges.loudspeaker import Loudspeaker
from voice.edges.microphone import Microphone
from voice.edges.synthesizer import open_synthesizer
from voice.errors import HearthsideError
from voice.messages.delivery import Register
from voice.messages.sound import RATE, Sound
from voice.sound.resampling import Samples, from_pcm

SAID = "This is how I sound in this room."
BEFORE, AFTER = 1.0, 0.5  # seconds before and after it in which is listened too
PATIENCE = 10.0  # seconds in which all must have been heard
LOUD = -25.0  # dBFS, root mean square: 10 dB above somebody at the table who comes to -35, so half the words are lost
CLIPS = 0.99  # the largest sample from which on the microphone is overdriven
HEARD = 6.0  # decibels above the quiet room, below which it does not hear the loudspeaker
TURN_DOWN = "Turn the loudspeaker down, move the microphone away from it, or set `barge_in: off` in config.yaml."


@dataclass(frozen=True, slots=True)
class Echo:
    """How our voice comes back. Levels are dBFS, root mean square."""

    level: float
    """While it is said."""
    quiet: float
    """Before it is said."""
    peak: float
    """The largest sample, 0 to 1."""


def echo(visit: Visit) -> CheckResult:
    """Whether people are heard over its voice, or the loudspeaker is too loud for that."""
    if visit.config.barge_in == "off":
        return CheckResult("not looked at: nothing counts that is said over its voice (barge_in: off)")
    if visit.home.muted_flag.exists():
        return CheckResult("not looked at: the microphone is closed")
    try:
        with closing(open_synthesizer(visit.config.voice, visit.config.language)) as synthesizer:
            sound = synthesizer.render(SAID, Register.DINNER)
        found = _listen(visit, sound)
    except HearthsideError:  # of which another line tells
        return CheckResult("not looked at: that needs a voice, a loudspeaker and a microphone")
    return echo_finding(found)


def echo_finding(found: Echo) -> CheckResult:
    """As `echo`, of what was measured."""
    if found.level < found.quiet + HEARD:
        return CheckResult("the microphone does not hear the loudspeaker")
    text = f"the microphone hears its voice at {found.level:.0f} dB"
    if found.peak >= CLIPS:
        return CheckResult(f"{text}, and is overdriven by it", False, TURN_DOWN)
    if found.level > LOUD:
        return CheckResult(f"{text}: too loud for people to be understood over it", False, TURN_DOWN)
    return CheckResult(text)


def _listen(visit: Visit, sound: Sound) -> Echo:
    """Raises MicrophoneError or LoudspeakerError."""
    deadline = time.monotonic() + PATIENCE
    with closing(Loudspeaker(visit.config.loudspeaker)) as loudspeaker, Microphone(visit.config.microphone) as ears:
        loudspeaker.opened()
        before = np.concatenate(list(_heard(ears, BEFORE, deadline)))
        loudspeaker.play(sound)
        during = np.concatenate(list(_heard(ears, sound.seconds + AFTER, deadline)))
    half = len(before) // 2  # a microphone that has just been opened may click
    return Echo(_level(during), _level(before[half:]), float(np.max(np.abs(during))))


def _heard(ears: Microphone, seconds: float, deadline: float) -> Iterator[Samples]:
    """What the microphone hears for so long."""
    heard = 0.0
    while heard < seconds:
        frame = ears.read(timeout=max(0.0, deadline - time.monotonic()))
        if frame is None:
            raise HearthsideError("no sound comes from the microphone")
        samples = from_pcm(frame.pcm)
        heard += len(samples) / RATE
        yield samples


def _level(samples: Samples) -> float:
    with suppress(ValueError):
        return 10 * math.log10(float(np.mean(samples**2)))
    return -math.inf
