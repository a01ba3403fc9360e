"""The skills of Hearthside, and what they claim, merged."""

from collections.abc import Mapping, Sequence
from typing import Any

from voice.assistant import care, doubts, global_commands, whom
from voice.content import Content
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers, Command, Skill
from voice.dialogue.state import PendingQuestion, State
from voice.messages.actions import Action
from voice.messages.meaning import Match
from voice.messages.records import Records
from voice.skills.household import skill as household
from voice.skills.notes import skill as notes
from voice.skills.questions import skill as questions
from voice.skills.reminders import skill as reminders
from voice.skills.sessions import skill as sessions
from voice.skills.timers import skill as timers

SKILLS: tuple[Skill, ...] = (
    timers.SKILL,
    questions.SKILL,
    notes.SKILL,
    sessions.SKILL,
    reminders.SKILL,
    global_commands.SKILL,
    household.SKILL,
    care.SKILL,
    doubts.SKILL,
    whom.SKILL,
)
"""All skills. Of two that act at the same moment, the one that stands first acts first."""


def commands_of(skills: Sequence[Skill]) -> Mapping[str, Command]:
    """Intent -> command, of all skills; ValueError where two claim the same intent."""
    merged = dict[str, Command]()
    for skill in skills:
        for intent, command in skill.commands.items():
            if intent in merged:
                raise ValueError(f"{skill.name}: another skill has claimed the intent {intent!r}")
            merged[intent] = command
    return merged


def answers_of(skills: Sequence[Skill]) -> Mapping[type[PendingQuestion], Answers[Any]]:
    """Class of question -> what becomes of its answers, of all skills; ValueError where two claim the same class."""
    merged = dict[type[PendingQuestion], Answers[Any]]()
    for skill in skills:
        for answers in skill.answers:
            if answers.question in merged:
                raise ValueError(f"{skill.name}: another skill has claimed the question {answers.question.__name__}")
            merged[answers.question] = answers
    return merged


class Registry:
    """The claims of all skills, merged. A claim in the code of a skill comes before a name in a pack."""

    def __init__(self, skills: Sequence[Skill], content: Content) -> None:
        from_packs = (skill.pack_commands(content) for skill in reversed(skills))
        named = {intent: command for commands in from_packs for intent, command in commands.items()}
        self._skills = skills
        self._commands = {**named, **commands_of(skills)}
        self._answers = answers_of(skills)

    def run(self, decision: Decision, match: Match) -> None:
        """Do what the intent asks for; nothing, where no skill claims it."""
        if command := self._commands.get(match.intent):
            command(decision, match)

    def hold_back(self, decision: Decision, match: Match) -> bool:
        """Whether a command has to wait, because a skill holds it back."""
        return any(skill.hold_back(decision, match) for skill in self._skills)

    def has_use_for(self, match: Match, records: Records) -> bool:
        """Whether there is something that a wish can act on."""
        needs = (skill.needs[match.intent] for skill in self._skills if match.intent in skill.needs)
        return all(is_there(match, records) for is_there in needs)

    def run_on_floor(self, decision: Decision, match: Match) -> bool:
        """Do what the intent asks of a skill that has the floor; False: it asks nothing of it."""
        command = self._floor_command(decision.state, match.intent)
        if command:
            command(decision, match)
        return command is not None

    def _floor_command(self, state: State, intent: str) -> Command | None:
        holders = (skill for skill in self._skills if skill.has_floor(state))
        return next((skill.floor_commands[intent] for skill in holders if intent in skill.floor_commands), None)

    def answers(self, question: PendingQuestion) -> Answers[Any]:
        """The handling of the answers to a question; the default where no skill claims its class."""
        return self._answers.get(type(question), Answers(PendingQuestion))

    def started(self, decision: Decision) -> None:
        """The program begins."""
        for skill in self._skills:
            skill.started(decision)

    def tick(self, decision: Decision) -> None:
        """Time passes."""
        for skill in self._skills:
            skill.tick(decision)

    def clock_set(self, decision: Decision, seconds: float) -> None:
        """The wall clock was set."""
        for skill in self._skills:
            skill.clock_set(decision, seconds)

    def idle(self, decision: Decision) -> None:
        """Time passes, no answer is awaited, and no session goes on."""
        for skill in self._skills:
            skill.idle(decision)

    def spoken(self, decision: Decision) -> None:
        """All that was to be said has been said."""
        for skill in self._skills:
            skill.spoken(decision)

    def settled(self, decision: Decision) -> None:
        """A question is settled."""
        for skill in self._skills:
            skill.settled(decision)

    def stored(self, decision: Decision, action: Action) -> None:
        """Tell the skill whose action has reached the disk."""
        any(skill.stored(decision, action) for skill in self._skills)

    def failed(self, decision: Decision, action: Action) -> None:
        """Tell the skill whose action did not reach the disk."""
        any(skill.failed(decision, action) for skill in self._skills)
