"""What it costs to have it running: processor, memory, the time to start, to show help, and to hear a file."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import psutil  # type: ignore[import-untyped]

from bench.latency import as_sound
from bench.on_the_card import RunningProgram
from bench.room import padded, read_sound
from bench.table import Part, Row
from bench.voices import VOICES, spoken
from rig.packaged_decoder import PackagedDecoder
from rig.virtual_card import VirtualCard
from voice.engines.moonshine.engine import model_folder
from voice.engines.moonshine.model import Model
from voice.engines.moonshine.tokenizer import BEGIN
from voice.messages.sound import RATE
from voice.sound.resampling import Samples

QUIET, TALK = 30.0, 60.0  # seconds
SETTLE = 5.0  # seconds after the greeting in which models may still load
STARTS, HELPS = 3, 10
STEPS, STEP_SOUND, TOKEN = 40, 2.0, 100  # decoder steps, seconds of sound, the token of each step
TALK_FOLDERS = ("ami_conversation", "spontaneous")
MEGABYTE = 1_000_000
HEARD = ("ask us a question", "that's enough", "set a timer for twenty minutes", "cancel the timer", "what can we say")


def measure(speech: Path | None, cache: Path) -> Part:
    """All of it; without recorded talk, what a quiet room costs."""
    rows = [_help(), _hear(cache), _step()]
    starts = []
    with VirtualCard() as card:
        for number in range(STARTS):
            with RunningProgram(card) as evening:
                starts.append(evening.started)
                print(f"start: {evening.started:.1f} s", file=sys.stderr, flush=True)
                if number == STARTS - 1:
                    rows += _running(card, evening, speech)
    note = f"to the greeting of `run`, median of {STARTS}"
    started = Row("start → listening", f"{statistics.median(starts):.1f} s", note)
    return Part((*rows, started))


def talk(speech: Path, seconds: float) -> Samples:
    """A stretch of people's talk, of this many seconds."""
    files = [path for name in TALK_FOLDERS for path in sorted((speech / name).glob("*.flac"))]
    return np.concatenate([padded(read_sound(path), 0, 0.3) for path in files])[: round(seconds * RATE)]


# ---- while it runs -----------------------------------------------------------------------------------


def _running(card: VirtualCard, evening: RunningProgram, speech: Path | None) -> list[Row]:
    time.sleep(SETTLE)
    quiet = _share(evening, lambda: time.sleep(QUIET))
    rows = [Row("processor when quiet", _cores(quiet), f"all processes, {QUIET:.0f} s")]
    if speech:
        people = as_sound(talk(speech, TALK))
        talking = _share(evening, lambda: card.say(people))
        rows.append(Row("processor when people talk", _cores(talking), f"all processes, {TALK:.0f} s of meeting talk"))
    processes = evening.processes()
    memory = sum(_memory(process) for process in processes) / MEGABYTE
    rows.append(Row("memory", f"{memory:.0f} MB", f"{len(processes)} processes, shared pages counted once, after that"))
    return rows


def _share(evening: RunningProgram, during: Callable[[], None]) -> float:
    """The processor time that its processes take meanwhile, in cores."""
    before, began = _seconds(evening.processes()), time.monotonic()
    during()
    return (_seconds(evening.processes()) - before) / (time.monotonic() - began)


def _seconds(processes: list[psutil.Process]) -> float:
    times = [process.cpu_times() for process in processes]
    return float(sum(each.user + each.system for each in times))


def _memory(process: psutil.Process) -> int:
    """Bytes; on Linux with shared pages divided among those who share them."""
    memory = process.memory_full_info()
    return int(getattr(memory, "pss", memory.rss))


def _cores(share: float) -> str:
    return f"{100 * share:.1f} % of a core"


# ---- commands ----------------------------------------------------------------------------------------


def _help() -> Row:
    times = [_time("--help") for _ in range(HELPS)]
    return Row("`hearthside --help`", f"{statistics.median(times):.2f} s", f"median of {HELPS}")


def _hear(cache: Path) -> Row:
    import soundfile

    sound = np.concatenate([padded(spoken(VOICES[2], line, cache), 2.0, 4.0) for line in HEARD])
    with tempfile.TemporaryDirectory(prefix="hearthside-bench-") as directory:
        file = Path(directory) / "evening.wav"
        soundfile.write(file, sound, RATE)
        seconds = _time("hear", str(file), "--home", str(Path(directory) / "home"))
    audio = len(sound) / RATE
    note = f"{audio:.0f} s with {len(HEARD)} commands took {seconds:.1f} s, start included"
    return Row("`hearthside hear`, a second of audio", f"{seconds / audio:.2f} s", note)


def _step() -> Row:
    """Both in turn, so that they meet the same moments of the machine."""
    sound = np.zeros(round(STEP_SOUND * RATE), np.float32)
    model = Model(model_folder())
    packaged = PackagedDecoder(model.frames(sound), len(sound))
    decoding = model.encode(sound).initial
    packaged.log_probs(BEGIN)
    times: dict[str, list[float]] = {"ours": [], "packaged": []}
    for _ in range(STEPS):
        began = time.perf_counter()
        packaged.log_probs(TOKEN)
        between = time.perf_counter()
        decoding = model.step(decoding, [0], [TOKEN])
        times["packaged"].append(between - began)
        times["ours"].append(time.perf_counter() - between)
    ours, theirs = (1000 * statistics.median(each) for each in times.values())
    note = f"one text, {STEP_SOUND:.0f} s of sound, median of {STEPS}; as packaged {theirs:.1f} ms"
    return Row("a step of the decoder", f"{ours:.1f} ms", note)


def _time(*arguments: str) -> float:
    began = time.monotonic()
    subprocess.run([sys.executable, "-m", "voice", *arguments], check=True, capture_output=True)
    return time.monotonic() - began
