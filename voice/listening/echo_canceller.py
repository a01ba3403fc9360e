"""Takes what our loudspeaker plays out of what the microphone hears."""

import math
from dataclasses import dataclass, replace
from queue import Empty, SimpleQueue

import numpy as np

from voice.listening.adaptive_filter import BLOCK, AdaptiveFilter
from voice.listening.playback import Playback
from voice.listening.playback_delay import LATEST, WINDOW, DelayTracker, measured
from voice.listening.suppressor import Suppressor
from voice.messages.sound import RATE, Frame, Played
from voice.sound.resampling import Samples, from_pcm, to_pcm

THEIRS = 0.5  # of the energy of a frame that must not be ours for somebody to speak in it
LEAD = 96  # samples before the delay at which the response of the room may begin
AFTER = 2 * RATE  # samples after the last sound in which it may still be heard: buffers, and a large bare room
INEXACT = 0.3  # samples by which the first measurement of a delay may be off
SETTLES = 0.2 * RATE  # samples for which the filter follows that, and in which frames stay as they are
ENOUGH = 0.25 * RATE  # samples of a playing that must have been heard for its delay to be measured
LEARNED = round(1.5 * RATE / BLOCK)  # blocks with sound after which the filter knows the room well enough
LOOKS, SOON = 4, 2  # frames between two measurements of the delay, when it is known and when it is not


@dataclass(frozen=True, slots=True)
class Cancelled:
    """A frame without our own voice, and what is known of that voice in it."""

    frame: Frame
    """What is left: the echo is taken out, and what may be left of it is suppressed."""
    heard: float = 0.0
    """The sum of the squared samples as they came in; 0.0 where our own voice cannot be in them."""
    energy: float = 0.0
    """The same before the suppression; 0.0 where nothing is known of our own voice."""
    theirs: float = 0.0
    """The same after it."""
    jumped: bool = False
    """It was just found that the sound had gone out of step some time before."""

    @property
    def is_own(self) -> bool:
        """Whether it was our own voice for the most part, so that nobody else can be told to speak."""
        return self.theirs < THEIRS * self.energy


class EchoCanceller:
    """Takes our own voice out of the frames of the microphone, while it can be in them.

    All other frames are returned as they are, and so are those in which it does not know yet how the room carries our
    voice: who wears headphones is heard at any time. `play` may be called from any thread, `cancel` from one.
    """

    def __init__(self) -> None:
        self._coming: SimpleQueue[Played] = SimpleQueue()
        self._playback = Playback()
        self._delay = DelayTracker()
        self._filter = AdaptiveFilter()
        self._suppressor = Suppressor()
        self._heard = np.zeros(WINDOW, np.float32)  # the latest
        self._began = math.inf  # the time at which this playing began
        self._known_since = 0  # the time at which the delay of this playing became known
        self._late = 0.0  # samples that the last playing was late
        self._frames = 0

    def reset(self) -> None:
        """What is played now is not heard: the microphone is closed."""
        self._take_played()
        self._began = math.inf

    def play(self, played: Played) -> None:
        """This is played now."""
        self._coming.put(played)

    def cancel(self, frame: Frame) -> Cancelled:
        """The frame without our own voice."""
        self._take_played()
        time = round(frame.at * RATE)
        if not self._began <= time <= self._playback.last_sound + AFTER:
            return Cancelled(frame)
        heard = from_pcm(frame.pcm)
        self._heard = np.concatenate([self._heard[len(heard) :], heard])
        as_it_is = Cancelled(frame, float(np.sum(heard**2)), jumped=self._measure(time + len(heard)))
        if not self._delay.is_known:
            return as_it_is
        begins = range(0, len(heard), BLOCK)
        blocks = [self._without_echo(time + begin, heard[begin : begin + BLOCK]) for begin in begins]
        left, theirs = (np.concatenate(each) for each in zip(*blocks, strict=True))
        if self._filter.learned < LEARNED or time - self._known_since < SETTLES:
            return as_it_is
        frame = replace(frame, pcm=to_pcm(theirs))
        return replace(as_it_is, frame=frame, energy=float(np.sum(left**2)), theirs=float(np.sum(theirs**2)))

    def _take_played(self) -> None:
        while True:
            try:
                played = self._coming.get_nowait()
            except Empty:
                return
            if played.began is not None:
                began = self._began = round(played.began * RATE)
                self._playback.begin(began, played.rate)
                self._delay.begin()
            if played.unheard:
                self._playback.cut(round(played.unheard * RATE))
            if self._began < math.inf:
                self._playback.extend(from_pcm(played.pcm))

    def _measure(self, end: int) -> bool:
        """Measure the delay from time to time; whether it has jumped. end: the time after the latest sample heard."""
        self._frames += 1
        first = end - WINDOW
        if end - self._began < ENOUGH + self._late or self._frames % (LOOKS if self._delay.is_known else SOON):
            return False
        played = self._playback.window(first - LATEST, LATEST + WINDOW)
        self._playback.forget(first - LATEST)
        was_known = self._delay.is_known
        if not self._delay.take(measured(played, self._heard), first + WINDOW // 2, works=self._filter.works):
            return False
        self._filter.may_have_moved(INEXACT)
        self._known_since, self._late = end, self._delay.at(end)
        return was_known

    def _without_echo(self, time: int, heard: Samples) -> tuple[Samples, Samples]:
        first = time - self._delay.at(time) + LEAD
        played = self._playback.between(first, 1 - self._delay.drift, BLOCK)
        left = self._filter.without_echo(played, heard)
        return left, self._suppressor.theirs(left, self._filter.echo, self._filter.left)
