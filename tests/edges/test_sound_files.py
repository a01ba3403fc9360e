"""Sound files are read as the microphone would give them; what is none, or no sound, gets one line."""

import os
from pathlib import Path

import numpy as np
import pytest
import soundfile

from voice.edges.sound_files import read_sound_file
from voice.errors import MicrophoneError
from voice.sound.resampling import from_pcm


@pytest.mark.parametrize(
    ("name", "kind", "samples"),
    [
        ("call.wav", "WAV", "GSM610"),
        ("call.wav", "WAV", "MS_ADPCM"),
        ("call.au", "AU", "ULAW"),
        ("call.w64", "W64", "GSM610"),
        ("call.ogg", "OGG", "VORBIS"),
        ("call.flac", "FLAC", "PCM_16"),
    ],
)
def test_every_kind_is_heard_to_its_end(tmp_path: Path, name: str, kind: str, samples: str) -> None:
    file = tmp_path / name
    soundfile.write(file, np.zeros(16_000), 8_000, format=kind, subtype=samples)
    assert len(list(read_sound_file(file))) == 63  # two seconds in frames of 32 ms


@pytest.mark.parametrize(
    "name", ["samples.raw", "samples.g721", "letter.wav", "pipe.wav", "nowhere.wav", "/dev/zero", ""]
)
def test_what_is_none_gets_a_line(tmp_path: Path, name: str) -> None:
    """Raw samples say nothing of their rate; a pipe or a device would be waited for, or read for ever."""
    file = tmp_path / name
    if name.startswith("samples"):
        file.write_bytes(bytes(1000))
    elif name == "letter.wav":
        file.write_text("Dear grandma", encoding="utf-8")
    elif name == "pipe.wav":
        os.mkfifo(file)
    with pytest.raises(MicrophoneError) as caught:
        list(read_sound_file(file))
    assert caught.value.line().startswith(f"{file}: ")


@pytest.mark.parametrize(
    "samples",
    [
        np.full((3000, 2), 3e38, dtype=np.float32),
        np.array([[np.inf, -np.inf]] * 3000, dtype=np.float32),
        np.array([np.nan, 1e38, -1e38, np.inf] * 2000, dtype=np.float32),
    ],
)
def test_a_file_of_numbers_that_are_no_sound_is_read_without_a_warning(tmp_path: Path, samples: np.ndarray) -> None:
    soundfile.write(tmp_path / "a.wav", samples, 44_100, subtype="FLOAT")
    heard = np.concatenate([from_pcm(frame.pcm) for frame in read_sound_file(tmp_path / "a.wav")])
    assert len(heard) >= len(samples) * 16 / 44.1
    assert np.all(np.abs(heard) <= 1)


@pytest.mark.parametrize("rate", [1, 999, 2**31 - 1])
def test_a_rate_at_which_nobody_speaks_is_told(tmp_path: Path, rate: int) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros(10, dtype=np.float32), rate)
    with pytest.raises(MicrophoneError, match="no rate of speech"):
        list(read_sound_file(tmp_path / "a.wav"))
