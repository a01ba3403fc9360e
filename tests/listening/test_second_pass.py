"""The second pass: when the recognizer is asked once more, about which words, and what the transcript holds then."""

from collections.abc import Callable

import pytest

from voice.edges.phonemes import Phonemizer
from voice.engines.moonshine.calibration import MOONSHINE
from voice.listening.second_pass import SecondPass
from voice.listening.wake_phrase import WakePhrase
from voice.messages.meaning import Match
from voice.messages.recognition import Hypothesis, Mode, Transcript
from voice.messages.word_graph import Shortlist
from voice.nlu.understanding import Understanding

COMMAND, MISREAD = "Log an appreciation.", "Law on a preciation now."
SAYING = "what made you smile this week"


def read(text: str, score: float | None = -4.0, *, engine: str = "moonshine", constrained: bool = False) -> Hypothesis:
    return Hypothesis(text, engine, score, constrained, calibration=None if score is None else MOONSHINE)


class ScriptedRecognizer:
    """Rescores every utterance with the same hypotheses, and keeps the shortlists that it was given.

    again: what it hears in its second way: what it reads, and what it finds besides. seconds: of sound.
    """

    def __init__(
        self, *found: Hypothesis, trouble: str = "", again: tuple[Hypothesis, ...] = (), seconds: float = 2.0
    ) -> None:
        self._found, self._again, self.seconds = Transcript(found, trouble=trouble), Transcript(again), seconds
        self.shortlists, self.heard_again = list[Shortlist](), 0

    def rescore(self, shortlist: Callable[[], Shortlist], *, again: bool) -> Transcript:
        self.shortlists.append(shortlist())
        return self._again if again else self._found

    def read_again(self) -> Transcript:
        self.heard_again += 1
        return Transcript(self._again.hypotheses[:1])


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


# ---- what is heard again ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "mode", "is_heard_again"),
    [
        (MISREAD, Mode.IDLE, True),
        (MISREAD, Mode.SESSION, True),
        (MISREAD, Mode.TURN, False),  # where most sound is talk
        (MISREAD, Mode.SPEAKING, False),
        ("Log in appreciation.", Mode.IDLE, False),  # near enough to be meant
        ("Is it late?", Mode.IDLE, True),
        (f"{MISREAD} {MISREAD} {MISREAD} {MISREAD}", Mode.IDLE, False),  # not even in doubt
    ],
)
def test_what_comes_to_nothing_is_heard_again(
    understanding: Understanding, text: str, mode: Mode, is_heard_again: bool
) -> None:
    recognizer = ScriptedRecognizer(read(text), again=(read(COMMAND, -0.5),))
    heard = Transcript((read(text),), final=False)
    rescored = SecondPass(recognizer, understanding).rescore(heard, mode)
    assert recognizer.heard_again == is_heard_again
    assert rescored.text == (COMMAND if is_heard_again and mode is Mode.IDLE else text)
    assert not rescored.final


@pytest.mark.parametrize(
    ("score", "seconds", "mode", "is_heard_again"),
    [
        (-4.0, 2.0, Mode.IDLE, True),
        (-1.0, 2.0, Mode.IDLE, False),  # read for certain
        (-4.0, 5.0, Mode.IDLE, False),  # the same, for so long a sound
        (-4.0, 1.0, Mode.IDLE, False),  # only a short sentence can be meant, which would not count amid talk
        (-4.0, 1.0, Mode.SESSION, True),
        (None, 2.0, Mode.IDLE, True),  # nobody knows how certain that is
    ],
)
def test_what_was_read_for_certain_or_is_too_short_to_count_is_not_heard_again(
    understanding: Understanding, score: float | None, seconds: float, mode: Mode, is_heard_again: bool
) -> None:
    recognizer = ScriptedRecognizer(again=(read(COMMAND, -0.5),), seconds=seconds)
    SecondPass(recognizer, understanding).rescore(Transcript((read(MISREAD, score),)), mode)
    assert recognizer.heard_again == is_heard_again


@pytest.mark.parametrize(
    ("final", "quiet", "is_heard_again"), [(False, 0.2, False), (False, 0.5, True), (True, 0.2, True)]
)
def test_nobody_who_may_well_go_on_is_heard_again(
    understanding: Understanding, final: bool, quiet: float, is_heard_again: bool
) -> None:
    recognizer = ScriptedRecognizer(again=(read(COMMAND, -0.5),))
    heard = Transcript((read(MISREAD),), final=final)
    SecondPass(recognizer, understanding).rescore(heard, Mode.IDLE, quiet=quiet)
    assert recognizer.heard_again == is_heard_again


@pytest.mark.parametrize("again", [(), (read("Lawn and appreciation Noah."),), (read("The train was late again."),)])
def test_what_comes_to_nothing_again_stays_as_it_was_heard_first(
    understanding: Understanding, again: tuple[Hypothesis, ...]
) -> None:
    recognizer = ScriptedRecognizer(read(MISREAD), read(COMMAND, -35.0, constrained=True), again=again)
    rescored = SecondPass(recognizer, understanding).rescore(Transcript((read(MISREAD),)), Mode.IDLE)
    assert recognizer.heard_again == 1
    assert rescored.text == MISREAD


@pytest.mark.parametrize(
    ("mode", "reading", "found", "counts"),
    [
        (Mode.QUESTION, "That's enough.", None, False),  # short amid talk: "athena", said by people, is as likely
        (Mode.SESSION, "That's enough.", None, True),
        (Mode.QUESTION, "Log in appreciation.", None, True),  # near a sentence
        (Mode.QUESTION, "Long in a preciation.", COMMAND, True),  # likely in the sound
        (Mode.QUESTION, "Would you please tell us what it is that you can do for us?", None, False),  # own words
        (Mode.QUESTION, "I feel unsafe.", None, True),  # short, but a cry for help
    ],
)
def test_what_is_heard_again_counts_as_a_sentence_of_the_pack_that_is_not_short_amid_talk(
    understanding: Understanding, mode: Mode, reading: str, found: str | None, counts: bool
) -> None:
    again = (read(reading, -0.5), *((read(found, -2.0, constrained=True),) if found else ()))
    first = Transcript((read("The rain was late again."),))
    assert isinstance(understanding.understand(again, mode), Match)
    rescored = SecondPass(ScriptedRecognizer(again=again), understanding).rescore(first, mode)
    assert (rescored.text == reading) is counts


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
