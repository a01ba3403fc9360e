"""How the two sound, in the journal: kept as other things are, and in no file once it is forgotten."""

from datetime import datetime
from math import hypot
from pathlib import Path
from random import Random

import pytest

from tests.edges.test_journal import keep
from tests.support.journals import HOW, begin, change, opened
from voice.edges.journal.rows import as_text
from voice.errors import DamagedJournal
from voice.messages.actions import ForgetEverything, ForgetVoices, KeepVoices, Rename
from voice.messages.records import LearnedVoice

NIGHT = datetime(2026, 11, 23, 22, 0).astimezone()


def learned(who: str, seed: int) -> LearnedVoice:
    numbers = [Random(seed + place).gauss(0, 1) for place in range(256)]
    return LearnedVoice(who, tuple(number / hypot(*numbers) for number in numbers))


ALEX, SAM = learned("Alex", 1), learned("Sam", 1000)


def files_with(voice: LearnedVoice, directory: Path) -> list[str]:
    kept = as_text(voice.embedding).encode()
    return [file.name for file in directory.rglob("*") if file.is_file() and kept in file.read_bytes()]


@pytest.fixture(params=HOW)
def path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return begin(tmp_path / "home" / "journal.sqlite3", request.param)


def test_voices_are_there_when_the_journal_is_opened_again(path: Path) -> None:
    journal = opened(path)
    journal.store(KeepVoices((ALEX, SAM)))
    journal.close()
    kept = opened(path).records().voices
    assert [voice.who for voice in kept] == ["Alex", "Sam"]
    for before, after in zip((ALEX, SAM), kept, strict=True):
        assert after.embedding == pytest.approx(before.embedding, abs=1e-4)
        assert "embedding" not in repr(after)


@pytest.mark.parametrize("everything", [False, True])
def test_forgotten_voices_are_in_no_file_and_no_copy(tmp_path: Path, everything: bool) -> None:
    path = tmp_path / "journal.sqlite3"
    journal = opened(path)
    keep(journal, "so that there are words to copy")
    journal.store(KeepVoices((ALEX, SAM)))
    journal.copy(NIGHT)
    assert len(files_with(SAM, tmp_path)) == 2  # the journal and its copy
    journal.store(ForgetEverything() if everything else ForgetVoices(journal.records().voices))
    assert journal.records().voices == ()
    assert files_with(ALEX, tmp_path) == files_with(SAM, tmp_path) == []


def test_a_new_name_keeps_its_voice(path: Path) -> None:
    journal = opened(path)
    journal.store(KeepVoices((ALEX, SAM)))
    journal.store(Rename(("Alex", "Sam"), ("Lexi", "Sam")))
    assert [voice.who for voice in journal.records().voices] == ["Lexi", "Sam"]


@pytest.mark.parametrize("text", ["no numbers", "abc", "ab"])
def test_a_voice_that_is_none_is_damage(path: Path, text: str) -> None:
    opened(path).close()
    change(path, f"INSERT INTO voices (who, embedding) VALUES ('Alex', '{text}')")
    with pytest.raises(DamagedJournal):
        opened(path)
