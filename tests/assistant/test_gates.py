"""Gates cannot be walked around: every word that can be understood is tried at every gate of every script."""

from dataclasses import replace
from datetime import datetime

import pytest

from tests.support.english import english_content
from voice.assistant.assistant import Assistant
from voice.assistant.gates import TABLE, Way
from voice.content import Script
from voice.content.steps import Choose, ListenFor, Step, YesNoAnswer
from voice.dialogue.consent import ConsentOfFirst, ConsentOfSecond
from voice.dialogue.state import Household, PendingQuestion, QuestionState, State
from voice.dialogue.walk import StepPosition, Walk
from voice.messages.actions import Action, Keep, MarkAsked, SetSetting
from voice.messages.events import PlaybackFinished, Tick, Understood
from voice.messages.meaning import Match
from voice.messages.recognition import Mode
from voice.messages.records import Note, Records
from voice.skills.questions.asking import DeeperFirst
from voice.skills.questions.questions import OptIn
from voice.skills.sessions.session import CalmMoment
from voice.skills.sessions.steps import StepQuestion

CONTENT = english_content()
INTENTS = sorted(intent.name for intent in CONTENT.intents.intents if intent.name != "yes" and not intent.care)
NOW = datetime(2026, 11, 23, 20).astimezone()
PARTNERS = ("Alex", "Sam")
SLOTS = {
    "duration": 300.0,
    "name": "Sam",
    "text": "Sam made soup",
    "kind": "win",
    "whose": "note",
    "kept": "need",
    "old": "moment",
    "gone": "journal",
    "period": "tonight",
    "topic": "work",
    "step": "breathe",
    "deck": "dreams",
    "practice": "date night",
    "country": "es",
    "number": 2.0,
    "depth": "light",
    "stage": "empty nest",
}
LATER = (PlaybackFinished(11.0), *(Tick(12.0 + second) for second in range(8)))
"""What comes after a word: the answer has been said, and time passes, but not so much that silence settles it."""


def after(state: State, *intents: str) -> tuple[State, list[Action]]:
    """The state and all actions after these words, each with what comes after it."""
    assistant = Assistant(CONTENT, Household(PARTNERS), 1)
    done = list[Action]()
    for intent in intents:
        for event in (Understood(Match(intent, SLOTS, intent, intent), 10.0), *LATER):
            decided = assistant.decide(state, event, Records(), NOW)
            state, done = decided.state, [*done, *decided.actions]
    return state, done


WORDS = [(word,) for word in INTENTS] + [("pause", word) for word in INTENTS] + [("help", "go_on"), ("again", "done")]


@pytest.mark.parametrize("script", [each for each in CONTENT.scripts if each.calm], ids=lambda script: script.id)
def test_no_word_but_yes_begins_what_wants_a_calm_moment(script: Script) -> None:
    gate = State(walk=Walk(script, PARTNERS), awaited=CalmMoment(since=9.0))
    for words in WORDS:
        state, done = after(gate, *words)
        begun = [action for action in done if isinstance(action, SetSetting) and action.key == f"runs of {script.id}"]
        assert not begun, words
        assert state.walk is None or isinstance(state.awaited, CalmMoment), words
    assert after(gate, "yes")[0].walk is not None
    assert not isinstance(after(gate, "yes")[0].awaited, CalmMoment)


def gates_of(script: Script) -> list[int]:
    """The steps after which something happens only on a yes."""
    yes_no = [n for n, step in enumerate(script.steps) if _asks_yes_or_no(step)]
    return [n for n in yes_no if listens(script, n).otherwise != "yes" and opened_by(script, n) is not None]


def _asks_yes_or_no(step: Step) -> bool:
    return isinstance(step, ListenFor) and isinstance(step.answer, YesNoAnswer)


def listens(script: Script, number: int) -> ListenFor:
    step = script.steps[number]
    assert isinstance(step, ListenFor)
    return step


def opened_by(script: Script, number: int) -> int | None:
    """The first step behind a gate."""
    into = listens(script, number).into
    choices = [step for step in script.steps[number:] if isinstance(step, Choose) and step.variable == into]
    return choices[0].cases.get("yes") if choices else None


GATES = [(script, number) for script in CONTENT.scripts for number in gates_of(script)]


@pytest.mark.parametrize(("script", "number"), GATES, ids=lambda each: each.id if isinstance(each, Script) else each)
def test_no_word_but_yes_leads_past_a_question_of_a_script(script: Script, number: int) -> None:
    place = StepPosition(number, 0, PARTNERS)
    walk = replace(Walk(script, PARTNERS).at(place, 0.0), trail=(place,), values={"day": "1"})
    gate = State(walk=walk, awaited=StepQuestion(mode=Mode.YES_NO, since=9.0))
    step = listens(script, number)
    into = step.into
    key = into if step.who != "each" else f"{into}/{PARTNERS[0]}"
    for words in WORDS:
        state, _ = after(gate, *words)
        if state.walk and state.walk.script is script:
            assert state.walk.values.get(key) != "yes", words
            assert state.walk.step != number or state.awaited is not None, words  # nor does it stand still
    assert after(gate, "yes")[0] != gate


@pytest.mark.parametrize("question", [OptIn("intimacy"), DeeperFirst(), ConsentOfFirst, ConsentOfSecond])
def test_no_word_but_yes_opens_a_deck_goes_deepest_or_keeps_a_line(
    question: PendingQuestion | type[ConsentOfFirst] | type[ConsentOfSecond],
) -> None:
    line = Keep(Note("Alex", "Sam", "Sam made soup", "that", NOW))
    awaited = question if isinstance(question, PendingQuestion) else question(line)
    depths = {prompt.id: prompt.depth for deck in CONTENT.decks for prompt in deck.prompts}
    shut = {prompt.id for deck in CONTENT.decks if deck.opt_in for prompt in deck.prompts}
    gate = State(awaited=replace(awaited, since=9.0), questions=QuestionState(depth=2))
    for words in WORDS:
        _, done = after(gate, *words)
        asked = [action.asked.prompt for action in done if isinstance(action, MarkAsked)]
        assert not [prompt for prompt in asked if depths.get(prompt, 1) > 2 or prompt in shut], words
        assert line not in done, words


def test_the_table_names_intents_that_there_are_and_each_once() -> None:
    listed = [intent for intents in TABLE.values() for intent in intents]
    assert len(listed) == len(set(listed))
    assert set(listed) <= {*INTENTS, "yes"}
    assert set(TABLE) == set(Way)
