"""Falling silent when somebody speaks over it: whom it lets speak, what it does about that, and when it goes on."""

from pathlib import Path

import pytest

from tests.support.evening import COUPLE, Evening
from voice.config import Config
from voice.listening.hush import INSISTS, LONGEST, RESTS, UNREAD
from voice.messages.actions import Say
from voice.messages.recognition import Heard, Hypothesis, Mode, Transcript
from voice.speaking.mouth import SilentMouth


class Mouth(SilentMouth):
    """Says everything without end, until it is hushed; `told` is what the loop wanted of it."""

    def __init__(self) -> None:
        self.told: list[str] = []
        self.speaks = False

    def say(self, say: Say) -> None:
        self.told.append(say.text)
        self.speaks = True

    def hush(self) -> None:
        self.told.append("(hush)")
        self.speaks = False

    def pause(self) -> None:
        self.told.append("(pause)")

    def go_on(self) -> None:
        self.told.append("(go on)")

    def finished(self, at: float) -> bool:
        return not self.speaks


class Spoken:
    """An evening in which it is speaking, and people speak over it."""

    def __init__(self, directory: Path, config: Config = COUPLE, line: str = "What can we say?") -> None:
        self.evening = Evening(directory, config=config)
        self.mouth = Mouth()
        self.evening.loop.mouth = self.mouth
        self.evening.address(line)
        self._number = 0
        self.mouth.told.clear()

    def begin(self) -> None:
        """Somebody begins to speak."""
        self.evening.loop.voices(over=True)
        self.evening.wait(0.5)

    def hear(self, words: str) -> None:
        """These were the words."""
        self._number += 1
        at = self.evening.clock.at()
        heard = Heard(Transcript((Hypothesis(words, "moonshine"),)), self._number, at - 1.0, at, own=0.1)
        self.evening.loop.hear(heard)

    def say(self, words: str) -> list[str]:
        """Somebody says this over it; returns what the mouth was told, until a second later."""
        self.mouth.told.clear()
        self.begin()
        self.hear(words)
        self.evening.wait(1.0)
        return self.mouth.told


@pytest.fixture
def spoken(tmp_path: Path) -> Spoken:
    return Spoken(tmp_path)


def test_what_is_not_meant_for_it_lets_it_go_on(spoken: Spoken) -> None:
    assert spoken.say("Could you pass me the salt please?") == ["(pause)", "(go on)"]
    assert spoken.evening.loop.listening.mode is Mode.SPEAKING


def test_stop_ends_it(spoken: Spoken) -> None:
    assert spoken.say("Stop.") == ["(pause)", "(hush)"]
    spoken.evening.wait(60)
    assert "(go on)" not in spoken.mouth.told


def test_a_wish_is_done(spoken: Spoken) -> None:
    pause, hush, answer = spoken.say("Set a timer for ten minutes.")
    assert (pause, hush) == ("(pause)", "(hush)")
    assert "ten minutes" in answer.lower()


def test_a_wish_in_the_words_that_it_says_itself_is_not_done(spoken: Spoken) -> None:
    (told,) = [each for each in spoken.evening.said if "ask us a question" in each.lower()][-1:]
    assert spoken.evening.loop.listening.own_words.endswith(told)
    assert spoken.say("Ask us a question.") == ["(pause)", "(go on)"]


def test_it_waits_while_people_speak_on_and_not_forever(spoken: Spoken) -> None:
    spoken.begin()
    spoken.hear("Could you pass me the salt please?")
    spoken.evening.loop.voices()  # the other one answers
    spoken.evening.wait(UNREAD - 0.5)
    assert spoken.mouth.told == ["(pause)"]
    for _ in range(round(LONGEST)):
        spoken.evening.loop.voices()
        spoken.evening.wait(1.0)
    assert spoken.mouth.told == ["(pause)", "(go on)"]


def test_who_is_never_read_keeps_it_from_speaking_for_seconds(spoken: Spoken) -> None:
    spoken.begin()
    spoken.evening.wait(UNREAD + 0.5)
    assert spoken.mouth.told == ["(pause)", "(go on)"]


def test_in_vain_it_falls_silent_for_who_insists_and_then_not_for_ten_minutes(spoken: Spoken) -> None:
    for expected in (["(pause)", "(go on)"], ["(pause)", "(go on)"], []):
        assert spoken.say("Could you pass me the salt please?") == expected
    spoken.evening.wait(RESTS)
    assert spoken.say("Could you pass me the salt please?") == ["(pause)", "(go on)"]
    spoken.evening.wait(INSISTS)
    assert spoken.say("Stop.") == ["(hush)"]  # which counts all the same


def test_an_answer_counts_when_the_question_was_said_to_its_end(tmp_path: Path) -> None:
    spoken = Spoken(tmp_path, line="Forget everything.")
    assert spoken.evening.loop.state.listening.mode is Mode.YES_NO
    assert spoken.say("Yes.") == ["(pause)", "(go on)"]


def test_with_barge_in_off_it_speaks_on(tmp_path: Path) -> None:
    spoken = Spoken(tmp_path, Config(partners=("Alex", "Sam"), barge_in="off"))
    assert spoken.say("Stop.") == []


def test_with_stop_alone_no_wish_counts(tmp_path: Path) -> None:
    spoken = Spoken(tmp_path, Config(partners=("Alex", "Sam"), barge_in="stop"))
    assert spoken.say("Set a timer for ten minutes.") == ["(pause)", "(go on)"]


def test_what_is_said_in_a_crisis_is_said_to_its_end(tmp_path: Path) -> None:
    spoken = Spoken(tmp_path, line="I want to kill myself.")
    assert spoken.evening.loop.state.care
    assert spoken.say("Could you pass me the salt please?") == []


def test_a_typed_line_ends_the_silence(spoken: Spoken) -> None:
    spoken.begin()
    spoken.evening.loop.typed("stop")
    assert spoken.mouth.told == ["(pause)", "(hush)"]


def test_where_nothing_was_left_to_say_the_next_line_is_said(spoken: Spoken) -> None:
    spoken.begin()
    spoken.mouth.speaks = False
    spoken.evening.wait(1.0)
    assert spoken.mouth.told == ["(pause)", "(go on)"]
    assert spoken.evening.loop.listening.mode is not Mode.SPEAKING
