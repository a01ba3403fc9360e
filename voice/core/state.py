"""What the assistant knows between two events: frozen, and small enough to print."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

from voice.content import Prompt, Script, Step
from voice.messages import Listen, Match, Mode, NoMatch, Note


@dataclass(frozen=True, slots=True)
class Manners:
    """What the couple set once. recap_at: None: never by itself. quiet_hours: from, until; both local.

    lengths: id of a session -> minutes that it takes here. without: kinds of steps that sessions leave out.
    """

    partners: tuple[str, str]
    recap_at: time | None = time(21, 30)
    quiet_hours: tuple[time, time] | None = (time(23, 0), time(7, 0))
    lengths: Mapping[str, float] = field(default_factory=dict)
    without: frozenset[str] = frozenset()

    def other(self, name: str) -> str:
        """The partner who is not `name`."""
        return self.partners[1] if name == self.partners[0] else self.partners[0]


@dataclass(frozen=True, slots=True)
class Awaited:
    """An answer that is awaited.

    purpose: what it settles, a key of YES_OR_NO, DICTATED or CHOSEN in core/answers.py. mode: how to listen for it.
    who, for_whom: of the line. note: the one read back. about: the deck, the id of the prompt, the question, the
    variable. since: seconds, when the waiting began (None while Hearthside still speaks). reprompts: how often it was
    asked again. draft: a vague line that stands if nothing comes after it.
    """

    purpose: str
    who: str = ""
    for_whom: str = ""
    note: Note | None = None
    since: float | None = None
    reprompts: int = 0
    about: str = ""
    mode: Mode = Mode.YES_NO
    draft: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A step of a session, the part of an `each`, and in which order the partners take it."""

    step: int
    part: int
    order: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a guided session is.

    order: the partners, who begins first. step, part: which step (-1: the opening), and which partner of an `each`.
    since: seconds, when the waiting of this step began (None while Hearthside still speaks).
    length: seconds of this turn, quiet or breath. breath: how many breaths (in or out) were shown.
    warned: its last minute was told of. belled_at: seconds, when the bell of this turn was rung. nudged: the one nudge
    was given. asked_closer: a vague line was asked about. stopped_at: seconds, when it was paused.
    stretch: how much longer than written it is to take. without: kinds of steps that are left out.
    values: what was answered so far, variable -> text or seconds ("need/Sam": what Sam answered); never written down.
    trail: the places where people did something, the present one last.
    """

    script: Script
    order: tuple[str, str]
    step: int = -1
    part: int = 0
    since: float | None = None
    length: float = 0.0
    breath: int = 0
    warned: bool = False
    belled_at: float | None = None
    nudged: bool = False
    asked_closer: bool = False
    stopped_at: float | None = None
    stretch: float = 1.0
    without: frozenset[str] = frozenset()
    values: Mapping[str, str | float] = field(default_factory=dict)
    trail: tuple[Place, ...] = ()

    @property
    def current(self) -> Step | None:
        """The step they are at; None in the opening."""
        return self.script.steps[self.step] if self.step >= 0 else None

    @property
    def speaker(self) -> str:
        """The partner whose part it is."""
        return self.order[self.part]

    def at(self, place: Place, length: float) -> "Walk":
        """The same session at the beginning of a step of so many seconds."""
        return Walk(
            self.script,
            place.order,
            place.step,
            place.part,
            length=length,
            stretch=self.stretch,
            without=self.without,
            asked_closer=self.asked_closer,
            values=self.values,
            trail=self.trail,
        )


@dataclass(frozen=True, slots=True)
class State:
    """Everything between two events.

    speaking: something is being said. again: what "again" repeats. question: the prompt they are talking about,
    read at asked_at. decks, depth: of the questions; no decks: any. deep_agreed: both wanted the deepest prompts this
    time. skips: in a row. anew: they know that their decks are used up and start over. decks_named: how many of all.
    ringing: ids of timers being heard -> (how often rung, when last). rung: those that are not to ring again.
    timer_at: seconds, when they last spoke of a timer. used: reply key -> which wording came last.
    voices_at: seconds, when somebody last spoke. decisions: how many took a chance, so that each choice is its own.
    """

    listening: Listen = field(default_factory=lambda: Listen(Mode.IDLE))
    speaking: bool = False
    again: tuple[str, ...] = ()
    question: Prompt | None = None
    asked_at: float = 0.0
    decks: tuple[str, ...] = ()
    depth: int = 1
    deep_agreed: bool = False
    skips: int = 0
    anew: bool = False
    decks_named: int = 0
    awaited: Awaited | None = None
    walk: Walk | None = None
    ringing: Mapping[int, tuple[int, float]] = field(default_factory=dict)
    rung: frozenset[int] = frozenset()
    timer_at: float = float("-inf")
    last_heard: Match | NoMatch | None = None
    used: Mapping[str, int] = field(default_factory=dict)
    voices_at: float = 0.0
    decisions: int = 0
