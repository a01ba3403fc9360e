"""Who speaks: recorded people as couples whose voices were learned, and as strangers who come to dinner.

Each person's own recordings are cut: the first seconds are what the voice is learned from, the last ones what is said
later. In a room, a voice is learned through one room's response and heard through another's.
"""

import json
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from random import Random

import numpy as np

from bench.heard import PLACES, SNR, Place
from bench.room import in_room, read_sound, stretch_of, with_noise
from bench.table import Part, Row, percent, percentile
from voice.dialogue.who_speaks import LONGEST, learned_from, partner_of
from voice.edges.recognizer import Recognizer, open_recognizer
from voice.engines.moonshine.who import SpeakerEmbedding
from voice.listening.endpoint import EndpointSettings
from voice.messages.recognition import WAIT_COMPLETE, WAIT_DEFAULT, Listening, Mode, Voice
from voice.messages.records import LearnedVoice
from voice.messages.sound import RATE
from voice.skills.household.voices import SpeechWanted
from voice.sound.resampling import Samples, to_pcm

LENGTHS = (1.0, 1.5, 2.5)  # seconds of what is said later
TIMES = (("hello", 1.0, WAIT_COMPLETE), ("a line", 3.0, WAIT_DEFAULT))
"""What is timed: its seconds, and the quiet after it at which it is answered without a voice."""
TIMED = 40  # people
SAID_LATER = 7.5  # seconds at the end of somebody's recordings, from which that is cut
LEARNED_FROM, FEWEST = 20.0, 6.0  # seconds that a voice is learned from at most and at least; most people have less
OTHERS = 8  # how many others each person makes a couple with, and how many strangers each couple meets


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody in one place. said: seconds -> the voices of pieces of this length."""

    learned: LearnedVoice
    said: Mapping[float, tuple[Voice, ...]]


@dataclass(slots=True)
class Counts:
    """What became of the pieces of one length in one place."""

    pieces: int = 0
    right: int = 0
    wrong: int = 0
    strangers: int = 0
    taken: int = 0
    """Pieces of strangers that were taken for a partner's."""


def measure(speech: Path, *, every: int) -> Part:
    """All people in all places. speech: the folder of recordings; a folder `train` beside it is used as well."""
    sounds = dict(islice(_sounds(speech), 0, None, every))
    rooms = [read_sound(path) for path in sorted((speech / "rir").glob("*.wav"))]
    noise = read_sound(speech / "noise" / "kitchen.flac")
    embedding, rows = SpeakerEmbedding(), list[Row]()
    for place in PLACES:
        people = []
        for number, (name, sound) in enumerate(sounds.items()):
            first, later = sound[: -round(SAID_LATER * RATE)], sound[-round(SAID_LATER * RATE) :]
            if place.room:
                first = in_room(first, rooms[number % len(rooms)])
                later = in_room(later, rooms[(number + 1) % len(rooms)])
            if place.noise:
                later = with_noise(later, stretch_of(noise, len(later), Random(name).random()), SNR)
            people.append(_person(embedding, name, first, later))
        rows += [_row(place, length, _counted(people, length), len(people)) for length in LENGTHS]
        print("\n".join(f"{row.what}: {row.value}" for row in rows[-len(LENGTHS) :]), file=sys.stderr, flush=True)
    return Part((*rows, *_delays(list(sounds.values())[:TIMED])))


def _sounds(speech: Path) -> Iterator[tuple[str, Samples]]:
    """Everybody whose name is known, and who says enough, with all that they say."""
    said = dict[str, list[Path]]()
    for folder in (speech, speech.parent / "train"):
        for manifest in sorted(folder.glob("*/manifest.json")):
            for item in json.loads(manifest.read_text(encoding="utf-8"))["items"]:
                if name := item.get("speaker"):
                    said.setdefault(name, []).append(manifest.parent / item["file"])
    for name, files in said.items():
        sound = np.concatenate([read_sound(file) for file in files])[: round((LEARNED_FROM + SAID_LATER) * RATE)]
        if len(sound) >= (FEWEST + SAID_LATER) * RATE:
            yield name, sound


def _person(embedding: SpeakerEmbedding, name: str, first: Samples, later: Samples) -> Person:
    """What is known of somebody."""
    piece = round(SpeechWanted.voice_seconds * RATE)
    parts = (embedding.voice(first[at : at + piece], SpeechWanted.voice_seconds) for at in range(0, len(first), piece))
    said = dict[float, tuple[Voice, ...]]()
    for length in LENGTHS:
        size = round(length * RATE)
        pieces = (later[at : at + size] for at in range(0, len(later) - size + 1, size))
        said[length] = tuple(voice for sound in pieces if (voice := embedding.voice(sound, LONGEST)))
    return Person(learned_from(name, [voice for voice in parts if voice]), said)


def _delays(sounds: Sequence[Samples]) -> Iterator[Row]:
    """How much later an answer comes: what is not done yet after the quiet in which people may go on."""
    first_look = EndpointSettings().looks[0]
    with closing(open_recognizer("moonshine", None)) as recognizer:
        for what, seconds, wait in TIMES:
            late = []
            for sound in sounds:
                read, told = _times(recognizer, to_pcm(sound[: round(seconds * RATE)]))
                late.append(1000 * max(0.0, told - max(read, wait - first_look)))
            value = f"median {percentile(late, 0.5):.0f} ms, p95 {percentile(late, 0.95):.0f} ms"
            yield Row(f"who speaks: {what} is answered later by", value, f"{seconds:g} s, {wait:g} s of quiet after it")


def _times(recognizer: Recognizer, pcm: bytes) -> tuple[float, float]:
    """Seconds after the first look of a pause at which it is read, and at which its voice is told as well."""
    recognizer.listen(Listening(Mode.WORDS, voice_seconds=LONGEST))
    recognizer.accept(pcm)
    begin = time.perf_counter()
    recognizer.glance()
    recognizer.early()
    read = time.perf_counter()
    recognizer.voice()
    told = time.perf_counter()
    recognizer.discard()
    return read - begin, told - begin


def _counted(people: Sequence[Person], length: float) -> Counts:
    """Each person with each of the next ones as a couple, and those after them as strangers."""
    counts = Counts()
    for place, one in enumerate(people):
        near = list(islice(cycle(people), place + 1, place + 1 + min(OTHERS, len(people) - 2)))
        for number, other in enumerate(near):
            learned = (one.learned, other.learned)
            names = (one.learned.who, other.learned.who)
            for voice in one.said[length]:
                found = partner_of(voice, learned, names)
                counts.pieces += 1
                counts.right += found == names[0]
                counts.wrong += found == names[1]
            stranger = people[(place + 1 + len(near) + number) % len(people)]
            if stranger not in (one, other):
                found_as = [partner_of(voice, learned, names) for voice in stranger.said[length]]
                counts.strangers += len(found_as)
                counts.taken += sum(map(bool, found_as))
    return counts


def _row(place: Place, length: float, counts: Counts, people: int) -> Row:
    answered = percent(counts.right + counts.wrong, counts.pieces)
    wrong = f"{100 * counts.wrong / max(1, counts.pieces):.2f} %"
    taken = f"{100 * counts.taken / max(1, counts.strangers):.1f} %"
    value = f"wrong {wrong}, answered {answered}, strangers taken for a partner {taken}"
    note = f"{counts.pieces} pieces of {people} people in couples, {counts.strangers} of strangers"
    return Row(f"who speaks, {length:g} s, {place.name}", value, note)
