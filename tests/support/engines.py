"""Engines of a few lines, to be opened in child processes of their own."""

import os
from collections.abc import Callable
from typing import cast

from voice.edges.recognizer import Recognizer
from voice.engines.moonshine.calibration import MOONSHINE
from voice.engines.protocol import Constraints, Engine, EngineDescription, EngineHypothesis, Hypotheses
from voice.errors import RecognizerError
from voice.messages.recognition import Need, Transcript
from voice.messages.word_graph import Shortlist, WordGraph


class OpenEngine:
    """An engine that is given whole utterances and tells what it was built with, dies, or refuses to live."""

    def __init__(self, text: str) -> None:
        if text == "damaged":
            raise RecognizerError("the model is damaged", "somewhere", "Get another.")
        self.text, self.size, self.lessons = text, 0, 0

    def learn(self, name: str, graph: WordGraph) -> None:
        self.name = name
        self.lessons += 1

    def begin(self, constraints: Constraints) -> None:
        self.size = 0

    def accept(self, pcm: bytes) -> None:
        self.size += len(pcm)

    def partial(self) -> Hypotheses:
        if self.text == "poison":
            os._exit(1)
        return (EngineHypothesis(self.text or str(self.size), -1.0),)

    finish = partial

    def rescore(self, pcm: bytes, constraints: Constraints, shortlist: Shortlist) -> Hypotheses:
        assert constraints.name == self.name
        found = f"{self.text}, {len(pcm)} bytes, lesson {self.lessons}"
        return EngineHypothesis(self.text, -1.5), EngineHypothesis(found, -2.0, constrained=True)


def described(name: str, factory: Callable[..., object], *arguments: str, grammar: bool = False) -> EngineDescription:
    needs = frozenset({Need.GRAMMAR if grammar else Need.GRAPH})
    return EngineDescription(name, cast(Callable[..., Engine], factory), arguments, needs, grammar, MOONSHINE)


def open_engine(text: str) -> EngineDescription:
    return described("open", OpenEngine, text)


Build = Callable[..., Recognizer]


def texts(transcript: Transcript) -> tuple[str, ...]:
    return tuple(hypothesis.text for hypothesis in transcript.hypotheses)
