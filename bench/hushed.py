"""Who keeps Hearthside from speaking: its own voice, a cough, laughter, a door, table talk, or a wish."""

import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

from bench.latency import end_of_speech
from bench.listener import Listener
from bench.noises import MADE_UP
from bench.over_own_voice import FIRST, LAST, Job, Line, everything_said, long_line, said_by
from bench.own_evening import OwnEvening
from bench.own_room import own_rooms
from bench.table import Part, Row, percent, percentile
from voice.edges.synthesizer import UNHURRIED, open_synthesizer
from voice.messages.sound import RATE
from voice.sound.resampling import Samples

TALK = (
    "could you pass me the salt please",
    "did you see where I put the keys",
    "that was your mother on the phone",
    "I was so tired after work today",
)
WISHES = ("stop", "skip", "again", "help", "ask us a question", "set a timer for ten minutes")
LOUDER = (0, 10)  # dB by which its own voice is louder
ALONE = 14  # lines by themselves in each room
AFTER = 8.0  # seconds after a line in which it may go on

Kind = str
"""What is heard over its voice: "nothing", one of MADE_UP, "talk" or "a wish"."""


@dataclass(frozen=True, slots=True)
class Over:
    """A line of the program and what was heard over it. seconds: of the line. taken: the intents that were heard.

    silent_after: seconds until it was silent, from the beginning of the sound; None where it never was.
    went_on: whether it said its line to the end.
    """

    kind: Kind
    what: str
    room: str
    louder: int
    seconds: float
    silent_after: float | None
    went_on: bool
    taken: tuple[str, ...]


# ---- one room ----------------------------------------------------------------------------------------


def hear_in(job: Job) -> list[Over]:
    """All that is heard over its voice in one room of the job."""
    room, random = own_rooms(job.speech)[job.number], Random(job.number)
    with Listener() as listener, closing(open_synthesizer("auto", "en", UNHURRIED)) as synthesizer:
        evening = OwnEvening(listener, room)
        texts = everything_said(listener.house.content)
        random.shuffle(texts)
        lines = (Line(text, synthesizer.render(text, "dinner")) for text in texts)
        found = [
            _heard(evening, long_line(lines), ("nothing", ""), room.name) for _ in range(max(2, ALONE // job.every))
        ]
        for number, ((kind, what), louder) in enumerate(product(_sounds(), LOUDER)):
            if (number + job.number) % job.every:
                continue
            if kind in MADE_UP:
                sound = MADE_UP[kind](random)
            else:
                _, sound = said_by(what, number // job.every + job.number, synthesizer, job.cache)
            found.append(_heard(evening, long_line(lines), (kind, what), room.name, (sound, louder), random))
    return found


def _sounds() -> Iterator[tuple[Kind, str]]:
    yield from ((kind, "") for kind in MADE_UP for _ in range(4))
    yield from (("talk", line) for line in TALK)
    yield from (("a wish", line) for line in WISHES)


def _heard(
    evening: OwnEvening,
    line: Line,
    kind: tuple[Kind, str],
    room: str,
    sound: tuple[Samples, int] | None = None,
    random: Random | None = None,
) -> Over:
    """What the program does about a sound over this line."""
    evening.say(line.text, line.sound)
    begins, louder = evening.clock.at(), 0
    if sound and random:
        samples, louder = sound
        at = begins + random.uniform(FIRST, LAST)
        evening.air.speak(samples, at, loudest=evening.mouth.loudest / 10 ** (louder / 10))
        begins = at + (len(samples) - end_of_speech(samples[::-1])) / RATE
    evening.hear(evening.clock.at() + line.sound.seconds + AFTER)
    pauses, taken = evening.mouth.pauses, tuple(intent for _, intent in evening.taken)
    silent_after = pauses[0] - begins if pauses else None
    went_on = evening.mouth.finished(evening.clock.at()) and not taken
    over = Over(*kind, room, louder, line.sound.seconds, silent_after, went_on, taken)
    evening.be_quiet()
    return over


# ---- telling -----------------------------------------------------------------------------------------


def measure(speech: Path | None, cache: Path, *, workers: int, every: int) -> Part:
    """All rooms, the measured ones only where there are recordings."""
    jobs = [Job(number, speech, cache, every) for number in range(len(own_rooms(speech)))]
    found = list[Over]()
    with ProcessPoolExecutor(workers) as pool:
        for here in pool.map(hear_in, jobs):
            found += here
            print(f"who hushes it, {here[0].room}: {len(here)} lines", file=sys.stderr, flush=True)
    kinds = dict.fromkeys(each.kind for each in found)
    rows = [_row(kind, [each for each in found if each.kind == kind]) for kind in kinds]
    return Part((*rows, *_waits(found)), "\n".join(_acted(found)))


def _row(kind: Kind, found: Sequence[Over]) -> Row:
    silent = [each for each in found if each.silent_after is not None]
    minutes = sum(each.seconds for each in found) / 60
    note = f"{minutes:.0f} minutes; said to the end: {percent(sum(each.went_on for each in found), len(found))}"
    acted = sum(bool(each.taken) for each in found)
    return Row(f"{kind} over its voice: falls silent", f"{len(silent)} of {len(found)}", f"{note}; acts: {acted}")


def _waits(found: Sequence[Over]) -> Iterator[Row]:
    for louder in LOUDER:
        words = [each for each in found if each.kind in ("talk", "a wish") and each.louder == louder]
        waits = [each.silent_after for each in words if each.silent_after is not None]
        if waits:
            middle, long = (f"{1000 * percentile(waits, share):.0f} ms" for share in (0.5, 0.95))
            name = f"first sound → silence, p50 / p95, its own voice {louder} dB louder"
            yield Row(name, f"{middle} / {long}", f"{len(waits)} of {len(words)} sentences")


def _acted(found: Sequence[Over]) -> Iterator[str]:
    for each in found:
        if each.kind != "a wish" and each.taken:
            yield f"- {each.room}, {each.louder} dB: {each.kind} {each.what} was taken for {', '.join(each.taken)}"
