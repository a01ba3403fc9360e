"""The trained head as understanding uses it: which intents are likely in a mode, and what is ordinary talk."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from voice.content import Intent
from voice.messages.recognition import Mode

TALK, LOOK_ALIKE, TOLD, NOT_CARE, LINE = "talk", "look-alike", "told", "not care", "words"
"""Labels of what is no intent: ordinary talk; talk that resembles commands; what one tells in a turn; what only sounds
like a cry for help; a line that is dictated."""
ELSEWHERE = "elsewhere"
"""The label of what only another assistant can do, such as to play music."""
SILENT = frozenset((TALK, LOOK_ALIKE, TOLD, NOT_CARE, ELSEWHERE))


class Scorer(Protocol):
    """Gives texts probabilities of labels; see voice/encoder/scorer.py."""

    @property
    def labels(self) -> tuple[str, ...]:
        """What a text can be."""

    def probabilities(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts x labels; rows add up to 1."""

    def vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Texts x numbers of the encoder; rows of length 1."""


@dataclass(frozen=True, slots=True)
class Guess:
    """One label that a text may have."""

    label: str
    """An intent, or one of the labels of what is none."""
    probability: float
    """Among everything that can be said in the mode, 0 to 1."""
    against_talk: float = 0.0
    """Against the labels that are no intent alone, 0 to 1: whether it was asked for, whichever wish it was."""

    @property
    def is_silent(self) -> bool:
        """Whether it is talk that nobody acts on."""
        return self.label in SILENT


class IntentHead:
    """Ranks what a text may mean in a mode. Any thread may use it."""

    def __init__(self, scorer: Scorer, intents: Iterable[Intent]) -> None:
        self._scorer, self._alike = scorer, _alike(intents)
        modes: Mapping[str, frozenset[Mode]] = {intent.name: intent.when for intent in intents}
        self._silent = np.array([label in SILENT for label in scorer.labels])
        self._is_talk = self._silent & (np.array(scorer.labels) != ELSEWHERE)
        self._allowed = {mode: np.array([self._counts(label, mode, modes) for label in scorer.labels]) for mode in Mode}

    @staticmethod
    def _counts(label: str, mode: Mode, modes: Mapping[str, frozenset[Mode]]) -> bool:
        if label == LINE:
            return mode is Mode.WORDS
        return label in SILENT or mode in modes.get(label, frozenset())

    def ranked(self, texts: Mapping[str, float], mode: Mode, silence: float = 1.0, least: float = 0.02) -> list[Guess]:
        """What an utterance may be in a mode, the likeliest first; nothing below `least`.

        texts: abstracted text of each of its readings -> how probable that reading is; they add up to 1.
        silence: weight of the labels of talk; less than 1 where somebody surely speaks to us.
        """
        rows = np.array(list(texts.values()), np.float32) @ self._scorer.probabilities(list(texts))
        row = rows * self._allowed[mode] * np.where(self._is_talk, silence, 1.0)
        total = float(row.sum())
        if total <= 0:
            return []
        talk = float(row[self._silent].sum())
        order = [int(column) for column in np.argsort(-row) if row[column] >= least * total]
        return [
            Guess(self._scorer.labels[column], float(row[column]) / total, float(row[column] / (row[column] + talk)))
            for column in order
        ]

    def together(self, ranked: Sequence[Guess]) -> list[Guess]:
        """The likeliest of those guesses that come to the same, as probable as all of them; the likeliest first."""
        found, seen = list[Guess](), set[str]()
        for guess in ranked:
            if guess.label in seen:
                continue
            alike = self._alike.get(guess.label, frozenset()) - seen
            same = [other for other in ranked if other.label in alike]
            seen |= {guess.label, *(other.label for other in same)}
            found.append(replace(guess, probability=guess.probability + sum(other.probability for other in same)))
        return sorted(found, key=lambda guess: -guess.probability)

    def certainties(self, texts: Sequence[str], mode: Mode) -> NDArray[np.float32]:
        """How probable the likeliest intent of each abstracted text is in a mode, 0 to 1."""
        rows = self._scorer.probabilities(texts) * self._allowed[mode]
        best: NDArray[np.float32] = (rows * ~self._silent).max(axis=1) / np.maximum(rows.sum(axis=1), 1e-9)
        return best

    def share(self, text: str, labels: Collection[str]) -> float:
        """The probability of some labels among all labels of every mode."""
        row = self._scorer.probabilities([text])[0]
        return sum(float(row[column]) for column, label in enumerate(self._scorer.labels) if label in labels)


def _alike(intents: Iterable[Intent]) -> Mapping[str, frozenset[str]]:
    """Intent -> those that come to the same, whichever of the two says so."""
    alike = defaultdict[str, set[str]](set)
    for intent in intents:
        for other in intent.alike:
            alike[intent.name].add(other)
            alike[other].add(intent.name)
    return {name: frozenset(others) for name, others in alike.items()}
