"""Ears on real speech: where one utterance ends and another begins, and what is never read."""

from collections.abc import Iterable, Iterator

import pytest

from tests.support.speech import silence, spoken
from voice.edges.recognizer import Recognizer, open_recognizer
from voice.edges.sound_files import frames_of
from voice.edges.voice_activity import VoiceActivity
from voice.listening.ears import Ears
from voice.messages.recognition import (
    WAIT_COMPLETE,
    WAIT_DEFAULT,
    WAIT_EXTENDABLE,
    WAIT_MEANT,
    WAIT_PREFIX,
    Heard,
    Listening,
    Mode,
)
from voice.messages.sound import RATE, Frame, Sound


@pytest.fixture(scope="module")
def recognizer() -> Iterator[Recognizer]:
    one = open_recognizer("moonshine", None)
    yield one
    one.close()


@pytest.fixture
def ears(recognizer: Recognizer) -> Ears:
    recognizer.discard()
    return Ears(recognizer, VoiceActivity())


def frames(*sounds: bytes) -> Iterable[Frame]:
    return frames_of(Sound(b"".join(sounds), RATE))


def hear(ears: Ears, *sounds: bytes) -> list[Heard]:
    reports = [report for frame in frames(*sounds) for report in ears.hear(frame)]
    return [report for report in reports if isinstance(report, Heard)]


def finals(reports: list[Heard]) -> list[str]:
    return [report.transcript.text for report in reports if report.transcript.final]


def test_a_pause_is_reported_at_each_look_and_the_end_comes_later(ears: Ears) -> None:
    all_reports = hear(ears, silence(1.0), spoken("ask us a question"), silence(1.5))
    reports = [report for report in all_reports if report.is_at_a_look]
    early, later, latest, final = reports
    assert [report.transcript.final for report in reports] == [False, False, False, True]
    assert {report.number for report in reports} == {1}
    assert early.transcript == later.transcript == latest.transcript  # read once, at the first look
    assert early.quiet >= WAIT_COMPLETE
    assert later.quiet >= WAIT_EXTENDABLE
    assert latest.quiet >= WAIT_MEANT
    assert final.at - early.at == pytest.approx(WAIT_DEFAULT - WAIT_COMPLETE, abs=0.05)


def test_a_beginning_is_given_the_time_to_go_on(ears: Ears) -> None:
    beginning, rest = spoken("ask us", around=0.0), spoken("a question", around=0.0)
    heard = list[Heard]()
    for frame in frames(silence(1.0), beginning, silence(0.8), rest, silence(2.0)):
        for report in ears.hear(frame):
            if isinstance(report, Heard):
                heard.append(report)
                ears.extend(report.number, WAIT_PREFIX)
    (text,) = finals(heard)
    assert text.lower().startswith("ask")  # what was read at the pause was not the end of it
    assert "question" in text


def test_what_was_acted_on_early_is_over(ears: Ears) -> None:
    heard = list[Heard]()
    for frame in frames(
        silence(1.0), spoken("ask us a question", around=0.2), spoken("stop", around=0.1), silence(1.5)
    ):
        for report in ears.hear(frame):
            if isinstance(report, Heard):
                heard.append(report)
                if report.is_at_a_look:
                    ears.settle(report.number)
                else:
                    ears.extend(report.number, WAIT_DEFAULT)
    assert [report.number for report in heard if report.is_at_a_look] == [1, 2]
    assert "stop" in heard[-1].transcript.text.lower()


def test_a_closed_microphone_ends_what_was_being_heard(ears: Ears) -> None:
    assert finals(hear(ears, silence(1.0), spoken("I was just about to", around=0.0))) == []
    ears.reset()
    reports = hear(ears, spoken("ask us a question"), silence(1.5))
    assert {report.number for report in reports} == {2}
    assert "about" not in str(finals(reports))


def test_in_a_turn_only_what_is_short_is_read(ears: Ears) -> None:
    ears.listen(Listening(Mode.TURN, longest=2.0))
    tale = spoken("I was worried about my sister today and the train was late again", around=0.0)
    assert hear(ears, silence(1.0), tale, silence(1.5)) == []
    assert [text.lower().strip(".") for text in finals(hear(ears, spoken("I'm done"), silence(1.5)))] == ["i'm done"]


def test_a_dictated_line_may_have_pauses(ears: Ears) -> None:
    ears.listen(Listening(Mode.WORDS, patience=2.0, longest=30.0))
    line = (spoken("Sam made me laugh"), silence(1.0), spoken("at breakfast"), silence(2.5))
    (text,) = finals(hear(ears, silence(1.0), *line))
    assert "laugh" in text
    assert "breakfast" in text
