"""The machines that keep promises true, in short: what they watch is well, and they see what is not."""

import shutil
from pathlib import Path

import pytest
from hypothesis import strategies as st

from rig.fuzz import Fed, Target, feed, line, targets
from rig.kills import PIECES
from rig.soak import Look, Soaked, soak
from tests.support.evening import Evening
from voice.captions import Caption
from voice.edges.journal import Journal
from voice.errors import PackError
from voice.runtime.typed_lines import take_line

A_FEW = 12  # cases of each kind
MINUTES = 3.0  # of audio
WARMED_UP = 600.0  # MB an hour: in minutes a slope says little, 30 MB in 3 minutes would be a leak


def test_some_minutes_of_talk_leave_nothing_behind() -> None:
    soaked = soak(MINUTES / 60, 1, lambda text: None, every=30.0)
    assert soaked.faults(steepest=WARMED_UP) == []
    assert soaked.understood >= 2


def looks(grow: float, files: int) -> list[Look]:
    """Those of three hours, in which memory grows so many MB an hour, and so many files more are open at the end."""
    return [Look(hour * 3600.0, 500 + grow * hour, 20 + (files if hour == 3 else 0)) for hour in (0, 1, 2, 3)]


@pytest.mark.parametrize(
    ("soaked", "fault"),
    [
        (Soaked(looks(2.5, 0), said=4, understood=3), "memory grows by 2.50 MB an hour"),
        (Soaked(looks(0.5, 3), said=4, understood=3), "between 20 and 23 files are open"),
        (Soaked(looks(0.5, 0), ["the voice died."], said=4, understood=3), "trouble: the voice died."),
        (Soaked(looks(0.5, 0), said=40, understood=3), "3 of 40 lines were understood: that is no evening"),
    ],
)
def test_what_soaking_must_not_bring_is_told(soaked: Soaked, fault: str) -> None:
    assert soaked.faults() == [fault]


def test_a_trouble_is_counted() -> None:
    soaked = Soaked()
    soaked.hear(Caption("error", 0.0, {"text": "the voice died."}))
    soaked.hear(Caption("matched", 0.0, {"intent": "ask"}))
    assert (soaked.errors, soaked.understood) == (["the voice died."], 1)


def test_an_answer_that_keeps_nothing_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    piece = PIECES["keep"](tmp_path)
    before = shutil.copytree(piece.directory, tmp_path / "before")
    piece.work()
    piece.look()
    monkeypatch.setattr(Journal, "store", lambda self, action: action)
    shutil.rmtree(piece.directory)
    shutil.copytree(before, piece.directory)
    piece.work()
    with pytest.raises(AssertionError, match="acknowledged is lost"):
        piece.look()


KINDS = tuple(targets(lambda data, folder: None))


@pytest.mark.parametrize("kind", KINDS)
def test_a_few_cases_of_each_kind_are_answered(kind: str, evening: Evening) -> None:
    target = targets(lambda data, folder: take_line(evening.loop, evening.clock, data.decode(errors="replace")))[kind]
    assert feed(target, A_FEW, number=2) == Fed(A_FEW)


def test_the_kinds_share_all_cases() -> None:
    assert sum(target.share for target in targets(lambda data, folder: None).values()) == 100


def test_what_is_not_answered_is_told() -> None:
    def read(data: bytes, folder: Path) -> None:
        if b"a" in data:
            raise ValueError("here")
        raise PackError(("an answer",))

    why = feed(Target(1, st.sampled_from([b"a", b"b"]), read), 20, number=1).why
    assert "ValueError: here" in why
    assert "data=b'a'" in why
    fed = feed(Target(1, st.just(b"b"), read), 5, number=1)
    assert fed == Fed(1), "there is one case only"
    assert line({"ours": fed, "yours": Fed(7)}) == "fuzz: 8 cases of 2 kinds, all answered with a value or in one line"
    assert line({"ours": Fed(3, "why")}) == "fuzz: 3 cases of 1 kinds, broken: ours"
