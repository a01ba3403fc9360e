"""What the skills claim, and that a new one needs nothing but a value of its own."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime

import pytest

from tests.support.english import english_content
from voice.assistant import pending_answers
from voice.assistant.assistant import Assistant
from voice.assistant.skills import SKILLS, answers_of, commands_of
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers, Skill
from voice.dialogue.state import Household, PendingQuestion, State
from voice.messages.actions import Action, Say
from voice.messages.events import Understood
from voice.messages.meaning import Match
from voice.messages.records import Records

CONTENT = english_content()
NAMES = {intent.name for intent in CONTENT.intents.intents}
MOODS = {mood.intent for mood in CONTENT.moods}
FROM_PACKS = {script.id for script in CONTENT.scripts} | {ideas.name for ideas in CONTENT.ideas} | MOODS


def claims(skill: Skill) -> set[str]:
    """Every intent that a skill answers, from its code or from the packs."""
    return {*skill.commands, *skill.pack_commands(CONTENT)}


def test_no_intent_is_claimed_twice() -> None:
    twice = [
        intent for intent, count in Counter(name for skill in SKILLS for name in claims(skill)).items() if count > 1
    ]
    assert twice == []


def test_no_question_is_claimed_twice() -> None:
    claimed = Counter(answers.question for skill in SKILLS for answers in skill.answers)
    assert max(claimed.values()) == 1


def test_no_two_skills_with_the_floor_share_a_word() -> None:
    claimed = Counter(intent for skill in SKILLS for intent in skill.floor_commands)
    assert max(claimed.values()) == 1


@pytest.mark.parametrize("intent", sorted(NAMES - FROM_PACKS))
def test_every_intent_is_answered_by_one_skill_or_answers_a_question(intent: str) -> None:
    owners = [skill.name for skill in SKILLS if intent in claims(skill)]
    holders = [skill.name for skill in SKILLS if intent in skill.floor_commands]
    assert len(owners) == 1 or (not owners and (len(holders) == 1 or intent in pending_answers.INTENTS))


def test_every_session_and_list_is_begun_by_its_intent() -> None:
    assert {intent for skill in SKILLS for intent in claims(skill)} >= FROM_PACKS


def test_no_skill_claims_an_intent_that_nobody_can_say() -> None:
    assert {intent for skill in SKILLS for intent in claims(skill)} <= NAMES


def test_two_skills_that_claim_the_same_are_refused() -> None:
    first = Skill("first", commands={"tea": tell})
    with pytest.raises(ValueError, match="second: another skill has claimed the intent 'tea'"):
        commands_of((first, Skill("second", commands={"tea": tell})))
    with pytest.raises(ValueError, match="second: another skill has claimed the question MilkToo"):
        answers_of((Skill("first", answers=(Answers(MilkToo),)), Skill("second", answers=(Answers(MilkToo),))))


# ---- a new skill ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class MilkToo(PendingQuestion):
    """Whether there is to be milk in it."""

    cup: str


def tell(decision: Decision, match: Match) -> None:
    decision.say_text("The kettle is on.")


def ask(decision: Decision, match: Match) -> None:
    decision.change(awaited=MilkToo(str(match.slots["cup"])))
    decision.say_text("With milk?")


def pour(decision: Decision, awaited: MilkToo, yes: bool) -> None:
    decision.change(awaited=None)
    decision.say_text(f"{awaited.cup} with milk." if yes else f"{awaited.cup} without.")


TEA = Skill("tea", commands={"tea": tell, "cup_of_tea": ask}, answers=(Answers(MilkToo, pour),))


def said(actions: tuple[Action, ...]) -> list[str]:
    return [action.text for action in actions if isinstance(action, Say)]


def test_a_new_skill_answers_its_own_intents_and_asks_its_own_questions() -> None:
    assistant = Assistant(CONTENT, Household(("Alex", "Sam")), 1, (*SKILLS, TEA))
    now = datetime(2026, 11, 23, 16).astimezone()

    def hear(state: State, at: float, intent: str, **slots: str) -> tuple[State, list[str]]:
        decided = assistant.decide(state, Understood(Match(intent, slots, intent, intent), at), Records(), now)
        return decided.state, said(decided.actions)

    state, lines = hear(State(), 1.0, "tea")
    assert lines == ["The kettle is on."]
    state, lines = hear(state, 5.0, "cup_of_tea", cup="The blue cup")
    assert lines == ["With milk?"]
    state, lines = hear(state, 9.0, "yes")
    assert lines == ["The blue cup with milk."]
    assert state.awaited is None
