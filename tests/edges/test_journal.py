"""What is kept: real databases that are killed, shared, and searched byte by byte."""

import os
import random
import signal
import stat
import subprocess
import sys
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.support.journals import keys_at, opened
from tests.support.kept import NOW, files_with, keep, note, reopened
from voice.edges.journal import Journal
from voice.messages.actions import EndTimer, Forget, Keep, MarkAsked, MarkDone, SetSetting, SetTimer
from voice.messages.records import Asked, Note, Records, Timer


def set_timer(journal: Journal, timer: Timer) -> Timer:
    stored = journal.store(SetTimer(timer, "started"))
    assert isinstance(stored, SetTimer)
    return stored.timer


# ---- keeping --------------------------------------------------------------------------------------


def test_everything_is_there_when_it_is_opened_again(path: Path) -> None:
    journal = opened(path)
    first, second = keep(journal, "Sam picked up the kids"), keep(journal, "Sam sang, 🎵 ünd 'laughed'; --")
    tea = set_timer(journal, Timer("timer", "tea", 240.0, NOW + timedelta(seconds=240)))
    hug = set_timer(journal, Timer("hug", "hug", 20.0, None, left=7.5))
    for prompt in ("day-1", "day-2", "day-1"):
        journal.store(MarkAsked(Asked(prompt, "day", NOW, round=1)))
    journal.store(MarkDone("nightly recap", "2026-11-23"))
    journal.store(MarkDone("nightly recap", "2026-11-23"))
    journal.store(SetSetting("began last", "Alex"))
    journal.store(SetSetting("began last", "Sam"))
    journal.close()
    records = reopened(path)
    assert records == Records(
        notes=(first, second),
        asked=tuple(Asked(prompt, "day", NOW, 1) for prompt in ("day-1", "day-2", "day-1")),
        timers=(tea, hug),
        done=frozenset({("nightly recap", "2026-11-23")}),
        settings={"began last": "Sam"},
    )
    assert records.notes[0].said_at.utcoffset() == timedelta(hours=-5)


def test_ids_are_never_given_twice(journal: Journal) -> None:
    kept = keep(journal, "one")
    journal.store(Forget(kept))
    assert keep(journal, "two").id > kept.id > 0


def test_a_timer_is_changed_and_ends(journal: Journal) -> None:
    tea = set_timer(journal, Timer("timer", "tea", 240.0, NOW))
    paused = replace(tea, ends_at=None, left=100.0)
    assert set_timer(journal, paused) == paused
    assert journal.records().timers == (paused,)
    journal.store(EndTimer(paused, "cancelled"))
    assert journal.records().timers == ()


def test_a_time_without_offset_is_refused(journal: Journal) -> None:
    with pytest.raises(ValueError, match="no offset"):
        journal.store(Keep(replace(note("x"), said_at=datetime(2026, 11, 23))))
    assert journal.records().notes == ()


def test_files_are_private_under_any_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        journal = opened(path)
        seen = set[str]()
        journal._connection.set_progress_handler(lambda: seen.update(modes_under(path.parent)), 1)
        keep(journal, "Sam picked up the kids")
        journal.close()
    finally:
        os.umask(before)
    assert seen == {"journal.sqlite3 600", "journal.sqlite3-journal 600"}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def modes_under(directory: Path) -> set[str]:
    return {f"{entry.name} {stat.S_IMODE(entry.stat().st_mode):o}" for entry in os.scandir(directory)}


# ---- forgetting -----------------------------------------------------------------------------------


def test_forgotten_words_are_in_no_file(path: Path, journal: Journal) -> None:
    words = "Sam remembered the blue umbrella"
    kept = keep(journal, words)
    keep(journal, "another one")
    assert files_with(words, path.parent) == ([] if keys_at(path).of_file(path) else [path.name])
    journal.store(Forget(kept))
    assert files_with(words, path.parent) == []
    assert [note.text for note in journal.records().notes] == ["another one"]


@pytest.mark.parametrize("seed", [6, 12, 20])
def test_forgotten_words_are_in_no_file_whatever_came_before(path: Path, seed: int) -> None:
    """Rows of all lengths come and go, so that SQLite moves them from page to page.

    These are histories after which secure_delete alone leaves words in the file (SQLite 3.40).
    """
    journal, chance = opened(path), random.Random(seed)
    journal._connection.execute("PRAGMA synchronous = OFF")  # nobody pulls the plug here
    kept, forgotten = list[Note](), list[str]()
    for number in range(300):
        if kept and chance.random() < 0.45:
            gone = kept.pop(chance.randrange(len(kept)))
            journal.store(Forget(gone))
            forgotten.append(gone.text[:12])
            on_disk = path.read_bytes()
            assert [words for words in forgotten if words.encode() in on_disk] == []
        else:
            kept.append(keep(journal, f"secret {number:04} " + "x" * chance.choice([20, 60, 400, 3000, 9000])))
    assert list(journal.records().notes) == kept
    journal.close()


KEEPING = """
import sys
from datetime import datetime
from pathlib import Path
from tests.support.journals import opened
from voice.messages.actions import Forget, Keep
from voice.messages.records import Note
journal = opened(Path(sys.argv[1]))
number = 0
while True:
    number += 1
    kept = journal.store(Keep(Note("Alex", "Sam", f"kept {number:06}", "that", datetime.now().astimezone())))
    print(f"kept {number:06}", flush=True)
    if number % 3 == 0:
        journal.store(Forget(kept.note))
        print(f"forgot {number:06}", flush=True)
"""


@pytest.mark.parametrize("lines_before", [1, 20, 41, 100])
def test_a_kill_loses_nothing_acknowledged(path: Path, lines_before: int) -> None:
    child = subprocess.Popen([sys.executable, "-c", KEEPING, str(path)], stdout=subprocess.PIPE, text=True)
    assert child.stdout
    lines = [child.stdout.readline() for _ in range(lines_before)]
    child.send_signal(signal.SIGKILL)
    lines += child.stdout.readlines()
    child.wait()
    child.stdout.close()
    kept = {int(number) for word, number in map(str.split, lines) if word == "kept"}
    forgotten = {int(number) for word, number in map(str.split, lines) if word == "forgot"}
    there = {int(note.text.removeprefix("kept ")) for note in reopened(path).notes}
    last = max(kept)  # what was under way when it was killed may have happened or not
    assert there - kept <= {last + 1}
    assert kept - forgotten - there <= ({last} if last % 3 == 0 else set())
    for number in forgotten | kept - there:
        assert files_with(f"kept {number:06}", path.parent) == []
