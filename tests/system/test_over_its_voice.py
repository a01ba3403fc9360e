"""Stories of an evening in which the microphone hears the loudspeaker, on the virtual card."""

import time
from collections.abc import Callable
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


Story = Callable[[Room], None]


@pytest.fixture
def tell(card: VirtualCard, tmp_path: Path) -> Callable[[Story], None]:
    """Tells a story in a room whose microphone hears the loudspeaker.

    It is told once more where it fails: a busy machine lets sound stutter, and what is heard is not what is played.
    """

    def told(story: Story) -> None:
        try:
            _tell(card, tmp_path / "first", story)
        except (AssertionError, TimeoutError):
            _tell(card, tmp_path / "second", story)

    return told


def _tell(card: VirtualCard, directory: Path, story: Story) -> None:
    with Room(card, directory) as room:
        card.echo(True)
        try:
            room.type("what can we say")  # by this it learns how its voice comes back
            room.wait_until_answered(0, lambda each: each.get("intent") == "help", "help")
            story(room)
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


def test_it_is_silent_while_somebody_speaks_over_it_and_then_says_the_rest(tell: Callable[[Story], None]) -> None:
    def story(room: Room) -> None:
        begins, before = let_it_speak(room), len(room.events)
        room.say("Alex", TABLE_TALK)
        room.wait_for(
            lambda: any(share_heard(TABLE_TALK, each) >= MOSTLY for each in room.texts("ignored")), "the talk"
        )
        room.wait_for(lambda: room.modes(before)[-1:] == ["idle"], "the rest of its answer, to the end")
        silence = line(TABLE_TALK, "Alex").seconds - 1  # without the second after it
        assert max(pauses(room.samples()[begins:])) > silence
        assert intents(room) == ["help"]
        said, rest = plain(room.texts("said")[-1]).split(), room.spoken_since(begins).split()
        assert said[-2:] == rest[-2:]  # to the end

    tell(story)


def test_a_wish_over_its_voice_is_done(tell: Callable[[Story], None]) -> None:
    def story(room: Room) -> None:
        let_it_speak(room)
        room.command("Alex", "Set a timer for ten minutes.")
        room.wait_for(lambda: intents(room) == ["help", "start_timer"], "the timer")
        room.wait_for(lambda: len(room.texts("said")) == 3, "the answer")

    tell(story)


@pytest.mark.parametrize(("more", "meant"), [("Please.", []), ("Ask us a question.", ["ask"])])
def test_stop_over_its_voice_counts_and_more_in_one_breath_if_it_is_a_wish(
    tell: Callable[[Story], None], more: str, meant: list[str]
) -> None:
    def story(room: Room) -> None:
        let_it_speak(room)
        assert intents(room) == ["help"]  # its voice alone does nothing
        answers = len(room.texts("said"))
        room.command("Alex", f"Stop. {more}")
        room.wait_for(lambda: "stop" in intents(room), "silence")
        time.sleep(REST)
        assert intents(room) == ["help", "stop", *meant]
        assert bool(room.texts("said")[answers:]) == bool(meant)

    tell(story)
