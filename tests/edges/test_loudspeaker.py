"""The loudspeaker, heard through a virtual sound card, and the tape."""

import itertools
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rig.virtual_card import VirtualCard, wait_until
from voice.edges.loudspeaker import Loudspeaker, Tape
from voice.errors import LoudspeakerError
from voice.messages.sound import RATE, Played, Sound
from voice.sound.output_stream import OutputStream
from voice.sound.portaudio import Device

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


def test_what_was_paused_goes_on_from_its_last_clause(card: VirtualCard, loudspeaker: Loudspeaker) -> None:
    gap = Sound(bytes(2 * 7200), 24_000)
    low, high = tone(500, 1.0), tone(700, 2.0)
    loudspeaker.play(Sound(low.pcm + gap.pcm + high.pcm, 24_000))
    loudspeaker.play(tone(900, 0.5))
    with card.record() as recording:
        wait_until(lambda: loud_seconds(recording.samples()) > 1.7, 10, "the second tone")
        loudspeaker.pause()
        length = len(recording.samples())
        wait_until(lambda: len(recording.samples()) > length + RATE, 10, "a second of what follows")
        assert loudspeaker.playing
        assert blocks_of(recording.samples()[-RATE // 2 :]).max() == 0
        length = len(recording.samples())
        loudspeaker.go_on()
        wait_until(lambda: not loudspeaker.playing, 10, "the end of the sounds")
        wait_until(lambda: loud_seconds(recording.samples()[length:]) > 2.4, 5, "all of it in the recording")
        rest = recording.samples()[length:]
    assert loud_seconds(rest) == pytest.approx(2.5, abs=0.1)
    first = np.flatnonzero(np.abs(rest.astype(int)) > LOUD)[0]
    assert pitch_of(rest[first : first + RATE // 2]) == pytest.approx(700, abs=3)


def test_stop_ends_a_pause(card: VirtualCard, loudspeaker: Loudspeaker) -> None:
    with card.record() as recording:
        loudspeaker.play(tone(500, 20.0))
        wait_until(lambda: loud_seconds(recording.samples()) > 0.3, 10, "the tone")
        loudspeaker.pause()
        loudspeaker.stop()
        assert not loudspeaker.playing
        loudspeaker.play(tone(700, 0.3))
        wait_until(lambda: not loudspeaker.playing, 10, "the end of the next sound")


def test_it_tells_what_it_plays_and_when_that_began(card: VirtualCard, loudspeaker: Loudspeaker) -> None:
    told = list[Played]()
    loudspeaker.on_played = told.append
    sounds = tone(500, 0.4), tone(700, 0.3)
    for _ in range(2):
        told.clear()
        before = time.monotonic()
        for sound in sounds:
            loudspeaker.play(sound)
        wait_until(lambda: not loudspeaker.playing, 10, "the end of the sounds")
        played = b"".join(each.pcm for each in told)
        assert played.startswith(sounds[0].pcm + sounds[1].pcm)
        assert not any(played[len(sounds[0].pcm + sounds[1].pcm) :])
        first, *others = told
        assert first.began is not None
        assert before <= first.began <= time.monotonic()
        assert [each.began for each in others] == [None] * len(others)


class ParticularStream(OutputStream):
    """Of a device that knows its own rate only, as many do when no sound server stands before them."""

    def _open_at(self, device: Device, rate: int) -> None:
        if rate != 44_100:
            raise self._portaudio.PortAudioError("Invalid sample rate", -9997)
        super()._open_at(device, rate)


def test_it_finds_its_way_when_the_device_refuses_the_rate(card: VirtualCard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voice.edges.loudspeaker.OutputStream", ParticularStream)
    loudspeaker = Loudspeaker()
    with card.record() as recording:
        loudspeaker.play(tone(440, 0.8))
        wait_until(lambda: loud_seconds(recording.samples()) > 0.75, 10, "the tone")
        samples = recording.samples()
    loudspeaker.close()
    assert pitch_of(samples[np.abs(samples.astype(int)) > 0]) == pytest.approx(440, abs=3)


def test_what_a_lost_loudspeaker_had_begun_is_played_once_when_it_is_back() -> None:
    trouble: list[str] = []
    back: list[str] = []
    with VirtualCard() as card, card.take_over():
        loudspeaker = Loudspeaker(None, trouble.append, back.append)
        with card.record() as recording:
            loudspeaker.play(tone(500, 2.0))
            wait_until(lambda: loud_seconds(recording.samples()) > 0.5, 10, "the beginning of the tone")
            card.kill()
        wait_until(lambda: trouble, 15, "the loss to be told")
        loudspeaker.play(tone(700, 0.5))
        loudspeaker.play(tone(700, 0.5))
        assert loudspeaker.playing
        card.start()
        with card.record() as recording:
            wait_until(lambda: not loudspeaker.playing, 20, "the end of the sounds")
            wait_until(lambda: loud_seconds(recording.samples()) > 2.4, 5, "all of it in the recording")
            time.sleep(1.0)  # nothing more comes
            assert loud_seconds(recording.samples()) < 2.7
        loudspeaker.close()
    assert len(trouble) == len(back) == 1
    assert "the loudspeaker was lost" in trouble[0]


def test_a_server_that_is_restarted_in_between_is_nothing_to_tell() -> None:
    trouble: list[str] = []
    with VirtualCard() as card, card.take_over():
        loudspeaker = Loudspeaker(None, trouble.append)
        loudspeaker.play(tone(500, 0.1))
        wait_until(lambda: not loudspeaker.playing, 20, "the end of the sound")
        card.kill()
        card.start()
        with card.record() as recording:
            loudspeaker.play(tone(500, 1.0))
            wait_until(lambda: loud_seconds(recording.samples()) > 0.9, 20, "the tone")
        loudspeaker.close()
    assert trouble == []


def test_nothing_waits_for_a_loudspeaker_that_stays_away_or_was_never_there() -> None:
    trouble: list[str] = []
    with VirtualCard() as card, card.take_over():
        loudspeaker = Loudspeaker(None, trouble.append)
        loudspeaker.hold = 1.0
        loudspeaker.play(tone(500, 30.0))
        loudspeaker.opened()
        card.kill()
        wait_until(lambda: not loudspeaker.playing, 30, "the sound to be given up")
        loudspeaker.play(tone(500, 1.0))
        assert not loudspeaker.playing
        loudspeaker.close()
        never = Loudspeaker(None, trouble.append)
        never.play(tone(500, 1.0))
        wait_until(lambda: not never.playing, 30, "the sound to be dropped")
        card.start()
        wait_until(lambda: (never.play(tone(500, 0.5)), never.playing)[1], 20, "the loudspeaker to be there")
        never.close()
    assert [line.split(".")[0] for line in trouble] == ["the loudspeaker was lost", "no loudspeaker could be opened"]


def test_no_such_loudspeaker_is_one_line(card: VirtualCard) -> None:
    with (
        closing(Loudspeaker("kazoo")) as loudspeaker,
        pytest.raises(LoudspeakerError, match=r"^kazoo: there is no such loudspeaker"),
    ):
        loudspeaker.opened()


def test_a_machine_without_sound_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    with VirtualCard() as card, card.take_over():
        card.kill()
        with (
            closing(Loudspeaker()) as loudspeaker,
            pytest.raises(LoudspeakerError, match=r"^no loudspeaker could be opened"),
        ):
            loudspeaker.opened()
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
