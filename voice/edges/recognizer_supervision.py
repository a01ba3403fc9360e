"""Keeps the engines' child processes at work: a time budget for every call, and a new process for a lost one."""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock
from typing import cast

from voice.child import Child, ChildLost
from voice.engines.protocol import EngineDescription, Hypotheses
from voice.errors import HearthsideError, RecognizerError
from voice.messages.recognition import Voice
from voice.messages.sound import RATE
from voice.messages.word_graph import WordGraph

BUDGET = 5.0  # seconds of waiting for one utterance at most, whatever breaks, while people wait
PATIENCE = 1.5  # seconds of silence from an engine, at the budget above, after which it counts as hung ...
PATIENCE_PER_SECOND = 0.25  # ... and as much again for every second of sound
RESCORING_PATIENCE = 3.0  # in place of PATIENCE for rescoring, which takes six times as long as reading
_LOSSES = 4  # in a row, after which an engine is given up
_FIX = "Run `hearthside doctor`."

Message = tuple[str, tuple[object, ...]]  # a method of the engine and its arguments


@dataclass(slots=True, eq=False)
class SupervisedEngine:
    """An engine in a child process, and how it fares."""

    description: EngineDescription
    """What it is, and how its process is begun."""
    child: Child
    """Its process, or the one that came in its place."""
    is_awaited: bool = False
    """Whether it has been given its time to load."""
    learned: dict[str, tuple[WordGraph, int | None]] = field(default_factory=dict)
    """Name -> the graph under it, and the number of the process that knows it."""
    losses: int = 0
    """How often in a row its process was lost."""
    is_given_up: bool = False
    """Whether it is left out from now on, because its process was lost too often."""
    turn: Lock = field(default_factory=Lock)
    """Held while messages are sent that belong together: a glance sends from another thread."""

    @property
    def name(self) -> str:
        """As it stands in the config and in hypotheses."""
        return self.description.name

    def learn(self, name: str, graph: WordGraph) -> None:
        """Have the process that runs now learn a graph, once."""
        known, process = self.learned.get(name, (None, None))
        if known is graph and process == self.child.pid:
            return
        process = self.child.pid  # a process that takes its place meanwhile is taught again
        self.child.tell("learn", name, graph)
        self.learned[name] = graph, process


class Supervisor:
    """Calls engines and replaces lost ones; used from the thread of the recognizer and from that of its glances."""

    def __init__(
        self, engines: Sequence[EngineDescription], budget: float, resume: Callable[[SupervisedEngine], None]
    ) -> None:
        """The engines begin to load now.

        budget: seconds that an utterance may cost at most; the patience with an engine grows with it. resume: takes
        an engine whose process was replaced.
        """
        self._budget, self._resume = budget, resume
        self._engines = [
            SupervisedEngine(each, Child(each.factory, *each.arguments, name=each.name)) for each in engines
        ]
        self._troubles: list[str] = []
        for engine in self._engines:
            engine.child.start()

    @property
    def at_work(self) -> list[SupervisedEngine]:
        """The engines that have not been given up, in order."""
        return [engine for engine in self._engines if not engine.is_given_up]

    def deadline(self) -> float:
        """The moment, on the monotonic clock, until which an utterance that is asked about now may take."""
        return time.monotonic() + self._budget

    def call(
        self,
        engine: SupervisedEngine,
        message: Message,
        size: int,
        deadline: float,
        *,
        before: Sequence[Message] = (),
        patience: float = PATIENCE,
    ) -> Hypotheses | None:
        """An engine's hypotheses; None when it was lost or cannot answer before the deadline.

        size: bytes of sound that the message is about. before: messages that need no answer and go first.
        """
        try:
            with engine.turn:
                if not engine.child.wait(deadline - time.monotonic()):
                    return None
                longest = (patience + PATIENCE_PER_SECOND * size / 2 / RATE) * self._budget / BUDGET
                timeout = max(0.0, min(longest, deadline - time.monotonic()))
                for method, arguments in before:
                    engine.child.tell(method, *arguments)
                method, arguments = message
                answer = engine.child.call(method, *arguments, timeout=timeout)
        except (ChildLost, HearthsideError) as error:
            self._lose(engine, error)
            return None
        engine.losses = 0
        return cast(Hypotheses, answer)

    def voice(self, engine: SupervisedEngine, pcm: bytes, longest: float, deadline: float) -> Voice | None:
        """How the one sounds who says this; None where that cannot be told, or not before the deadline.

        longest: as the engine takes it. What is missing for it is told as trouble; the engine goes on without.
        """
        try:
            with engine.turn:
                timeout = max(0.0, deadline - time.monotonic())
                return cast(Voice | None, engine.child.call("voice", pcm, longest, timeout=timeout))
        except ChildLost as error:
            self._lose(engine, error)
        except HearthsideError as error:
            self._troubles.append(error.line())
        return None

    def await_all(self) -> None:
        """Wait until the engines are loaded, each once."""
        for engine in self.at_work:
            if not engine.is_awaited:
                engine.is_awaited = True
                try:
                    engine.child.wait()
                except (ChildLost, HearthsideError) as error:
                    self._lose(engine, error)

    def take_troubles(self) -> str:
        """What happened to the engines since it was asked for last, as sentences."""
        troubles, self._troubles = self._troubles, []
        return " ".join(troubles)

    def close(self) -> None:
        """End all engines."""
        for engine in self._engines:
            engine.child.close()

    def _lose(self, engine: SupervisedEngine, error: ChildLost | HearthsideError) -> None:
        """Start an engine again; give it up when that has not helped or cannot help."""
        engine.losses += 1
        engine.is_given_up = engine.losses >= _LOSSES or isinstance(error, HearthsideError)
        if not engine.is_given_up:
            reason = getattr(error, "reason", error)
            self._troubles.append(f"The recognizer {engine.name} {reason} and was started again.")
            engine.child.start()
            self._resume(engine)
            return
        engine.child.close()
        if not self.at_work:
            if isinstance(error, RecognizerError):
                raise error
            raise RecognizerError(f"no recognizer can be kept running ({error})", fix=_FIX) from error
        self._troubles.append(f"The recognizer {engine.name} was given up: {error}")
