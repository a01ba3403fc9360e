"""A wish to be reminded: what of it says when ("call my mother | tomorrow at seven"), and how it goes on."""

import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from voice.language.moments.reading import Moment, completed, moment_in

PROMISED = re.compile(r"^(?:i|we)(?:'ve| have)? promised\b", re.IGNORECASE)


class Lead(StrEnum):
    """The word that leads from when to what: "at noon *to* send Sam a kind word"."""

    TO = "to"
    THAT = "that"
    ABOUT = "about"
    OF = "of"


_LEADS = {str(lead): lead for lead in Lead}


@dataclass(frozen=True, slots=True)
class ReminderRequest:
    """A wish to be reminded, taken apart."""

    text: str
    """What it is about."""
    moment: Moment
    """When, as far as it was said."""
    lead: Lead = Lead.TO
    """How it went on."""


def parse_request(text: str, now: datetime, around: str = "", usual: int | None = None) -> ReminderRequest:
    """Take a wish apart: "at noon to send Sam a kind word" -> send Sam a kind word, noon.

    around: the whole sentence, in which "when" may stand before the wish. usual: as `moment_in` takes it.
    """
    moment = moment_in(text, now, usual)
    rest, lead = _after_lead(moment.rest)
    if not rest and moment.words:
        rest, lead = _after_lead(text)
    before = moment_in(around.partition(text)[0], now, usual) if text in around else None
    if before and before.words and not moment.counted and not before.counted:
        moment = completed(before.words, moment.words, now, usual) if moment.words else before
    elif before and before.words and not moment.words:
        moment = before
    return ReminderRequest(rest, moment, lead)


def _after_lead(text: str) -> tuple[str, Lead]:
    """A wish without the word that leads to it, and that word."""
    first, _, rest = text.partition(" ")
    lead = _LEADS.get(first.lower())
    return (rest.strip() if lead and rest.strip() else text, lead or Lead.TO)


def is_promise(text: str) -> bool:
    """Whether it is something that they promised."""
    return PROMISED.match(text) is not None
