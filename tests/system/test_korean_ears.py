"""The whole way from Korean speech to an intent: a tiny pack, its grammar, the real Vosk model, and understanding."""

from collections.abc import Iterator

import pytest

from tests.support.paths import ROOT
from tests.support.speech import KOREAN, korean_model, silence, spoken_korean
from voice.edges.recognizer import UNHURRIED, Recognizer, open_recognizer
from voice.edges.sound_files import frames_of
from voice.edges.voice_activity import VoiceActivity
from voice.engines.vosk.calibration import VOSK
from voice.files.strict_yaml import Mistakes
from voice.listening.ears import Ears
from voice.messages.meaning import Match, NoMatch
from voice.messages.recognition import Heard, Hypothesis, Listening, Mode
from voice.messages.sound import RATE, Sound
from voice.messages.word_graph import Shortlist, WordGraph
from voice.nlu.rescoring.likelihood import most_likely
from voice.nlu.understanding import Understanding
from voice.packs.intents import read_intents

PACK = ROOT / "tests" / "support" / "korean" / "intents.yaml"


@pytest.fixture(scope="module")
def recognizer() -> Iterator[Recognizer]:
    one = open_recognizer("vosk", korean_model(), UNHURRIED)
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


def test_words_of_the_grammar_are_measured_in_the_second_pass(recognizer: Recognizer) -> None:
    recognizer.listen(Listening(Mode.IDLE, KOREAN))
    recognizer.accept(spoken_korean("아니요"))
    measured = recognizer.rescore(lambda: Shortlist(WordGraph((), 0, {}), 0.0)).hypotheses[0]
    assert measured.text == "아니요"
    assert measured.score is not None
    assert measured.score > VOSK.unsure
    recognizer.discard()


@pytest.mark.parametrize(
    ("score", "is_understood", "is_doubted"),
    [(VOSK.sure + 1, True, False), (VOSK.sure - 1, True, True), (VOSK.unsure - 1, False, True)],
)
def test_a_short_word_amid_talk_must_be_sure(
    understanding: Understanding, score: float, is_understood: bool, is_doubted: bool
) -> None:
    heard = [Hypothesis("타이머", "vosk", score, calibration=VOSK)]
    assert isinstance(understanding.understand(heard, Mode.IDLE), Match) is is_understood
    assert (understanding.in_doubt(heard, Mode.IDLE) is not None) is is_doubted


@pytest.mark.parametrize(("score", "unsure"), [(-1.0, False), (-9.0, True)])
def test_what_only_the_very_words_mean_is_asked_about_when_the_sound_is_not_sure(score: float, unsure: bool) -> None:
    free = Hypothesis("타이어", "vosk", 0.0, calibration=VOSK)
    found = Hypothesis("타이머", "vosk", score, constrained=True, calibration=VOSK)
    match = most_likely(
        [free, found],
        lambda hypothesis: Match("timer", {}, hypothesis.text, hypothesis.text, 0.0),
        lambda one, other: 0.1,
        lambda match, calibration: calibration.threshold,
        lambda match: True,
    )
    assert match is not None
    assert match.unsure is unsure
