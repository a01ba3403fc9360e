"""When something is to happen, by what a sentence says of it; the rest of the sentence is what it is about."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from voice.language.moments.clock_times import ClockTime
from voice.language.moments.corrections import CORRECTIONS, corrected
from voice.language.moments.lengths import amount_end
from voice.language.moments.pieces import Piece, Until, piece_at
from voice.language.moments.plan import Plan, planned
from voice.language.moments.resolving import Resolved, resolved
from voice.language.moments.tokens import Tokens, at, follows, tokens_of
from voice.language.moments.unclear import Unclear
from voice.language.moments.weekdays import Repeat
from voice.language.text import HESITATIONS

_AND = ("and", "and then", "plus", "and also", "as well as", "and again")
_GLUE = (
    "please",
    "also",
    "but",
    "then",
    "of",
    "always",
    "starting",
    "in the",
    "and it is",
    "which is",
    "thats",
    "like",
)
_BEFORE = ("please", "then", "also", "so", "okay", "and", "for", "maybe", "perhaps", "well", "just")
_AFTER = ("please", "thanks", "thank", "you", "okay", "ok", "hearthside", "then", "too", "as", "well", "both", "maybe")
_LEADS = ("to", "that", "about", "of")
_POLITE = re.compile(rf"^(?:(?:{'|'.join(HESITATIONS)})\b[ ,]*)+|[ ,]+(?:please|thanks|thank you)$", re.IGNORECASE)
_OF_THE_WISH = ("about", "of", "the", "a", "our", "my", "your", "with", "like", "than", "to")  # "talk about monday"
_MIDDLE = 2  # the strength of a piece that counts in the middle of a sentence


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is to happen, as a sentence says it."""

    first: datetime | None
    """The first time, aware and local; None: it is not clear."""
    rule: str
    """How it comes again, by RFC 5545; "" for once."""
    unclear: Unclear | None
    """Why there is no first time."""
    words: str
    """The words that say when, as they were said; "" for none."""
    rest: str
    """The other words: what it is about."""
    day: date | None = None
    """The day, where it is known though the time is not."""
    counted: bool = False
    """It was said as a length from now: "in ten minutes"."""
    names_day: bool = False
    """A day was said, or a recurrence."""
    choices: tuple[datetime, ...] = ()
    """The two times that an ambiguous hour can be, the earlier one first."""


def moment_in(text: str, now: datetime, usual: int | None = None) -> Moment:
    """When a sentence says that something is to happen.

    now: aware, local. usual: the usual minute of the day for what it is about, which decides between morning and
    evening; None: there is none.
    """
    plan, used, tokens = _read(text, now.date())
    return _moment(plan, resolved(plan, now, usual), text, tokens, used)


def completed(before: str, answer: str, now: datetime, usual: int | None = None) -> Moment:
    """When something is to happen after an answer to what was unclear; before: the words that said when."""
    said, _, _ = _read(before, now.date(), whole=True)
    plan, used, tokens = _read(answer, now.date(), said, whole=True)
    found = _moment(plan, resolved(plan, now, usual), answer, tokens, used)
    return replace(found, words=f"{before} {found.words}".strip())


def _moment(plan: Plan, found: Resolved, text: str, tokens: Tokens, used: Sequence[tuple[int, int]]) -> Moment:
    spans = [(tokens[start].start, tokens[end - 1].end) for start, end in sorted(used)]
    words = " ".join(text[start:end] for start, end in spans)
    places = [0, *(place for span in spans for place in span), len(text)]
    left = (text[start:end].strip(" ,;.!?") for start, end in zip(places[::2], places[1::2], strict=True))
    rest = _POLITE.sub("", " ".join(part for part in left if part))
    names_day = bool(plan.day or plan.repeat or plan.begin)
    clear = (found.first, found.rule, found.unclear)
    return Moment(*clear, words, rest, found.day, found.counted, names_day, found.choices)


def _read(
    text: str, today: date, before: Plan | None = None, *, whole: bool = False
) -> tuple[Plan, list[tuple[int, int]], Tokens]:
    """What a text says of when, and which of its tokens say it. whole: it may say nothing else."""
    tokens = corrected(tokens_of(text), amount_end)
    plan, used = before or Plan(), list[tuple[int, int]]()
    found = [each for run in _runs(tokens, today) if (each := _counting(tokens, run, whole=whole))]
    for run in sorted(found, key=lambda run: _rank(tokens, run)):
        more = planned(plan, run, anew=before is not None and not used)
        if more and not (used and _is_farther_off(run)):
            plan = more
            used.append((run[0].start, run[-1].end))
    return plan, used, tokens


def _is_farther_off(run: Sequence[Piece]) -> bool:
    """Whether a run is too little to add to what was said elsewhere: a mere number, an end without a recurrence."""
    return all(piece.strength == 0 for piece in run)


def _runs(tokens: Tokens, today: date) -> Iterator[list[Piece]]:
    """Pieces that stand side by side."""
    place = 0
    while place < len(tokens):
        piece = piece_at(tokens, place, today)
        if piece is None:
            place += 1
            continue
        run = [piece]
        while following := _next(tokens, run[-1], today):
            run.append(following)
        yield run
        place = run[-1].end


def _next(tokens: Tokens, before: Piece, today: date) -> Piece | None:
    """The piece that goes on after another one, over "and", "no" and the like."""
    place = before.end
    if direct := piece_at(tokens, place, today):
        is_listed = isinstance(direct.value, ClockTime) and direct.strength and isinstance(before.value, ClockTime)
        return replace(direct, joined=bool(is_listed))  # "at 8 am, 2 pm and 8 pm"
    fixed = place
    while (after := follows(tokens, fixed, *CORRECTIONS)) > fixed:
        fixed = after
    if fixed > place and (piece := piece_at(tokens, fixed, today)):
        return replace(piece, corrects=True)
    joined = follows(tokens, place, *_AND)
    if joined > place and (piece := piece_at(tokens, joined, today)):
        return replace(piece, joined=True)
    glued = follows(tokens, place, *_GLUE)
    return piece_at(tokens, glued, today) if glued > place else None


def _counting(tokens: Tokens, run: list[Piece], *, whole: bool) -> list[Piece]:
    """The part of a run that says when; [] where its words belong to what is said."""
    front = all(at(tokens, place) in _BEFORE for place in range(run[0].start))
    if not front:
        while run and run[0].strength == 0:
            run = run[1:]
    best = max(_parts(run), key=lambda part: sum(piece.strength + 0.1 for piece in part), default=[])
    if not best:
        return []
    end = all(at(tokens, place) in _AFTER for place in range(best[-1].end, len(tokens)))
    front = all(at(tokens, place) in _BEFORE for place in range(best[0].start))
    strength = max(piece.strength for piece in best)
    if whole or (front and end):
        return best
    if strength == 0:
        return best if front and at(tokens, best[-1].end) in _LEADS and len(best) == 1 else []
    if strength < _MIDDLE and (not (front or end) or at(tokens, best[0].start - 1) in _OF_THE_WISH):
        return []
    if len(best) == 1 and isinstance(best[0].value, Repeat) and best[0].value.bare and not end:
        return best if at(tokens, best[0].end) in _LEADS else []  # "nightly to breathe", not "nightly check-in"
    return best


def _parts(run: list[Piece]) -> Iterator[list[Piece]]:
    """The parts of a run that do not contradict themselves."""
    for start in range(len(run)):
        for end in range(start + 1, len(run) + 1):
            part = run[start:end]
            if planned(Plan(), part) is not None and not all(isinstance(piece.value, Until) for piece in part):
                yield part


def _rank(tokens: Tokens, run: list[Piece]) -> int:
    """Which run counts first: at the beginning, at the end, in the middle."""
    if all(at(tokens, place) in _BEFORE for place in range(run[0].start)):
        return 0
    return 1 if all(at(tokens, place) in _AFTER for place in range(run[-1].end, len(tokens))) else 2
