"""Ideas by voice: one line of a list, such as date ideas, whenever somebody asks for one."""

from collections.abc import Mapping
from dataclasses import replace

from voice.content import LIGHTEST, Content, Deck
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Command
from voice.messages.actions import MarkAsked
from voice.messages.meaning import Match
from voice.messages.records import Asked
from voice.skills.questions.deck_choice import choose


def commands(content: Content) -> Mapping[str, Command]:
    """The intents that ask for a line of a list: each is the name of one."""
    return {ideas.name: _command(ideas) for ideas in content.ideas}


def _command(ideas: Deck) -> Command:
    def say(decision: Decision, match: Match) -> None:
        say_one(decision, ideas)

    return say


def open_list(decision: Decision) -> Deck | None:
    """The list whose line they heard last and may be talking about; None when that was a question, or nothing."""
    line = decision.state.questions.prompt
    return next((ideas for ideas in decision.content.ideas if line in ideas.prompts), None)


def say_one(decision: Decision, ideas: Deck) -> None:
    """A line of this list, none twice until all were said. In a guided session it is said by the way."""
    choice = choose([ideas], decision.records.asked, depth=LIGHTEST, shuffle=decision.random)
    line = choice.prompt
    decision.act(MarkAsked(Asked(line.id, ideas.name, decision.now, choice.round)))
    if not decision.state.walk:
        decision.change(questions=replace(decision.state.questions, prompt=line, said=line.text, asked_at=decision.at))
    if ideas.chime:
        decision.chime(ideas.chime)
    decision.say_text(line.text)
