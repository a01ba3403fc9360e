"""What the assistant knows between two events: frozen, and small enough to print."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time, tzinfo

from voice.content import Prompt, Script, Step
from voice.messages.actions import Keep, KeepPrompt, Listen, SetReminder
from voice.messages.meaning import Match, NoMatch
from voice.messages.recognition import Mode
from voice.messages.records import Note, Reminder


@dataclass(frozen=True, slots=True)
class Household:
    """What the couple set once. recap_at: None: never by itself. quiet_hours: from, until; both local.

    lengths: id of a session -> minutes that it takes here. without: kinds of steps that sessions leave out.
    zone: the time zone at home with its summer time; None: only the offset of the clock is known.
    help_line: whom they would call, as they wrote it, "" for nobody.
    """

    partners: tuple[str, str]
    recap_at: time | None = time(21, 30)
    quiet_hours: tuple[time, time] | None = (time(23, 0), time(7, 0))
    lengths: Mapping[str, float] = field(default_factory=dict)
    without: frozenset[str] = frozenset()
    zone: tzinfo | None = None
    help_line: str = ""

    def other(self, name: str) -> str:
        """The partner who is not `name`."""
        return self.partners[1] if name == self.partners[0] else self.partners[0]


@dataclass(frozen=True, slots=True)
class PendingQuestion:
    """An answer that is awaited.

    purpose: what it settles, a key of a table in assistant/pending_answers.py. mode: how to listen for it.
    who, for_whom: of the line. note: the one read back. reminder: the one that is spoken of. about: the deck, the id
    of the prompt, the question, the variable, the kind of the line. action: what waits for their consent. left: lines
    still to be read, so many at a time as `page` says. since: seconds, when the waiting began (None while Hearthside
    still speaks). reprompts: how often it was asked again. draft: a vague line that stands if nothing comes after it.
    match: what may have been said, and is done after a yes.
    """

    purpose: str
    who: str = ""
    for_whom: str = ""
    note: Note | None = None
    since: float | None = None
    reprompts: int = 0
    about: str = ""
    mode: Mode = Mode.YES_NO
    action: Keep | KeepPrompt | SetReminder | None = None
    left: tuple[Note, ...] = ()
    page: int = 0
    reminder: Reminder | None = None
    draft: str = ""
    match: Match | None = None


@dataclass(frozen=True, slots=True)
class StepPosition:
    """A step of a session, the part of an `each`, and in which order the partners take it."""

    step: int
    part: int
    order: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reminded:
    """A reminder that was said aloud, as it was then. since: seconds, when that was. times: how often so far."""

    reminder: Reminder
    since: float
    times: int = 1


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
    trail: tuple[StepPosition, ...] = ()

    @property
    def current(self) -> Step | None:
        """The step they are at; None in the opening."""
        return self.script.steps[self.step] if self.step >= 0 else None

    @property
    def speaker(self) -> str:
        """The partner whose part it is."""
        return self.order[self.part]

    def at(self, place: StepPosition, length: float) -> "Walk":
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
    walk: the session they are in. aside: one that was paused for so long that other things may be asked for.
    ringing: ids of timers being heard -> (how often rung, when last). rung: those that are not to ring again.
    timer_at: seconds, when they last spoke of a timer. used: reply key -> which wording came last.
    reminded: the reminder said last, until somebody reacts to it. told: ids of reminders -> for which of their times
    they were said. missed: those whose time passed while the program was off. reviewed: those that were asked
    about this evening. reminders_named: how many of all.
    care: what ended everything, an intent of care, until something else is asked for; "" for nothing.
    voices_at: seconds, when somebody last spoke. tidied: the date (ISO) on which what was over was last removed.
    decisions: how many took a chance, so that each choice is its own.
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
    awaited: PendingQuestion | None = None
    walk: Walk | None = None
    aside: Walk | None = None
    ringing: Mapping[int, tuple[int, float]] = field(default_factory=dict)
    rung: frozenset[int] = frozenset()
    timer_at: float = float("-inf")
    last_heard: Match | NoMatch | None = None
    reminded: Reminded | None = None
    told: Mapping[int, datetime] = field(default_factory=dict)
    missed: frozenset[int] = frozenset()
    reviewed: frozenset[int] = frozenset()
    reminders_named: int = 0
    care: str = ""
    used: Mapping[str, int] = field(default_factory=dict)
    voices_at: float = 0.0
    tidied: str = ""
    decisions: int = 0
