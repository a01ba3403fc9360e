"""Whom to call: the help line of a country, from a list that the couple can change, told or set by voice."""

from voice.dialogue.decision import Decision
from voice.messages.actions import Configure
from voice.messages.meaning import Match

COUNTRY = "country"  # a slot: the code of a country


def tell_help_line(decision: Decision, match: Match) -> None:
    """ "Who can we call?": the line that they chose, and how to choose one."""
    numbers = decision.manners.help_line
    if numbers:
        decision.say("help_line", numbers=numbers)
    else:
        decision.say("help_line_none")


def set_help_line(decision: Decision, match: Match) -> None:
    """ "Our help line is for Spain": the numbers of that country."""
    line = decision.content.help_lines.get(str(match.slots.get(COUNTRY, "")))
    if line is None:
        decision.say("help_line_which")
    else:
        decision.act(Configure(help_line=line.text))


def confirm_help_line(decision: Decision) -> None:
    """Read the help line back, which is on the disk now, so that they can check it."""
    decision.say("help_line_set", numbers=decision.manners.help_line)
