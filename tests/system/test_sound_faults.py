"""The sound server dies and comes back in a running evening; `make faults` makes all the other faults."""

from pathlib import Path

import numpy as np
import psutil  # type: ignore[import-untyped]

from rig.virtual_card import VirtualCard, wait_until
from tests.faults.once import is_repeated
from tests.faults.sound import FAULTS, Trial, warm_up
from tests.support.room import Room, line
from voice.messages.sound import RATE, Sound
from voice.sound.resampling import Resampler, from_pcm

SENTENCE = "You can ask me for a question, set a timer, or start a check-in."


def played(*sounds: Sound | float) -> np.ndarray:
    """The samples of sounds, and of so many seconds of silence, as the virtual card records them."""
    silent = [np.zeros(int(each * RATE)) if isinstance(each, float) else _samples(each) for each in sounds]
    return np.concatenate(silent).astype("<i2")


def _samples(sound: Sound) -> np.ndarray:
    return Resampler(sound.rate, RATE).push(from_pcm(sound.pcm)) * 32767


def test_a_sentence_that_is_played_twice_is_seen() -> None:
    sentence, other = (
        line(SENTENCE, "Alex"),
        line("You can ask me for a story, set the table, or end a check-in.", "Alex"),
    )
    assert not is_repeated(played(0.5, sentence, 1.0))
    assert not is_repeated(played(sentence, other, 0.3))
    assert is_repeated(played(0.5, sentence, 0.7, sentence))
    assert is_repeated(played(sentence, 0.1111, other, sentence, 0.5))
    end = played(sentence)[-2 * RATE - RATE // 2 :]
    assert is_repeated(np.concatenate([end, played(0.2, sentence)])), "its end, and then all of it"


def test_an_evening_goes_on_where_it_was_when_the_sound_server_dies(tmp_path: Path) -> None:
    (killed,) = (fault for fault in FAULTS if fault.name == "server killed")
    with VirtualCard() as card, Room(card, tmp_path) as room:
        warm_up(room)
        assert Trial(card, room, killed, "idle").run().wrong == ""
        assert Trial(card, room, killed, "sentence").run().wrong == ""
        children = psutil.Process(room.process.pid).children()
        room.type("/quit")
        room.process.wait(timeout=30)
        wait_until(lambda: not any(child.is_running() for child in children), 10, "the end of all its processes")
