"""Coffee orders of many people, understood with a pack of their own: intent and every labelled slot."""

import json
import random
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.room import read_sound, stretch_of, with_noise
from bench.table import Part, Row, percent
from voice.commands.match_files import FileResult, Workers
from voice.messages.recognition import Mode
from voice.messages.sound import RATE
from voice.sound.resampling import Samples

PACK = Path(__file__).parent / "packs" / "coffee"
SNRS = (None, 6, 9, 12, 15, 18, 21, 24)  # dB; None: as recorded


@dataclass(frozen=True, slots=True)
class Order:
    """A recording, what it means, and the noise that it is to be heard in (dB, None for none)."""

    path: Path
    intent: str
    slots: dict[str, str]
    snr: int | None


def measure(speech: Path, *, workers: int, every: int) -> Part:
    """All orders, as recorded and in the noise of a kitchen."""
    labelled = json.loads((speech / "picovoice" / "manifest.json").read_text(encoding="utf-8"))["items"][::every]
    noise = read_sound(speech / "noise" / "kitchen.flac")
    results: list[tuple[Order, FileResult]] = []
    with (
        tempfile.TemporaryDirectory(prefix="hearthside-bench-") as folder,
        Workers(workers, None, PACK, Mode.IDLE) as at_work,
    ):
        for snr in SNRS:
            orders = [
                Order(speech / "picovoice" / item["file"], item["intent"], item["slots"], snr) for item in labelled
            ]
            files = [_mixed(order, noise, Path(folder)) for order in orders]
            done = list(zip(orders, at_work.results(files), strict=True))
            results += done
            print(f"orders, {_where(snr)}: {_right(done)} of {len(done)}", file=sys.stderr, flush=True)
    return Part(tuple(_rows(results)), _details(results))


def is_right(order: Order, result: FileResult) -> bool:
    """True if the intent and every labelled slot are right; additional slots are no mistake."""
    slots = {name: str(value) for name, value in result.slots.items()}
    return result.intent == order.intent and all(slots.get(name) == said.strip() for name, said in order.slots.items())


def _mixed(order: Order, noise: Samples, folder: Path) -> Path:
    import soundfile

    if order.snr is None:
        return order.path
    speech = read_sound(order.path)
    begin = random.Random(f"{order.path.name} {order.snr}").random()
    path = folder / f"{order.path.stem}-{order.snr}.wav"
    soundfile.write(path, with_noise(speech, stretch_of(noise, len(speech), begin), order.snr), RATE)
    return path


def _right(results: Sequence[tuple[Order, FileResult]]) -> int:
    return sum(is_right(order, result) for order, result in results)


def _where(snr: int | None) -> str:
    return "as recorded" if snr is None else f"kitchen noise at {snr} dB"


def _rows(results: Sequence[tuple[Order, FileResult]]) -> Iterator[Row]:
    noisy = [each for each in results if each[0].snr is not None]
    for snr in SNRS:
        these = [each for each in results if each[0].snr == snr]
        taken = sum(bool(result.intent) for _, result in these) - _right(these)
        note = f"{_right(these)} of {len(these)} orders; {taken} taken for another order"
        yield Row(f"coffee orders, {_where(snr)}", percent(_right(these), len(these)), note)
    yield Row(
        "coffee orders, mean over all noise", percent(_right(noisy), len(noisy)), "a pack of 14 trillion sentences"
    )


def _details(results: Sequence[tuple[Order, FileResult]]) -> str:
    lines = ["| noise | heard | taken for | should be |", "|---|---|---|---|"]
    for order, result in results:
        if not is_right(order, result):
            said = ", ".join(order.slots.values())
            taken = ", ".join(map(str, result.slots.values())) if result.intent else "nothing"
            lines.append(f"| {order.snr or ''} | {result.text or result.error} | {taken} | {said} |")
    return "### Orders that were misunderstood\n\n" + "\n".join(lines)
