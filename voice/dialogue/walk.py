"""Where a guided session is."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from voice.content import Script
from voice.content.steps import Step


@dataclass(frozen=True, slots=True)
class StepPosition:
    """A step of a session, and whose part of it."""

    step: int
    """Index of the step in the script."""
    part: int
    """Index of the partner whose part it is, in `order`."""
    order: tuple[str, str]
    """The partners in the order in which they take the step."""


@dataclass(frozen=True, slots=True)
class Walk:
    """Where a guided session is."""

    script: Script
    """The session."""
    order: tuple[str, str]
    """The partners, who begins first."""
    step: int = -1
    """Index of the step they are at; -1: the opening."""
    part: int = 0
    """Index of the partner whose part of an `each` step it is, in `order`."""
    since: float | None = None
    """Seconds of the session when the waiting of this step began; None while Hearthside still speaks."""
    length: float = 0.0
    """Seconds that this turn, quiet or timer takes."""
    breath: int = 0
    """Breaths, in or out, that were shown."""
    opened: bool = False
    """It has begun. False while they are asked whether this is a calm moment: then nothing but a yes begins it."""
    warned: bool = False
    """The last minute of this turn was told."""
    belled_at: float | None = None
    """Seconds of the session when the bell of this turn was rung; None: not yet."""
    nudged: bool = False
    """The one nudge of this turn was given."""
    asked_closer: bool = False
    """A vague line was asked about; once a session is enough."""
    enough: bool = False
    """They said that there is no more of what is asked for here: the rest of a repetition is left out."""
    stopped_at: float | None = None
    """Seconds of the session when it was paused; None: it goes on."""
    stretch: float = 1.0
    """How many times as long as written it is to take."""
    without: frozenset[type[Step]] = frozenset()
    """Kinds of steps that are left out."""
    depth: int = 0
    """The depth of questions that they asked for; 0: as it is written."""
    asked: str = ""
    """The prompt that was read last; "" for none."""
    line: str = ""
    """What the step they are at began with; "" for nothing."""
    values: Mapping[str, str | float] = field(default_factory=dict)
    """Variable -> text or seconds; "need/Sam" is what Sam answered. These are never written down."""
    told: str = ""
    """The day, or the day and the time, that were told before they were asked for; "" for none."""
    trail: tuple[StepPosition, ...] = ()
    """The steps at which people did something, the present one last."""

    @property
    def current(self) -> Step | None:
        """The step they are at; None in the opening."""
        return self.script.steps[self.step] if self.step >= 0 else None

    @property
    def speaker(self) -> str:
        """The partner whose part it is."""
        return self.order[self.part]

    def at(self, place: StepPosition, length: float) -> "Walk":
        """A session that is at the beginning of a step of so many seconds."""
        return Walk(
            self.script,
            place.order,
            place.step,
            place.part,
            length=length,
            stretch=self.stretch,
            without=self.without,
            opened=self.opened,
            asked_closer=self.asked_closer,
            depth=self.depth,
            asked=self.asked,
            values=self.values,
            told=self.told,
            trail=self.trail,
        )
