"""Ideas by voice: one line of a list, such as date ideas, whenever somebody asks for one."""

from voice.content import Deck
from voice.dialogue.decision import Decision
from voice.messages.actions import MarkAsked
from voice.messages.records import Asked
from voice.skills.questions.deck_choice import LIGHTEST, choose

ONWARD = ("another", "skip")  # the intents that ask for another line of the list that is open


def wanted(decision: Decision, intent: str) -> Deck | None:
    """The list that an intent asks to hear a line of, if it does."""
    if intent in ONWARD:
        return open_list(decision)
    return next((ideas for ideas in decision.content.ideas if ideas.name == intent), None)


def open_list(decision: Decision) -> Deck | None:
    """The list whose line they heard last and may be talking about; None when that was a question, or nothing."""
    line = decision.state.question
    return next((ideas for ideas in decision.content.ideas if line in ideas.prompts), None)


def say_one(decision: Decision, ideas: Deck) -> None:
    """A line of this list, none twice until all were said. In a guided session it is said by the way."""
    choice = choose([ideas], decision.records.asked, depth=LIGHTEST, shuffle=decision.random)
    line = choice.prompt
    decision.act(MarkAsked(Asked(line.id, ideas.name, decision.now, choice.round)))
    if not decision.state.walk:
        decision.change(question=line, asked_at=decision.at)
    if ideas.chime:
        decision.chime(ideas.chime)
    decision.say_text(line.text)
