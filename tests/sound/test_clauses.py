"""What was interrupted is taken up at a comma or a full stop, in the voices that people hear."""

from collections.abc import Iterator

import numpy as np
import pytest

from voice.edges.synthesizer import UNHURRIED, Synthesizer, open_synthesizer
from voice.messages.delivery import Register
from voice.messages.sound import Sound
from voice.sound.clauses import from_last_clause
from voice.sound.resampling import from_pcm

CLAUSES = ("I can set a timer,", "ask a question,", "or start a check-in.", "What would you like?")


@pytest.fixture(scope="module", params=["natural", "system"])
def synthesizer(request: pytest.FixtureRequest) -> Iterator[Synthesizer]:
    one = open_synthesizer(request.param, "en", UNHURRIED)
    yield one
    one.close()


@pytest.mark.parametrize("register", [Register.DINNER, Register.BEDTIME])
def test_it_is_taken_up_at_the_last_clause_that_was_not_said_to_its_end(
    synthesizer: Synthesizer, register: Register
) -> None:
    whole = synthesizer.render(" ".join(CLAUSES), register)
    begins = {round(whole.seconds - from_last_clause(whole, at).seconds, 2) for at in np.arange(0, whole.seconds, 0.05)}
    assert len(begins) == len(CLAUSES)
    samples = np.abs(from_pcm(whole.pcm))
    for begin in begins - {0.0}:  # a pause ends there
        there = round(begin * whole.rate)
        before = samples[there - round(0.1 * whole.rate) : there - round(0.01 * whole.rate)]
        assert before.max() < 0.05 * samples.max()


def test_without_a_pause_it_is_taken_up_at_its_beginning() -> None:
    tone = Sound((9000 * np.sin(np.arange(48_000) / 20)).astype("<i2").tobytes(), 24_000)
    assert from_last_clause(tone, 1.5) == tone
    assert from_last_clause(Sound(bytes(4800), 24_000), 0.05) == Sound(bytes(4800), 24_000)
    assert from_last_clause(Sound(b"", 24_000), 0.0) == Sound(b"", 24_000)
