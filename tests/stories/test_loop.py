"""What is heard early: when it is acted on, what is got ready for it, and that it leaves no trace when not meant."""

from pathlib import Path

import pytest

from tests.support.evening import Evening
from voice.listening.turn_taking import Settled, WaitFor
from voice.messages.actions import Chime, Say
from voice.messages.recognition import (
    WAIT_COMPLETE,
    WAIT_DEFAULT,
    WAIT_EXTENDABLE,
    WAIT_MEANT,
    WAIT_PREFIX,
    Heard,
    Hypothesis,
    Transcript,
)
from voice.speaking.mouth import SilentMouth


class Mouth(SilentMouth):
    """Writes down what it was told to get ready, and to say."""

    def __init__(self) -> None:
        self.prepared: list[str] = []
        self.sounds: list[str] = []

    def prepare(self, say: Say) -> None:
        self.prepared.append(say.text)

    def say(self, say: Say) -> None:
        self.sounds.append(say.text)

    def chime(self, chime: Chime) -> None:
        self.sounds.append(chime.name)


def early(text: str, quiet: float, number: int = 1) -> Heard:
    """What an early look made of an utterance, after so much quiet."""
    return Heard(Transcript((Hypothesis(text, "moonshine"),), final=False), number, began=1.0, at=3.0, quiet=quiet)


@pytest.fixture
def evening(tmp_path: Path) -> Evening:
    return Evening(tmp_path)


@pytest.fixture
def mouth(evening: Evening) -> Mouth:
    evening.loop.mouth = Mouth()
    return evening.loop.mouth


@pytest.mark.parametrize(
    ("said", "wait"),
    [
        ("What decks do you have?", WAIT_COMPLETE),
        ("Set a timer for 5 minutes.", WAIT_EXTENDABLE),  # "... called tea"
        ("I appreciate that Sam made soup.", WAIT_DEFAULT),  # "... and washed up"
        ("Hearthside, start the night check, we are sleepy.", WAIT_MEANT),  # in words of their own
        ("Set a timer for", WAIT_PREFIX),
        ("Hearthside, could you tell us something about", WAIT_PREFIX),
        ("I appreciate that Sam made soup and", WAIT_PREFIX),
        ("The soup was nice today.", WAIT_DEFAULT),
    ],
)
def test_each_utterance_is_given_the_time_to_go_on(evening: Evening, mouth: Mouth, said: str, wait: float) -> None:
    assert evening.loop.hear(early(said, quiet=min(wait, WAIT_MEANT) - 0.05)) == WaitFor(wait)
    assert mouth.sounds == []
    settled = wait <= WAIT_MEANT  # all else ends with the utterance
    assert evening.loop.hear(early(said, quiet=WAIT_MEANT)) == (Settled() if settled else WaitFor(wait))
    assert bool(mouth.sounds) == settled


@pytest.mark.parametrize(
    "said", ["Ask us a question.", "Set a timer for 5 minutes.", "I appreciate that Sam made soup."]
)
def test_what_is_got_ready_is_what_is_said_then(evening: Evening, mouth: Mouth, said: str) -> None:
    evening.loop.hear(early(said, quiet=0.0))
    evening.wait(1)
    evening.loop.hear(Heard(Transcript((Hypothesis(said, "moonshine"),)), 1, began=1.0, at=3.0))
    assert mouth.prepared == [sound for sound in mouth.sounds if " " in sound][:1]


@pytest.mark.parametrize(
    "said", ["Ask us a question.", "Set a timer for 5 minutes.", "I appreciate that Sam made soup."]
)
def test_what_was_not_meant_leaves_no_trace(evening: Evening, mouth: Mouth, said: str) -> None:
    state, records = evening.loop.state, evening.house.journal.records()
    told = len(evening.captions)
    evening.loop.hear(early(said, quiet=0.0))
    assert mouth.prepared
    assert mouth.sounds == []
    assert evening.loop.state == state
    assert evening.house.journal.records() == records
    assert len(evening.captions) == told


def test_the_same_is_got_ready_once_an_utterance(evening: Evening, mouth: Mouth) -> None:
    for number in (1, 1, 2):
        evening.loop.hear(early("Ask us a question.", 0.0, number))
    assert len(mouth.prepared) == 2


def test_an_utterance_is_understood_once_while_its_words_stay_the_same(
    evening: Evening, monkeypatch: pytest.MonkeyPatch
) -> None:
    understood = list[str]()
    understanding = evening.loop.understanding
    understand = understanding.understand
    monkeypatch.setattr(
        understanding,
        "understand",
        lambda readings, *rest, **named: understood.append(readings[0].text) or understand(readings, *rest, **named),
    )
    for quiet in (0.0, 0.2, 0.3):
        evening.loop.hear(early("It was the long walk by the sea", quiet))
    evening.loop.hear(early("It was the long walk by the sea, I think", 0.3))
    assert understood == ["It was the long walk by the sea", "It was the long walk by the sea, I think"]
