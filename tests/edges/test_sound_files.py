"""Sound files of all kinds are read as the microphone would give them, and what is none gets one line."""

import os
from pathlib import Path

import numpy
import pytest
import soundfile

from voice.edges.sound_files import read_sound_file
from voice.errors import MicrophoneError


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
    soundfile.write(file, numpy.zeros(16_000), 8_000, format=kind, subtype=samples)
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
