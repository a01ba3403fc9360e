"""Turn taking: what counts of what is said while Hearthside speaks."""

import pytest

from voice.listening.turn_taking import TurnTaking
from voice.messages.meaning import Match, NoMatch, Rejection
from voice.messages.recognition import Heard, Hypothesis, Mode, Transcript

MEANINGS = {
    "stop": Match("stop", {}, "stop", "stop"),
    "again": Match("again", {}, "again", "again"),
    "I'm not okay": Match("not_okay", {}, "I'm not okay", "i'm not okay", care=True),
}


def verdict(barge_in: str, words: str, *, began: float, own: float | None = None) -> Match | NoMatch:
    """What it means when it begins then, while Hearthside says something from second 0 to 10."""
    turns = TurnTaking(None, barge_in=barge_in)
    turns.say("Say again what made you laugh today.", 0.0, is_silent=True)
    mode = Mode.SPEAKING
    if began > 10:
        turns.fall_silent(10.0)
        mode = Mode.QUESTION
    heard = Heard(Transcript((Hypothesis(words, "somebody"),)), 1, began, began + 1, own=own)
    meant, _ = turns.verdict(heard, mode, lambda readings, mode, addressing: MEANINGS[readings[0].text])
    return meant


@pytest.mark.parametrize(
    ("barge_in", "counts"),
    [("words", ["stop", "again", "I'm not okay"]), ("stop", ["stop", "I'm not okay"]), ("off", ["I'm not okay"])],
)
def test_the_couple_choose_what_counts_while_it_speaks(barge_in: str, counts: list[str]) -> None:
    meant = {words: verdict(barge_in, words, began=5.0, own=0.1) for words in MEANINGS}
    assert [words for words, each in meant.items() if isinstance(each, Match)] == counts
    assert {each.why for each in meant.values() if isinstance(each, NoMatch)} <= {Rejection.SPOKEN_OVER}


@pytest.mark.parametrize("barge_in", ["words", "stop", "off"])
def test_everything_counts_when_it_has_spoken(barge_in: str) -> None:
    assert all(isinstance(verdict(barge_in, words, began=11.0), Match) for words in MEANINGS)


@pytest.mark.parametrize(
    ("own", "counts"),
    [
        (None, ["stop", "I'm not okay"]),  # the sound does not tell, and it has said "again" itself
        (0.1, ["stop", "again", "I'm not okay"]),
        (0.9, []),
    ],
)
def test_the_sound_tells_whose_words_they_are(own: float | None, counts: list[str]) -> None:
    meant = {words: verdict("words", words, began=5.0, own=own) for words in MEANINGS}
    assert [words for words, each in meant.items() if isinstance(each, Match)] == counts
    assert {each.why for each in meant.values() if isinstance(each, NoMatch)} <= {Rejection.OWN_VOICE}


def test_its_voice_is_known_in_the_room_after_it_has_spoken() -> None:
    assert isinstance(verdict("words", "stop", began=10.5, own=0.9), NoMatch)
    assert isinstance(verdict("words", "stop", began=10.5, own=0.1), Match)
