"""Hours of talk through ears, loop and voice, faster than real time: `make soak`, one line at the end.

Two made-up people live with it: wishes, talk, a check-in, and long silences with faint noise. What it costs is looked
at every few minutes of audio. Memory and open files must stay what they are after the first hour, and nothing may go
wrong.
"""

import argparse
import random
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import psutil

from voice.captions import Caption
from voice.composition import open_ears, open_house
from voice.config import Config, Home, save_config
from voice.dialogue.consent import setting_of
from voice.edges.clock import AudioClock
from voice.edges.sound_files import frames_of
from voice.edges.synthesizer import PARTNERS, Synthesizer, open_synthesizer
from voice.messages.sound import FRAME_SAMPLES
from voice.runtime.audio_driver import AudioDriver
from voice.sound.resampling import to_pcm
from voice.speaking.mouth import TapeMouth

PARTNER_NAMES = ("Alex", "Sam")
FEW_FILES = 2
"""Descriptors by which two looks may differ: one that is open for a moment. A leak is one an hour or more."""
START = datetime(2026, 11, 23, 17, 0).astimezone()
TALK = (
    "I think it was the smell of the bread this morning, the whole street had it.",
    "Your mother called again, she wants to know about Sunday.",
    "We could paint the hallway before the winter comes.",
    "Did you see where I put the keys of the car?",
)
WISHES = (
    ("Ask us a question.", "Another one.", "That's enough."),
    ("Set a tea timer for five minutes.", "How long is left?", "Cancel the tea timer."),
    ("I appreciate that Sam picked up the kids.", "Yes."),
    ("Thank you Alex for making dinner.", "Yes, keep it."),
    ("Read tonight's appreciations.",),
    ("Start our check-in.", "Done.", "Pass.", "Stop."),
    ("Remind us tomorrow at nine to water the plants.",),
    ("Twenty second hug.",),
)
QUIET = (20.0, 120.0)  # seconds between two wishes or pieces of talk
NOISE = 0.0005  # of full scale: a quiet room
LOOK_EVERY = 120.0  # seconds of audio
SETTLED_AFTER = 3600.0  # seconds of audio, or a third of a shorter run: until then memory may grow
STEEPEST = 2.0  # MB an hour
MEGABYTE = 1e6


@dataclass(frozen=True, slots=True)
class Look:
    """What the program and its child processes cost at one moment."""

    at: float
    """Seconds of audio."""
    memory: float
    """MB."""
    files: int
    """Open descriptors."""


@dataclass(slots=True)
class Soaked:
    """What became of it."""

    looks: list[Look] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    said: int = 0
    understood: int = 0
    seconds: float = 0.0
    """Of real time."""

    def hear(self, caption: Caption) -> None:
        """Count what the captions tell."""
        self.understood += caption.event == "matched"
        if caption.event == "error":
            self.errors.append(str(caption.fields["text"]))

    @property
    def settled(self) -> list[Look]:
        """The looks after the time in which memory may grow."""
        last = self.looks[-1].at
        return [look for look in self.looks if look.at >= min(SETTLED_AFTER, last / 3)]

    @property
    def slope(self) -> float:
        """MB an hour, by least squares."""
        hours = [look.at / 3600 for look in self.settled]
        return float(np.polyfit(hours, [look.memory for look in self.settled], 1)[0])

    @property
    def files(self) -> tuple[int, int]:
        """The least and the most open descriptors."""
        counts = [look.files for look in self.settled]
        return min(counts), max(counts)

    def faults(self, steepest: float = STEEPEST) -> list[str]:
        """What is not as it must be."""
        least, most = self.files
        found = [f"trouble: {each}" for each in self.errors]
        if self.slope >= steepest:
            found.append(f"memory grows by {self.slope:.2f} MB an hour")
        if most - least > FEW_FILES:
            found.append(f"between {least} and {most} files are open")
        if self.understood < self.said / 4:
            found.append(f"{self.understood} of {self.said} lines were understood: that is no evening")
        return found

    def line(self) -> str:
        """Everything in one line."""
        last, (least, most) = self.looks[-1], self.files
        files = f"{least}" if least == most else f"{least} to {most}"
        return (
            f"soak: {last.at / 3600:.1f} h of audio in {self.seconds / 60:.0f} min, {self.said} lines, "
            f"{self.understood} understood; memory {last.memory:.0f} MB, {self.slope:+.2f} MB an hour; "
            f"{files} files open; {len(self.errors)} errors"
        )


def soak(hours: float, seed: int, progress: Callable[[str], None], every: float = LOOK_EVERY) -> Soaked:
    """Live through so many hours of audio. every: seconds of audio between two looks."""
    soaked, chance, began = Soaked(), random.Random(seed), time.monotonic()
    with TemporaryDirectory(prefix="hearthside-soak-") as directory, ExitStack() as opened:
        home = Home(Path(directory))
        save_config(home, Config(partners=PARTNER_NAMES, quiet_hours=None))
        house = open_house(home)
        opened.callback(house.close)
        house.journal.store(setting_of(PARTNER_NAMES))
        clock = AudioClock(START)
        synthesizer = open_synthesizer(house.config.voice, house.config.language)
        opened.callback(synthesizer.close)
        ears, recognizer = open_ears(house, hurried=False)
        opened.callback(recognizer.close)
        loop = house.loop(TapeMouth(synthesizer, clock.at, None, None), clock, soaked.hear, seed, ears.listen)
        audio = AudioDriver(loop, ears, clock)
        loop.start()
        room = _Room(synthesizer, audio, chance)
        for line in _lines(chance):
            if clock.at() >= hours * 3600:
                break
            room.say(line)
            soaked.said += 1
            if not soaked.looks or clock.at() - soaked.looks[-1].at >= every:
                soaked.looks.append(_look(clock.at()))
                soaked.seconds = time.monotonic() - began
                progress(soaked.line() if len(soaked.settled) > 1 else f"soak: {clock.at():.0f} s of audio")
    return soaked


def _lines(chance: random.Random) -> Iterator[str]:
    while True:
        yield from chance.choice(WISHES)
        yield chance.choice(TALK)


class _Room:
    """Where they talk. Each line is rendered once."""

    def __init__(self, synthesizer: Synthesizer, audio: AudioDriver, chance: random.Random) -> None:
        self._synthesizer, self._audio, self._chance = synthesizer, audio, chance
        self._rendered = dict[tuple[str, str], list[bytes]]()
        noise = np.random.default_rng(1).normal(0, NOISE, 40 * FRAME_SAMPLES).astype(np.float32)
        self._noise = [to_pcm(part) for part in np.split(noise, 40)]

    def say(self, line: str) -> None:
        """Somebody says it when Hearthside waits for people; then it is quiet, for long where no answer is due."""
        self._audio.settle()
        voice = self._chance.choice(PARTNERS)
        if (line, voice) not in self._rendered:
            sound = self._synthesizer.render(line, voice)
            self._rendered[line, voice] = [frame.pcm for frame in frames_of(sound)]
        self._audio.play(self._rendered[line, voice])
        self._audio.end_line()
        self._audio.settle()
        if line in TALK:
            for _ in range(round(self._chance.uniform(*QUIET) / 0.032)):
                self._audio.play([self._chance.choice(self._noise)])


def _look(at: float) -> Look:
    this = psutil.Process()
    everybody = [this, *this.children(recursive=True)]
    memory = sum(each.memory_info().rss for each in everybody) / MEGABYTE
    return Look(at, memory, sum(each.num_fds() for each in everybody))


def _progress(text: str) -> None:
    print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def main() -> int:
    """Live through it and tell; 1 where something is not as it must be."""
    parser = argparse.ArgumentParser(prog="python -m rig.soak", description=__doc__)
    parser.add_argument("--hours", type=float, default=8.0, help="of audio")
    parser.add_argument("--seed", type=int, default=1, help="chooses what they say")
    options = parser.parse_args()
    soaked = soak(options.hours, options.seed, _progress)
    print(file=sys.stderr)
    for fault in soaked.faults():
        print(fault)
    print(soaked.line())
    return 1 if soaked.faults() else 0


if __name__ == "__main__":
    sys.exit(main())
