"""Turn taking: what counts of what is said while Hearthside speaks."""

from dataclasses import replace

import pytest

from voice.listening.turn_taking import SETTLED, TurnTaking
from voice.messages.meaning import Acceptance, Explanation, Match, NoMatch, Rejection
from voice.messages.recognition import Heard, Hypothesis, Mode, Transcript

STOP = Match("stop", {}, "stop", "stop")
AGAIN = Match("again", {}, "again", "again")
ONCE_MORE = Match("again", {}, "once more", "again", explanation=Explanation(reason=Acceptance.MEANT))
MEANINGS = {
    "stop": STOP,
    "again": AGAIN,
    "I'm not okay": Match("not_okay", {}, "I'm not okay", "i'm not okay", care=True),
}


def verdict(
    barge_in: str, words: str, *, began: float, own: float | None = None, is_faint: bool = False
) -> Match | NoMatch:
    """What it means when it begins then, while Hearthside says something from second 0 to 10."""
    turns = TurnTaking(None, barge_in=barge_in)
    turns.say("Say again what made you laugh today.", 0.0, is_silent=True)
    mode = Mode.SPEAKING
    if began > 10:
        turns.fall_silent(10.0)
        mode = Mode.QUESTION
    heard = Heard(Transcript((Hypothesis(words, "somebody"),)), 1, began, began + 1, own=own, is_faint=is_faint)
    meant, _ = turns.verdict(heard, mode, lambda readings, mode, addressing: _meaning(readings[0].text))
    return meant


def _meaning(words: str) -> Match:
    return ONCE_MORE if words == "once more" else MEANINGS[words]


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


def test_what_may_be_left_of_its_voice_counts_only_in_the_words_of_a_wish_that_it_does_not_say() -> None:
    words = [*MEANINGS, "once more"]
    plain = [each for each in words if isinstance(verdict("words", each, began=5.0, own=0.1), Match)]
    faint = [each for each in words if isinstance(verdict("words", each, began=5.0, own=0.1, is_faint=True), Match)]
    assert plain == words
    assert faint == ["stop", "I'm not okay"]  # it has said "again" itself


def test_its_voice_is_known_in_the_room_after_it_has_spoken() -> None:
    assert isinstance(verdict("words", "stop", began=10.5, own=0.9), NoMatch)
    assert isinstance(verdict("words", "stop", began=10.5, own=0.1), Match)


def second(meant: Match | NoMatch, quiet: float, mode: Mode = Mode.QUESTION) -> Match | NoMatch:
    """What more words mean after so much quiet, when "stop" was acted on before."""
    turns = TurnTaking(None)
    first = Heard(Transcript((Hypothesis("stop", "somebody"),), final=False), 1, 1.0, 1.5, quiet=0.2)
    assert turns.settle(first, STOP, mode) == SETTLED
    more = Heard(Transcript((Hypothesis(meant.text, "somebody"),)), 2, 2.0, 2.5, quiet_before=quiet)
    return turns.verdict(more, mode, lambda readings, mode, addressing: meant)[0]


def test_the_rest_of_a_breath_is_no_wish_of_its_own() -> None:
    by_sound = replace(AGAIN, distance=0.4, explanation=Explanation(reason=Acceptance.LIKELY))
    by_meaning = replace(AGAIN, explanation=Explanation(reason=Acceptance.MEANT))
    please = NoMatch("Please.", Rejection.NOTHING_NEAR)
    for meant in (by_sound, by_meaning, please):
        rest = second(meant, 0.6)
        assert isinstance(rest, NoMatch)
        assert rest.why is Rejection.SAME_BREATH
        assert second(meant, 1.2) == meant
        assert second(meant, 0.6, Mode.WORDS) == meant  # a line may follow at once


def test_a_wish_in_its_own_words_counts_in_the_same_breath() -> None:
    assert second(replace(AGAIN, explanation=Explanation(reason=Acceptance.NEAR)), 0.6) == AGAIN
    care = Match("not_okay", {}, "", "", distance=0.3, care=True, explanation=Explanation(reason=Acceptance.LIKELY))
    assert second(care, 0.6) == care


def test_what_follows_the_rest_of_a_breath_belongs_to_it_too_but_not_for_long() -> None:
    turns = TurnTaking(None)
    please = NoMatch("Please.", Rejection.NOTHING_NEAR)
    turns.settle(Heard(Transcript((Hypothesis("stop", "somebody"),)), 1, 1.0, 1.5), STOP, Mode.QUESTION)
    why = list[Rejection]()
    for number, began in enumerate((2.0, 3.0, 4.0, 5.5), 2):
        more = Heard(Transcript((Hypothesis("Please.", "somebody"),)), number, began, began + 0.5, quiet_before=0.5)
        verdict, _ = turns.verdict(more, Mode.QUESTION, lambda readings, mode, addressing: please)
        turns.settle(more, verdict, Mode.QUESTION)
        assert isinstance(verdict, NoMatch)
        why.append(verdict.why)
    assert why == [Rejection.SAME_BREATH] * 3 + [Rejection.NOTHING_NEAR]
