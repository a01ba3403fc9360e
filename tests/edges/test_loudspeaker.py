"""The loudspeaker, heard through a virtual sound card, and the tape."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rig.virtual_card import VirtualCard, wait_until
from voice.edges.loudspeaker import Loudspeaker, Tape
from voice.errors import LoudspeakerError
from voice.messages.sound import RATE, Sound

LOUD = 1000  # of 32768


def tone(pitch: float, seconds: float, rate: int = 24_000) -> Sound:
    wave = 0.3 * np.sin(2 * np.pi * pitch * np.arange(int(seconds * rate)) / rate)
    return Sound((wave * 32767).astype("<i2").tobytes(), rate)


def loud_seconds(samples: np.ndarray) -> float:
    return float(np.count_nonzero(blocks_of(samples) > LOUD) * 0.01)


def blocks_of(samples: np.ndarray) -> np.ndarray:
    """The loudest sample of every 10 ms."""
    block = RATE // 100
    return np.abs(samples[: len(samples) // block * block].astype(int)).reshape(-1, block).max(axis=1)


def pitch_of(samples: np.ndarray) -> float:
    return float(np.argmax(np.abs(np.fft.rfft(samples))) * RATE / len(samples))


@pytest.fixture
def loudspeaker(card: VirtualCard) -> Iterator[Loudspeaker]:
    opened = Loudspeaker()
    yield opened
    opened.close()


def test_sounds_are_heard_one_after_the_other_without_a_gap(card: VirtualCard, loudspeaker: Loudspeaker) -> None:
    for _ in range(5):  # a busy machine may be late with a sound
        heard = three_tones(card, loudspeaker)
        if len(heard) == pytest.approx(120, abs=4) and (heard > LOUD).all():
            return
    pytest.fail("every time there was a gap between the sounds")


def three_tones(card: VirtualCard, loudspeaker: Loudspeaker) -> np.ndarray:
    """Blocks of 10 ms from the first loud one to the last."""
    with card.record() as recording:
        for rate in (24_000, 22_050, 16_000):
            loudspeaker.play(tone(1000, 0.4, rate))
        assert loudspeaker.playing
        wait_until(lambda: not loudspeaker.playing, 10, "the end of the sounds")
        wait_until(lambda: loud_seconds(recording.samples()) > 1.15, 5, "all of it in the recording")
        heard = blocks_of(recording.samples())
    first, last = np.flatnonzero(heard > LOUD)[[0, -1]]
    return heard[first : last + 1]


def test_another_rate_keeps_its_pitch(card: VirtualCard, loudspeaker: Loudspeaker) -> None:
    with card.record() as recording:
        loudspeaker.play(tone(440, 1.0, 22_050))
        wait_until(lambda: loud_seconds(recording.samples()) > 0.95, 10, "the tone")
        samples = recording.samples()
    assert pitch_of(samples[np.abs(samples.astype(int)) > 0]) == pytest.approx(440, abs=2)


def test_stop_is_silence_at_once_and_what_was_queued_is_gone(card: VirtualCard, loudspeaker: Loudspeaker) -> None:
    with card.record() as recording:
        loudspeaker.play(tone(500, 20.0))
        loudspeaker.play(tone(700, 20.0))
        wait_until(lambda: loud_seconds(recording.samples()) > 0.3, 10, "the tone")
        loudspeaker.stop()
        assert not loudspeaker.playing
        before = loud_seconds(recording.samples())
        length = len(recording.samples())
        wait_until(lambda: len(recording.samples()) > length + RATE, 10, "a second of what follows")
        # What was on its way to the recorder (it collects 20 ms and more) is all that may still come.
        assert loud_seconds(recording.samples()) - before < 0.25
        assert blocks_of(recording.samples()[-RATE // 2 :]).max() == 0
        loudspeaker.play(tone(700, 0.3))
        wait_until(lambda: loud_seconds(recording.samples()[length:]) > 0.25, 10, "a sound after the stop")


def test_it_finds_its_way_when_the_device_refuses_the_rate(card: VirtualCard, monkeypatch: pytest.MonkeyPatch) -> None:
    import sounddevice

    class Particular(sounddevice.RawOutputStream):
        """A device that knows its own rate only, as many do when no sound server stands before them."""

        def __init__(self, samplerate: int, **settings: object) -> None:
            if samplerate != 44_100:
                raise sounddevice.PortAudioError("Invalid sample rate", -9997)
            super().__init__(samplerate=samplerate, **settings)

    monkeypatch.setattr(sounddevice, "RawOutputStream", Particular)
    loudspeaker = Loudspeaker()
    with card.record() as recording:
        loudspeaker.play(tone(440, 0.8))
        wait_until(lambda: loud_seconds(recording.samples()) > 0.75, 10, "the tone")
        samples = recording.samples()
    loudspeaker.close()
    assert pitch_of(samples[np.abs(samples.astype(int)) > 0]) == pytest.approx(440, abs=3)


def test_a_lost_loudspeaker_is_told_once_and_taken_up_again() -> None:
    with VirtualCard() as card, card.take_over():
        loudspeaker = Loudspeaker()
        loudspeaker.play(tone(500, 30.0))
        card.kill()
        wait_until(lambda: not loudspeaker.playing, 10, "the loss to be noticed")
        told = [failure for _ in range(3) if (failure := failure_of(loudspeaker))]
        assert len(told) == 1
        assert "lost" in told[0]
        card.start()
        with card.record() as recording:
            loudspeaker.play(tone(500, 0.5))
            wait_until(lambda: loud_seconds(recording.samples()) > 0.4, 10, "the tone")
        loudspeaker.close()


def failure_of(loudspeaker: Loudspeaker) -> str:
    try:
        loudspeaker.play(tone(500, 0.1))
    except LoudspeakerError as error:
        return error.line()
    return ""


def test_no_such_loudspeaker_is_one_line(card: VirtualCard) -> None:
    with pytest.raises(LoudspeakerError, match=r"^kazoo: there is no such loudspeaker"):
        Loudspeaker("kazoo")


def test_a_machine_without_sound_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    with VirtualCard() as card, card.take_over():
        card.kill()
        with pytest.raises(LoudspeakerError, match=r"^no loudspeaker could be opened"):
            Loudspeaker()
    assert capfd.readouterr().err == ""


def test_the_tape_holds_every_sound_at_its_time(tmp_path: Path) -> None:
    path = tmp_path / "said.wav"
    tape = Tape(path)
    tape.play(tone(500, 1.0), at=1.0)
    tape.play(tone(500, 0.5, 16_000), at=3.0)
    tape.play(tone(500, 5.0), at=4.0)
    tape.stop(at=4.5)
    tape.close()
    samples, rate = soundfile.read(path, dtype="int16")
    assert (rate, samples.ndim, soundfile.info(path).subtype) == (24_000, 1, "PCM_16")
    loud = np.abs(samples[: len(samples) // 240 * 240].astype(int)).reshape(-1, 240).max(axis=1) > LOUD
    steps = np.flatnonzero(np.diff(np.concatenate([[False], loud, [False]]).astype(int)))
    assert steps.tolist() == pytest.approx([100, 200, 300, 350, 400, 450], abs=1)


def test_sounds_on_a_tape_may_overlap(tmp_path: Path) -> None:
    tape = Tape(tmp_path / "both.wav")
    tape.play(tone(500, 1.0), at=0.0)
    tape.play(tone(800, 1.0), at=0.0)
    tape.close()
    samples, rate = soundfile.read(tmp_path / "both.wav")
    strengths = np.abs(np.fft.rfft(samples[:rate]))
    assert sorted(np.argsort(strengths)[-2:]) == [500, 800]


def test_a_tape_that_cannot_be_written_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(LoudspeakerError, match="cannot be written"):
        Tape(tmp_path / "nowhere" / "said.wav")


def test_an_empty_sound_takes_no_time(loudspeaker: Loudspeaker) -> None:
    for _ in itertools.repeat(None, 3):
        loudspeaker.play(Sound(b"", 24_000))
    assert not loudspeaker.playing
