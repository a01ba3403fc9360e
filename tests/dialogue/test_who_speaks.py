"""Which partner a voice is: the bars, and what is not known."""

import pytest

from voice.dialogue.who_speaks import NEAR, NEARER, are_alike, learned_from, partner_of
from voice.messages.recognition import Voice
from voice.messages.records import LearnedVoice

COUPLE = ("Alex", "Sam")
ALEX, SAM = LearnedVoice("Alex", (1.0, 0.0, 0.0)), LearnedVoice("Sam", (0.0, 1.0, 0.0))


def voice(alex: float, sam: float) -> Voice:
    """A voice with these cosines to the two."""
    return Voice((alex, sam, (1 - alex**2 - sam**2) ** 0.5), 2.0)


@pytest.mark.parametrize(
    ("heard", "who"),
    [
        (voice(0.8, 0.1), "Alex"),
        (voice(0.1, 0.8), "Sam"),
        (voice(NEAR + 0.01, 0.0), "Alex"),
        (voice(NEAR - 0.01, 0.0), ""),
        (voice(0.6, 0.6 - NEARER + 0.01), ""),
        (voice(0.6, 0.6 - NEARER - 0.01), "Alex"),
        (None, ""),
    ],
)
def test_a_partner_is_named_only_where_that_is_sure(heard: Voice | None, who: str) -> None:
    assert partner_of(heard, (ALEX, SAM), COUPLE) == who


@pytest.mark.parametrize("learned", [(), (ALEX,), (ALEX, LearnedVoice("Kim", SAM.embedding))])
def test_nobody_is_named_unless_both_who_live_here_are_known(learned: tuple[LearnedVoice, ...]) -> None:
    assert partner_of(voice(0.9, 0.1), learned, COUPLE) == ""


def test_a_voice_is_learned_from_the_mean_of_its_samples_by_their_length() -> None:
    learned = learned_from("Alex", [Voice((1.0, 0.0), 9.0), Voice((0.0, 1.0), 1.0)])
    assert learned.embedding == pytest.approx((0.9939, 0.1104), abs=1e-4)


def test_two_who_sound_alike_are_noticed() -> None:
    assert are_alike(ALEX, LearnedVoice("Sam", (0.9, 0.43589, 0.0)))
    assert not are_alike(ALEX, SAM)
