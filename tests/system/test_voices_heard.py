"""A recorded person and a synthetic one: their voices are learned and told apart, by the real recognizer."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from bench.room import read_sound
from tests.support.evening import Evening
from tests.support.room import line
from voice.commands.keyboard import settle
from voice.composition import open_ears
from voice.listening.ears import Ears
from voice.messages.records import Note
from voice.messages.sound import FRAME_SAMPLES, RATE
from voice.runtime.audio_driver import AudioDriver
from voice.sound.resampling import Samples, from_pcm, resample, to_pcm

STORY = (
    "In the morning we walked down to the harbour and looked at the boats. It rained a little, and then the sun came "
    "out over the hills. We had coffee with my brother, who told us about the garden and the new fence."
)


def read_by_a_person(begin: float, end: float) -> Samples:
    """Somebody reading, from a recording inside the package moonshine-voice; the times are seconds."""
    package = importlib.util.find_spec("moonshine_voice")
    assert package is not None
    assert package.origin is not None
    sound = read_sound(Path(package.origin).parent / "assets" / "two_cities.wav")
    return sound[round(begin * RATE) : round(end * RATE)]


def synthetic(words: str) -> Samples:
    sound = line(words, "Sam")
    return resample(from_pcm(sound.pcm), sound.rate, RATE)


class Hearing:
    """An evening that is heard."""

    def __init__(self, evening: Evening, ears: Ears) -> None:
        self.evening = evening
        evening.loop._listen = ears.listen
        ears.listen(evening.loop.listening)
        self._driver = AudioDriver(evening.loop, ears, evening.clock)

    def hear(self, speech: Samples) -> list[str]:
        """What was answered to it, until people are awaited again."""
        self._driver.settle()
        before = len(self.evening.said)
        samples = np.pad(speech, (RATE // 2, 3 * RATE))
        pcm = to_pcm(np.pad(samples, (0, -len(samples) % FRAME_SAMPLES)))
        self._driver.play(pcm[at : at + 2 * FRAME_SAMPLES] for at in range(0, len(pcm), 2 * FRAME_SAMPLES))
        self._driver.settle()
        return self.evening.said[before:]

    def last_note(self) -> Note:
        return self.evening.loop.journal.records().notes[-1]


@pytest.fixture
def hearing(tmp_path: Path) -> Iterator[Hearing]:
    evening = Evening(tmp_path)
    ears, recognizer = open_ears(evening.house, hurried=False)
    yield Hearing(evening, ears)
    recognizer.close()
    evening.close()


def test_two_voices_are_learned_and_told_apart(hearing: Hearing) -> None:
    evening = hearing.evening
    evening.type("learn our voices", "yes", "yes")
    hearing.hear(read_by_a_person(0, 26))
    assert "Sam" in evening.said[-1], evening.said
    hearing.hear(synthetic(STORY))
    hearing.hear(synthetic(STORY))
    assert [voice.who for voice in evening.loop.journal.records().voices] == ["Alex", "Sam"], evening.said

    (back,) = hearing.hear(synthetic("I really appreciate that you carried the boxes up the stairs today."))
    assert "Sam" in back
    evening.type("yes")
    assert (hearing.last_note().who, hearing.last_note().for_whom) == ("Sam", "Alex")

    evening.type("i have a wish for us")
    settle(evening.loop, evening.clock)
    (back,) = hearing.hear(read_by_a_person(32, 37))
    assert "Alex" in back
    evening.type("no that was sam", "yes")
    assert hearing.last_note().who == "Sam"
