"""Stories of an evening in which the microphone hears the loudspeaker, on the virtual card."""

from pathlib import Path

import numpy as np

from rig.virtual_card import VirtualCard
from tests.support.room import Room
from voice.messages.sound import RATE

SOUNDS = 300  # of 32768: louder than silence
SPOKEN_BEFORE = 3.0  # seconds of its voice before somebody speaks over it


def intents(room: Room) -> list[str]:
    return [str(each["intent"]) for each in list(room.events) if each["event"] == "matched"]


def test_stop_is_heard_over_its_voice_and_its_voice_alone_does_nothing(card: VirtualCard, tmp_path: Path) -> None:
    with Room(card, tmp_path) as room:
        card.echo(True)
        try:
            room.type("what can we say")
            room.wait_for(lambda: room.modes()[-1:] == ["speaking"], "its answer")
            room.wait_for(lambda: np.sum(np.abs(room.samples()) > SOUNDS) > SPOKEN_BEFORE / 3 * RATE, "its voice")
            assert intents(room) == ["help"]
            room.command("Alex", "Stop.")
            room.wait_for(lambda: room.modes()[-1] != "speaking", "silence")
            assert intents(room) == ["help", "stop"]
        finally:
            card.echo(False)
