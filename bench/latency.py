"""How long people wait: from the end of their last word to the first sound of the answer, on the virtual card."""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from bench.on_the_card import BLOCK, RunningProgram, Tap
from bench.room import padded
from bench.table import Part, Row, percentile
from bench.voices import VOICES, spoken
from rig.virtual_card import VirtualCard
from voice.messages.sound import RATE, Sound
from voice.sound.resampling import Samples, to_pcm

COMMANDS = (
    "help",
    "what decks do you have",
    "ask us a question",
    "another one",
    "next question",
    "something lighter",
    "ask us something about dreams",
    "that's enough",
    "set a timer for twenty minutes",
    "how long is left",
    "add five minutes",
    "pause the timer",
    "resume the timer",
    "cancel the timer",
    "i appreciate that sam picked up the kids",
    "thank you alex for picking up the kids",
    "log an appreciation",
    "read tonight's appreciations",
    "what did we say this week",
    "start our check-in",
    "give me two minutes",
    "set a tea timer for five minutes",
    "how long is left on the timer",
    "what did you hear",
    "give us a question",
    "what can we say",
)
SPEAKERS = tuple(voice for voice in VOICES if voice.name in ("flite slt", "piper joe"))  # these are heard best
SPEECH_ENDS = 35.0  # dB under its loudest 10 ms
SOUND = 0.005  # of full scale: -46 dBFS; between its sounds the virtual loudspeaker gives exact zeros
ANSWER_WITHIN = 8.0  # seconds
SILENCE, LONGEST = 1.5, 60.0  # seconds: without sound, and it has finished; that an answer may last
CLICKS = 9


@dataclass(frozen=True, slots=True)
class Answer:
    """How long a command waited for its answer: seconds, None for ever. caption: what it was taken for."""

    line: str
    speaker: str
    wait: float | None
    caption: str


def measure(cache: Path, *, every: int) -> Part:
    """Every command, in turn by each speaker, in real time."""
    with VirtualCard() as card:
        recording = _difference_of_taps(card)
        with RunningProgram(card) as evening:
            answers = _answers(card, evening, cache, every)
    waits = [answer.wait for answer in answers if answer.wait is not None]
    if not waits:
        raise RuntimeError("no command was answered: " + " / ".join(evening.lines))
    note = (
        f"{len(waits)} of {len(answers)} commands were answered; speech ends {SPEECH_ENDS:.0f} dB under "
        f"its loudest 10 ms; a click in both recordings at once shows {1000 * recording:+.0f} ms, not subtracted"
    )
    middle, long = (f"{1000 * percentile(waits, share):.0f} ms" for share in (0.5, 0.95))
    return Part((Row("last word → first sound, p50 / p95", f"{middle} / {long}", note),), _details(answers))


def _details(answers: Sequence[Answer]) -> str:
    lines = ["### Last word → first sound", "", "| command | speaker | milliseconds | taken for |", "|---|---|---|---|"]
    for answer in answers:
        wait = "no answer" if answer.wait is None else f"{1000 * answer.wait:.0f}"
        lines.append(f"| {answer.line} | {answer.speaker} | {wait} | {answer.caption} |")
    return "\n".join(lines)


def end_of_speech(samples: Samples) -> int:
    """The first sample after the last 10 ms that are at most SPEECH_ENDS dB weaker than the loudest."""
    blocks = samples[: len(samples) // BLOCK * BLOCK].reshape(-1, BLOCK)
    energy = np.mean(blocks.astype(np.float64) ** 2, axis=1)
    audible = np.flatnonzero(energy >= np.max(energy) / 10 ** (SPEECH_ENDS / 10))
    return int(audible[-1] + 1) * BLOCK


def first_sound(samples: Samples) -> int | None:
    """The first sample of at least SOUND; None in silence."""
    loud = np.flatnonzero(np.abs(samples) >= SOUND)
    return int(loud[0]) if len(loud) else None


def as_sound(samples: Samples) -> Sound:
    """Samples in -1 to 1 as sound to play."""
    return Sound(to_pcm(samples), RATE)


# ---- on the card ---------------------------------------------------------------------------------------


def _answers(card: VirtualCard, evening: RunningProgram, cache: Path, every: int) -> list[Answer]:
    room, speaker = Tap(card, "room"), Tap(card, "speaker")
    answers = []
    try:
        for number, line in enumerate(COMMANDS[::every]):
            voice, before = SPEAKERS[number % len(SPEAKERS)], len(evening.lines)
            wait = _wait(card, room, speaker, spoken(voice, line, cache))
            taken = [caption for caption in evening.lines[before:] if "“" in caption]
            answers.append(Answer(line, voice.name, wait, " ".join(taken[0].split()) if taken else ""))
            print(f"latency: {answers[-1]}", file=sys.stderr, flush=True)
            evening.type("")
            _until_silent(speaker)
    finally:
        room.close()
        speaker.close()
    return answers


def _wait(card: VirtualCard, room: Tap, speaker: Tap, speech: Samples) -> float | None:
    """Seconds from the last word to the first sound; None when no answer comes."""
    before, quiet_before = room.count, speaker.count
    card.say(as_sound(padded(speech, 0.3, 0.3)))
    deadline = time.monotonic() + ANSWER_WITHIN
    while (answer := first_sound(speaker.since(quiet_before))) is None:
        if time.monotonic() > deadline:
            return None
        time.sleep(0.02)
    last_word = room.time_of(before + end_of_speech(room.since(before)))
    return speaker.time_of(quiet_before + answer) - last_word


def _until_silent(speaker: Tap) -> None:
    """Until it has been silent for a while; a reply to the stop key may come a little later."""
    deadline = time.monotonic() + LONGEST
    while time.monotonic() < deadline:
        begin = speaker.count
        time.sleep(SILENCE)
        if first_sound(speaker.since(begin)) is None:
            return


def _difference_of_taps(card: VirtualCard) -> float:
    """Seconds by which a click that is played in both places at once is later at the loudspeaker: the median."""
    environment = os.environ | card.environment

    def run(*command: str, given: bytes | None = None) -> str:
        done = subprocess.run(command, env=environment, input=given, capture_output=True, check=True, timeout=60)
        return done.stdout.decode().strip()

    both = run("pactl", "load-module", "module-combine-sink", "sink_name=both", "slaves=room,speaker")
    room, speaker = Tap(card, "room"), Tap(card, "speaker")
    click = np.zeros(RATE // 4, dtype=np.float32)
    click[RATE // 8 : RATE // 8 + 32] = 0.5  # 2 ms
    options = f"--playback --raw --device=both --rate={RATE} --channels=1 --format=s16le --latency-msec=50"
    differences = []
    for _ in range(CLICKS):
        begins = room.count, speaker.count
        run("pacat", *options.split(), given=as_sound(click).pcm)
        time.sleep(0.3)
        heard = [first_sound(tap.since(begin)) for tap, begin in zip((room, speaker), begins, strict=True)]
        if heard[0] is not None and heard[1] is not None:
            at_room = room.time_of(begins[0] + heard[0])
            differences.append(speaker.time_of(begins[1] + heard[1]) - at_room)
    room.close()
    speaker.close()
    run("pactl", "unload-module", both)
    return percentile(differences, 0.5)
