"""The wake phrase and the key: when an utterance counts, by keyboard, from sound files and key by key."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.evening import Evening
from tests.support.paths import TABLE_TALK
from tests.support.program import hearthside, record
from voice.config import Config, Home, save_config
from voice.edges.phonemes import Phonemizer
from voice.listening.ears import Onset
from voice.listening.turn_taking import TurnTaking
from voice.listening.wake_phrase import OwnName, WakePhrase, without_names
from voice.messages.meaning import Addressing, NoMatch, Rejection
from voice.messages.recognition import Heard, Hypothesis, Mode, Reading, Transcript
from voice.messages.sound import FRAME_SECONDS
from voice.runtime.ear_thread import AFTER_A_KEY, OneUtterance

PHONEMIZE = Phonemizer()
CALLED = Config(partners=("Alex", "Sam"), recap_at=None, listen="wake")


def after(phrase: str, text: str) -> str | None:
    rest = WakePhrase(phrase, PHONEMIZE).after(Hypothesis(text, "moonshine"))
    return None if rest is None else rest.text


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Hey Hearthside, ask us a question.", "ask us a question."),
        ("Hey, hearthside.", ""),
        # as eight synthetic voices were heard
        ("Hey, heart's side.", ""),
        ("Hay-Heartside set a timer for ten minutes.", "set a timer for ten minutes."),
        ("They are side, set a timer for 10 minutes.", "set a timer for 10 minutes."),
        ("He harpside.", ""),
        # what is no call
        ("Ask us a question.", None),
        ("Hey chatterbox", None),
        ("Have you heard the new song", None),
        ("I told him: hey hearthside", None),
        ("", None),
    ],
)
def test_the_phrase_is_known_however_it_is_spelled(text: str, rest: str | None) -> None:
    assert after("hey hearthside", text) == rest


@pytest.mark.parametrize(
    ("phrase", "text", "rest"),
    [
        ("good evening house", "Good evening, Howes. Skip.", "Skip."),
        ("computer", "Computer, stop.", "stop."),
        ("computer", "Compared to us", None),
        ("alfred", "Alfred, stop.", "stop."),
        ("alfred", "Al fresco is nice", None),
        ("okay 3000", "Okay three thousand another one", "another one"),
    ],
)
def test_any_words_will_do(phrase: str, text: str, rest: str | None) -> None:
    assert after(phrase, text) == rest


def test_table_talk_does_not_call() -> None:
    assert [line for line in TABLE_TALK if after("hey hearthside", line) is not None] == []


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        # as eight synthetic voices were heard, near and in rooms
        ("Heartside, Sam cheated.", "Hearthside, Sam cheated."),
        ("Heart-side, what could we do?", "Hearthside, what could we do?"),
        ("He herthside, my wife is tired of work.", "He Hearthside, my wife is tired of work."),
        ("Ok, heartsight, what have you got?", "Ok, Hearthside, what have you got?"),
        ("Hearth sighed, what could we do?", "Hearthside, what could we do?"),
        ("Hard side, what could we do on Saturday?", "Hearthside, what could we do on Saturday?"),
        ('Tell us something nice, "Heartside".', 'Tell us something nice, "Hearthside".'),
        ("Tell us something nice about today, Earth's side.", "Tell us something nice about today, Hearthside."),
    ],
)
def test_its_name_is_known_however_it_is_heard(text: str, spelled: str) -> None:
    said = OwnName(PHONEMIZE).spelled(Hypothesis(text, "moonshine"))
    assert said.text == spelled
    heard = Heard(Transcript((Hypothesis(text, "moonshine"),)), 1, began=9.0, at=12.0)
    _, addressing = TurnTaking(None, OwnName(PHONEMIZE)).verdict(
        heard, Mode.IDLE, lambda readings, mode, addressing: NoMatch(readings[0].text, Rejection.NOTHING_NEAR)
    )
    assert addressing is Addressing.ADDRESSED


def test_table_talk_is_no_name() -> None:
    name = OwnName(PHONEMIZE)
    for text in (*TABLE_TALK, "he's always on her side", "her side of the bed", "by the fireside", ""):
        assert name.spelled(Hypothesis(text, "moonshine")).text == text


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Hearthside, what could we do?", "what could we do?"),
        ("Hey Hearthside what could we do?", "what could we do?"),
        ('"Hearthside", stop.', "stop."),
        ("Hearthside.", "Hearthside."),
        ("Tell us something nice, Hearthside.", "Tell us something nice, Hearthside."),
    ],
)
def test_what_is_wanted_is_understood_without_its_name(text: str, rest: str) -> None:
    readings = (Reading(text, -3.0),)
    (left,) = without_names((Hypothesis(text, "moonshine", -3.0, readings=readings),), Mode.IDLE)
    assert (left.text, left.score, left.readings) == (rest, -3.0, (Reading(rest, -3.0),))
    assert without_names((left,), Mode.WORDS) == (left,)


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    evening = Evening(tmp_path, config=CALLED)
    yield evening
    evening.close()


def test_what_is_not_called_is_left_alone_and_not_remembered(evening: Evening) -> None:
    assert evening.type("ask us a question") == []
    assert evening.events("ignored")[-1]["why"] == "no wake phrase"
    assert "ask us" not in evening.type("hey hearthside what did you hear")[0]


def test_called_in_one_breath(evening: Evening) -> None:
    assert evening.type("Hey heart side, ask us a question")
    assert evening.events("matched")[-1]["intent"] == "ask"


def test_called_first_it_chimes_and_listens_for_eight_seconds(evening: Evening) -> None:
    assert evening.type("hey hearthside") == []
    assert evening.events("chime")[-1]["name"] == "hello"
    evening.wait(7.5)
    assert evening.type("ask us a question")
    assert evening.type("another one") == []  # that was one utterance
    evening.type("hey hearthside")
    evening.wait(8.5)
    assert evening.type("another one") == []


def test_talk_after_a_call_does_not_use_it_up(evening: Evening) -> None:
    evening.type("hey hearthside")
    assert evening.type("the soup is still too hot") == []
    assert evening.type("ask us a question")


def test_inside_a_session_and_after_our_questions_no_call_is_needed(evening: Evening) -> None:
    evening.type("hey hearthside start our check-in")
    evening.type("done")
    evening.type("stop")
    evening.type("hey hearthside I appreciate that Sam made tea")
    evening.type("yes")
    intents = [each["intent"] for each in evening.events("matched")]
    assert intents == ["bedtime", "done", "stop", "appreciate_that", "yes"]


def test_what_must_be_heard_is_heard_uncalled(evening: Evening) -> None:
    assert len(evening.type("I'm not okay")) == 1


def test_called_through_the_air(tmp_path: Path) -> None:
    save_config(Home(tmp_path / "home"), CALLED)
    spoken = ("Ask us a question.", "Hey Hearthside.", "Ask us a question.", "Hey Hearthside, another one.")
    files = [record(tmp_path / f"{number}.wav", words) for number, words in enumerate(spoken)]
    done = hearthside("hear", *files, "--json", "--home", tmp_path / "home")
    assert (done.code, done.err) == (0, "")
    assert done.intents() == ["ask", "another"], done.out
    assert [each["name"] for each in done.of("chime")] == ["hello"]


# ---- after a key ------------------------------------------------------------------------------------

NOTHING: tuple[Onset | Heard, ...] = ()
WAIT = round(AFTER_A_KEY / FRAME_SECONDS)


def heard(*, final: bool) -> tuple[Heard]:
    return (Heard(Transcript((), final), 1, 0.0, 1.0),)


def test_before_a_key_nothing_is_listened_to() -> None:
    assert OneUtterance().over


def test_after_a_key_one_utterance_is_heard_however_long() -> None:
    one = OneUtterance()
    one.begin()
    for frame in (NOTHING, (Onset(0.1),), *[NOTHING] * 2 * WAIT, heard(final=False)):
        one.follow(frame)
        assert not one.over
    one.follow(heard(final=True))
    assert one.over


def test_after_a_key_silence_is_not_waited_for_long() -> None:
    one = OneUtterance()
    one.begin()
    for _ in range(WAIT - 1):
        one.follow(NOTHING)
    assert not one.over
    one.follow(NOTHING)
    assert one.over
