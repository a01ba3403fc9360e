"""Names by voice: both at once, one of them, a short name, and who is speaking this evening."""

from dataclasses import dataclass, field

from voice.dialogue import undoing
from voice.dialogue.decision import Decision
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion, Speaker
from voice.language.naming import is_same, names_in, nearest
from voice.language.slots import NAME
from voice.language.text import speak_list
from voice.messages.actions import Configure, ForgetVoices
from voice.messages.meaning import Match
from voice.messages.recognition import Mode
from voice.skills.notes import partner_notes

CALL = "call "  # English: "call Ana Sofía Sofi" names first who is meant


@dataclass(frozen=True, slots=True)
class NamesRight(PendingQuestion):
    """Whether these are their two names."""

    names: tuple[str, str]
    """As they were heard."""


@dataclass(frozen=True, slots=True)
class ForgetNames(PendingQuestion):
    """Whether their names are to be forgotten."""


@dataclass(frozen=True, slots=True)
class OtherName(PendingQuestion):
    """The name of the one whose name was not given."""

    first: str
    """The name that was given."""
    mode: Mode = field(default=Mode.ANSWER, kw_only=True)
    """It listens for a name."""


@dataclass(frozen=True, slots=True)
class CallThemSo(PendingQuestion):
    """Whether a partner is to be called by another name."""

    name: str
    """The partner."""
    new: str
    """The other name."""
    left: tuple[str, ...] = ()
    """Who else may be meant, after a no."""


def take_names(decision: Decision, match: Match) -> None:
    """ "Our names are Maya and Tomás", "call me Sofi": read back, and used from the yes on."""
    partners, said = decision.manners.partners, match.text
    meant = next((name for name in partners if said.lower().startswith(f"{CALL}{name.lower()} ")), "")
    if meant:
        said = f"{CALL}me {said[len(CALL) + len(meant) :]}"
    given = names_in(said)
    if not decision.manners.named and len(given) == 1:
        decision.change(awaited=OtherName(given[0]))
        decision.say("name_other", text=given[0])
    elif len(given) >= 2 and given[0].casefold() != given[1].casefold():
        _ask_both(decision, (given[0], given[1]))
    elif given:
        _ask_one(decision, given[0], meant)
    else:
        decision.say("names_how")


def _ask_both(decision: Decision, names: tuple[str, str]) -> None:
    decision.change(awaited=NamesRight(names))
    decision.say("names_right", text=speak_list(list(names)))


def _ask_one(decision: Decision, new: str, meant: str) -> None:
    """Whose name it is: the one who was named, who looks like it, or who said "this is Maya"; else both are asked."""
    partners = decision.manners.partners
    if new in partners:
        decision.say("name_known", text=new)
        return
    who = meant or nearest(new, partners) or decision.who_speaks
    first, left = (who, ()) if who else (partners[0], (partners[1],))
    decision.change(awaited=CallThemSo(first, new, left))
    decision.say("name_right", name=first, text=new)


def take_other_name(decision: Decision, awaited: OtherName, text: str) -> bool:
    """The second name; False for words that hold none."""
    given = [name for name in names_in(text) if name.casefold() != awaited.first.casefold()]
    if given:
        _ask_both(decision, (awaited.first, given[0]))
    return bool(given)


def answer_both(decision: Decision, awaited: NamesRight, yes: bool) -> None:
    """Live with these names from now on; after a no they are asked for once more."""
    decision.change(awaited=None)
    if not yes:
        decision.say("names_again")
        return
    names, partners = awaited.names, decision.manners.partners
    if is_same(partners[0], names[1]) and is_same(partners[1], names[0]):
        names = (names[1], names[0])
    same = not decision.manners.named or all(map(is_same, partners, names))
    decision.act(Configure(partners=names, same_people=same))


def answer_one(decision: Decision, awaited: CallThemSo, yes: bool) -> None:
    """Call them so from now on; after a no the other one may be meant."""
    decision.change(awaited=None)
    partners = decision.manners.partners
    if yes:
        names = (awaited.new, partners[1]) if awaited.name == partners[0] else (partners[0], awaited.new)
        decision.act(Configure(partners=names, same_people=True))
    elif awaited.left:
        decision.change(awaited=CallThemSo(awaited.left[0], awaited.new, awaited.left[1:]))
        decision.say("name_right", name=awaited.left[0], text=awaited.new)
    else:
        decision.say("names_again")


def confirm_names(decision: Decision, known: Configure) -> None:
    """The names are written down and known. Sessions and offers that hold the old ones are over.

    Voices of people who do not live here any more are forgotten.
    """
    first, second = decision.manners.partners
    reply = "names_back" if known.returning else "names_alike" if known.alike else "names_kept"
    if any(voice.who not in (first, second) for voice in decision.records.voices):
        decision.act(ForgetVoices(decision.records.voices))
    decision.change(walk=None, aside=None, speaker=None)
    decision.say(reply, name=first, other=second)


# ---- without names ---------------------------------------------------------------------------------------


def ask_to_forget(decision: Decision, match: Match) -> None:
    """ "Forget our names": asked first."""
    if decision.manners.named:
        decision.change(awaited=ForgetNames())
        decision.say("names_forget", text=speak_list(list(decision.manners.partners)))
    else:
        decision.say("names_none")


def answer_forget(decision: Decision, awaited: ForgetNames, yes: bool) -> None:
    """Live without names from now on, and without the voices that belong to them; or let them be."""
    decision.change(awaited=None)
    if not yes:
        decision.say("let_go")
        return
    known = Configure(partners=decision.manners.partners, same_people=True, returning=True)
    decision.act(Configure(nameless=True))
    undoing.remember(decision, known, "")


def confirm_forgotten(decision: Decision) -> None:
    """The names are in no file any more. Sessions and offers that hold them are over."""
    if decision.records.voices:
        decision.act(ForgetVoices(decision.records.voices))
    decision.change(walk=None, aside=None, speaker=None, last_heard=None)
    decision.say("names_forgotten")


# ---- who speaks -----------------------------------------------------------------------------------------


def take_speaker(decision: Decision, match: Match) -> None:
    """ "This is Maya": it holds for the evening; notes for her are handed over."""
    if name := NAME.said_in(match.slots):
        decision.change(speaker=Speaker(name, decision.evening))
    partner_notes.hello(decision, match)


ANSWERS = (
    Answers(NamesRight, answer_both),
    Answers(OtherName, in_words=take_other_name),
    Answers(CallThemSo, answer_one),
    Answers(ForgetNames, answer_forget),
)
