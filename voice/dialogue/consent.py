"""Consent: nothing of the couple's words is kept before both have said yes aloud, each asked by name.

They are asked once, in peace: after a session's last line to keep, not between two lines. A no is remembered; after
it, and after "stop keeping", nothing is asked again until one of them says that things may be kept.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar

from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion
from voice.messages.actions import Keep, KeepPrompt, MarkDone, SetReminder, SetSetting, Storing
from voice.messages.meaning import Match

CONSENT = "consent"  # setting: the names of those who agreed, one a line; "" when it was taken back; done: put off
REFUSED = "no"  # value of the setting after one of them said no
SETTLED = 20.0  # seconds of quiet before they are asked about lines that a session left behind

Words = Keep | KeepPrompt | SetReminder


@dataclass(frozen=True, slots=True)
class _Consent(PendingQuestion):
    """Whether a partner agrees."""

    name: str
    """The partner."""
    actions: tuple[Storing, ...] = ()
    """What is kept once both have agreed."""

    is_asked_until_answered: ClassVar[bool] = True

    @property
    def is_gate(self) -> bool:
        """Nothing is kept before both have said yes."""
        return True


class ConsentOfFirst(_Consent):
    """Whether the partner who is asked first agrees."""

    __slots__ = ()


class ConsentOfSecond(_Consent):
    """Whether the other partner agrees, after the first one did."""

    __slots__ = ()


def setting_of(partners: Sequence[str]) -> SetSetting:
    """The setting which says that these two have both agreed."""
    return SetSetting(CONSENT, "\n".join(sorted(partners)))


def is_given(decision: Decision) -> bool:
    """Whether the two who live here now have both agreed."""
    return decision.records.settings.get(CONSENT) == setting_of(decision.manners.partners).value


def is_refused(decision: Decision) -> bool:
    """Whether one of them said no or took it back, or they were asked this evening and let it go."""
    if is_given(decision):
        return False
    return _was_declined(decision) or _asked(decision) in decision.records.done


def _was_declined(decision: Decision) -> bool:
    return decision.records.settings.get(CONSENT) in ("", REFUSED)


def _asked(decision: Decision) -> tuple[str, str]:
    """What is marked as done when these two are asked: others who live here later are asked anew."""
    return f"{CONSENT} {' '.join(sorted(decision.manners.partners))}", decision.evening.isoformat()


def store(decision: Decision, action: Words) -> None:
    """Keep something new of theirs: at once where both agreed, else when both have been asked and said yes."""
    if is_given(decision):
        decision.act(action)
    elif is_refused(decision):
        tell_not_saving(decision)
    else:
        _hold(decision, (*decision.state.notes.held, action))
        if decision.state.walk and isinstance(action, Keep):
            decision.say("held")
        else:
            ask(decision)


def ask(decision: Decision) -> None:
    """Ask both, the one who said the line first. From then on they are not asked again this evening."""
    held = decision.state.notes.held
    first = next((each.note.who for each in held if isinstance(each, Keep)), "")
    name = first if first in decision.manners.partners else decision.manners.partners[0]
    _hold(decision, ())
    if _asked(decision) not in decision.records.done:
        decision.act(MarkDone(*_asked(decision)))
    decision.change(awaited=ConsentOfFirst(name, held))
    decision.say("consent_first", name=name)


def ask_for_held(decision: Decision) -> bool:
    """Ask about lines that wait, if there are any; whether it asks."""
    waits = bool(decision.state.notes.held)
    if waits:
        ask(decision)
    return waits


def ask_in_peace(decision: Decision) -> None:
    """A session was left with lines that wait: ask when it is quiet, but not after goodnight."""
    if decision.state.notes.held and not decision.has_said_goodnight and decision.is_quiet_for(SETTLED):
        ask(decision)


def answer_first(decision: Decision, awaited: ConsentOfFirst, yes: bool) -> None:
    """After a yes of the first partner the other one is asked."""
    if yes:
        name = decision.manners.other(awaited.name)
        decision.change(awaited=ConsentOfSecond(name, awaited.actions))
        decision.say("consent_second", name=name, other=awaited.name)
    else:
        _refuse(decision)


def answer_second(decision: Decision, awaited: ConsentOfSecond, yes: bool) -> None:
    """After a yes of the other partner too, what was waiting is kept."""
    if not yes:
        _refuse(decision)
        return
    decision.change(awaited=None)
    decision.act(setting_of(decision.manners.partners))
    for action in awaited.actions:
        decision.act(action)
    if not awaited.actions:
        decision.say("consent_given")


def _refuse(decision: Decision) -> None:
    decision.change(awaited=None)
    decision.act(SetSetting(CONSENT, REFUSED))


def put_off(decision: Decision, awaited: PendingQuestion) -> None:
    """Silence, or "not now": nothing is kept, and nobody is asked again this evening."""
    decision.change(awaited=None)
    decision.say("consent_later")


def _hold(decision: Decision, actions: tuple[Storing, ...]) -> None:
    decision.change(notes=replace(decision.state.notes, held=actions))


def tell_not_saving(decision: Decision) -> None:
    """It is not saved; how to change that is said once an evening."""
    decision.say("not_saved" if decision.state.notes.told_not_saving else "not_saving")
    decision.change(notes=replace(decision.state.notes, told_not_saving=True))


def take_back(decision: Decision, match: Match) -> None:
    """ "Stop keeping things", from either of them: it holds at once."""
    _hold(decision, ())
    if _was_declined(decision):
        decision.say("consent_none")
    else:
        decision.act(SetSetting(CONSENT, ""))


def give(decision: Decision, match: Match) -> None:
    """ "You may keep things": both are asked, whatever was said before."""
    if is_given(decision):
        decision.say("consent_is_given")
    else:
        ask(decision)


def confirm_stored(decision: Decision, value: str) -> None:
    """The setting is on the disk: say so after a no. A yes is answered by what was waiting for it."""
    if value == REFUSED:
        decision.say("consent_declined")
    elif not value:
        decision.say("consent_taken_back")


def explain(decision: Decision, match: Match) -> None:
    """ "What do you keep": what, and how it is deleted."""
    decision.say("what_is_kept" if is_given(decision) else "what_would_be_kept")


ANSWERS = (
    Answers(ConsentOfFirst, answer_first, put_off=put_off),
    Answers(ConsentOfSecond, answer_second, put_off=put_off),
)
