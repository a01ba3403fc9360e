"""Voices: learned after two yeses, used for lines without a name, said aloud, mended, forgotten; never a proof."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

import pytest

from tests.skills.test_by_voice import is_reply
from tests.support.evening import COUPLE, Evening
from voice.commands.keyboard import settle
from voice.messages.actions import KeepVoices
from voice.messages.recognition import Heard, Hypothesis, Mode, Transcript, Voice
from voice.messages.records import LearnedVoice, Note

ALEX, SAM, STRANGER = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))
LEARNED = (LearnedVoice("Alex", ALEX), LearnedVoice("Sam", SAM))
READING = "it was the best of times and it was the worst of times"
_numbers = count(1)


@pytest.fixture
def evening(tmp_path: Path) -> Iterator[Evening]:
    one = Evening(tmp_path)
    yield one
    one.close()


def know(evening: Evening) -> None:
    """Both voices were learned before."""
    evening.loop.journal.store(KeepVoices(LEARNED))
    evening.loop.records = evening.loop.journal.records()


def hear(evening: Evening, words: str, embedding: tuple[float, ...] | None, seconds: float = 2.5) -> list[str]:
    """Somebody with this voice says it; what was answered."""
    settle(evening.loop, evening.clock)
    before, at = len(evening.said), evening.clock.at()
    voice = Voice(embedding, seconds) if embedding else None
    transcript = Transcript((Hypothesis(words, "moonshine"),), voice=voice)
    evening.loop.hear(Heard(transcript, next(_numbers), at, at))
    settle(evening.loop, evening.clock)
    return evening.said[before:]


def voices(evening: Evening) -> list[str]:
    return [voice.who for voice in evening.loop.journal.records().voices]


def last_note(evening: Evening) -> Note:
    return evening.loop.journal.records().notes[-1]


# ---- learning -------------------------------------------------------------------------------------


def test_both_are_asked_by_name_and_then_both_speak(evening: Evening) -> None:
    (first,) = evening.type("learn our voices")
    assert "Alex" in first
    (second,) = evening.type("yes")
    assert "Sam" in second
    (read,) = evening.type("yes")
    assert "Alex" in read
    settle(evening.loop, evening.clock)
    assert evening.loop.listening.mode is Mode.WORDS
    assert evening.loop.listening.voice_seconds > 0
    assert hear(evening, READING, ALEX, 6.0) == hear(evening, READING, ALEX, 6.0) == []
    (other,) = hear(evening, READING, ALEX, 6.0)
    assert "Sam" in other
    assert voices(evening) == []
    hear(evening, READING, SAM, 6.0)
    hear(evening, READING, SAM, 6.0)
    (done,) = hear(evening, READING, SAM, 6.0)
    assert is_reply(evening, done, "voices_learned")
    assert voices(evening) == ["Alex", "Sam"]
    assert READING not in str(evening.loop.journal.records())


@pytest.mark.parametrize("answers", [("no",), ("yes", "no"), ("yes", "not now"), ("yes", "yes", "cancel")])
def test_without_both_nothing_is_learned(evening: Evening, answers: tuple[str, ...]) -> None:
    said = evening.type("learn our voices", *answers)
    settle(evening.loop, evening.clock)
    assert is_reply(evening, said[-1], "voices_not_learned")
    assert evening.loop.state.awaited is None
    assert voices(evening) == []


def test_silence_is_no_consent(evening: Evening) -> None:
    evening.type("learn our voices")
    evening.wait(60)
    assert evening.loop.state.awaited is None
    assert voices(evening) == []


def test_two_who_sound_alike_are_not_learned(evening: Evening) -> None:
    evening.type("learn our voices", "yes", "yes")
    for _ in range(5):
        hear(evening, READING, ALEX, 6.0)
    (said,) = hear(evening, READING, ALEX, 6.0)
    assert is_reply(evening, said, "voices_alike")
    assert voices(evening) == []


def test_where_no_voice_is_found_it_is_given_up(evening: Evening) -> None:
    evening.type("learn our voices", "yes", "yes")
    said = [line for _ in range(3) for line in hear(evening, READING, None)]
    assert is_reply(evening, said[-1], "voices_unheard")
    assert voices(evening) == []


def test_without_names_nothing_is_learned(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=replace(COUPLE, partners=None))
    (said,) = evening.type("learn our voices")
    assert is_reply(evening, said, "voices_need_names")
    evening.close()


def test_voices_are_told_of_without_a_number_and_forgotten_on_a_word(evening: Evening) -> None:
    know(evening)
    (known,) = evening.type("what do you know about us")
    assert "how your voices sound" in known
    (said,) = evening.type("forget our voices")
    assert is_reply(evening, said, "voices_forgotten")
    assert voices(evening) == []
    (said,) = evening.type("forget our voices")
    assert is_reply(evening, said, "voices_none")


@pytest.mark.parametrize("line", ["unlearn our voices", "turn off telling us apart", "don't learn our voices"])
def test_a_wish_to_forget_never_learns(evening: Evening, line: str) -> None:
    evening.address(line)
    settle(evening.loop, evening.clock)
    assert evening.loop.state.awaited is None


# ---- what they are used for -----------------------------------------------------------------------


def test_an_appreciation_without_a_name_is_of_the_one_who_speaks(evening: Evening) -> None:
    know(evening)
    (back,) = hear(evening, "i appreciate that you fixed the bike", SAM)
    assert "Sam" in back
    assert "Alex" in back
    evening.type("yes")
    note = last_note(evening)
    assert (note.who, note.for_whom) == ("Sam", "Alex")


@pytest.mark.parametrize(
    "line",
    [
        "Hearthside, I appreciate that you fixed the bike.",
        "hearthside for the record i appreciate that you fixed the bike",
        "hearthside write down that i appreciate that you fixed the bike",
    ],
)
def test_what_only_asks_for_it_is_no_part_of_the_line(evening: Evening, line: str) -> None:
    know(evening)
    (back,) = hear(evening, line, SAM)
    assert ": I appreciate that you fixed the bike. " in back


def test_while_they_talk_about_a_question_such_a_line_is_theirs_alone(evening: Evening) -> None:
    know(evening)
    evening.type("ask us a question")
    assert hear(evening, "i appreciate that you fixed the bike", SAM) == []


def test_it_is_mended_by_a_word(evening: Evening) -> None:
    know(evening)
    hear(evening, "i appreciate that you fixed the bike", SAM)
    (back,) = hear(evening, "no that was alex", STRANGER)
    assert "Sam" in back
    evening.type("yes")
    note = last_note(evening)
    assert (note.who, note.for_whom) == ("Alex", "Sam")


@pytest.mark.parametrize("voice", [STRANGER, None])
def test_of_somebody_unknown_it_is_talk(evening: Evening, voice: tuple[float, ...] | None) -> None:
    know(evening)
    assert hear(evening, "i appreciate that you fixed the bike", voice) == []
    assert evening.loop.state.awaited is None


def test_without_learned_voices_it_is_talk(evening: Evening) -> None:
    assert hear(evening, "i appreciate that you fixed the bike", SAM) == []
    assert evening.loop.listening.voice_seconds == 0


def test_a_dictated_line_is_of_the_one_who_says_it(evening: Evening) -> None:
    know(evening)
    evening.type("i have a wish for us")
    settle(evening.loop, evening.clock)
    assert evening.loop.listening.mode is Mode.WORDS
    (back,) = hear(evening, "a weekend by the sea", SAM)
    assert "Sam" in back
    assert not back.endswith("from Sam?")
    evening.type("yes")
    assert last_note(evening).who == "Sam"


def test_a_dictated_line_of_somebody_unknown_is_asked_about(evening: Evening) -> None:
    know(evening)
    evening.type("i have a wish for us")
    (asked,) = hear(evening, "a weekend by the sea", STRANGER)
    assert is_reply(evening, asked, "is_it_from")


def test_hello_is_answered_by_name(evening: Evening) -> None:
    know(evening)
    (said,) = hear(evening, "hello hearthside", SAM, 1.2)
    assert "Sam" in said
    (said,) = hear(evening, "hello hearthside", STRANGER, 1.2)
    assert "Sam" not in said


# ---- what they are never used for -----------------------------------------------------------------


def test_a_note_is_handed_over_to_no_voice(evening: Evening) -> None:
    know(evening)
    evening.type("leave a note for Sam", "the soup is in the fridge", "yes")
    (said,) = hear(evening, "hello hearthside", SAM, 1.2)
    assert is_reply(evening, said, "is_it_you")
    assert "Sam" in said
    (said, *_) = hear(evening, "no", SAM)
    assert "soup" not in said


def test_a_voice_opens_no_lock(tmp_path: Path) -> None:
    evening = Evening(tmp_path, config=replace(COUPLE, lock="always", lock_word="red umbrella"))
    know(evening)
    evening.type("i appreciate that sam danced in the kitchen", "yes")
    (said,) = hear(evening, "read tonight's appreciations", SAM)
    assert is_reply(evening, said, "lock_word")
    evening.close()


def test_a_voice_consents_for_nobody(tmp_path: Path) -> None:
    """Each is asked, whoever answers: a yes in Sam's voice to the question to Alex leads to the question to Sam."""
    evening = Evening(tmp_path, consent=False)
    know(evening)
    hear(evening, "i appreciate that you fixed the bike", SAM)
    (first,) = hear(evening, "yes", SAM)
    (second,) = hear(evening, "yes", SAM)
    assert {name for name in COUPLE.partners or () if name in first} != set()
    assert second.endswith("?")
    assert evening.loop.journal.records().notes == ()
    evening.close()


def test_people_who_move_in_are_not_taken_for_those_before(tmp_path: Path) -> None:
    evening = Evening(tmp_path, fresh=True)
    know(evening)
    evening.type("our names are Maya and Tomas", "yes")
    settle(evening.loop, evening.clock)
    assert voices(evening) == []
    evening.close()
