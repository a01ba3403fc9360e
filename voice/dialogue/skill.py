"""A skill: one value that says which intents it answers, which questions it asks, and what it does in between.

A skill registers itself: its folder has a `skill.py` with a `Skill`, and `assistant/skills.py` lists it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from voice.content import Content
from voice.dialogue.decision import Decision
from voice.dialogue.state import PendingQuestion, State
from voice.messages.actions import Action
from voice.messages.meaning import Match
from voice.messages.records import Records

Command = Callable[[Decision, Match], None]
"""What is done for an intent."""
Question = TypeVar("Question", bound=PendingQuestion)


def let_go(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """Nobody wants to answer: the question is dropped; a session goes on without a word about it."""
    decision.change(awaited=None)
    if not decision.state.walk:
        decision.say("let_go")


def _never(decision: Decision) -> bool:
    return False


def _no_line(decision: Decision, text: str) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Answers(Generic[Question]):
    """The handling of the answers to one class of question. The class stands for the purpose of the question."""

    question: type[Question]
    """The class of the question. No two skills may claim the same one."""
    settle: Callable[[Decision, Question, bool], None] = let_go
    """A yes or a no. A question that is passed over, or met with silence twice, counts as a no."""
    dictated: Callable[[Decision, Question, str], None] | None = None
    """A line that was dictated; None: no line is asked for."""
    begins_line: Callable[[Decision, str], bool] = _no_line
    """Whether words begin like the line that is asked for. If they do, a control word counts only when it is sure."""
    chosen: Callable[[Decision, Question, Match], bool] | None = None
    """A time of day, a number or another short answer. It returns False for one that does not answer the question."""
    in_words: Callable[[Decision, Question, str], bool] | None = None
    """An utterance that no sentence of the pack has. It returns False for one that does not answer the question."""
    changed: Callable[[Decision, Question], None] | None = None
    """ "Change it", where something was read back; None: it is no answer."""
    said_by: Callable[[Decision, Question, str], None] | None = None
    """ "That was Sam", where a line was read back as another's; None: it is no answer."""
    thanked: Callable[[Decision, Question], None] | None = None
    """A thank you; None: it is no answer."""
    put_off: Callable[[Decision, Question], None] | None = None
    """Silence, "not now" or "never mind", where that is less than a no; None: it is a no."""
    is_silence_yes: Callable[[Decision], bool] = _never
    """Whether silence counts as a yes."""


def said_to_us_alone(match: Match, records: Records) -> bool:
    """For `Skill.needs`: what people say to each other in the same words, so that overheard it is talk."""
    return False


def _no_commands(content: Content) -> Mapping[str, Command]:
    return {}


def _has_no_floor(state: State) -> bool:
    return False


def _do_nothing(decision: Decision) -> None:
    pass


def _needs_no_clock(decision: Decision, seconds: float) -> None:
    pass


def _is_not_mine(decision: Decision, action: Action) -> bool:
    return False


def _holds_nothing_back(decision: Decision, match: Match) -> bool:
    return False


def _has_nothing_to_stop(decision: Decision) -> bool:
    return False


@dataclass(frozen=True, slots=True)
class Skill:
    """The registration of a skill: everything that the assistant knows of it."""

    name: str
    """For messages about two skills that claim the same."""
    commands: Mapping[str, Command] = field(default_factory=dict)
    """Intent -> what it does, where no question and no skill with the floor takes it first."""
    pack_commands: Callable[[Content], Mapping[str, Command]] = _no_commands
    """Content of the packs -> further commands, such as the sessions, whose ids are intents."""
    needs: Mapping[str, Callable[[Match, Records], bool]] = field(default_factory=dict)
    """Intent -> whether there is something for it to act on. Where there is not, what was overheard is talk."""
    answers: tuple[Answers[Any], ...] = ()
    """The questions that this skill asks."""
    has_floor: Callable[[State], bool] = _has_no_floor
    """Whether something of this skill goes on that has words of its own."""
    floor_commands: Mapping[str, Command] = field(default_factory=dict)
    """Intent -> what it does while the skill has the floor; these come before all commands."""
    hold_back: Callable[[Decision, Match], bool] = _holds_nothing_back
    """A command of any skill is about to be done. It returns whether the command has to wait; then it said why."""
    stop: Callable[[Decision], bool] = _has_nothing_to_stop
    """ "Stop": end what is heard or goes on of this skill. It returns whether there was something."""
    end_for_care: Callable[[Decision], None] = _do_nothing
    """Somebody is not okay: end what goes on, and what would bring the two together later."""
    started: Callable[[Decision], None] = _do_nothing
    """The program begins."""
    tick: Callable[[Decision], None] = _do_nothing
    """Time passes; called at least once a second, whatever goes on."""
    clock_set: Callable[[Decision, float], None] = _needs_no_clock
    """The wall clock was set forward by so many seconds, or back (below 0)."""
    idle: Callable[[Decision], None] = _do_nothing
    """Time passes, no answer is awaited, and no session goes on."""
    spoken: Callable[[Decision], None] = _do_nothing
    """All that was to be said has been said, and no answer is awaited."""
    settled: Callable[[Decision], None] = _do_nothing
    """A question is settled."""
    stored: Callable[[Decision, Action], bool] = _is_not_mine
    """A storing action has reached the disk. It returns whether that was this skill's; then nobody else is told."""
    failed: Callable[[Decision, Action], bool] = _is_not_mine
    """A storing action did not reach the disk; the screen says why. It returns whether that was this skill's."""
