"""Voices that die, hang or are not there: another one speaks, and no file is left."""

import os
import signal
import stat
from pathlib import Path
from threading import Event
from time import sleep
from typing import NoReturn

import pytest

from voice.child import Child
from voice.edges import synthesizer as seam
from voice.edges.synthesizer import Synthesizer
from voice.edges.synthesizer_natural import NaturalVoice
from voice.edges.synthesizer_system import SystemVoice
from voice.errors import SynthesizerError
from voice.messages.sound import Sound
from voice.sound.sentence_file import sentence_file

SENTENCE = "What is one small thing that made you smile today?"


class SilentlyHanging:
    """A voice that never answers."""

    def render(self, text: str, words_per_minute: float) -> Sound:
        Event().wait()
        raise AssertionError("nobody can wake it")


class Dying:
    """A voice that kills its process."""

    def render(self, text: str, words_per_minute: float) -> NoReturn:
        os.kill(os.getpid(), signal.SIGKILL)
        raise AssertionError("it is dead")


class NeverBorn:
    """A voice that cannot be loaded."""

    def __init__(self) -> None:
        raise OSError("the model is damaged")


# ---- when it fails ----------------------------------------------------------------------------------


def test_a_killed_voice_comes_back() -> None:
    with Child(NaturalVoice, name="natural") as child:
        voice = Synthesizer([child])
        voice.warm_up()
        assert child.pid
        os.kill(child.pid, signal.SIGKILL)
        assert voice.render(SENTENCE, "dinner").seconds > 2
        assert voice.engine == "natural"


@pytest.mark.parametrize("broken", [SilentlyHanging, Dying, NeverBorn])
def test_the_machine_speaks_when_the_natural_voice_cannot(broken: type, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(seam, "PATIENCE", 0.5)
    voice = Synthesizer([Child(broken, name="natural"), Child(SystemVoice, "en", name="system")])
    assert voice.render(SENTENCE, "dinner").seconds > 2
    assert voice.engine == "system"
    voice.close()


SOUND_BEGINS = (b"RIFF", b"FORM", b".snd", b"OggS", b"fLaC", b"ID3")
CANARY = "The blue umbrella of the canary stands behind the kitchen door. " * 12


def test_a_voice_killed_in_a_sentence_leaves_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Killed at twenty moments of a sentence; in every folder that a program writes to by itself all files are read."""
    monkeypatch.chdir(tmp_path)
    for variable in ("TMPDIR", "HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_RUNTIME_DIR"):
        monkeypatch.setenv(variable, str(tmp_path))
    child = Child(SystemVoice, "en", name="system")
    for number in range(20):
        assert child.wait()
        child.tell("render", CANARY, 300)
        sleep(0.004 * number)
        assert child.pid
        os.kill(child.pid, signal.SIGKILL)
        child.close()
    assert telling(tmp_path) == []
    (tmp_path / "a").write_bytes(b"RIFF" + bytes(40))
    (tmp_path / "b").write_text(f"<speak>{CANARY}</speak>")
    (tmp_path / "c").write_text("cookie")
    assert telling(tmp_path) == ["a", "b"], "the test does not see what it looks for"


def telling(directory: Path) -> list[str]:
    """The files from which somebody could hear or read a sentence."""
    files = {each: each.read_bytes() for each in sorted(directory.rglob("*")) if each.is_file()}
    return [
        each.name
        for each, content in files.items()
        if content.startswith(SOUND_BEGINS) or b"umbrella" in content or "hearthside" in each.name
    ]


def test_where_no_file_lives_in_memory_start_and_end_clear_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with sentence_file(in_memory=False) as file:
        file.write_bytes(b"RIFF")
        assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert not file.exists()
    file.write_bytes(b"of a process that was killed")
    voice = SystemVoice("en")
    assert not file.exists()
    file.write_bytes(b"of another one")
    child = Child(Dying, name="system")
    Synthesizer([child]).close()
    assert not file.exists()
    assert voice.render(SENTENCE, 150).seconds > 2


def test_without_any_voice_it_says_so() -> None:
    with Child(Dying, name="natural") as child, pytest.raises(SynthesizerError, match="natural voice died"):
        Synthesizer([child]).render(SENTENCE, "dinner")


def test_a_sentence_said_before_needs_no_voice() -> None:
    child = Child(SystemVoice, "en", name="system")
    voice = Synthesizer([child])
    first = voice.render(SENTENCE, "dinner")
    voice.close()
    assert voice.render(SENTENCE, "dinner") == first
    assert child.pid is None
