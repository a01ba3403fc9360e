"""Pauses: how long unseen wordings wait for more words, and which of their beginnings would be acted on too early.

Nothing is spoken: every beginning of a wording stands for a speaker who pauses there. A pause is as long as people say
it is; what counts here is the quiet after which the beginning alone would be taken for something else.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from bench.table import Part, Row, percent
from bench.wordings import modes, unseen
from voice.composition import open_understanding
from voice.config import Config, Home
from voice.listening.turn_taking import patience_with
from voice.messages.meaning import Addressing, Match
from voice.messages.recognition import WAIT_DEFAULT, WAIT_MEANT, Hypothesis, Mode
from voice.nlu.understanding import Understanding
from voice.packs import load_content


def measure(home: Path, every: int = 1) -> Part:
    """The wordings of the intents that only measure, whole and every beginning of them."""
    pack = load_content().intents
    understanding = open_understanding(Home(home), Config(), None)
    mode_of = modes(pack)
    sample = [each for each in unseen(pack) if each.label in mode_of][::every]
    rows = list[Row]()
    for addressing in (Addressing.ADDRESSED, Addressing.OVERHEARD):
        waits, early, beginnings = list[float](), list[float](), 0
        for example in sample:
            mode = mode_of[example.label]
            whole = _meant(understanding, example.text, mode, addressing)
            if whole is None:
                continue
            waits.append(patience_with(whole, mode))
            for beginning in _beginnings(example.text):
                beginnings += 1
                match = _meant(understanding, beginning, mode, addressing)
                if match and (match.intent, match.slots) != (whole.intent, whole.slots):
                    early.append(patience_with(match, mode))
        rows += _rows(addressing, waits, early, beginnings)
    return Part(tuple(rows))


def _rows(addressing: Addressing, waits: list[float], early: list[float], beginnings: int) -> Iterator[Row]:
    for wait in (WAIT_MEANT, WAIT_DEFAULT):
        yield Row(
            f"{addressing}: acted on within {wait:.2g} s of quiet",
            f"{percent(_within(waits, wait), len(waits))} of the wordings",
            f"{_within(early, wait)} of {beginnings} beginnings would be taken for something else",
        )


def _within(waits: Iterable[float], longest: float) -> int:
    return sum(wait <= longest for wait in waits)


def _meant(understanding: Understanding, text: str, mode: Mode, addressing: Addressing) -> Match | None:
    result = understanding.understand((Hypothesis(text, "keyboard"),), mode, addressing=addressing)
    return result if isinstance(result, Match) else None


def _beginnings(text: str) -> Iterator[str]:
    """A sentence up to each of its words but the last."""
    words = text.split()
    return (" ".join(words[:end]) for end in range(1, len(words)))
