"""The whole way from Korean speech to an intent: a tiny pack, its grammar, the real Vosk model, and understanding."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime

import pytest

from tests.support.english import english_content
from tests.support.paths import ROOT
from tests.support.speech import KOREAN, in_a_room, korean_model, silence, spoken, spoken_korean
from voice.assistant.assistant import Assistant
from voice.assistant.doubts import WasItMeant
from voice.dialogue.state import Household, State
from voice.edges.recognizer import UNHURRIED, Recognizer, open_recognizer
from voice.edges.sound_files import frames_of
from voice.edges.voice_activity import VoiceActivity
from voice.engines.vosk.calibration import VOSK
from voice.files.strict_yaml import Mistakes
from voice.listening.ears import Ears
from voice.listening.second_pass import SecondPass
from voice.messages.actions import Say
from voice.messages.events import Understood
from voice.messages.meaning import Match, NoMatch
from voice.messages.recognition import Heard, Hypothesis, Listening, Mode
from voice.messages.records import Records
from voice.messages.sound import RATE, Sound
from voice.messages.word_graph import Shortlist, WordGraph
from voice.nlu.understanding import Understanding
from voice.packs.intents import read_intents

PACK = ROOT / "tests" / "support" / "korean" / "intents.yaml"
PARTNERS = ("지훈", "서연")
NOW = datetime(2026, 11, 23, 20).astimezone()
ERASE = "모두 지워"  # of the intent `erase`, which is exact


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
    return Understanding(pack, PARTNERS, (), None)


def final_readings(ears: Ears, pcm: bytes) -> tuple[Hypothesis, ...] | None:
    """The hypotheses for the utterance in a sound (16-bit mono, RATE); None: nothing was heard at all."""
    reports = [report for frame in frames_of(Sound(pcm, RATE)) for report in ears.hear(frame)]
    finals = [report for report in reports if isinstance(report, Heard) and report.transcript.final]
    return finals[-1].transcript.hypotheses if finals else None


def heard(recognizer: Recognizer, understanding: Understanding, words: str, mode: Mode) -> Match | NoMatch | None:
    """What was understood of these words, spoken in a quiet room; None: nothing was heard at all."""
    ears = Ears(recognizer, VoiceActivity())
    ears.listen(Listening(mode, understanding.index.engine_grammar(mode), longest=2.0))
    readings = final_readings(ears, silence(1.0) + spoken_korean(words) + silence(1.5))
    return None if readings is None else understanding.understand(readings, mode)


def question_about(match: Match) -> str:
    """What the program asks before it does this; "" where it asks nothing."""
    assistant = Assistant(english_content(), Household(PARTNERS), 1)
    decided = assistant.decide(State(), Understood(match, 1.0), Records(), NOW)
    asked = [action.text for action in decided.actions if isinstance(action, Say) and ERASE in action.text]
    return asked[0] if isinstance(decided.state.awaited, WasItMeant) else ""


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


def test_what_only_the_very_words_mean_is_asked_about_when_the_sound_is_not_sure(
    recognizer: Recognizer, understanding: Understanding
) -> None:
    """The model reads other words, and the second pass finds the command in the sound of them."""
    ears = Ears(recognizer, VoiceActivity(), understanding.index, SecondPass(recognizer, understanding))
    ears.listen(Listening(Mode.IDLE))
    readings = final_readings(ears, in_a_room(silence(1.0) + spoken(ERASE, "ko", 150) + silence(1.5)))
    assert readings
    assert ERASE not in [each.text for each in readings if not each.constrained]
    match = understanding.understand(readings, Mode.IDLE)
    assert isinstance(match, Match)
    assert (match.intent, match.text, match.unsure) == ("erase", ERASE, True)
    assert question_about(match)

    intents = tuple(replace(each, exact=False) for each in understanding.pack.intents)
    any_words = Understanding(replace(understanding.pack, intents=intents), PARTNERS, (), None)
    match = any_words.understand(readings, Mode.IDLE)
    assert isinstance(match, Match)
    assert (match.intent, match.unsure) == ("erase", False)
    assert not question_about(match)
