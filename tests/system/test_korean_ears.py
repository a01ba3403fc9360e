"""The whole way from Korean speech to an intent: a tiny pack, its grammar, the real Vosk model, and understanding."""

from collections.abc import Iterator

import pytest

from tests.support.paths import ROOT
from tests.support.speech import korean_model, silence, spoken_korean
from voice.edges.recognizer import Recognizer, open_recognizer
from voice.edges.sound_files import frames_of
from voice.edges.voice_activity import VoiceActivity
from voice.files.strict_yaml import Mistakes
from voice.listening.ears import Ears
from voice.messages.meaning import Match, NoMatch
from voice.messages.recognition import Heard, Listening, Mode
from voice.messages.sound import RATE, Sound
from voice.nlu.understanding import Understanding
from voice.packs.intents import read_intents

PACK = ROOT / "tests" / "support" / "korean" / "intents.yaml"


@pytest.fixture(scope="module")
def recognizer() -> Iterator[Recognizer]:
    one = open_recognizer("vosk", korean_model())
    yield one
    one.close()


@pytest.fixture(scope="module")
def understanding() -> Understanding:
    mistakes = Mistakes()
    pack = read_intents("ko", [PACK], [], mistakes)
    assert not mistakes.found
    return Understanding(pack, ("지훈", "서연"), (), None)


def heard(recognizer: Recognizer, understanding: Understanding, words: str, mode: Mode) -> Match | NoMatch | None:
    """What was understood of these words, spoken in a quiet room; None: nothing was heard at all."""
    ears = Ears(recognizer, VoiceActivity())
    ears.listen(Listening(mode, understanding.index.engine_grammar(mode), longest=2.0))
    pcm = silence(1.0) + spoken_korean(words) + silence(1.5)
    reports = [report for frame in frames_of(Sound(pcm, RATE)) for report in ears.hear(frame)]
    finals = [report for report in reports if isinstance(report, Heard) and report.transcript.final]
    return understanding.understand(finals[-1].transcript.hypotheses, mode) if finals else None


def test_the_grammar_is_what_can_be_said_now(understanding: Understanding) -> None:
    assert set(understanding.index.engine_grammar(Mode.TURN)) == {"감사합니다", "타이머", "타이머 계속"}
    assert set(understanding.index.engine_grammar(Mode.YES_NO)) == {"아니요"}


@pytest.mark.parametrize(
    ("words", "mode", "intent"),
    [("감사합니다", Mode.TURN, "thanks"), ("타이머", Mode.TURN, "timer"), ("아니요", Mode.YES_NO, "no")],
)
def test_what_can_be_said_is_understood(
    recognizer: Recognizer, understanding: Understanding, words: str, mode: Mode, intent: str
) -> None:
    match = heard(recognizer, understanding, words, mode)
    assert isinstance(match, Match)
    assert match.intent == intent


def test_what_cannot_be_said_now_is_not_understood(recognizer: Recognizer, understanding: Understanding) -> None:
    assert not isinstance(heard(recognizer, understanding, "감사합니다", Mode.YES_NO), Match)


def test_a_long_tale_in_a_turn_is_thrown_away(recognizer: Recognizer, understanding: Understanding) -> None:
    tale = "안녕하세요 오늘은 정말 길고 힘든 하루였어요 그래서 조금 피곤하네요"
    assert heard(recognizer, understanding, tale, Mode.TURN) is None
