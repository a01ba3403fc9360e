"""Our own voice is taken out of what the microphone hears, whatever the delay and the clock, and nothing else is."""

from functools import cache

import numpy as np
import pytest

from bench.own_room import Air, OwnRoom
from bench.room import padded
from tests.support.speech import noise, spoken
from voice.listening.echo_canceller import EchoCanceller
from voice.listening.playback import Playback
from voice.listening.playback_delay import LATEST, WINDOW, measured
from voice.messages.sound import FRAME_SAMPLES, FRAME_SECONDS, RATE, Frame, Played, Sound
from voice.sound.resampling import Samples, from_pcm, to_pcm

SAID = "Here is a question for the two of you. What did you think of each other on the day that you first met?"
PAUSE = 2.0  # seconds between two sentences


@cache
def said() -> Sound:
    return Sound(to_pcm(0.4 * from_pcm(spoken(SAID, around=0.0))), RATE)


def response(seconds: float, first: float = 0.5) -> Samples:
    """Of a room that decays by 60 dB in that time."""
    random = np.random.default_rng(3)
    tail = random.normal(0, 0.02, round(seconds * RATE)) * 10 ** (
        -3 * np.arange(round(seconds * RATE)) / RATE / seconds
    )
    tail[0] = first
    return tail.astype(np.float32)


class Evening:
    """Sentences that are played one after the other, and what becomes of the frames.

    over: what somebody says, and how many seconds after the beginning of the last sentence. aloud: whether the
    microphone hears the loudspeaker.
    """

    def __init__(
        self, room: OwnRoom, sentences: int, over: tuple[Samples, float] | None = None, *, aloud: bool = True
    ) -> None:
        self.canceller, air = EchoCanceller(), Air(room)
        begins = [1.0 + number * (said().seconds + PAUSE) for number in range(sentences)]
        loudest = [air.play(said(), begin, aloud=aloud) for begin in begins]
        if over:
            air.speak(over[0], begins[-1] + over[1], loudest=loudest[-1] / 10)
        self.heard, self.left = list[bytes](), list[bytes]()
        for number in range(round((begins[-1] + said().seconds + 4.0) / FRAME_SECONDS)):
            at = number * FRAME_SECONDS
            for begin in begins:
                self._play(begin, at)
            frame = Frame(air.frame(at), at)
            cancelled = self.canceller.cancel(frame)
            self.heard.append(frame.pcm)
            self.left.append(cancelled.frame.pcm)
        self.begins = begins

    def _play(self, begin: float, at: float) -> None:
        """Tell what the loudspeaker was given in the frame that ends now."""
        first, end = (max(0, round((moment - begin) * RATE)) for moment in (at, at + FRAME_SECONDS))
        if pcm := said().pcm[2 * first : 2 * end]:
            self.canceller.play(Played(pcm, RATE, None if first else begin))

    def quieter(self, begin: float, end: float) -> float:
        """By how many decibels what is left between these seconds is quieter than what was heard."""
        window = slice(round(begin * RATE), round(end * RATE))
        heard, left = (from_pcm(b"".join(each))[window].astype(float) for each in (self.heard, self.left))
        return float(10 * np.log10(np.sum(heard**2) / (np.sum(left**2) + 1e-9)))


@pytest.mark.parametrize(("delay", "drift"), [(0.02, 0.0), (0.08, 200e-6), (0.15, -200e-6)])
def test_its_voice_is_taken_out_whatever_the_delay_and_the_clock(delay: float, drift: float) -> None:
    evening = Evening(OwnRoom("a room", response(0.4), response(0.4), delay, drift), 3)
    begin = evening.begins[-1]
    assert evening.quieter(begin + 1.0, begin + said().seconds) > 20


def test_what_somebody_says_over_it_is_left() -> None:
    word = from_pcm(spoken("stop", around=0.0))
    evening = Evening(OwnRoom("a room", response(0.4), np.ones(1, np.float32), 0.06), 3, (word, 2.0))
    window = slice(round((evening.begins[-1] + 2.0) * RATE), round((evening.begins[-1] + 2.0) * RATE) + len(word))
    left = from_pcm(b"".join(evening.left))[window]
    likeness = np.corrcoef(left, word)[0, 1]
    before = np.corrcoef(from_pcm(b"".join(evening.heard))[window], word)[0, 1]
    assert before < 0.5
    assert likeness > 0.85


def test_frames_are_as_they_were_before_it_speaks_and_two_seconds_after() -> None:
    evening = Evening(OwnRoom("a room", response(0.4), response(0.4), 0.06), 1)
    spoke = round(evening.begins[0] / FRAME_SECONDS), round((evening.begins[0] + said().seconds + 2.1) / FRAME_SECONDS)
    changed = [
        number for number, (one, other) in enumerate(zip(evening.heard, evening.left, strict=True)) if one != other
    ]
    assert changed
    assert spoke[0] < min(changed)
    assert max(changed) < spoke[1]


def test_with_headphones_people_are_heard_as_they_speak() -> None:
    word = from_pcm(spoken("stop", around=0.0))
    room = OwnRoom("headphones", response(0.4), np.ones(1, np.float32), 0.06)
    evening = Evening(room, 2, (word, 2.0), aloud=False)
    assert abs(evening.quieter(evening.begins[-1] + 2.0, evening.begins[-1] + 2.5)) < 0.5


@pytest.mark.parametrize("delay", [2, 200, 4001, LATEST - 2])
def test_a_delay_is_found_in_noise(delay: int) -> None:
    sound = from_pcm(noise((WINDOW + LATEST) / RATE, 0.1))
    heard = padded(sound, 0, 0)[LATEST - delay :][:WINDOW] + from_pcm(noise(WINDOW / RATE, 0.05))[::-1]
    found = measured(sound, heard)
    assert found.samples == pytest.approx(delay, abs=0.2)
    assert found.clarity > 18


def test_a_closed_microphone_forgets_what_is_played() -> None:
    canceller = EchoCanceller()
    canceller.play(Played(said().pcm, RATE, 0.0))
    canceller.reset()
    frame = Frame(said().pcm[: 2 * FRAME_SAMPLES], 0.1)
    assert canceller.cancel(frame).frame is frame


def test_what_was_cut_before_it_was_heard_is_no_echo() -> None:
    playback = Playback()
    playback.begin(1000, RATE)
    playback.extend(np.ones(RATE, np.float32))
    playback.cut(RATE // 10)
    assert playback.last_sound < 1000 + 0.91 * RATE
    assert not playback.window(1000 + round(0.91 * RATE), RATE // 20).any()
    playback.cut(10 * RATE)  # more than was played
    assert not playback.window(1000, RATE).any()
