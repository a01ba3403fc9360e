"""An evening by keyboard: the same loop and the same replies, line by line, from a terminal or a pipe."""

import queue
import sys
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path

from voice.captions import captions
from voice.composition import finish_speaking, new_seed, open_house, open_mouth, starting_at
from voice.config import find_home
from voice.edges.clock import AudioClock, Clock
from voice.edges.home import sole_use
from voice.edges.standard_input import standard_input
from voice.loop import Loop
from voice.runtime.typed_lines import take_line, typed_lines

TICK = 0.25  # seconds
LONGEST_WAIT = 600.0  # seconds that a piped conversation lets pass by itself between two lines


def type_evening(
    home: Path | None, *, as_json: bool, seed: int | None, now: str | None, aloud: bool, show_private: bool
) -> int:
    """`hearthside type`: at a terminal in real time, from a pipe as fast as it goes; returns the exit code."""
    clock = Clock() if aloud or sys.stdin.isatty() else AudioClock(starting_at(now))
    tell = captions(as_json=as_json, show_private=show_private)
    place = find_home(home)
    with sole_use(place), closing(open_house(place)) as house:
        mouth = open_mouth(house.config, tell.note, tell.note, aloud=aloud)
        loop = house.loop(mouth, clock, tell, new_seed() if seed is None else seed)
        if isinstance(clock, Clock):
            converse(loop, clock)
            finish_speaking(loop, mouth)
        else:
            read_through(loop, clock, standard_input())
    return 0


def converse(loop: Loop, clock: Clock) -> None:
    """A person at a terminal; time is real. Ends at the end of input or at /quit."""
    lines = typed_lines()
    loop.start()
    while not loop.over:
        try:
            line = lines.get(timeout=TICK)
        except queue.Empty:
            loop.tick()
            continue
        if line is None:
            return
        take_line(loop, clock, line)


def read_through(loop: Loop, clock: AudioClock, lines: Iterable[str]) -> None:
    """Lines from a pipe: each is taken when Hearthside waits for people, and time passes only where it must."""
    loop.start()
    for line in lines:
        settle(loop, clock)
        take_line(loop, clock, line)
        if loop.over:
            return
    settle(loop, clock)


def settle(loop: Loop, clock: AudioClock) -> None:
    """Let time pass until it waits for people."""
    waited = 0.0
    loop.tick()
    while not loop.waits_for_people and waited < LONGEST_WAIT:
        clock.advance(TICK)
        waited += TICK
        loop.tick()
