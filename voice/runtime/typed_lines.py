"""Lines from the keyboard or a pipe, and what each does to the loop."""

import queue
import threading

from voice.edges.clock import AudioClock, Clock
from voice.edges.standard_input import standard_input
from voice.language.visible import visible
from voice.loop import Loop
from voice.messages.events import Key

LONGEST_LINE = 2000  # characters: more than two minutes of talk; a million would be thought about for an hour
A_DAY = 86_400  # seconds: the longest /wait


def typed_lines() -> "queue.SimpleQueue[str | None]":
    """The lines of standard input as they come, None at its end."""
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()

    def read() -> None:
        for line in standard_input():
            lines.put(line)
        lines.put(None)

    threading.Thread(target=read, name="keyboard", daemon=True).start()
    return lines


def take_line(loop: Loop, clock: Clock | AudioClock, line: str) -> None:
    """One line: words, or one of /wait SECONDS, /stop (the key), /quit."""
    words = visible(line).strip()
    command, _, rest = words.partition(" ")
    if command == "/quit":
        loop.press(Key.QUIT)
    elif command == "/stop":
        loop.press(Key.STOP)
    elif command == "/wait":
        _wait(loop, clock, rest)
    elif command.startswith("/"):
        loop.trouble(f"there is no {command}; there are /wait SECONDS, /stop and /quit")
    elif len(words) > LONGEST_LINE:
        loop.trouble(f"that line is too long: expected at most {LONGEST_LINE} characters")
    elif words:
        loop.typed(words)


def _wait(loop: Loop, clock: Clock | AudioClock, seconds: str) -> None:
    try:
        left = float(seconds)
    except ValueError:
        left = -1.0
    if not 0 <= left <= A_DAY:  # False for not-a-number
        loop.trouble(f'"/wait {seconds}" needs a number of seconds, at most {A_DAY}, as in /wait 20')
        return
    while left > 0:
        step = min(1.0, left)
        clock.advance(step)
        left -= step
        loop.tick()
