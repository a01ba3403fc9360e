"""`hearthside hear`: real speech in files of every usual kind, answers in time with it, and files that are none."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pytest
import soundfile

from tests.support.program import Done, hearthside, home_of_two, record
from tests.support.room import line, share_heard
from voice.cli import run_command
from voice.edges.recognizer import open_recognizer
from voice.edges.sound_files import read_sound_file
from voice.language.text import plain
from voice.messages.recognition import Listening, Mode
from voice.messages.sound import RATE
from voice.sound.resampling import Samples, from_pcm, resample

LOUD, SILENT = 0.02, 0.0005  # root mean square; 1.0 is full scale


def samples(path: Path) -> Samples:
    """A sound file as the microphone would give it."""
    return from_pcm(b"".join(frame.pcm for frame in read_sound_file(path)))


def loudness(sound: Samples) -> float:
    """Its root mean square."""
    return float(np.sqrt(np.mean(np.square(sound))))


# ---- every kind of file -----------------------------------------------------------------------------


def questions(said: Sequence[str]) -> list[str]:
    """What was said, without who begins ("Alex, you go first.")."""
    return [text for text in said if not text.endswith("first.")]


def test_files_of_every_kind_are_heard(tmp_path: Path) -> None:
    sound = line("Ask us a question.", "Sam")
    speech = from_pcm(sound.pcm)
    files = []

    def save(name: str, data: Samples, rate: int, subtype: str = "PCM_16") -> None:
        files.append(tmp_path / name)
        soundfile.write(files[-1], data, rate, subtype)

    for rate in (8_000, 16_000, 22_050, 44_100, 48_000):
        save(f"{rate}.wav", resample(speech, sound.rate, rate), rate)
    save("stereo.wav", np.stack([speech, speech / 2], axis=1), sound.rate)
    save("24-bit.wav", speech, sound.rate, "PCM_24")
    save("float.wav", speech, sound.rate, "FLOAT")
    save("lossless.flac", speech, sound.rate)
    files.append(tmp_path / "robot.wav")
    robot = ("espeak-ng", "-v", "en-gb", "-s", "140", "-w", str(files[-1]), "Ask us a question.")
    subprocess.run(robot, check=True)
    done = hearthside("hear", *files, "--json", "--home", home_of_two(tmp_path / "home"))
    assert (done.code, done.err) == (0, "")
    assert done.intents() == ["ask"] * len(files), done.out
    assert len(set(questions(done.said()))) == len(files)  # ten prompts, none twice


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("missing.wav", None, "there is no such file"),
        ("empty.wav", b"", "this is no sound file that can be read"),
        ("text.wav", b"Ask us a question.\n" * 50, "this is no sound file that can be read"),
        ("cut.wav", b"RIFF\x24\x00\x00\x00WAVEfmt ", "this is no sound file that can be read"),
        ("cut.flac", b"fLaC\x00\x00\x00\x22", "this is no sound file that can be read"),
    ],
)
def test_what_is_no_sound_file_gets_a_line_and_nothing_happens(
    tmp_path: Path, name: str, content: bytes | None, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (tmp_path / name).write_bytes(content)
    good = record(tmp_path / "good.wav", "Ask us a question.")
    home = tmp_path / "home"
    assert run_command(["hear", str(good), str(tmp_path / name), "--home", str(home)]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{tmp_path / name}: {told}.")
    assert len(err.splitlines()) == 1
    assert not home.exists()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--speak", "no-folder/answers.wav"), "no-folder/answers.wav: this file cannot be written."),
        (("--now", "supper"), '--now: "supper" is no local time.'),
    ],
)
def test_options_that_cannot_be_meant_get_a_line(
    tmp_path: Path,
    options: tuple[str, str],
    told: str,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    record(tmp_path / "good.wav", "Ask us a question.")
    assert run_command(["hear", "good.wav", *options, "--home", "home"]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(told)
    assert len(err.splitlines()) == 1


def test_noise_music_and_silence_are_no_reason_to_speak(tmp_path: Path) -> None:
    seconds = np.arange(20 * RATE) / RATE
    beat = np.exp(-4 * (seconds % 0.5))
    tune = sum(np.sin(2 * np.pi * pitch * seconds) for pitch in (220.0, 277.2, 329.6)) * beat / 10
    pieces = {
        "silence": np.zeros(20 * RATE),
        "hiss": np.random.default_rng(7).normal(0, 0.05, 20 * RATE),
        "music": tune,
        "knocks": np.random.default_rng(8).normal(0, 0.3, 20 * RATE) * np.exp(-60 * (seconds % 1.7)),
    }
    files = [tmp_path / f"{name}.flac" for name in pieces]
    for file, piece in zip(files, pieces.values(), strict=True):
        soundfile.write(file, piece, RATE)
    done = hearthside("hear", *files, "--json", "--home", home_of_two(tmp_path / "home"))
    assert (done.code, done.err) == (0, "")
    assert [each for each in done.events if each["event"] not in ("heard", "ignored", "listening")] == []


# ---- in time with the audio -------------------------------------------------------------------------


@dataclass(frozen=True)
class Taped:
    """One evening from files, heard twice; what was said is on two tapes."""

    inputs: list[Path]
    first: Done
    again: Done
    tapes: tuple[Path, Path]


@pytest.fixture(scope="module")
def taped(tmp_path_factory: pytest.TempPathFactory) -> Taped:
    folder = tmp_path_factory.mktemp("taped")
    spoken = ("Ask us a question.", "Well, I would say it was the long walk by the sea.", "Another one.")
    inputs = [record(folder / f"{number}.wav", words) for number, words in enumerate(spoken)]
    tapes = (folder / "first-answers.wav", folder / "second-answers.wav")

    def run(tape: Path) -> Done:
        home = home_of_two(folder / f"home of {tape.stem}")
        return hearthside("hear", *inputs, "--speak", tape, "--json", "--now", "2026-11-23T19:30", "--home", home)

    return Taped(inputs, run(tapes[0]), run(tapes[1]), tapes)


def test_the_same_files_give_the_same_evening(taped: Taped) -> None:
    assert taped.first.intents() == ["ask", "another"]
    assert taped.first == taped.again
    first, again = taped.tapes
    assert first.read_bytes() == again.read_bytes()


def test_the_tape_holds_each_answer_when_it_was_said(taped: Taped) -> None:
    tape = samples(taped.tapes[0])
    said = [each for each in taped.first.of("said") if questions([str(each["text"])])]
    assert len(said) == 2
    recognizer = open_recognizer("moonshine", None)
    try:
        for each in said:
            at = round(float(str(each["at"])) * RATE)
            assert loudness(tape[at - RATE // 2 : at]) < SILENT
            assert loudness(tape[at : at + RATE]) > LOUD
            recognizer.listen(Listening(Mode.IDLE))
            recognizer.accept((tape[at : at + 8 * RATE] * 32767).astype("<i2").tobytes())
            assert share_heard(str(each["text"]), plain(recognizer.finish().text)) >= 0.8
    finally:
        recognizer.close()


def test_the_tape_is_as_long_as_the_evening(taped: Taped) -> None:
    heard = sum(len(samples(each)) for each in taped.inputs)
    assert len(samples(taped.tapes[0])) >= heard
