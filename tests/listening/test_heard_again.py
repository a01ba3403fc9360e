"""What comes to nothing is heard again as it was learned for rooms: the real recognizer, in simulated rooms."""

import numpy as np
import pytest

from bench.room import with_noise
from tests.support.speech import spoken
from training.rooms import in_room, some_room
from voice.edges.recognizer import UNHURRIED, open_recognizer
from voice.listening.second_pass import SecondPass
from voice.messages.meaning import Match
from voice.messages.recognition import Listening, Mode
from voice.nlu.understanding import Understanding
from voice.sound.resampling import from_pcm, to_pcm

MODE = Mode.IDLE
SAID = (("ask us something about money", (3, 5)), ("lower your voice please", (0,)))
TALK = ("the train was late again", "he never told me about that job")


def in_a_noisy_room(words: str, seed: int) -> bytes:
    """The words in a simulated room, with hiss at 12 dB."""
    random = np.random.default_rng(seed)
    wet = in_room(from_pcm(spoken(words)), some_room(random))
    return to_pcm(with_noise(wet, random.normal(0, 1, len(wet)).astype(np.float32), 12.0))


def meanings(sounds: list[bytes], rooms: str, understanding: Understanding) -> list[str]:
    """The intents of the sounds; "" for none."""
    recognizer, found = open_recognizer("moonshine", None, UNHURRIED, rooms=rooms), []
    try:
        recognizer.listen(Listening(MODE, graph=understanding.index.graph(MODE)))
        for sound in sounds:
            recognizer.accept(sound)
            heard = SecondPass(recognizer, understanding).rescore(recognizer.finish(), MODE)
            meant = understanding.understand(heard.hypotheses, MODE)
            found.append(meant.intent if isinstance(meant, Match) else "")
    finally:
        recognizer.close()
    return found


@pytest.mark.parametrize(("rooms", "meant"), [("off", [""] * 3), ("auto", ["ask"] * 2 + ["softer"])])
def test_commands_in_noisy_rooms_are_understood_when_they_are_heard_again(
    understanding: Understanding, rooms: str, meant: list[str]
) -> None:
    sounds = [in_a_noisy_room(words, seed) for words, seeds in SAID for seed in seeds]
    assert meanings(sounds, rooms, understanding) == meant


def test_talk_in_noisy_rooms_means_no_more_than_before(understanding: Understanding) -> None:
    sounds = [in_a_noisy_room(words, seed) for words in TALK for seed in range(2)]
    assert meanings(sounds, "auto", understanding) == meanings(sounds, "off", understanding)
