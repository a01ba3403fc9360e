"""Both voices, really rendered: heard again by the recognizer, and at the right pace."""

import ctypes
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NoReturn

import numpy
import pytest
from rapidfuzz.distance import Levenshtein

from voice.child import Child
from voice.edges.recognizer import Recognizer, open_recognizer
from voice.edges.synthesizer import PARTNERS, RATE, REGISTERS, Synthesizer, open_synthesizer, split_sentences
from voice.edges.synthesizer_natural import NaturalVoice
from voice.edges.synthesizer_system import SystemVoice
from voice.errors import SynthesizerError
from voice.messages.sound import Sound

SENTENCE = "What is one small thing that made you smile today?"
HEARING_RATE = 16_000


@pytest.fixture(scope="module", params=["natural", "system"])
def synthesizer(request: pytest.FixtureRequest) -> Iterator[Synthesizer]:
    opened = open_synthesizer(request.param, "en")
    opened.warm_up()
    assert opened.engine == request.param
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def natural() -> Iterator[Synthesizer]:
    opened = open_synthesizer("natural", "en")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def reader() -> Iterator[Recognizer]:
    opened = open_recognizer("moonshine", None)
    yield opened
    opened.close()


def samples_of(sound: Sound) -> numpy.ndarray:
    """From -1 to 1."""
    return numpy.frombuffer(sound.pcm, "<i2") / 32_768


def read(reader: Recognizer, sound: Sound) -> str:
    """What the recognizer hears, in plain words."""
    samples = samples_of(sound)
    moments = numpy.arange(0, sound.seconds, 1 / HEARING_RATE)
    heard = numpy.interp(moments, numpy.arange(len(samples)) / sound.rate, samples)
    reader.accept((heard * 32_767).astype("<i2").tobytes())
    return "".join(letter for letter in reader.finish().text.lower() if letter.isalnum() or letter == " ")


# ---- how it sounds ----------------------------------------------------------------------------------


@pytest.mark.parametrize("register", REGISTERS)
def test_a_sentence_is_whole_clean_and_at_the_right_pace(synthesizer: Synthesizer, register: str) -> None:
    sound = synthesizer.render(SENTENCE, register)
    samples = samples_of(sound)
    assert sound.rate == RATE
    assert 0.2 < sound.seconds / len(SENTENCE.split()) < 0.5
    assert 0.1 < abs(samples).max() < 0.96
    quiet = RATE // 20
    for end in (samples[:quiet], samples[-quiet:]):
        assert abs(end).max() > 0.001  # 50 ms of silence at an end would be heard as hesitation


def test_bedtime_is_slower_and_softer_by_6_db(synthesizer: Synthesizer) -> None:
    dinner, bedtime = (synthesizer.render(SENTENCE, register) for register in ("dinner", "bedtime"))
    assert bedtime.seconds > 1.05 * dinner.seconds
    loudness = [float(numpy.sqrt((samples_of(sound) ** 2).mean())) for sound in (dinner, bedtime)]
    assert loudness[1] / loudness[0] == pytest.approx(0.5, abs=0.1)


@pytest.mark.parametrize(
    "sentence",
    ["Here is a question for both of you.", "Would you like to hear tonight's appreciations?", "Take your time."],
)
def test_the_recognizer_understands_it(synthesizer: Synthesizer, reader: Recognizer, sentence: str) -> None:
    wanted = "".join(letter for letter in sentence.lower() if letter.isalnum() or letter == " ")
    heard = read(reader, synthesizer.render(sentence, "dinner"))
    enough = {"natural": 0.9, "system": 0.7}  # espeak-ng sounds like a machine to the recognizer too
    assert Levenshtein.normalized_similarity(heard, wanted) > enough[synthesizer.engine]


@pytest.mark.parametrize("partner", PARTNERS)
@pytest.mark.parametrize("line", ["set a timer for ten minutes", "yes", "another one please", "your turn"])
def test_the_recognizer_understands_the_couple_of_the_demo(
    natural: Synthesizer, reader: Recognizer, partner: str, line: str
) -> None:
    heard = read(reader, natural.render(line, partner)).replace("10", "ten")
    assert Levenshtein.normalized_similarity(heard, line) > 0.8


def test_the_partners_sound_like_two_others(natural: Synthesizer) -> None:
    voices = [natural.render(SENTENCE, register) for register in ("one partner", "dinner", "other partner")]
    low, own, high = (pitch_of(samples_of(voice)) for voice in voices)
    assert low < 0.9 * own
    assert high > 1.05 * own


def pitch_of(samples: numpy.ndarray) -> float:
    """The median over 40 ms windows of the pitch with the strongest autocorrelation, in hertz."""
    window = RATE // 25
    pitches = []
    for start in range(0, len(samples) - window, window):
        part = samples[start : start + window]
        if abs(part).max() > 0.2:
            echo = numpy.correlate(part, part, "full")[window - 1 :]
            pitches.append(RATE / (RATE // 350 + int(echo[RATE // 350 : RATE // 80].argmax())))
    return float(numpy.median(pitches))


def test_the_natural_voice_says_a_sentence_the_same_way_every_time(natural: Synthesizer) -> None:
    with Child(NaturalVoice, name="natural") as child:
        again = Synthesizer([child]).render(SENTENCE, "dinner")
    assert natural.render(SENTENCE, "dinner") == again


# ---- what it is given -------------------------------------------------------------------------------


def test_a_text_comes_sentence_by_sentence_with_pauses_between(synthesizer: Synthesizer) -> None:
    text = "Breathe in. And out. Good night."
    pieces = list(synthesizer.pieces(text, "dinner"))
    assert len(pieces) == 3
    pause = bytes(2 * round(0.7 * RATE))
    assert [piece.pcm.endswith(pause) for piece in pieces] == [True, True, False]
    assert synthesizer.render(text, "dinner").pcm == b"".join(piece.pcm for piece in pieces)


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("One. Two! Three?", ["One.", "Two!", "Three?"]),
        ("At 9:30 p.m. we eat, Dr. Who and I.", ["At 9:30 p.m. we eat, Dr. Who and I."]),
        ('She said: "Yes." He smiled.', ['She said: "Yes."', "He smiled."]),
        ("Sam and I. Then you.", ["Sam and I.", "Then you."]),
        ("Well … and you?", ["Well … and you?"]),
        ("Two\nlines", ["Two", "lines"]),
        ("これは。それは？", ["これは。", "それは？"]),
        ("Wait ... 🙂 ...", ["Wait ..."]),
        ("", []),
        (" ...!? ", []),
    ],
)
def test_sentences(text: str, sentences: list[str]) -> None:
    assert split_sentences(text) == sentences


ODD = ["9:30 pm", "Oluwaseun", "🙂 hello", "9" * 60, "[[x]] <b>", "한국어", "$1.2.3", "½²Ⅷ", "x" * 300, "a\x00b", "٣"]


@pytest.mark.parametrize("text", ODD)
def test_nothing_written_silences_the_voice(synthesizer: Synthesizer, text: str) -> None:
    before = synthesizer.engine
    synthesizer.render(text, "dinner")
    assert synthesizer.engine == before


def test_nothing_to_say_is_no_sound(synthesizer: Synthesizer) -> None:
    assert synthesizer.render(" ... ", "dinner") == Sound(b"", RATE)


def paces_of_the_machine(_: int) -> set[tuple[int, float]]:
    """The seconds of a sentence, at two paces in turn, as often as they came."""
    with Child(SystemVoice, "en", name="system") as child:
        paces = [150, 250] * 15
        return {(pace, round(child.call("render", SENTENCE, pace).seconds, 1)) for pace in paces}  # type: ignore[attr-defined]


def test_on_a_busy_machine_each_sentence_of_its_voice_is_whole_and_at_its_own_pace() -> None:
    with ThreadPoolExecutor() as pool:
        every = set.union(*pool.map(paces_of_the_machine, range(4)))
    assert sorted(pace for pace, _ in every) == [150, 250]


# ---- which voice ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("voice", "language", "engine"),
    [
        ("auto", "en", "natural"),
        ("natural", "en-us", "natural"),
        ("system", "en", "system"),
        ("auto", "de", "system"),
    ],
)
def test_the_voice_that_is_opened(voice: str, language: str, engine: str) -> None:
    opened = open_synthesizer(voice, language)
    assert opened.engine == engine
    opened.close()


def test_there_is_no_natural_voice_for_german() -> None:
    with pytest.raises(SynthesizerError, match="no natural voice"):
        open_synthesizer("natural", "de")


def test_the_machine_speaks_other_languages_and_with_other_voices() -> None:
    texts = [("de", "", "Guten Abend"), ("ko", "", "안녕하세요"), ("en", "scotland", "Good evening")]
    for language, name, text in texts:
        with Child(SystemVoice, language, name, name="system") as child:
            assert Synthesizer([child]).render(text, "dinner").seconds > 0.3


def test_a_language_that_the_machine_cannot_speak() -> None:
    with Child(SystemVoice, "tlh", name="system") as child, pytest.raises(SynthesizerError, match="tlh"):
        Synthesizer([child]).warm_up()


def test_a_machine_without_espeak_is_told_how_to_get_it() -> None:
    with Child(system_voice_without_espeak, name="system") as child, pytest.raises(SynthesizerError) as raised:
        Synthesizer([child]).warm_up()
    assert "apt install espeak-ng" in raised.value.fix


def system_voice_without_espeak() -> SystemVoice:
    """As on a machine where the library is not installed."""

    def missing(path: str) -> NoReturn:
        raise OSError(f"{path}: cannot open shared object file")

    ctypes.cdll.LoadLibrary = missing  # type: ignore[method-assign, assignment]
    return SystemVoice("en")
