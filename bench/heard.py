"""How many commands are heard right, by each synthetic voice: the documented ones, every `say:` line of the pack."""

import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random

from bench.listener import Listener, Outcome
from bench.room import in_room, padded, read_sound, stretch_of, with_noise
from bench.table import Part, Row, percent
from bench.voices import VOICES, spoken
from voice.language.text import plain
from voice.messages.meaning import Match, Slots
from voice.messages.recognition import Mode

SNR = 12.0  # dB
BEFORE, AFTER = 0.8, 2.0  # seconds around a command; what is heard later is heard too late
WORST = 40  # sentences that are listed


@dataclass(frozen=True, slots=True)
class Command:
    """A line of the pack, and what it should be taken for in this mode."""

    line: str
    mode: Mode
    intent: str
    slots: Slots


@dataclass(frozen=True, slots=True)
class Place:
    """Where it is said. room: through one of the measured rooms. noise: with kitchen noise at SNR."""

    name: str
    room: bool
    noise: bool


PLACES = (
    Place("near", room=False, noise=False),
    Place("near, kitchen noise at 12 dB", room=False, noise=True),
    Place("in a room", room=True, noise=False),
    Place("in a room, kitchen noise at 12 dB", room=True, noise=True),
)


@dataclass(frozen=True, slots=True)
class Hearing:
    """One command as it was heard. right: with its slots. intent_right: whatever its slots.

    place: the name of a Place. room: the file of the room's response, "" without one.
    """

    command: Command
    voice: str
    place: str
    room: str
    words: str
    right: bool
    intent_right: bool


@dataclass(frozen=True, slots=True)
class Sentences:
    """What is said. name: of such sentences, in the plural. of: a listener, and n for each n-th -> the commands."""

    name: str
    of: Callable[[Listener, int], list[Command]]


@dataclass(frozen=True, slots=True)
class Job:
    """One voice in one place, for one process. every: 1 for all commands, n for each n-th."""

    voice: int
    place: Place
    speech: Path | None
    cache: Path
    every: int
    sentences: Sentences


def measure(speech: Path | None, cache: Path, *, workers: int, every: int, sentences: Sentences | None = None) -> Part:
    """All voices in all places; near only without recorded rooms and noise. sentences: the documented ones if None."""
    places, said = PLACES if speech else PLACES[:1], sentences or Sentences("documented commands", documented)
    jobs = [Job(voice, place, speech, cache, every, said) for place in places for voice in range(len(VOICES))]
    hearings: list[Hearing] = []
    with ProcessPoolExecutor(workers) as pool:
        for job, done in zip(jobs, pool.map(hear_all, jobs), strict=True):
            right = percent(sum(each.right for each in done), len(done))
            print(f"heard {job.place.name}, {VOICES[job.voice].name}: {right}", file=sys.stderr, flush=True)
            hearings += done
    return Part(tuple(_row(place, said, hearings) for place in places), _details(hearings))


def hear_all(job: Job) -> list[Hearing]:
    """Every command of one job."""
    voice = VOICES[job.voice]
    rooms = sorted((job.speech / "rir").glob("*.wav")) if job.speech and job.place.room else []
    responses = [read_sound(path) for path in rooms]
    noise = read_sound(job.speech / "noise" / "kitchen.flac") if job.speech and job.place.noise else None
    random = Random(f"{voice.name} {job.place.name}")
    hearings = []
    with Listener() as listener:
        for number, command in enumerate(job.sentences.of(listener, job.every)):
            sound = padded(spoken(voice, command.line, job.cache), BEFORE, AFTER)
            room = (number + job.voice) % len(rooms) if rooms else None
            if room is not None:
                sound = in_room(sound, responses[room])
            if noise is not None:
                sound = with_noise(sound, stretch_of(noise, len(sound), random.random()), SNR)
            name = "" if room is None else rooms[room].stem
            hearings.append(score(command, listener.hear(sound, command.mode), voice.name, job.place.name, name))
    return hearings


def documented(listener: Listener, every: int) -> list[Command]:
    """Each n-th `say:` line, in the first mode in which it can be said, with the slots that it has when it is typed."""
    commands = []
    for intent in listener.house.content.intents.intents:
        mode = next(mode for mode in Mode if mode in intent.when)
        for line in intent.say:
            meant = listener.typed(line, mode)
            slots = meant.slots if isinstance(meant, Match) and meant.intent == intent.name else {}
            commands.append(Command(line, mode, intent.name, slots))
    return commands[::every]


def score(command: Command, outcome: Outcome, voice: str, place: str, room: str = "") -> Hearing:
    """Right when it was taken for its intent, with its slots, and for nothing else besides."""
    intent_right = [taken.intent for taken in outcome.taken] == [command.intent]
    right = intent_right and same_slots(command.slots, outcome.taken[0].slots)
    return Hearing(command, voice, place, room, outcome.words, right, intent_right)


def same_slots(wanted: Slots, heard: Slots) -> bool:
    """True if the slots agree; case, punctuation and spaces of dictated text do not count ("Sky Diving.")."""
    return _comparable(wanted) == _comparable(heard)


def _comparable(slots: Slots) -> dict[str, str | float]:
    return {name: plain(value).replace(" ", "") if isinstance(value, str) else value for name, value in slots.items()}


# ---- telling -----------------------------------------------------------------------------------------


def _row(place: Place, said: Sentences, hearings: Sequence[Hearing]) -> Row:
    here = [hearing for hearing in hearings if hearing.place == place.name]
    voices = len({hearing.voice for hearing in here})
    intents = percent(sum(hearing.intent_right for hearing in here), len(here))
    note = f"{len(here) // voices} {said.name}, {voices} synthetic voices; the intent alone: {intents}"
    return Row(f"heard right, {place.name}", percent(sum(hearing.right for hearing in here), len(here)), note)


def _details(hearings: Sequence[Hearing]) -> str:
    by_voice = _shares("voice", hearings, lambda hearing: hearing.voice)
    in_rooms = [hearing for hearing in hearings if hearing.room]
    by_room = _shares("room", in_rooms, lambda hearing: hearing.room) if in_rooms else []
    return "\n".join(["### Heard right, by voice and by room", "", *by_voice, "", *by_room, "", *_worst(hearings)])


def _shares(head: str, hearings: Sequence[Hearing], kind: Callable[[Hearing], str]) -> list[str]:
    """A table: a line for each kind of hearing, a column for each place."""
    places = list(dict.fromkeys(hearing.place for hearing in hearings))
    lines = [f"| {head} | {' | '.join(places)} |", "|---" * (len(places) + 1) + "|"]
    for name in dict.fromkeys(map(kind, hearings)):
        cells = []
        for place in places:
            right = [hearing.right for hearing in hearings if kind(hearing) == name and hearing.place == place]
            cells.append(percent(sum(right), len(right)))
        lines.append(f"| {name} | {' | '.join(cells)} |")
    return lines


def _worst(hearings: Sequence[Hearing]) -> list[str]:
    """In a partner's turn the words that were not taken are never told."""
    missed: dict[str, list[Hearing]] = defaultdict(list)
    for hearing in hearings:
        if not hearing.right:
            missed[f"{hearing.command.line} [{hearing.command.intent}]"].append(hearing)
    lines = ["### The sentences heard wrong most often", ""]
    lines += ["| sentence | wrong | of these near | heard as |", "|---|---|---|---|"]
    for name, those in sorted(missed.items(), key=lambda item: -len(item[1]))[:WORST]:
        near = sum(hearing.place == PLACES[0].name for hearing in those)
        words = Counter(hearing.words or "(nothing told)" for hearing in those).most_common(4)
        lines.append(f"| {name} | {len(those)} | {near} | {'; '.join(f'{text} ×{count}' for text, count in words)} |")
    return lines
