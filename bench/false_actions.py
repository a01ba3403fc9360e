"""False actions: how often people's talk, or noise, triggers an intent, in two modes."""

import json
import sys
from collections.abc import Iterable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from bench.listener import Listener, Taken
from bench.room import padded, read_sound
from bench.table import Part, Row, most_expected
from voice.messages.meaning import Match
from voice.messages.recognition import Mode
from voice.messages.sound import RATE

TALK = (
    "ami_conversation",
    "librispeech_other",
    "misc_commands",
    "near_miss",
    "noise",
    "picovoice",
    "read_speech",
    "spontaneous",
    "wakewords",
)
MODES = (Mode.IDLE, Mode.QUESTION)
BEFORE, AFTER = 0.5, 1.5  # seconds around a recording
FILES_A_JOB = 60


@dataclass(frozen=True, slots=True)
class Recording:
    """What came of one recording in one mode. utterances: how many were read. wanted: its words are a command here."""

    name: str
    mode: Mode
    seconds: float
    utterances: int
    taken: tuple[Taken, ...]
    wanted: bool


@dataclass(frozen=True, slots=True)
class Job:
    """Some recordings in one mode, for one process."""

    files: tuple[Path, ...]
    mode: Mode


def measure(speech: Path, *, workers: int, every: int) -> Part:
    """All talk in both modes."""
    files = [path for name in TALK for path in sorted((speech / name).glob("*.flac"))][::every]
    parts = [tuple(files[begin : begin + FILES_A_JOB]) for begin in range(0, len(files), FILES_A_JOB)]
    jobs = [Job(part, mode) for mode in MODES for part in parts]
    recordings: list[Recording] = []
    with ProcessPoolExecutor(workers) as pool:
        for job, done in zip(jobs, pool.map(hear_all, jobs), strict=True):
            actions = sum(len(each.taken) for each in done)
            print(f"talk, {job.mode}: {actions} actions in {len(done)} files", file=sys.stderr, flush=True)
            recordings += done
    return Part(tuple(_row(mode, recordings) for mode in MODES), _details(recordings))


def hear_all(job: Job) -> list[Recording]:
    """Every recording of one job."""
    recordings = []
    with Listener() as listener:
        for path in job.files:
            sound = read_sound(path)
            outcome = listener.hear(padded(sound, BEFORE, AFTER), job.mode)
            words = transcript(path)
            wanted = bool(words) and isinstance(listener.typed(words, job.mode), Match)
            count = len(outcome.taken) + len(outcome.ignored)
            name = f"{path.parent.name}/{path.name}"
            recordings.append(Recording(name, job.mode, len(sound) / RATE, count, outcome.taken, wanted))
    return recordings


def transcript(path: Path) -> str:
    """The reference transcript of a recording from the manifest beside it; "" for none."""
    manifest = json.loads((path.parent / "manifest.json").read_text())
    transcripts = {item["file"]: item.get("transcript") for item in manifest["items"]}
    return transcripts.get(path.name) or ""


def false_ones(recordings: Iterable[Recording]) -> list[Recording]:
    """Those that made it act though their words are no command; more than one action is false even where they are."""
    return [each for each in recordings if len(each.taken) > each.wanted]


# ---- telling -----------------------------------------------------------------------------------------


def _row(mode: Mode, recordings: Sequence[Recording]) -> Row:
    these = [recording for recording in recordings if recording.mode is mode]
    hours = sum(recording.seconds for recording in these) / 3600
    count = sum(len(recording.taken) - recording.wanted for recording in false_ones(these))
    utterances = sum(recording.utterances for recording in these)
    note = f"{utterances} utterances read, {hours:.2f} hours; 95 % bound: {most_expected(count) / hours:.1f} an hour"
    return Row(f"false actions, {'nothing going on' if mode is Mode.IDLE else 'a question is open'}", str(count), note)


def _details(recordings: Sequence[Recording]) -> str:
    lines = ["| recording | mode | heard | taken for |", "|---|---|---|---|"]
    false = false_ones(recordings)
    for each in false:
        lines += [f"| {each.name} | {each.mode} | {taken.text} | {taken.intent} |" for taken in each.taken]
    wanted = ", ".join(sorted({each.name for each in recordings if each.wanted})) or "none"
    told = "\n".join(lines) if false else "None."
    return f"### False actions\n\n{told}\n\nRecordings whose words are a command, which do not count: {wanted}."
