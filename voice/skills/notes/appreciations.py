"""Appreciations by voice: how they are said, and offered to be read at night; they are kept as all lines are."""

from dataclasses import dataclass, replace

from voice.content.steps import Period
from voice.dialogue.decision import Decision
from voice.dialogue.kept_lines import line_by
from voice.dialogue.private import has_guests
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion
from voice.language.calendar import inside
from voice.language.person.carrier_phrases import without_request
from voice.language.slots import NAME, TEXT
from voice.messages.actions import MarkDone
from voice.messages.delivery import ChimeName
from voice.messages.meaning import Match
from voice.messages.records import CarrierPhrase, NoteKind
from voice.skills.notes import keep_note
from voice.skills.notes.periods import in_period
from voice.skills.notes.read_aloud import NIGHTLY

SETTLED = 20.0  # seconds of quiet before it offers the nightly recap by itself
SETTLED_IN_A_TALK = 180.0  # the same while they talk about a question of ours


@dataclass(frozen=True, slots=True)
class RecapOffer(PendingQuestion):
    """Whether they would like to hear tonight's appreciations."""


# ---- from the line to the note ----------------------------------------------------------------------


def keep_appreciation(decision: Decision, match: Match) -> None:
    """ "I appreciate that Sam ...", "thank you Sam for ...": the one who is not named said it."""
    for_whom = str(match.slots[NAME.name])
    who, text, manners = decision.manners.other(for_whom), str(match.slots[TEXT.name]), decision.manners
    note = line_by(NoteKind.APPRECIATION, text, by=who, about=for_whom, partners=manners.partners, now=decision.now)
    if match.intent == "appreciate_for" and note.carrier != CarrierPhrase.THAT:
        note = replace(note, carrier=CarrierPhrase.FOR)
    keep_note.read_back(decision, note)


def keep_appreciation_by_voice(decision: Decision, match: Match) -> None:
    """ "I appreciate that you ...": of the one whose voice it is; said to Hearthside, it asks whose it is.

    While they talk about a question they say such things to each other.
    """
    if decision.addressed or (decision.partner_heard and not decision.state.questions.prompt):
        keep_note.use_line(decision, keep_note.LineWanted(NoteKind.APPRECIATION), without_request(match.text))


def open_appreciation(decision: Decision, match: Match) -> None:
    """ "Log an appreciation": ask what it is."""
    for_whom = NAME.said_in(match.slots)
    who = decision.manners.other(for_whom) if for_whom else ""
    decision.change(awaited=keep_note.LineWanted(NoteKind.APPRECIATION, who, for_whom))
    decision.say("what_for" if for_whom else "what_for_whom", name=for_whom)


# ---- recap -------------------------------------------------------------------------------------------


def offer_recap(decision: Decision) -> None:
    """At the time set, once per date and never in quiet hours, ask whether they would like tonight's."""
    manners, now = decision.manners, decision.now
    today = (NIGHTLY, now.date().isoformat())
    if manners.recap_at is None or now.time() < manners.recap_at or today in decision.records.done:
        return
    if decision.has_said_goodnight:
        return
    if manners.quiet_hours and inside(manners.quiet_hours, now.time()):
        return
    if has_guests(decision):
        return
    if not decision.is_quiet_for(SETTLED_IN_A_TALK if decision.state.questions.prompt else SETTLED):
        return
    appreciations = [note for note in decision.records.notes if note.kind == NoteKind.APPRECIATION]
    if not in_period(appreciations, Period.TONIGHT, now):
        return
    decision.act(MarkDone(*today))
    decision.change(awaited=RecapOffer())
    decision.chime(ChimeName.HELLO)
    decision.say("recap_offer")


def answer_recap(decision: Decision, awaited: RecapOffer, yes: bool) -> None:
    """Read tonight's now, where they would like that."""
    decision.change(awaited=None)
    if yes:
        decision.run(Match("recap", {"period": Period.TONIGHT}, "", ""))
    else:
        decision.say("recap_declined")


def put_off_recap(decision: Decision, awaited: RecapOffer) -> None:
    """Nobody answers, or another time: it is not offered again this evening."""
    decision.change(awaited=None)
    decision.say("recap_later")


ANSWERS = (Answers(RecapOffer, answer_recap, put_off=put_off_recap),)
