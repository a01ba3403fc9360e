"""When somebody is not okay: from any moment everything ends, and nothing is kept or told."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.care import GRAVE, SAID, fixed
from tests.support.evening import Evening
from voice.config import Config
from voice.messages.actions import Listen
from voice.messages.meaning import Match
from voice.messages.recognition import Heard, Hypothesis, Mode, Transcript
from voice.nlu.understanding import Understanding
from voice.skills.sessions.steps import StepQuestion

TRACES = ("not okay", "not_okay", "kill myself", "self_harm", "hitting me", "unsafe", "hurt me")


def meant(understanding: Understanding, words: str, mode: Mode = Mode.IDLE) -> str:
    """The intent of care that it is taken for, or ""."""
    result = understanding.understand((Hypothesis(words, "moonshine"),), mode)
    return result.intent if isinstance(result, Match) and result.care else ""


def in_a_turn(evening: Evening) -> None:
    evening.type("start our check-in")
    evening.wait(25)


def paused(evening: Evening) -> None:
    in_a_turn(evening)
    evening.type("pause")


def choosing(evening: Evening) -> None:
    """Where a session waits for a choice, however it came to that."""
    paused(evening)
    waiting = StepQuestion(mode=Mode.ANSWER)
    evening.loop.state = replace(evening.loop.state, awaited=waiting, listening=Listen(Mode.ANSWER))


def ringing(evening: Evening) -> None:
    evening.type("set a timer for one minute")
    evening.wait(62)


STATES: dict[Mode, Callable[[Evening], object]] = {
    Mode.IDLE: lambda evening: None,
    Mode.QUESTION: lambda evening: evening.type("ask us a question"),
    Mode.SESSION: paused,
    Mode.TURN: in_a_turn,
    Mode.YES_NO: lambda evening: evening.type("I appreciate that Sam sang a barcarolle"),
    Mode.ANSWER: choosing,
    Mode.WORDS: lambda evening: evening.type("log an appreciation for Sam"),
    Mode.RINGING: ringing,
}


# ---- from every state -------------------------------------------------------------------------------


def test_only_what_a_talk_may_be_about_is_no_cry_for_help_in_a_turn() -> None:
    left_out = {(intent.name, mode) for intent in GRAVE.values() for mode in STATES if mode not in intent.when}
    assert left_out == {("hurt", Mode.TURN)}


@pytest.mark.parametrize(
    ("mode", "intent"), [(mode, intent.name) for mode in STATES for intent in GRAVE.values() if mode in intent.when]
)
def test_everything_ends_and_nothing_is_kept_or_told(tmp_path: Path, mode: Mode, intent: str) -> None:
    evening = Evening(tmp_path)
    STATES[mode](evening)
    evening.wait(1)
    assert evening.loop.listening.mode is mode
    kept, before = evening.loop.records, len(evening.captions)
    assert evening.type(SAID[intent]) == fixed(evening, intent)
    told = str(evening.captions[before:])
    state = evening.loop.state
    assert (state.awaited, state.walk, state.questions.prompt, state.last_heard) == (None,) * 4
    assert not state.timers.ringing
    assert evening.loop.listening.mode is Mode.IDLE
    assert {caption.event for caption in evening.captions[before:]} <= {"said", "listening", "timer"}
    assert not [trace for trace in TRACES if trace in told]
    assert evening.type("say that again") == fixed(evening, intent)
    assert SAID[intent] not in " ".join(evening.type("what did you hear"))
    assert evening.wait(900) == []
    assert evening.loop.records.notes == kept.notes
    assert evening.loop.records.settings.get("session", "") == ""
    evening.close()
    written = b"".join(file.read_bytes() for file in tmp_path.glob("journal*"))
    assert not [trace for trace in (*TRACES, "barcarolle") if trace.encode() in written]


def heard(words: str, number: int, *, quiet_before: float = 1.0) -> Heard:
    return Heard(Transcript((Hypothesis(words, "moonshine"),)), number, began=1.0, at=3.0, quiet_before=quiet_before)


def test_while_it_speaks(evening: Evening) -> None:
    evening.loop.mouth.finished = lambda at: False  # type: ignore[method-assign]
    evening.loop.typed("ask us a question")
    assert evening.loop.listening.mode is Mode.SPEAKING
    evening.loop.hear(heard("I'm not okay", 1))
    assert evening.said[-1:] == fixed(evening, "not_okay")
    assert evening.loop.state.questions.prompt is None


def test_a_session_that_was_put_aside_does_not_come_back(evening: Evening) -> None:
    paused(evening)
    evening.type("ask us a question", "I'm not okay")
    assert evening.said[-1:] == fixed(evening, "not_okay")
    evening.type("go on")
    assert (evening.loop.state.walk, evening.loop.state.aside) == (None, None)


def test_in_the_middle_of_what_a_partner_tells(evening: Evening) -> None:
    """A hand-over needs a pause before it; this does not."""
    in_a_turn(evening)
    evening.loop.hear(heard("done", 1, quiet_before=0.1))
    assert evening.loop.listening.mode is Mode.TURN
    evening.loop.hear(heard("I don't feel safe", 2, quiet_before=0.1))
    assert evening.said[-1:] == fixed(evening, "not_okay")


def test_with_a_wake_phrase_it_needs_none(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=Config(partners=("Alex", "Sam"), listen="wake"))
    assert evening.type("I want to die") == fixed(evening, "self_harm")
    evening.close()


def test_what_is_for_two_ends_and_the_pasta_goes_on(evening: Evening) -> None:
    evening.type("set a pasta timer for five minutes", "give me two minutes Sam", "I'm not okay")
    assert [timer.name for timer in evening.loop.records.timers] == ["pasta"]
    assert len(evening.wait(302)) == 1


# ---- a line that is dictated ------------------------------------------------------------------------


@pytest.mark.parametrize(
    "words", ["I want to die", "honestly I just want to die and nobody sees it", "sam hits me again"]
)
@pytest.mark.parametrize("begin", ["log an appreciation for Sam", "add our own question"])
def test_such_words_in_a_dictated_line_are_not_kept(evening: Evening, begin: str, words: str) -> None:
    evening.type(begin)
    assert evening.type(words) in (fixed(evening, "self_harm"), fixed(evening, "unsafe"))
    assert evening.loop.state.awaited is None
    assert words not in str(evening.captions)


def test_such_words_in_an_appreciation_said_at_once(evening: Evening) -> None:
    said = evening.type("I appreciate that Sam listened when I said I want to kill myself")
    assert said == fixed(evening, "self_harm")
    assert evening.loop.records.notes == ()


@pytest.mark.parametrize(
    "words",
    [
        "Sam baked a cake that is to die for",
        "Sam made me want to die laughing",
        "Sam was there when I was not okay",
        "Sam hits me with a pillow every morning",
        "Sam would not let me live in the city anymore without a garden",
    ],
)
def test_other_lines_are_kept(evening: Evening, words: str) -> None:
    evening.type("log an appreciation for Sam", words, "yes")
    assert len(evening.loop.records.notes) == 1


# ---- not too often ----------------------------------------------------------------------------------


@pytest.mark.parametrize("mode", Mode)
@pytest.mark.parametrize(
    "words",
    [
        *("help", "danger", "be careful", "help me", "this is dangerous", "I'm dying of laughter", "I'm dead tired"),
        *("this cake is to die for", "I could kill for a coffee", "you're killing me", "I want to kill the weeds"),
        *("my feet are killing me", "I'm dying to see it", "the phone died", "over my dead body", "you scared me"),
        *("I nearly died", "he's going to kill me if I'm late", "I would rather die than sing", "knock me dead"),
        *("that film killed me", "I'm so done", "shoot me now", "I can't live without coffee", "you beat me again"),
        *(
            "I hate you",
            "you hate me",
            "you hear me",
            "you held me",
            "I want to cry",
            "I want to fly",
            "I want to try it",
        ),
        *(
            "fire",
            "five",
            "there's a fire in the fireplace",
            "we had to call an ambulance back then",
            "he broke into a smile",
        ),
        *("she thinks she's done with me", "he says he's had enough of it", "breathe in and out", "light a fire"),
        *("I'm afraid of spiders", "it hurts", "my back is hurting me", "I'm not okay with that", "I feel safe"),
        *(
            "I'm not ready",
            "I'm not asleep",
            "this isn't tasty",
            "this isn't it",
            "I'm not over it",
            "I'm scared of it",
        ),
    ],
)
def test_ordinary_talk_is_no_crisis(understanding: Understanding, mode: Mode, words: str) -> None:
    assert meant(understanding, words, mode) == ""


def test_what_is_nearly_said_is_not_put_into_words(evening: Evening) -> None:
    """Nor is it told what such words would have meant."""
    evening.type("I want to dry")
    assert "die" not in " ".join(evening.type("what did you hear"))
    assert not [trace for trace in ("to die", "self_harm") if trace in str(evening.captions)]
