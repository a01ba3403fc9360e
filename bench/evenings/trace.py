"""What happened in a simulated evening: every decision with the state before and after it, and who said what."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from voice.assistant.assistant import Assistant, Decided
from voice.content import Content
from voice.dialogue.state import Household, State
from voice.messages.actions import Action, Say
from voice.messages.events import Event, NotUnderstood, Understood
from voice.messages.records import Records

OWN = ""
"""What a line means that is no wish and no answer of the packs."""


@dataclass(frozen=True, slots=True)
class Line:
    """What one of the two said."""

    who: str
    """The partner who said it."""
    text: str
    """The words."""
    meant: str = OWN
    """The intent that the speaker had in mind; OWN for their own words."""
    addressed: bool = False
    """Whether it was said to Hearthside."""


@dataclass(frozen=True, slots=True)
class Moment:
    """One decision."""

    before: State
    event: Event
    after: State
    actions: tuple[Action, ...]
    records: Records
    """What was kept before it."""
    now: datetime
    line: Line | None
    """What somebody had said, where the decision is about that."""

    @property
    def said(self) -> tuple[str, ...]:
        """The texts that Hearthside begins to say."""
        return tuple(action.text for action in self.actions if isinstance(action, Say))


@dataclass(slots=True)
class Trace:
    """A whole evening."""

    title: str
    """Which evening it was, so that it can be walked again."""
    content: Content
    partners: tuple[str, str]
    named: bool
    """Whether the two gave their names."""
    moments: list[Moment] = field(default_factory=list)
    lines: list[tuple[int, Line]] = field(default_factory=list)
    """Number of moments before a line -> the line."""
    current: Line | None = None
    """The line that is being taken."""
    crash: str = ""
    """The error with which it ended; "" for none."""

    def windows(self) -> Iterator[tuple[Line, Sequence[Moment]]]:
        """Every line with what happened from then on until the next one."""
        ends = [start for start, _ in self.lines[1:]] + [len(self.moments)]
        for (start, line), end in zip(self.lines, ends, strict=True):
            yield line, self.moments[start:end]

    def transcript(self, until: Moment | None = None, last: int = 40) -> str:
        """The conversation up to a moment, as one reads it."""
        told = list[str]()
        starts = dict[int, Line](self.lines)
        for number, moment in enumerate(self.moments):
            if line := starts.get(number):
                told.append(f"{line.who}: {line.text}  [{line.meant or 'own words'}]")
            told += [f"    {moment.now:%H:%M:%S} Hearthside: {text}" for text in moment.said]
            if moment is until:
                told.append(f"    ^ {type(moment.event).__name__}, {_intent(moment.event)}")
                break
        if until is None:
            told += [
                f"{line.who}: {line.text}  [{line.meant}]" for start, line in self.lines if start == len(self.moments)
            ]
        return "\n".join([self.title, *told[-last:]])


def _intent(event: Event) -> str:
    match event:
        case Understood(match=match):
            return match.intent
        case NotUnderstood(no_match=no_match):
            return str(no_match.why)
    return ""


class Watched(Assistant):
    """An assistant whose decisions are written into a trace."""

    trace: Trace

    @classmethod
    def watching(cls, assistant: Assistant, trace: Trace) -> "Watched":
        """The same assistant, watched."""
        watched = cls(assistant.content, assistant.manners, assistant.shuffle)
        watched.trace = trace
        return watched

    def living_with(self, content: Content, manners: Household) -> "Watched":
        """The same evening with other names or settings."""
        return Watched.watching(super().living_with(content, manners), self.trace)

    def decide(self, state: State, event: Event, records: Records, now: datetime) -> Decided:
        """Decide, and remember it."""
        decided = super().decide(state, event, records, now)
        line = self.trace.current if isinstance(event, Understood | NotUnderstood) else None
        self.trace.moments.append(Moment(state, event, decided.state, decided.actions, records, now, line))
        return decided
