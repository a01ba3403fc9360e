"""When somebody is not okay: everything ends, fixed words are said, and nothing of it is kept or shown."""

import re
from collections.abc import Mapping
from dataclasses import replace

from voice.content import LIGHTEST, Content
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Command, Skill
from voice.language.text import fill
from voice.messages.meaning import Match
from voice.skills.sessions import skill as sessions
from voice.skills.timers import skill as timers

NUMBERS = "{numbers}"
EMERGENCY = "emergency"  # placeholder, and the label that stands for it where no country is known
SILENT = "again"  # what may be asked for without leaving the state of care

_BETWEEN_SENTENCES = re.compile(r"(?<=[.!?])\s+")


def end_everything(decision: Decision, match: Match) -> None:
    """Stop whatever goes on, forget what was said, and say the fixed words of the intent; never another wording."""
    timers.SKILL.end_for_care(decision)
    decision.say_text(words(decision, match.intent))
    sessions.SKILL.end_for_care(decision)
    decision.state = replace(decision.state.ended(), care=match.intent)


def words(decision: Decision, key: str) -> str:
    """The fixed words; a sentence with the couple's own numbers is left out where they gave none."""
    (text, *_) = decision.content.replies[key]
    numbers = decision.manners.help_line
    said = (each for each in _BETWEEN_SENTENCES.split(text) if numbers or NUMBERS not in each)
    return fill(" ".join(said), {"numbers": numbers, EMERGENCY: _emergency_number(decision)})


def _emergency_number(decision: Decision) -> str:
    """The number of the country whose help line they chose; without one, a word for it."""
    lines, chosen = decision.content.help_lines.values(), decision.manners.help_line
    numbers = (line.emergency for line in lines if line.text == chosen)
    return next(numbers, decision.content.labels.get(EMERGENCY, EMERGENCY))


def point_on(decision: Decision, match: Match) -> None:
    """Fixed words about who helps when talking at home does not; from here on nothing deep is asked."""
    decision.change(questions=replace(decision.state.questions, depth=LIGHTEST, deep_agreed=False))
    decision.say_text(words(decision, match.intent))


def is_help(decision: Decision, intent: str) -> bool:
    """Whether help is asked for after that, where it has words of its own; other wishes leave it behind."""
    helped = intent == "help" and _help(decision) in decision.content.replies
    if not helped and intent != SILENT:
        decision.change(care="")
    return helped


def help(decision: Decision) -> None:
    """Where to look, each alone; it says no more aloud."""
    decision.say_text(words(decision, _help(decision)))


def _help(decision: Decision) -> str:
    return f"help_{decision.state.care}"


def _commands(content: Content) -> Mapping[str, Command]:
    """The intents of somebody who is not okay: the packs mark them, and they come before everything else."""
    return {intent.name: end_everything for intent in content.intents.intents if intent.care}


SKILL = Skill(
    "care",
    commands={"professional_help": point_on, "betrayal": point_on},
    pack_commands=_commands,
)
