"""Whom "my wife" or "him" means in a wish: the other one, where it is known who speaks; else that is asked."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers, Skill
from voice.dialogue.state import Household, PendingQuestion, State
from voice.language.person.partner_words import has_partner, has_pronoun, with_name
from voice.language.slots import NAME, TEXT
from voice.messages.meaning import Addressing, Match, NoMatch
from voice.messages.recognition import Hypothesis, Mode

TABLE = (Mode.IDLE, Mode.QUESTION, Mode.RINGING)
UNNAMED = "unnamed"
"""A slot: the partner was meant without a name, and nobody told who speaks."""


@dataclass(frozen=True, slots=True)
class WhomMeant(PendingQuestion):
    """Whether the partner is meant whom the question names."""

    match: Match
    """What is done then, for that partner; after a no, for the other one."""

    def takes_session_on(self, yes: bool) -> bool:
        """Both answers do what was wished for."""
        return True


class Said(NamedTuple):
    """An utterance on its way to its meaning."""

    readings: Sequence[Hypothesis]
    """What was heard, the likeliest first."""
    mode: Mode
    """What is expected now."""
    addressing: Addressing
    """Whether it was said to Hearthside."""


Understand = Callable[[Sequence[Hypothesis], Mode, Addressing], Match | NoMatch]
"""Readings, mode, addressing -> what is meant."""


def understood(said: Said, state: State, manners: Household, understand: Understand) -> Match | NoMatch:
    """What a wish means, with the partner's name for "my wife"; for "him" only where nobody else is named."""
    heard = said.readings[0].text if said.readings and said.mode in TABLE else ""
    result = understand(*said)
    is_asked_of = said.addressing is Addressing.ADDRESSED and has_pronoun(heard) and _wants_name(result)
    if not (has_partner(heard) or is_asked_of):
        return result
    speaker = state.speaker.name if state.speaker else ""
    name = manners.other(speaker) if speaker in manners.partners else manners.partners[1]
    named = [each.reworded(with_name(each.text, name)) for each in said.readings]
    meant = understand(named, said.mode, said.addressing)
    if not isinstance(meant, Match) or meant.care or meant.slots.get(NAME.name) != name:
        return result
    meant = replace(meant, text=heard)
    return meant if speaker or not manners.named else replace(meant, slots={**meant.slots, UNNAMED: name})


def _wants_name(result: Match | NoMatch) -> bool:
    return not isinstance(result, Match) or not (result.care or NAME.name in result.slots)


def ask(decision: Decision, match: Match) -> bool:
    """Ask whom they mean, where that is open; whether it asks."""
    if UNNAMED not in match.slots:
        return False
    slots = {slot: value for slot, value in match.slots.items() if slot != UNNAMED}
    decision.change(awaited=WhomMeant(replace(match, slots=slots)))
    decision.say("whom_meant", name=NAME.said_in(slots))
    return True


def answer(decision: Decision, awaited: WhomMeant, yes: bool) -> None:
    """Do what was wished for, for the one who is meant."""
    decision.change(awaited=None)
    match = awaited.match
    if not yes:
        name = NAME.said_in(match.slots)
        other, text = decision.manners.other(name), TEXT.said_in(match.slots)
        slots = {**match.slots, NAME.name: other}
        if text:
            slots[TEXT.name] = text.replace(name, other, 1)
        match = replace(match, slots=slots)
    decision.addressed = True  # they were asked, and so they are answered
    decision.run(match)


def _put_off(decision: Decision, awaited: WhomMeant) -> None:
    decision.change(awaited=None)
    decision.say("let_go")


SKILL = Skill("whom", answers=(Answers(WhomMeant, answer, put_off=_put_off),))
