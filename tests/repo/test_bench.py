"""The bench's scoring, each on an example made by hand."""

import numpy as np
import pytest

from bench.false_actions import Recording, false_ones
from bench.heard import Command, score
from bench.latency import end_of_speech, first_sound
from bench.listener import Outcome, Taken
from bench.own_room import Air, OwnRoom
from bench.room import in_room, loudest_frame, stretch_of, with_noise
from bench.table import Row, most_expected, percent, percentile, table
from voice.messages.recognition import Mode
from voice.messages.sound import FRAME_SAMPLES, RATE, Sound
from voice.sound.resampling import Samples, from_pcm, to_pcm

THANKS = Command("thank you sam for the tea", Mode.IDLE, "appreciate_for", {"name": "Sam", "text": "the tea"})


def tone(seconds: float, loudness: float) -> Samples:
    """A low hum. loudness: of full scale."""
    time = np.arange(round(seconds * RATE)) / RATE
    return (loudness * np.sin(2 * np.pi * 200 * time)).astype(np.float32)


@pytest.mark.parametrize(
    ("taken", "right", "intent_right"),
    [
        ((Taken("appreciate_for", {"name": "Sam", "text": "The tea."}, ""),), True, True),
        ((Taken("appreciate_for", {"name": "Sam", "text": "the key"}, ""),), False, True),
        ((Taken("appreciate_for", {"name": "Sam"}, ""),), False, True),
        ((Taken("stop", {}, ""),), False, False),
        ((Taken("stop", {}, ""), Taken("appreciate_for", THANKS.slots, "")), False, False),
        ((), False, False),
    ],
)
def test_right_is_the_intent_with_its_slots_and_nothing_besides(
    taken: tuple[Taken, ...], right: bool, intent_right: bool
) -> None:
    hearing = score(THANKS, Outcome(taken, ("well",)), "somebody", "near")
    assert (hearing.right, hearing.intent_right) == (right, intent_right)


def test_an_action_is_false_unless_the_words_are_a_command() -> None:
    stop = Taken("stop", {}, "stop")

    def recording(name: str, taken: tuple[Taken, ...], *, wanted: bool) -> Recording:
        return Recording(name, Mode.IDLE, 3.0, 1, taken, wanted)

    recordings = [
        recording("talk", (), wanted=False),
        recording("talk that was obeyed", (stop,), wanted=False),
        recording("a command", (stop,), wanted=True),
        recording("a command and more", (stop, stop), wanted=True),
    ]
    assert [each.name for each in false_ones(recordings)] == ["talk that was obeyed", "a command and more"]


@pytest.mark.parametrize(("count", "bound"), [(0, 3.00), (1, 4.74), (2, 6.30), (10, 16.96)])
def test_the_bound_of_rare_events_is_that_of_the_tables(count: int, bound: float) -> None:
    assert most_expected(count) == pytest.approx(bound, abs=0.01)


def test_percentiles_are_values_that_occurred() -> None:
    values = [float(number) for number in range(20, 0, -1)]
    assert (percentile(values, 0.5), percentile(values, 0.95), percentile(values, 1.0)) == (10.0, 19.0, 20.0)
    assert percentile([7.0], 0.5) == 7.0


def test_a_share_is_never_rounded_up_to_all() -> None:
    assert [percent(1999, 2000), percent(2000, 2000), percent(0, 0)] == ["99.9 %", "100.0 %", "nothing measured"]


def test_the_table_is_markdown() -> None:
    assert table([Row("memory", "1 MB", "all of it")]).splitlines()[-1] == "| memory | 1 MB | all of it |"


def test_noise_is_as_many_decibels_below_the_loudest_frame_as_asked_for() -> None:
    speech = np.concatenate([tone(0.5, 0.1), tone(0.5, 0.4)])
    noise = np.random.default_rng(1).normal(0, 0.01, len(speech)).astype(np.float32)
    added = with_noise(speech, noise, 12.0) - speech
    assert 10 * np.log10(loudest_frame(speech) / loudest_frame(added)) == pytest.approx(12.0, abs=0.01)


def test_noise_goes_round_when_it_is_short() -> None:
    assert stretch_of(np.array([1, 2, 3, 4], dtype=np.float32), 6, 0.5).tolist() == [3, 4, 1, 2, 3, 4]


def test_a_room_adds_its_echo_and_keeps_time_and_loudness() -> None:
    click = np.zeros(RATE, dtype=np.float32)
    click[100] = 0.5
    response = np.zeros(800, dtype=np.float32)
    response[10], response[410] = 1.0, 0.5
    wet = in_room(click, response)
    assert (len(wet), wet[100], wet[500]) == (RATE, pytest.approx(0.5), pytest.approx(0.25))


def test_a_loudspeaker_is_heard_later_and_by_its_own_clock() -> None:
    clicks = np.zeros(10 * RATE, dtype=np.float32)
    clicks[[100, 9 * RATE]] = 0.5
    path = np.ones(1, dtype=np.float32)
    air = Air(OwnRoom("a room without walls", path, path, delay=0.1, drift=200e-6))
    air.play(Sound(to_pcm(clicks), RATE), 1.0)
    heard = np.concatenate([from_pcm(air.frame(n * FRAME_SAMPLES / RATE)) for n in range(12 * RATE // FRAME_SAMPLES)])
    first, second = (part + int(np.argmax(heard[part : part + 4 * RATE])) for part in (0, 8 * RATE))
    assert 100 <= first - 1.1 * RATE <= 100 + 0.011 * RATE
    assert second - first == pytest.approx((9 * RATE - 100) * (1 + 200e-6), abs=1)


def test_somebody_speaks_as_much_softer_as_asked_for() -> None:
    path = np.ones(1, dtype=np.float32)
    air = Air(OwnRoom("a room without walls", path, path))
    air.speak(tone(1.0, 0.5), 0.0, loudest=loudest_frame(tone(1.0, 0.05)))
    heard = from_pcm(b"".join(air.frame(n * FRAME_SAMPLES / RATE) for n in range(30)))
    assert np.max(np.abs(heard)) == pytest.approx(0.05, rel=0.05)


def test_speech_ends_after_its_last_audible_block() -> None:
    quiet = tone(0.5, 0.001)
    spoken = np.concatenate([quiet, tone(0.3, 0.5), tone(0.2, 0.05), quiet])  # 20 dB down is still speech
    assert end_of_speech(spoken) == RATE


def test_sound_begins_at_the_first_sample_that_is_heard() -> None:
    samples = np.zeros(1000, dtype=np.float32)
    assert first_sound(samples) is None
    samples[300:] = -0.1
    assert first_sound(samples) == 300
