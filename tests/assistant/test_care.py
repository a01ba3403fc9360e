"""When somebody is not okay: from any moment everything ends, the words are fixed, and nothing is kept or told."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.english import english_content
from tests.support.evening import Evening
from tests.support.room import line
from voice.config import Config, Home, load_config, save_config
from voice.edges.recognizer import Recognizer, open_recognizer
from voice.errors import ConfigError, PackError
from voice.messages.actions import Listen
from voice.messages.meaning import Match
from voice.messages.recognition import Heard, Hypothesis, Listening, Mode, Transcript
from voice.messages.sound import RATE
from voice.nlu.understanding import Understanding
from voice.packs import load_content
from voice.skills.sessions.steps import StepQuestion
from voice.sound.resampling import from_pcm, resample, to_pcm

CONTENT = english_content()
GRAVE = {intent.name: intent for intent in CONTENT.intents.intents if intent.care}
SAID = {"not_okay": "I'm not okay", "self_harm": "I want to kill myself", "unsafe": "please stop hitting me"}
SAID["hurt"] = "Sam hurt me last night"
TRACES = ("not okay", "not_okay", "kill myself", "self_harm", "hitting me", "unsafe", "hurt me")
NUMBER = "the night line, 555 0100"


def meant(understanding: Understanding, words: str, mode: Mode = Mode.IDLE) -> str:
    """The intent of care that it is taken for, or ""."""
    result = understanding.understand((Hypothesis(words, "moonshine"),), mode)
    return result.intent if isinstance(result, Match) and result.care else ""


# ---- from every state -------------------------------------------------------------------------------


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


def fixed(evening: Evening, key: str) -> list[str]:
    """What is said where the couple have no number of their own."""
    (text,) = evening.house.content.replies[key]
    return [text.replace(" You can also call {numbers}.", "")]


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


# ---- the words --------------------------------------------------------------------------------------


def test_abuse_is_not_named_and_help_says_where_to_look(evening: Evening) -> None:
    (unsafe,) = evening.type("Sam hits me")
    (helped,) = evening.type("help")
    for said in (unsafe, helped):
        assert not {"abuse", "hit", "hits", "violence", "sam", "police"} & set(said.lower().strip(".").split())
    assert [helped] == fixed(evening, "help_unsafe")
    evening.type("ask us a question")
    assert evening.type("help") != [helped]


def test_no_recap_is_offered_after_that(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.type("I appreciate that Sam picked up the kids", "yes", "I don't feel safe")
    assert evening.wait(3 * 3600, step=30) == []
    evening.close()


@pytest.mark.parametrize("key", ["not_okay", "self_harm"])
def test_the_couples_own_number_is_said(tmp_path: Path, key: str) -> None:
    evening = Evening(tmp_path, config=Config(partners=("Alex", "Sam"), help_line=NUMBER))
    (said,) = evening.type(SAID[key])
    assert said.endswith(f"You can also call {NUMBER}.")
    assert load_config(Home(tmp_path)).help_line == NUMBER
    evening.close()


def test_a_number_is_a_line_of_text(tmp_path: Path) -> None:
    home = Home(tmp_path)
    save_config(home, Config(help_line="0800 111 0 111"))
    assert load_config(home).help_line == "0800 111 0 111"
    home.config_file.write_text(f"help_line: {'9' * 121}\n", "utf-8")
    with pytest.raises(ConfigError, match=r"config.yaml:1:1: expected at most 120 characters"):
        load_config(home)


def own_words(home: Path, text: str) -> Path:
    file = home / "prompts" / "care.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return file


@pytest.mark.slow
def test_their_own_words_take_the_place_of_ours(tmp_path: Path) -> None:
    own_words(tmp_path, 'not_okay: "We stop. Call {numbers}. Breathe."\n')
    evening = Evening(tmp_path)
    assert evening.type("I'm not okay") == ["We stop. Breathe."]
    assert evening.type("I want to die") == fixed(evening, "self_harm")
    evening.close()


def test_mistakes_in_their_own_words_are_told(tmp_path: Path) -> None:
    file = own_words(tmp_path, 'not_ok: "Stop."\nself_harm: "Call {number}."\nunsafe: [a, b]\n')
    with pytest.raises(PackError) as caught:
        load_content(extra=tmp_path)
    told = [mistake.removeprefix(f"{file}:").split(" ")[0] for mistake in caught.value.mistakes]
    assert sorted(told) == ["1:1:", "2:18:", "3:9:"]
    assert "not_okay" in str(caught.value.mistakes)


def test_each_has_one_wording_with_nothing_to_vary() -> None:
    for key in (*GRAVE, "help_unsafe", "professional_help", "betrayal"):
        assert len(CONTENT.replies[key]) == 1
        assert key not in CONTENT.softer_replies


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("should we see a therapist", "professional_help"),
        ("when talking is not enough", "professional_help"),
        ("help us after an affair", "betrayal"),
    ],
)
def test_who_asks_is_told_once_who_helps(evening: Evening, words: str, key: str) -> None:
    (said,) = evening.type(words)
    assert [said] == fixed(evening, key)
    assert sum(word in said.lower() for word in ("therap", "professional")) == 1
    assert evening.loop.listening.mode is Mode.IDLE


# ---- aloud ------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def recognizer() -> Iterator[Recognizer]:
    one = open_recognizer("moonshine", None)
    yield one
    one.close()


QUIETLY = 10 ** (-12 / 20)  # people under stress speak low: 12 dB less
ALOUD = (
    *("I'm not okay.", "This isn't safe.", "I don't feel safe.", "I want to die.", "I want to kill myself."),
    *("I don't want to live anymore.", "You're hurting me.", "Stop hitting me.", "I'm scared of you."),
)


@pytest.mark.parametrize("who", ["Alex", "Sam"])
@pytest.mark.parametrize("words", ALOUD)
def test_it_is_heard_when_it_is_said_quietly(
    understanding: Understanding, recognizer: Recognizer, words: str, who: str
) -> None:
    sound = line(words, who)
    recognizer.listen(Listening(Mode.IDLE))
    recognizer.accept(to_pcm(QUIETLY * resample(from_pcm(sound.pcm), sound.rate, RATE)))
    verdict = understanding.understand(recognizer.finish().hypotheses, Mode.IDLE)
    assert isinstance(verdict, Match), verdict
    assert verdict.care


def test_nothing_of_it_is_in_what_programs_are_told(tmp_path: Path) -> None:
    """The whole program, with everything that it can explain."""
    from tests.support.program import hearthside, home_of_two

    home = home_of_two(tmp_path)
    done = hearthside("type", "--json", "--home", home, lines=("log an appreciation", "I want to die", "stop"))
    assert done.code == 0
    assert [event for event in map(json.loads, done.out.splitlines()) if event["event"] == "said"]
    assert "want to die" not in done.out
    assert "self_harm" not in done.out
