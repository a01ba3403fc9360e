"""The microphone on a virtual sound card that is unplugged, dies and comes back; and sound files in its place."""

import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import numpy as np
import pytest
import soundfile

from rig.virtual_card import VirtualCard, wait_until
from voice.edges.microphone import Microphone
from voice.edges.sound_files import frames_of, read_sound_file
from voice.errors import MicrophoneError
from voice.messages.sound import FRAME_SAMPLES, RATE, Frame, Played, Sound
from voice.sound.input_stream import InputStream
from voice.sound.portaudio import Device

CHIRP_SECONDS = 1.0


def chirp(rate: int = RATE) -> Sound:
    """From 300 to 3000 Hz: nothing else looks like it, wherever it begins."""
    seconds = np.arange(int(CHIRP_SECONDS * rate)) / rate
    wave = 0.3 * np.sin(2 * np.pi * (300 * seconds + 1350 * seconds**2))
    return Sound((wave * 32767).astype("<i2").tobytes(), rate)


def samples_of(frames: Iterable[Frame]) -> np.ndarray:
    return np.frombuffer(b"".join(frame.pcm for frame in frames), dtype="<i2").astype(float)


def likeness(frames: Iterable[Frame], sound: Sound) -> float:
    """The greatest normalized cross-correlation: 1 where the very sound is found in the frames."""
    heard, wanted = samples_of(frames), np.frombuffer(sound.pcm, dtype="<i2").astype(float)
    if len(heard) < len(wanted):
        return 0.0
    size = len(heard) + len(wanted)
    products = np.fft.irfft(np.fft.rfft(heard, size) * np.conj(np.fft.rfft(wanted, size)), size)[: len(heard)]
    until = np.concatenate([[0.0], np.cumsum(heard**2)])
    energy = until[np.minimum(np.arange(len(heard)) + len(wanted), len(heard))] - until[:-1]
    return float((products / np.sqrt(energy * (wanted**2).sum() + 1)).max())


class Listener:
    """A thread that reads the microphone, as the program does."""

    def __init__(self, microphone: Microphone) -> None:
        self._microphone = microphone
        self.frames: list[Frame] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._work)
        self._thread.start()

    def _work(self) -> None:
        while not self._over.is_set():
            if frame := self._microphone.read(0.05):
                self.frames.append(frame)

    def end(self) -> None:
        self._over.set()
        self._thread.join()


@contextmanager
def listening(microphone: Microphone) -> Iterator[Listener]:
    with microphone:
        listener = Listener(microphone)
        try:
            yield listener
        finally:
            listener.end()


def say_until_heard(card: VirtualCard, listener: Listener) -> None:
    """Say it, again where a busy machine lost a part of it on its way."""
    for _ in range(5):
        card.say(chirp())
        if likeness(list(listener.frames), chirp()) > 0.95:
            return
    pytest.fail("what was said is not in the frames")


def test_what_is_said_in_the_room_arrives_in_frames(card: VirtualCard) -> None:
    with listening(Microphone()) as listener:
        say_until_heard(card, listener)
    assert {len(frame.pcm) for frame in listener.frames} == {2 * FRAME_SAMPLES}
    steps = np.diff([frame.at for frame in listener.frames])
    assert listener.frames[0].at == 0
    assert steps == pytest.approx(FRAME_SAMPLES / RATE)


def test_it_knows_when_what_is_played_began_on_its_own_clock(card: VirtualCard) -> None:
    microphone = Microphone()
    with listening(microphone) as listener:
        wait_until(lambda: len(listener.frames) > 30, 10, "a second of sound")
        now = microphone.on_its_clock(Played(b"", RATE, time.monotonic()))
        assert now is not None
        assert now.began == pytest.approx(listener.frames[-1].at, abs=0.5)
        assert microphone.on_its_clock(Played(b"", RATE)) == Played(b"", RATE)
    assert microphone.on_its_clock(Played(b"", RATE, time.monotonic())) is None


class ParticularStream(InputStream):
    """Of a device that knows its own rate only."""

    def _open_at(self, device: Device, rate: int) -> None:
        if rate != 44_100:
            raise self._portaudio.PortAudioError("Invalid sample rate", -9997)
        super()._open_at(device, rate)


def test_a_microphone_that_refuses_16_khz_is_resampled(card: VirtualCard, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("voice.edges.microphone.InputStream", ParticularStream)
    with listening(Microphone()) as listener:
        say_until_heard(card, listener)


def test_an_unplugged_microphone_is_told_once_and_comes_back(card: VirtualCard) -> None:
    trouble: list[str] = []
    back: list[str] = []
    with listening(Microphone(on_trouble=trouble.append, on_back=back.append)) as listener:
        wait_until(lambda: listener.frames, 10, "the first frame")
        card.unplug()
        try:
            wait_until(lambda: trouble, 20, "the loss to be told")
        finally:
            card.replug()
        wait_until(lambda: back, 30, "the microphone to be taken up again")
        del listener.frames[:-1]
        say_until_heard(card, listener)
    assert len(trouble) == len(back) == 1
    assert "digital silence" in trouble[0]


def test_a_sound_server_that_dies_is_told_once_and_comes_back() -> None:
    trouble: list[str] = []
    back: list[str] = []
    with (
        VirtualCard() as card,
        card.take_over(),
        listening(Microphone(on_trouble=trouble.append, on_back=back.append)) as listener,
    ):
        wait_until(lambda: len(listener.frames) > 3, 10, "the first frames")
        card.kill()
        wait_until(lambda: trouble, 10, "the loss to be told")
        last = listener.frames[-1].at
        card.start()
        wait_until(lambda: back, 20, "the microphone to be taken up again")
        say_until_heard(card, listener)
    assert len(trouble) == len(back) == 1
    assert "was lost" in trouble[0]
    following = next(frame.at for frame in listener.frames if frame.at > last)
    assert following > last + 2 * FRAME_SAMPLES / RATE, "the time of the loss counts"


def test_one_that_is_gone_when_it_is_wanted_again_is_told_once_and_comes_back() -> None:
    trouble: list[str] = []
    back: list[str] = []
    with VirtualCard() as card, card.take_over(), Microphone(None, trouble.append, back.append) as microphone:
        wait_until(lambda: microphone.read(1.0), 10, "a frame")
        microphone.pause()
        card.kill()
        microphone.open()
        for _ in range(40):
            assert microphone.read(0.05) is None
        card.start()
        wait_until(lambda: microphone.read(0.05) and back, 20, "the microphone to be taken up again")
    assert (len(trouble), len(back)) == (1, 1)


def test_a_closed_microphone_hears_nothing_until_it_is_opened_again(card: VirtualCard) -> None:
    microphone = Microphone()
    with listening(microphone) as listener:
        wait_until(lambda: listener.frames, 10, "a frame")
    with pytest.raises(MicrophoneError, match="closed"):
        microphone.read(0.1)
    before = listener.frames[-1].at
    with microphone:
        wait_until(lambda: (frame := microphone.read(1.0)) and listener.frames.append(frame) is None, 10, "a frame")
        assert listener.frames[-1].at == pytest.approx(before + FRAME_SAMPLES / RATE)
        assert -85 < microphone.level < -60  # the tone of the virtual room


def test_when_nobody_reads_the_oldest_sound_is_dropped_and_time_goes_on(
    card: VirtualCard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("voice.edges.microphone.BLOCKS_KEPT", 5)
    with Microphone() as microphone:
        card.say(chirp())
        frames = [frame for _ in range(10) if (frame := microphone.read(1.0))]
    assert len(frames) == 10
    assert frames[0].at > 0.5


@pytest.mark.parametrize("device", ["kazoo", 99])
def test_no_such_microphone_is_one_line(card: VirtualCard, device: str | int) -> None:
    with pytest.raises(MicrophoneError) as caught:
        Microphone(device).open()
    assert "\n" not in caught.value.line()
    assert str(device) in caught.value.line()


def test_a_machine_without_sound_is_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    with VirtualCard() as card, card.take_over():
        card.kill()
        with pytest.raises(MicrophoneError, match=r"^no microphone could be opened. Plug one in"):
            Microphone().open()
    assert capfd.readouterr().err == ""


def test_one_that_is_not_there_yet_is_waited_for() -> None:
    trouble, back = list[str](), list[str]()
    with VirtualCard() as card, card.take_over(), closing(Microphone(None, trouble.append, back.append)) as microphone:
        card.kill()
        microphone.open(patient=True)
        assert microphone.read(0.1) is None
        assert [line.split(". ")[0] for line in trouble] == ["no microphone could be opened"]
        card.start()
        wait_until(lambda: microphone.read(0.05) and back, 20, "the microphone to be found")
    assert (len(trouble), back) == (1, ["The microphone is back."])


@pytest.mark.parametrize(
    ("rate", "channels", "kind"),
    [(16_000, 1, "WAV"), (48_000, 2, "WAV"), (44_100, 1, "FLAC"), (8_000, 1, "FLAC"), (22_050, 2, "FLAC")],
)
def test_a_sound_file_of_any_rate_becomes_frames(tmp_path: Path, rate: int, channels: int, kind: str) -> None:
    samples = np.frombuffer(chirp(rate).pcm, dtype="<i2")
    path = tmp_path / f"chirp.{kind.lower()}"
    soundfile.write(path, np.column_stack([samples] * channels), rate, format=kind)
    frames = list(read_sound_file(path))
    assert len(frames) == -(-int(CHIRP_SECONDS * RATE) // FRAME_SAMPLES)
    assert {len(frame.pcm) for frame in frames} == {2 * FRAME_SAMPLES}
    assert frames[-1].at == (len(frames) - 1) * FRAME_SAMPLES / RATE
    assert likeness(frames, chirp()) > 0.98


def test_what_is_above_our_band_does_not_come_back_as_something_else() -> None:
    seconds = np.arange(48_000) / 48_000
    whistle = Sound((0.5 * 32767 * np.sin(2 * np.pi * 11_000 * seconds)).astype("<i2").tobytes(), 48_000)
    assert np.abs(samples_of(frames_of(whistle))[1000:-1000]).max() <= 1  # of 32768: -90 dB


def test_a_sound_in_frames_is_the_sound_itself() -> None:
    assert b"".join(frame.pcm for frame in frames_of(chirp())).startswith(chirp().pcm)


@pytest.mark.parametrize(
    ("content", "what"),
    [(None, "there is no such file"), (b"", "no sound file"), (b"RIFF, or so it says", "no sound file")],
)
def test_a_file_that_cannot_be_heard_is_one_line(tmp_path: Path, content: bytes | None, what: str) -> None:
    path = tmp_path / "evening.wav"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(MicrophoneError, match=what) as caught:
        list(read_sound_file(path))
    assert caught.value.where == str(path)


def test_a_sound_file_without_sound_is_one_line(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "empty.wav", np.zeros(0, dtype=np.int16), RATE)
    with pytest.raises(MicrophoneError, match="holds no sound"):
        list(read_sound_file(tmp_path / "empty.wav"))
