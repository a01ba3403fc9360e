"""The second pass: when the recognizer is asked once more, about which words, and what the transcript holds then."""

from collections.abc import Callable

import pytest

from voice.edges.phonemes import Phonemizer
from voice.engines.moonshine.calibration import MOONSHINE
from voice.listening.second_pass import SecondPass
from voice.listening.wake_phrase import WakePhrase
from voice.messages.recognition import Hypothesis, Mode, Transcript
from voice.messages.word_graph import Shortlist
from voice.nlu.understanding import Understanding

COMMAND, MISREAD = "Log an appreciation.", "Law on a preciation now."
SAYING = "what made you smile this week"


def read(text: str, score: float | None = -4.0, *, engine: str = "moonshine", constrained: bool = False) -> Hypothesis:
    return Hypothesis(text, engine, score, constrained, calibration=None if score is None else MOONSHINE)


class ScriptedRecognizer:
    """Rescores every utterance with the same hypotheses, and keeps the shortlists that it was given."""

    def __init__(self, *found: Hypothesis, trouble: str = "") -> None:
        self._found = Transcript(found, trouble=trouble)
        self.shortlists = list[Shortlist]()

    def rescore(self, shortlist: Callable[[], Shortlist]) -> Transcript:
        self.shortlists.append(shortlist())
        return self._found


@pytest.fixture
def recognizer() -> ScriptedRecognizer:
    return ScriptedRecognizer(read(MISREAD, -4.5), read(COMMAND, -5.0, constrained=True))


# ---- when ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "score", "mode", "is_asked"),
    [
        (COMMAND, -0.5, Mode.IDLE, False),  # the very words of a command
        (MISREAD, -4.0, Mode.IDLE, True),
        (MISREAD, -4.0, Mode.WORDS, False),  # a line that is dictated may be anything
        ("That's enough.", -0.5, Mode.QUESTION, False),
        ("That's enough.", -2.5, Mode.QUESTION, True),  # the very words, but short and unsure amid talk
        (f"{MISREAD} {MISREAD} {MISREAD} {MISREAD}", -4.0, Mode.IDLE, False),  # longer than any command
        ("", None, Mode.IDLE, False),
    ],
)
def test_what_is_in_doubt_is_rescored_once(
    recognizer: ScriptedRecognizer,
    understanding: Understanding,
    text: str,
    score: float | None,
    mode: Mode,
    is_asked: bool,
) -> None:
    heard = Transcript((read(text, score),))
    rescored = SecondPass(recognizer, understanding).rescore(heard, mode)
    assert len(recognizer.shortlists) == is_asked
    assert (rescored is heard) is not is_asked


def test_the_recognizer_is_given_what_the_words_sound_like(
    recognizer: ScriptedRecognizer, understanding: Understanding
) -> None:
    SecondPass(recognizer, understanding).rescore(Transcript((read(MISREAD),)), Mode.IDLE)
    (shortlist,) = recognizer.shortlists
    sentences = {" ".join(arc.word for arc in arcs if arc.word) for arcs in shortlist.graph.sentences()}
    assert "log an appreciation" in sentences


# ---- what the transcript holds then -------------------------------------------------------------------


def test_the_words_that_were_heard_stay_with_the_score_of_the_second_pass(
    recognizer: ScriptedRecognizer, understanding: Understanding
) -> None:
    other = read("law on appreciation", None, engine="vosk")
    heard = Transcript((other, read(MISREAD)), final=False)
    rescored = SecondPass(recognizer, understanding).rescore(heard, Mode.IDLE)
    assert rescored.hypotheses == (other, read(MISREAD, -4.5), read(COMMAND, -5.0, constrained=True))
    assert not rescored.final


def test_what_only_the_second_pass_read_freely_is_no_reading(understanding: Understanding) -> None:
    recognizer = ScriptedRecognizer(read("Lower the appreciation.", -3.0))
    heard = Transcript((read(MISREAD),))
    assert SecondPass(recognizer, understanding).rescore(heard, Mode.IDLE) == heard


def test_troubles_of_both_passes_are_told(understanding: Understanding) -> None:
    recognizer = ScriptedRecognizer(trouble="The engine hung.")
    heard = Transcript((read(MISREAD),), trouble="The engine died.")
    rescored = SecondPass(recognizer, understanding).rescore(heard, Mode.IDLE)
    assert rescored == Transcript(heard.hypotheses, trouble="The engine died. The engine hung.")


# ---- own words and the wake phrase --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "own_words", "is_asked"),
    [
        (f"{SAYING} stop", SAYING, False),  # the very word is left
        (f"{SAYING} stop", "", True),
        (f"{SAYING} step it", SAYING, True),
        (SAYING, SAYING, False),  # nothing is left
        (SAYING, "", True),
    ],
)
def test_only_what_is_left_without_own_words_is_in_doubt(
    recognizer: ScriptedRecognizer, understanding: Understanding, text: str, own_words: str, is_asked: bool
) -> None:
    heard = Transcript((read(text),))
    rescored = SecondPass(recognizer, understanding).rescore(heard, Mode.SPEAKING, own_words)
    assert len(recognizer.shortlists) == is_asked
    assert rescored.hypotheses[0].text == text  # the transcript keeps them: the loop takes them out itself


@pytest.mark.parametrize(
    ("text", "mode", "is_asked"),
    [
        (f"Hey Hearthside, {COMMAND}", Mode.IDLE, False),
        (f"Hey Hearthside, {MISREAD}", Mode.IDLE, True),
        ("Hey Hearthside.", Mode.IDLE, False),
        (f"Hey Hearthside, {COMMAND}", Mode.SESSION, True),  # no call is needed, so these are words like others
    ],
)
def test_the_wake_phrase_is_not_in_doubt_where_it_is_needed(
    recognizer: ScriptedRecognizer, understanding: Understanding, text: str, mode: Mode, is_asked: bool
) -> None:
    second_pass = SecondPass(recognizer, understanding, WakePhrase("hey hearthside", Phonemizer()))
    rescored = second_pass.rescore(Transcript((read(text),)), mode)
    assert len(recognizer.shortlists) == is_asked
    assert rescored.hypotheses[0].text == text
