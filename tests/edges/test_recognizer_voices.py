"""Whose voice it is, through the seam to the engines: only where it is listened to, and whatever goes wrong."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from tests.edges.test_recognizer_seam import OpenEngine
from voice.edges.recognizer import Recognizer
from voice.engines.moonshine.calibration import MOONSHINE
from voice.engines.protocol import EngineDescription
from voice.errors import RecognizerError
from voice.messages.recognition import Listening, Mode, Voice

SOUND = bytes(32_000)


class TellingEngine(OpenEngine):
    """An engine that tells voices by the length of the sound, has no model for it, or dies of it."""

    def voice(self, pcm: bytes, longest: float) -> Voice | None:
        if self.text == "without":
            raise RecognizerError("the model of voices is not there", "somewhere", "Get another.")
        if self.text == "poison":
            os._exit(1)
        return Voice((float(len(pcm)),), longest)

    def partial(self) -> tuple[()]:
        return ()

    finish = partial


@contextmanager
def recognizer(text: str, *, tells: bool = True) -> Iterator[Recognizer]:
    engine = EngineDescription("telling", TellingEngine, (text,), frozenset(), False, MOONSHINE, tells)
    one = Recognizer([engine])
    try:
        yield one
    finally:
        one.close()


def heard(one: Recognizer, voice_seconds: float = 5.0) -> Voice | None:
    one.listen(Listening(Mode.IDLE, voice_seconds=voice_seconds))
    one.accept(SOUND)
    one.finish()
    return one.voice()


def test_the_voice_of_the_utterance_that_was_finished_is_told() -> None:
    with recognizer("fine") as one:
        assert heard(one) == Voice((32_000.0,), 5.0)


def test_a_voice_is_told_in_a_pause_and_anew_when_the_speaker_went_on() -> None:
    with recognizer("fine") as one:
        one.listen(Listening(Mode.IDLE, voice_seconds=5.0))
        one.accept(SOUND)
        one.glance()
        one.begin_voice()
        one.accept(SOUND)  # quiet, as far as it knows
        assert one.voice() == Voice((32_000.0,), 5.0)
        one.went_on()
        one.finish()
        assert one.voice() == Voice((64_000.0,), 5.0)


@pytest.mark.parametrize(("seconds", "tells"), [(0.0, True), (5.0, False)])
def test_no_voice_is_told_where_none_is_listened_to_or_no_engine_can(seconds: float, tells: bool) -> None:
    with recognizer("without", tells=tells) as one:
        assert heard(one, seconds) is None


def test_a_missing_model_is_told_and_costs_no_engine() -> None:
    with recognizer("without") as one:
        assert heard(one) is None
        assert one.engines == ("telling",)
        one.accept(SOUND)
        assert "the model of voices is not there" in one.finish().trouble


def test_an_engine_that_dies_of_it_is_replaced() -> None:
    with recognizer("poison") as one:
        assert heard(one) is None
        one.accept(SOUND)
        assert "was started again" in one.finish().trouble
        assert one.engines == ("telling",)
