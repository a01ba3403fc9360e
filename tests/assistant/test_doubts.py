"""What is said to Hearthside is answered, also where there is nothing that it could be about."""

from pathlib import Path

import pytest

from tests.support.evening import Evening
from voice.messages.actions import Say
from voice.messages.events import Understood
from voice.messages.meaning import Acceptance, Explanation, Match


@pytest.mark.parametrize("line", ["end the break please", "that reminder's done"])
def test_a_wish_with_nothing_to_be_about_is_answered(tmp_path: Path, line: str) -> None:
    evening = Evening(tmp_path)
    assert len(evening.address(line)) == 1
    evening.close()


def test_a_timer_that_runs_already_is_told_of(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    evening.address("give me five minutes")
    assert len(evening.address("can you get the timer going again")) == 1
    evening.close()


def test_at_the_table_it_is_left_alone(tmp_path: Path) -> None:
    evening = Evening(tmp_path)
    assert evening.type("we're ready") == []
    evening.close()


@pytest.mark.parametrize("line", ["stop", "never mind", "that's enough"])
def test_who_asks_for_quiet_gets_it(tmp_path: Path, line: str) -> None:
    evening = Evening(tmp_path)
    assert evening.address(line) == []
    evening.close()


@pytest.mark.parametrize(("distance", "answers"), [(0.0, 1), (0.5, 1)])
def test_a_guess_that_they_want_quiet_is_answered(tmp_path: Path, distance: float, answers: int) -> None:
    """ "Mend this" was once guessed to mean "leave it", and met with silence."""
    evening = Evening(tmp_path)
    known = Explanation(nearest="mend this", intent="cancel", reason=Acceptance.MEANT)
    guess = Match("cancel", {}, "mend this", "mend this", distance, explanation=known)
    loop, said = evening.loop, Understood(guess, evening.clock.at(), addressed=True)
    decided = loop.assistant.decide(loop.state, said, loop.records, evening.clock.now())
    assert sum(isinstance(action, Say) for action in decided.actions) == answers
    evening.close()


def test_after_a_reprompt_again_repeats_the_question(tmp_path: Path) -> None:
    """ "I didn't catch that. Yes, or no?" - "what was that?" wants the line that is to be kept."""
    evening = Evening(tmp_path)
    evening.address("I appreciate that Sam fed the cat")
    for unclear in ("the soup is cold", "the bread too"):
        evening.type(unclear)
        assert "fed the cat" in " ".join(evening.type("say that again"))
    evening.close()


def test_what_was_asked_about_is_answered(tmp_path: Path) -> None:
    """A wish that was guessed, and agreed to, is not met with silence."""
    evening = Evening(tmp_path)
    assert "check something off" in evening.address("check that box we ran the marathon")[0]
    assert len(evening.type("yes")) == 1
    evening.close()
