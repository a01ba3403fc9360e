"""Where an utterance begins, pauses and ends: tables of probabilities, and real speech through the real detector."""

import math
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest

from voice.edges.sound_files import frames_of, read_sound_file
from voice.edges.voice_activity import VoiceActivity
from voice.listening.endpoint import Began, Cut, Ended, Endpoint, EndpointSettings, Paused, TooLong
from voice.messages.sound import FRAME_SAMPLES, FRAME_SECONDS, RATE, Frame, Sound

PATIENCE = 0.7  # seconds: 22 frames
STRICT = EndpointSettings(onset_frames=3)  # of the tables, so that they hold however the defaults are tuned
SPEECH, HUM, QUIET = 0.9, 0.4, 0.1  # probabilities: above the onset, between the two, below the offset


@dataclass(frozen=True)
class At:
    """What happened at which frame."""

    frame: int
    cut: Cut


def cuts_of(
    probabilities: Iterable[float],
    patience: float = PATIENCE,
    longest: float = math.inf,
    endpoint: Endpoint | None = None,
) -> list[At]:
    follower = endpoint or Endpoint(STRICT)
    pushed = (follower.push(probability, patience, longest) for probability in probabilities)
    return [At(number, cut) for number, cut in enumerate(pushed) if cut]


def frames(*parts: tuple[float, int]) -> Iterator[float]:
    for probability, count in parts:
        yield from [probability] * count


def test_a_word_begins_is_looked_at_ever_later_and_ends() -> None:
    assert cuts_of(frames((QUIET, 40), (SPEECH, 10), (QUIET, 40))) == [
        At(42, Began(lead_in=14, quiet_before=math.inf)),
        At(52, Paused(quiet=3, look=0)),
        At(55, Paused(quiet=6, look=1)),
        At(60, Paused(quiet=11, look=2)),
        At(64, Paused(quiet=15, look=3)),
        At(71, Ended(quiet=22)),
    ]


@pytest.mark.parametrize("heard", [1, 2])
def test_a_click_begins_nothing(heard: int) -> None:
    assert cuts_of(frames((QUIET, 20), (SPEECH, heard), (QUIET, 40))) == []


def test_clicks_in_a_row_begin_nothing() -> None:
    assert cuts_of([QUIET, QUIET, SPEECH, QUIET] * 50) == []


def test_a_single_frame_begins_nothing_with_the_tuned_settings() -> None:
    assert cuts_of(frames((QUIET, 20), (SPEECH, 1), (QUIET, 40)), endpoint=Endpoint()) == []


def test_a_stutter_in_the_onset_is_forgiven() -> None:
    began = cuts_of([QUIET] * 20 + [SPEECH, HUM, SPEECH, SPEECH, SPEECH])
    assert began == [At(23, Began(lead_in=15, quiet_before=math.inf))]


def test_what_is_neither_speech_nor_quiet_changes_nothing() -> None:
    assert cuts_of(frames((HUM, 200))) == []
    assert [at.cut for at in cuts_of(frames((SPEECH, 5), (HUM, 200)))] == [Began(3, math.inf)]
    assert cuts_of(frames((SPEECH, 5), (QUIET, 1), (HUM, 40)))[-1].cut == Ended(22)


def test_a_pause_inside_a_sentence_does_not_end_it() -> None:
    cuts = cuts_of(frames((SPEECH, 20), (QUIET, 15), (SPEECH, 20), (QUIET, 15), (SPEECH, 20), (QUIET, 22)))
    assert [at.cut.look for at in cuts if isinstance(at.cut, Paused)] == [0, 1, 2, 3] * 3
    assert [type(at.cut) for at in (cuts[0], cuts[-1])] == [Began, Ended]


def test_a_plate_in_a_pause_does_not_begin_it_anew() -> None:
    cuts = cuts_of(frames((SPEECH, 10), (QUIET, 10), (SPEECH, 2), (QUIET, 10)))
    assert cuts[-1] == At(31, Ended(quiet=22))


def test_two_words_close_together_are_not_a_pause() -> None:
    cuts = cuts_of(frames((SPEECH, 10), (QUIET, 2), (SPEECH, 10), (QUIET, 22)))
    assert [at.frame for at in cuts] == [2, 24, 27, 32, 36, 43]  # began; four looks at one pause; ended


def test_the_quiet_before_the_next_utterance_is_told_and_no_word_is_in_two_of_them() -> None:
    cuts = cuts_of(frames((SPEECH, 10), (QUIET, 7), (SPEECH, 10)), patience=0.1)
    assert [at.cut for at in cuts] == [
        Began(3, math.inf),
        Paused(3, look=0),
        Ended(4),
        Began(lead_in=10, quiet_before=pytest.approx(7 * FRAME_SECONDS)),
    ]


def test_patience_may_change_while_it_is_quiet() -> None:
    endpoint = Endpoint(STRICT)
    cuts_of(frames((SPEECH, 10), (QUIET, 10)), endpoint=endpoint)
    assert endpoint.push(QUIET, patience=0.3) == Ended(11)


def test_noise_without_an_end_is_cut_and_goes_on_without_quiet_before_it() -> None:
    cuts = cuts_of(frames((SPEECH, 1000)), longest=10.0)
    assert [type(at.cut) for at in cuts][:4] == [Began, TooLong, Began, TooLong]
    assert cuts[1].frame == 312  # 10 s and the frame that reaches it
    assert cuts[2].cut == Began(lead_in=3, quiet_before=0.0)


def test_an_utterance_can_be_ended_from_outside() -> None:
    endpoint = Endpoint(STRICT)
    assert endpoint.end() is None
    cuts_of(frames((SPEECH, 10), (QUIET, 3)), endpoint=endpoint)
    assert endpoint.end() == Ended(3)
    assert endpoint.end() is None


def test_after_a_reset_nothing_was_heard() -> None:
    endpoint = Endpoint(EndpointSettings(onset_frames=2))
    cuts_of(frames((SPEECH, 10)), endpoint=endpoint)
    endpoint.reset()
    assert cuts_of(frames((SPEECH, 2)), endpoint=endpoint) == [At(1, Began(2, math.inf))]


# ---- real speech ----------------------------------------------------------------------------------

WORDS = ("stop", "no", "yes", "done", "pass", "skip", "next", "again", "help", "mute", "keep it", "your turn")
SENTENCES = ("ask us a question", "i appreciate that sam picked up the kids", "set a timer for twenty minutes")
VOICES = ("en-us", "en-gb", "en-gb-scotland", "en-us+f3")
QUIET_ROOM = 0.0002  # root mean square: -74 dBFS
LEAD = 1.5  # seconds of room before what is said


def spoken(text: str, voice: str, directory: Path) -> np.ndarray:
    """What espeak-ng makes of it, RATE a second."""
    file = directory / "said.wav"
    subprocess.run(["espeak-ng", "-v", voice, "-w", str(file), text], check=True)
    pcm = b"".join(frame.pcm for frame in read_sound_file(file))
    return np.frombuffer(pcm, dtype="<i2") / 32768


def in_a_room(speech: np.ndarray, decibels: float) -> Iterator[Frame]:
    """The speech so loud (root mean square, dBFS), with quiet before and after."""
    room = np.random.default_rng(0).normal(0, QUIET_ROOM, len(speech) + 3 * RATE)
    begin = int(LEAD * RATE)
    loud = speech[np.abs(speech) > 0.01]
    room[begin : begin + len(speech)] += speech * 10 ** (decibels / 20) / np.sqrt(np.mean(loud**2))
    return frames_of(Sound((np.clip(room, -1, 0.99) * 32768).astype("<i2").tobytes(), RATE))


def extent(speech: np.ndarray) -> tuple[float, float]:
    """When it begins and ends in the room: what is less than 30 dB below its loudest 10 ms."""
    blocks = speech[: len(speech) // 160 * 160].reshape(-1, 160)
    power = (blocks**2).mean(axis=1)
    loud = np.flatnonzero(power > power.max() / 1000)
    return LEAD + loud[0] / 100, LEAD + (loud[-1] + 1) / 100


def utterances_in(heard: Iterable[Frame]) -> list[tuple[float, float]]:
    """From when to when, patience included."""
    activity = VoiceActivity()
    endpoint = Endpoint()
    found: list[tuple[float, float]] = []
    began = 0.0
    for number, frame in enumerate(heard, start=1):
        match endpoint.push(activity.probability(frame), PATIENCE, 15.0):
            case Began(lead_in=lead_in):
                began = (number - lead_in) * FRAME_SECONDS
            case Ended():
                found.append((began, number * FRAME_SECONDS))
    return found


@pytest.mark.parametrize("voice", VOICES)
@pytest.mark.parametrize("decibels", [-23, -46])
def test_every_word_is_one_whole_utterance(voice: str, decibels: float, tmp_path: Path) -> None:
    for text in WORDS + SENTENCES:
        speech = spoken(text, voice, tmp_path)
        found = utterances_in(in_a_room(speech, decibels))
        begin, end = extent(speech)
        assert len(found) == 1, text
        assert found[0][0] <= begin, text
        assert end + PATIENCE / 2 <= found[0][1] <= end + PATIENCE + 0.3, text


def test_noise_clicks_and_silence_are_no_speech() -> None:
    samples = np.arange(10 * RATE)
    noise = np.random.default_rng(0).normal(0, 0.05, len(samples))
    clicks = np.where(samples % 8000 < 40, 0.5, 0.0)
    for sound in (noise, clicks, np.zeros(len(samples))):
        assert utterances_in(frames_of(Sound((sound * 32767).astype("<i2").tobytes(), RATE))) == []


def test_after_a_reset_the_detector_hears_the_same_again(tmp_path: Path) -> None:
    activity = VoiceActivity()
    heard = list(in_a_room(spoken("stop", "en-us", tmp_path), -23))
    first = [activity.probability(frame) for frame in heard]
    activity.reset()
    assert [activity.probability(frame) for frame in heard] == first
    assert max(first) > 0.9


def test_the_detector_stays_on_one_thread() -> None:
    """Four threads that wait for each other take ten times the processor."""
    program = f"""
import os
from voice.edges.voice_activity import VoiceActivity
from voice.messages.sound import Frame
before = len(os.listdir("/proc/self/task"))
VoiceActivity().probability(Frame(bytes({2 * FRAME_SAMPLES}), 0.0))
print(len(os.listdir("/proc/self/task")) - before, os.environ.get("OMP_THREAD_LIMIT"))
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "0 None\n"
