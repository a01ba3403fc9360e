"""One Vosk recognizer on one utterance."""

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Decoded:
    """The words of an utterance."""

    text: str
    """The words; "" for none."""
    likelihood: float | None = None
    """Log-likelihood of the best path, acoustics and language model together; None where it was not asked for."""


class Hearing:
    """A recognizer and the pieces into which Vosk, by its own rules, cuts the utterance."""

    def __init__(self, recognizer: Any, alternatives: int = 0) -> None:
        """alternatives: how many texts of each piece to find, with likelihoods; 0: one, without."""
        self._recognizer, self._alternatives = recognizer, alternatives
        if alternatives:
            recognizer.SetMaxAlternatives(alternatives)
        self._pieces: list[list[Decoded]] = []  # of each piece, the likeliest first

    def accept(self, pcm: bytes) -> None:
        """More of the utterance: 16-bit mono, RATE."""
        if self._recognizer.AcceptWaveform(pcm):
            self._pieces.append(self._texts(self._recognizer.Result()))

    def partial(self) -> str:
        """The words so far."""
        last = json.loads(self._recognizer.PartialResult())["partial"]
        return _joined([*(piece[0].text for piece in self._pieces), last])

    def finish(self) -> Decoded:
        """The likeliest words; the utterance is over."""
        return self.finish_all()[0]

    def finish_all(self) -> list[Decoded]:
        """The likeliest texts of the utterance, the best first. All but the last piece count with their best text."""
        *before, last = [*self._pieces, self._texts(self._recognizer.FinalResult())]
        known = [piece[0] for piece in before]
        texts = [_joined([*(each.text for each in known), each.text]) for each in last]
        if not self._alternatives:
            return [Decoded(text) for text in texts]
        likelihood = sum(each.likelihood or 0.0 for each in known)
        return [Decoded(text, likelihood + (each.likelihood or 0.0)) for text, each in zip(texts, last, strict=True)]

    def _texts(self, answer: str) -> list[Decoded]:
        content = json.loads(answer)
        if not self._alternatives:
            return [Decoded(content["text"])]
        return [Decoded(each["text"].strip(), each["confidence"]) for each in content["alternatives"]]


def _joined(pieces: list[str]) -> str:
    return " ".join(piece for piece in pieces if piece)
