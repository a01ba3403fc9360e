"""Consent: nothing of the couple's words is kept before both have said yes aloud, each asked by name."""

from collections.abc import Sequence

from voice.dialogue.decision import Decision
from voice.dialogue.state import PendingQuestion
from voice.messages.actions import Keep, KeepPrompt, SetReminder, SetSetting

CONSENT = "consent"  # setting: the names of those who agreed, one a line; "" when it was taken back


def setting_of(partners: Sequence[str]) -> SetSetting:
    """What says that these two have both agreed."""
    return SetSetting(CONSENT, "\n".join(sorted(partners)))


def is_given(decision: Decision) -> bool:
    """Whether the two who live here now have both agreed."""
    return decision.records.settings.get(CONSENT) == setting_of(decision.manners.partners).value


def store(decision: Decision, action: Keep | KeepPrompt | SetReminder) -> None:
    """Keep something new of theirs: at once where both agreed, else when both have been asked and said yes."""
    if is_given(decision):
        decision.act(action)
        return
    first, second = decision.manners.partners
    decision.change(awaited=PendingQuestion("consent", who=first, for_whom=second, action=action))
    decision.say("consent_first", name=first)


def answered_first(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """What the first of them says; then the other one is asked."""
    if yes:
        decision.change(
            awaited=PendingQuestion("consent of both", awaited.who, awaited.for_whom, action=awaited.action)
        )
        decision.say("consent_second", name=awaited.for_whom)
    else:
        _declined(decision)


def answered_second(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """What the other one says: with both, what was waiting is kept."""
    if yes and awaited.action:
        decision.change(awaited=None)
        decision.act(setting_of(decision.manners.partners))
        decision.act(awaited.action)
    else:
        _declined(decision)


def _declined(decision: Decision) -> None:
    decision.change(awaited=None)
    decision.say("consent_declined")


def take_back(decision: Decision) -> None:
    """ "Stop keeping things", from either of them: it holds at once."""
    if is_given(decision):
        decision.act(SetSetting(CONSENT, ""))
    else:
        decision.say("consent_none")


def stored(decision: Decision, value: str) -> None:
    """The setting is on the disk; a yes is answered by what was waiting for it."""
    if not value:
        decision.say("consent_taken_back")


def explain(decision: Decision) -> None:
    """ "What do you keep": what, and how it is deleted."""
    decision.say("what_is_kept" if is_given(decision) else "what_would_be_kept")
