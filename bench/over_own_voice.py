"""Speaking over Hearthside: its own sentences in its own ears, and control words said in the middle of them."""

import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from random import Random

import numpy as np

from bench.latency import end_of_speech
from bench.listener import Listener
from bench.own_evening import OwnEvening
from bench.own_room import OwnRoom, own_rooms
from bench.table import Part, Row, percent, percentile
from bench.voices import VOICES, spoken
from voice.commands.check_aloud import WORDS_FOR
from voice.commands.spoken import every_line
from voice.content import Content
from voice.edges.sound_files import frames_of
from voice.edges.synthesizer import PARTNERS, UNHURRIED, Synthesizer, open_synthesizer
from voice.language.text import fill
from voice.listening.echo_canceller import EchoCanceller
from voice.messages.sound import RATE, Played, Sound
from voice.sound.resampling import Samples, from_pcm, resample, to_pcm

WORDS = ("stop", "skip", "again", "help")
SPEAKERS = tuple(voice for voice in VOICES if voice.name in ("flite slt", "flite awb", "espeak-ng en-us"))
USUAL = 10  # dB by which its own voice is louder than theirs, where its loudness makes no difference
SILENT = -1000  # dB: the loudspeaker is off, so that what is missed is missed for other reasons
LOUDER = (SILENT, 0, 10, 20)  # dB by which its own voice is louder than theirs
LONG = 8.0  # seconds of what is spoken over
FIRST, LAST = 1.0, 3.0  # seconds after its beginning between which a word is said
AGAIN_AFTER = 2.0  # seconds after the end of a word, when nothing came of it
DECIDED_WITHIN = 1.5  # seconds after the end of a word
VOICES_EACH = 2  # for each word and loudness in each room
PACED_BEFORE = 0.3  # seconds before the end of a word from which on the processor's time counts
COSTS = 20.0  # seconds of sound of which is measured what they cost
AFTER = 2.0  # seconds after a line in which it is still listened to
ALONE = 20  # one in so many of everything that it says is listened to


@dataclass(frozen=True, slots=True)
class Saying:
    """A word that was said over the program's voice. waits: seconds from its end to the decision, None without one.

    sayings: how often it was said. taken: the intents that were heard.
    """

    word: str
    voice: str
    room: str
    louder: int
    sayings: int
    wait: float | None
    taken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Alone:
    """A line of the program in its own ears. noticed: how often somebody seemed to speak."""

    line: str
    room: str
    seconds: float
    noticed: int
    taken: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """One room, for one process. number: which of the rooms."""

    number: int
    speech: Path | None
    cache: Path
    every: int


# ---- one room ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Line:
    """Something that the program says."""

    text: str
    sound: Sound


def hear_in(job: Job) -> tuple[list[Alone], list[Saying]]:
    """All that is said in one room of the job: lines of the program alone, then words over it."""
    rooms = own_rooms(job.speech)
    room, random = rooms[job.number], Random(job.number)
    with Listener() as listener, closing(open_synthesizer("auto", "en", UNHURRIED)) as synthesizer:
        evening = OwnEvening(listener, room)
        texts = everything_said(listener.house.content)
        random.shuffle(texts)
        lines = (Line(text, synthesizer.render(text, "dinner")) for text in texts)
        count = len(texts) // (ALONE * len(rooms) * job.every)
        alone = [_alone(evening, next(lines), room) for _ in range(count)]
        sayings = []
        for number, (word, louder, _) in enumerate(product(WORDS, LOUDER, range(VOICES_EACH))):
            if (number + job.number) % job.every == 0:
                name, said = said_by(word, number // job.every + job.number, synthesizer, job.cache)
                saying = Saying(word, name, room.name, louder, 0, None, ())
                sayings.append(_said_over(evening, long_line(lines), said, saying, random))
    return alone, sayings


def said_by(word: str, number: int, synthesizer: Synthesizer, cache: Path) -> tuple[str, Samples]:
    """A voice other than that of the program, and how it says the word. number: which of the voices, from any on."""
    if (turn := number % (len(PARTNERS) + len(SPEAKERS))) < len(PARTNERS):
        sound = synthesizer.render(word, PARTNERS[turn])
        return PARTNERS[turn], resample(from_pcm(sound.pcm), sound.rate, RATE)
    voice = SPEAKERS[turn - len(PARTNERS)]
    return voice.name, spoken(voice, word, cache)


def everything_said(content: Content) -> list[str]:
    """Every line of prompts, replies and scripts, with words for what stands in braces."""
    return [fill(line.text, WORDS_FOR) for line in every_line(content)]


def long_line(lines: Iterator[Line]) -> Line:
    """So many lines in one that they last LONG seconds."""
    line = next(lines)
    while line.sound.seconds < LONG:
        more = next(lines)
        line = Line(f"{line.text} {more.text}", Sound(line.sound.pcm + more.sound.pcm, line.sound.rate))
    return line


def _alone(evening: OwnEvening, line: Line, room: OwnRoom) -> Alone:
    evening.say(line.text, line.sound)
    evening.hear(evening.clock.at() + line.sound.seconds + AFTER)
    taken = tuple(intent for _, intent in evening.taken)
    alone = Alone(line.text, room.name, line.sound.seconds, len(evening.noticed), taken)
    evening.be_quiet()
    return alone


def _said_over(evening: OwnEvening, line: Line, word: Samples, saying: Saying, random: Random) -> Saying:
    """The word is said in the middle of the line, and once more when nothing comes of it."""
    is_silent = saying.louder == SILENT
    evening.say(line.text, line.sound, aloud=not is_silent)
    loudest = evening.mouth.loudest / 10 ** ((USUAL if is_silent else saying.louder) / 10)
    at = evening.clock.at() + random.uniform(FIRST, LAST)
    sayings = 0
    while sayings < 2 and not evening.taken:
        sayings += 1
        evening.air.speak(word, at, loudest=loudest)
        ends = at + end_of_speech(word) / RATE
        evening.hear(ends - PACED_BEFORE)
        evening.hear(ends + DECIDED_WITHIN, in_time_from=ends - PACED_BEFORE)
        at = ends + AGAIN_AFTER
    taken = tuple(intent for _, intent in evening.taken)
    wait = evening.taken[0][0] - ends if taken == (saying.word,) else None
    evening.be_quiet()
    return replace(saying, sayings=sayings, wait=wait, taken=taken)


# ---- telling -----------------------------------------------------------------------------------------


def measure(speech: Path | None, cache: Path, *, workers: int, every: int) -> Part:
    """All rooms, the measured ones only where there are recordings."""
    jobs = [Job(number, speech, cache, every) for number in range(len(own_rooms(speech)))]
    alone, sayings = list[Alone](), list[Saying]()
    with ProcessPoolExecutor(workers) as pool:
        for by_itself, over in pool.map(hear_in, jobs):
            alone += by_itself
            sayings += over
            print(f"over its own voice, {over[0].room}: {_meant(over)}", file=sys.stderr, flush=True)
    rows = [_row_alone(alone), *(_row(louder, sayings) for louder in LOUDER), *_waits(sayings), _row_cost()]
    return Part(tuple(rows), "\n".join([*_details(sayings), "", *_wrong(alone, sayings)]))


def _row_alone(alone: Sequence[Alone]) -> Row:
    seconds = sum(each.seconds for each in alone)
    acted = sum(len(each.taken) for each in alone)
    noticed = sum(each.noticed > 0 for each in alone)
    note = f"{len(alone)} lines, {seconds / 60:.0f} minutes; in {noticed} somebody seemed to speak"
    return Row("its own voice alone: actions", str(acted), note)


def _row(louder: int, sayings: Sequence[Saying]) -> Row:
    here = [each for each in sayings if each.louder == louder]
    wrong = sum(each.wait is None and bool(each.taken) for each in here)
    note = f"within one saying, {len(here)} words; within two: {_meant(here, 2)}; taken for something else: {wrong}"
    how = "its loudspeaker off" if louder == SILENT else f"its own voice {louder} dB louder"
    return Row(f"words meant, {how}", _meant(here), note)


def _waits(sayings: Sequence[Saying]) -> Iterator[Row]:
    waits = [each.wait for each in sayings if each.wait is not None and each.louder != SILENT]
    if waits:
        middle, long = (f"{1000 * percentile(waits, share):.0f} ms" for share in (0.5, 0.95))
        yield Row("last word → decision, p50 / p95", f"{middle} / {long}", f"{len(waits)} words, in time")


def _row_cost() -> Row:
    """What it costs to take its voice out."""
    noise = np.random.default_rng(0).normal(0, 0.1, round(COSTS * RATE)).astype(np.float32)
    sound, canceller = Sound(to_pcm(noise), RATE), EchoCanceller()
    canceller.play(Played(sound.pcm, RATE, began=0.0))
    frames = [replace(frame, at=frame.at + 0.05) for frame in frames_of(sound)]
    began = time.process_time()
    for frame in frames:
        canceller.cancel(frame)
    spent = time.process_time() - began
    note = f"{COSTS:.0f} s, one core; nothing while it is silent"
    return Row("to take its voice out of a second of sound", f"{1000 * spent / COSTS:.0f} ms", note)


def _meant(sayings: Sequence[Saying], within: int = 1) -> str:
    return percent(sum(each.wait is not None and each.sayings <= within for each in sayings), len(sayings))


def _details(sayings: Sequence[Saying]) -> Iterator[str]:
    kinds: dict[str, Callable[[Saying], str]] = {
        "room": lambda each: each.room,
        "word": lambda each: each.word,
        "voice": lambda each: each.voice,
    }
    for head, kind in kinds.items():
        yield from (f"| {head} | meant within one saying | within two |", "|---|---|---|")
        for name in dict.fromkeys(map(kind, sayings)):
            those = [each for each in sayings if kind(each) == name and each.louder != SILENT]
            yield f"| {name} | {_meant(those)} | {_meant(those, 2)} |"
        yield ""


def _wrong(alone: Sequence[Alone], sayings: Sequence[Saying]) -> Iterator[str]:
    yield from (f"- {line.room}: “{line.line}” was taken for {', '.join(line.taken)}" for line in alone if line.taken)
    for each in sayings:
        if each.wait is None and each.taken:
            how = "loudspeaker off" if each.louder == SILENT else f"{each.louder} dB"
            yield f"- {each.room}, {each.voice}, {how}: {each.word} was taken for {', '.join(each.taken)}"
