"""Evenings of two simulated people: what must hold in every one holds, and what tells of a fault finds one."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bench.evenings import broken_in, walked
from bench.evenings.people import asked_by_name
from bench.evenings.plans import plan
from bench.evenings.trace import Line, Moment, Trace
from bench.evenings.walking import walk
from voice.assistant.whom import WhomMeant
from voice.dialogue.kept_lines import line_by
from voice.messages.actions import Forget, Keep, MarkDone, Say
from voice.messages.events import Tick, Understood
from voice.messages.meaning import Match
from voice.messages.records import NoteKind

SOME = (0, 41, 86, 127)
"""Numbers of evenings: one of every couple, and different sessions."""


@pytest.mark.parametrize("number", SOME)
def test_what_must_hold_holds(number: int) -> None:
    trace = walk(plan(number))
    assert [why for _, why in broken_in(trace)] == []
    assert walked(trace)["understood"] >= 5


@pytest.fixture(scope="module")
def evening() -> Trace:
    """An evening in which everything holds."""
    return walk(plan(SOME[0]))


def names_broken(trace: Trace) -> set[str]:
    return {name for name, _ in broken_in(trace)}


@pytest.fixture
def with_last(evening: Trace) -> Iterator[list[Moment]]:
    """The moments of the evening, to add a fault to; taken out again afterwards."""
    before, lines = list(evening.moments), list(evening.lines)
    yield evening.moments
    evening.moments[:], evening.lines[:] = before, lines


def faulty(last: Moment, *actions: Say | Keep | Forget, line: Line | None = None) -> Moment:
    """A moment at the end in which something is done that must not be."""
    event = Tick(last.event.at)
    return replace(last, event=event, before=replace(last.after), actions=actions, line=line)


def test_a_brace_is_found(evening: Trace, with_last: list[Moment]) -> None:
    with_last.append(faulty(with_last[-1], Say("Your turn, {name}.")))
    assert "nothing unfilled is said" in names_broken(evening)


def test_a_line_kept_without_a_yes_or_by_nobody_is_found(evening: Trace, with_last: list[Moment]) -> None:
    first, _ = evening.partners
    note = line_by(
        NoteKind.APPRECIATION,
        "seven pineapples juggled backwards",
        by=first,
        partners=evening.partners,
        now=with_last[-1].now,
    )
    with_last.append(faulty(with_last[-1], Keep(note)))
    found = names_broken(evening)
    assert {"no line kept without its own yes", "the right owner of every kept line"} <= found


def test_the_wrong_owner_is_found(evening: Trace, with_last: list[Moment]) -> None:
    first, second = evening.partners
    evening.lines.append((len(with_last), Line(second, "you fed the cat", "words")))
    note = line_by(NoteKind.APPRECIATION, "you fed the cat", by=first, partners=evening.partners, now=with_last[-1].now)
    with_last.append(faulty(with_last[-1], Keep(note)))
    assert "the right owner of every kept line" in names_broken(evening)


def test_a_line_deleted_without_a_yes_is_found(evening: Trace, with_last: list[Moment]) -> None:
    first, _ = evening.partners
    note = line_by(NoteKind.APPRECIATION, "you fed the cat", by=first, partners=evening.partners, now=with_last[-1].now)
    with_last.append(faulty(with_last[-1], Forget(note)))
    assert "no gate passed without its yes" in names_broken(evening)


def test_a_word_after_goodnight_is_found(evening: Trace, with_last: list[Moment]) -> None:
    last = with_last[-1]
    goodnight = Understood(Match("goodnight", {}, "goodnight", "goodnight"), last.event.at)
    quiet = replace(last.after, walk=None, awaited=None, then=None)
    with_last.append(replace(last, event=goodnight, before=quiet, after=quiet, actions=(Say("Goodnight, you two."),)))
    with_last.append(replace(faulty(last, Say("Would you like tonight's appreciations?")), before=quiet, after=quiet))
    assert "nothing unasked after goodnight" in names_broken(evening)


def test_a_wish_without_an_answer_is_found(evening: Trace, with_last: list[Moment]) -> None:
    evening.lines.append((len(with_last), Line(evening.partners[0], "start our check-in", "daily", addressed=True)))
    with_last.append(faulty(with_last[-1]))
    assert "no wish met with silence" in names_broken(evening)


def test_a_wish_in_between_that_is_not_done_is_found(evening: Trace, with_last: list[Moment]) -> None:
    last = with_last[-1]
    asked = replace(last.after, speaking=False, awaited=WhomMeant(Match("keep_line_of", {}, "", "")))
    wish = Line(evening.partners[0], "set a timer for ten minutes", "start_timer", addressed=True)
    evening.lines.append((len(with_last), wish))
    with_last.append(replace(faulty(last, Say("Once more, please: yes, or no?")), before=asked, after=asked, line=wish))
    assert "a wish in between is done" in names_broken(evening)


def test_own_words_that_end_a_session_are_found(evening: Trace, with_last: list[Moment]) -> None:
    within = next(moment for moment in with_last if moment.after.walk)
    told = Line(evening.partners[0], "we got through it")
    ended = Understood(Match("end_session", {}, "", ""), within.event.at)
    without = replace(within.after, walk=None, aside=None)
    with_last.append(
        replace(within, event=ended, before=within.after, after=without, line=told, actions=(Say("Bye."),))
    )
    assert "their own words end no session" in names_broken(evening)


def test_a_return_that_is_not_kept_is_found(evening: Trace, with_last: list[Moment]) -> None:
    done = MarkDone("cool_off", "2026-11-23")
    with_last.append(replace(faulty(with_last[-1], Say("See you.")), actions=(done,)))
    assert "an agreed return is kept" in names_broken(evening)


@pytest.mark.parametrize(
    ("said", "name"),
    [
        ("Tomás, just listen. Maya, what's still on your mind?", "Maya"),
        ("Maya, tell Tomás one thing you were glad about today.", "Maya"),
        ("And what would you say, Tomás?", "Tomás"),
        ("In one sentence, Tomás, what are we celebrating?", "Tomás"),
        ("Who begins?", ""),
    ],
)
def test_who_was_asked(said: str, name: str) -> None:
    assert asked_by_name(("Maya", "Tomás"), [said]) == name
