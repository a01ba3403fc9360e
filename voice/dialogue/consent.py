"""Consent: nothing of the couple's words is kept before both have said yes aloud, each asked by name."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion
from voice.messages.actions import Keep, KeepPrompt, SetReminder, SetSetting
from voice.messages.meaning import Match

CONSENT = "consent"  # setting: the names of those who agreed, one a line; "" when it was taken back


@dataclass(frozen=True, slots=True)
class ConsentOfFirst(PendingQuestion):
    """Whether the first partner agrees."""

    action: Keep | KeepPrompt | SetReminder
    """What is kept once both have agreed."""

    is_asked_until_answered: ClassVar[bool] = True

    @property
    def is_gate(self) -> bool:
        """Nothing is kept before a yes."""
        return True


@dataclass(frozen=True, slots=True)
class ConsentOfSecond(PendingQuestion):
    """Whether the second partner agrees, after the first one did."""

    action: Keep | KeepPrompt | SetReminder
    """What is kept then."""

    is_asked_until_answered: ClassVar[bool] = True

    @property
    def is_gate(self) -> bool:
        """Nothing is kept before the second yes."""
        return True


def setting_of(partners: Sequence[str]) -> SetSetting:
    """The setting which says that these two have both agreed."""
    return SetSetting(CONSENT, "\n".join(sorted(partners)))


def is_given(decision: Decision) -> bool:
    """Whether the two who live here now have both agreed."""
    return decision.records.settings.get(CONSENT) == setting_of(decision.manners.partners).value


def store(decision: Decision, action: Keep | KeepPrompt | SetReminder) -> None:
    """Keep something new of theirs: at once where both agreed, else when both have been asked and said yes."""
    if is_given(decision):
        decision.act(action)
        return
    decision.change(awaited=ConsentOfFirst(action))
    decision.say("consent_first", name=decision.manners.partners[0])


def answer_first(decision: Decision, awaited: ConsentOfFirst, yes: bool) -> None:
    """After a yes of the first partner the second one is asked."""
    if yes:
        decision.change(awaited=ConsentOfSecond(awaited.action))
        decision.say("consent_second", name=decision.manners.partners[1])
    else:
        _decline(decision)


def answer_second(decision: Decision, awaited: ConsentOfSecond, yes: bool) -> None:
    """After a yes of the second partner too, what was waiting is kept."""
    if yes:
        decision.change(awaited=None)
        decision.act(setting_of(decision.manners.partners))
        decision.act(awaited.action)
    else:
        _decline(decision)


def _decline(decision: Decision) -> None:
    decision.change(awaited=None)
    decision.say("consent_declined")


def take_back(decision: Decision, match: Match) -> None:
    """ "Stop keeping things", from either of them: it holds at once."""
    if is_given(decision):
        decision.act(SetSetting(CONSENT, ""))
    else:
        decision.say("consent_none")


def confirm_stored(decision: Decision, value: str) -> None:
    """The setting is on the disk: say so after it was taken back. A yes is answered by what was waiting for it."""
    if not value:
        decision.say("consent_taken_back")


def explain(decision: Decision, match: Match) -> None:
    """ "What do you keep": what, and how it is deleted."""
    decision.say("what_is_kept" if is_given(decision) else "what_would_be_kept")


ANSWERS = (
    Answers(ConsentOfFirst, answer_first),
    Answers(ConsentOfSecond, answer_second),
)
