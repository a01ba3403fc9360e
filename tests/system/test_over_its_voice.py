"""Stories of an evening in which the microphone hears the loudspeaker, on the virtual card."""

import time
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from rig.virtual_card import VirtualCard
from tests.support.room import Room, line, share_heard
from voice.language.text import plain
from voice.messages.sound import RATE

SOUNDS = 300  # of 32768: louder than silence
SPOKEN_BEFORE = 3.0  # seconds of its voice before somebody speaks over it
REST = 3.0  # seconds for the rest of what was said in one breath to be read
SILENT = 1.0  # seconds: longer than its longest pause between two sentences
MOSTLY = 0.5  # of the words of talk over its voice, which nobody hears as well as in quiet
TABLE_TALK = "Could you pass me the salt please."


@pytest.fixture
def room(card: VirtualCard, tmp_path: Path) -> Iterator[Room]:
    with Room(card, tmp_path) as one:
        card.echo(True)
        try:
            one.type("what can we say")  # by this it learns how its voice comes back
            one.wait_until_answered(0, lambda each: each.get("intent") == "help", "help")
            yield one
        finally:
            card.echo(False)


def intents(room: Room) -> list[str]:
    """What was heard since its first answer."""
    return [str(each["intent"]) for each in list(room.events) if each["event"] == "matched"][1:]


def let_it_speak(room: Room) -> int:
    """Have it speak for a while; returns how many samples there are when somebody may speak over it."""
    before = len(room.samples())
    room.type("what can we say")
    room.wait_for(lambda: room.modes()[-1:] == ["speaking"], "its answer")
    spoken = SPOKEN_BEFORE / 3 * RATE
    room.wait_for(lambda: np.sum(np.abs(room.samples()[before:].astype(int)) > SOUNDS) > spoken, "its voice")
    return len(room.samples())


def pauses(samples: np.ndarray) -> list[float]:
    """Seconds of each pause longer than SILENT between two sounds; a busy machine makes some of its own."""
    sounds = np.flatnonzero(np.abs(samples.astype(int)) > SOUNDS)
    between = np.diff(sounds) / RATE
    return [float(each) for each in between if each > SILENT]


def test_it_is_silent_while_somebody_speaks_over_it_and_then_says_the_rest(room: Room) -> None:
    begins, before = let_it_speak(room), len(room.events)
    room.say("Alex", TABLE_TALK)
    room.wait_for(lambda: any(share_heard(TABLE_TALK, each) >= MOSTLY for each in room.texts("ignored")), "the talk")
    room.wait_for(lambda: room.modes(before)[-1:] == ["idle"], "the rest of its answer, to the end")
    assert max(pauses(room.samples()[begins:])) > line(TABLE_TALK, "Alex").seconds - 1  # the second of silence after it
    assert intents(room) == ["help"]
    said, rest = plain(room.texts("said")[-1]).split(), room.spoken_since(begins).split()
    assert said[-2:] == rest[-2:]  # to the end


def test_a_wish_over_its_voice_is_done(room: Room) -> None:
    let_it_speak(room)
    room.command("Alex", "Set a timer for ten minutes.")
    room.wait_for(lambda: intents(room) == ["help", "start_timer"], "the timer")
    room.wait_for(lambda: len(room.texts("said")) == 3, "the answer")


@pytest.mark.parametrize(("more", "meant"), [("Please.", []), ("Ask us a question.", ["ask"])])
def test_stop_over_its_voice_counts_and_more_in_one_breath_if_it_is_a_wish(
    room: Room, more: str, meant: list[str]
) -> None:
    let_it_speak(room)
    assert intents(room) == ["help"]  # its voice alone does nothing
    answers = len(room.texts("said"))
    room.command("Alex", f"Stop. {more}")
    room.wait_for(lambda: "stop" in intents(room), "silence")
    time.sleep(REST)
    assert intents(room) == ["help", "stop", *meant]
    assert bool(room.texts("said")[answers:]) == bool(meant)
