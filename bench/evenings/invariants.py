"""What must hold in every evening; each is a function that tells of a trace where it does not hold."""

import re
from collections.abc import Callable, Iterator

from bench.evenings.gates import no_gate_passed_without_its_yes, no_line_kept_without_its_own_yes
from bench.evenings.owners import right_owner_of_every_line
from bench.evenings.trace import OWN, Moment, Trace
from voice.assistant.gates import IN_BETWEEN
from voice.dialogue.private import GUESTS
from voice.messages.actions import (
    Chime,
    EndReminder,
    EndTimer,
    MarkDone,
    Mute,
    Ring,
    Say,
    SetReminder,
    SetSetting,
    StopSpeaking,
    Storing,
)
from voice.messages.events import PlaybackFinished, Tick, Understood
from voice.messages.recognition import Mode

REPROMPTS = 2
REPROMPT = re.compile(r"^(?:reprompt_|missed$|still_there$)")
GOODNIGHT = re.compile(r"\b(?:good ?night|sleep well|rest well)\b", re.IGNORECASE)
UNFILLED = re.compile(r"[{}<>|\[\]]|(?<=[a-z,:] )None\b|  | [,.?!]|,,")
STAND_INS = re.compile(r"\b(?:Alex|Sam)\b")
SOON = 4  # decisions: what is stored is told of when it is on the disk
NEEDS_NO_WORD = ("stop", "cancel", "enough", "again", "no_more", "mute", "okay")
"""Wishes that may be done without a word."""
TELLING = 4  # words of a kept line in a row, by which one knows it again


Invariant = Callable[[Trace], Iterator[tuple[str, Moment | None]]]


def nothing_said_after_goodnight(trace: Trace) -> Iterator[tuple[str, Moment | None]]:
    """After goodnight only answers are said, and what was set: timers and reminders."""
    closed = False
    for moment in trace.moments:
        if isinstance(moment.event, Understood) and moment.event.match.intent in ("good_morning", "hello"):
            closed = False
        if closed and isinstance(moment.event, Tick | PlaybackFinished) and moment.said and not _was_set(moment):
            yield "said unasked after goodnight", moment
        closed = closed or _closes(trace, moment)


def _closes(trace: Trace, moment: Moment) -> bool:
    """Whether the evening ends with a goodnight here: somebody said it and was answered, or a session ended with it."""
    if isinstance(moment.event, Understood) and moment.event.match.intent == "goodnight":
        return bool(moment.said)
    left = moment.before.walk is not None and moment.after.walk is None and moment.after.aside is None
    return left and bool(GOODNIGHT.search(" ".join(moment.said or _last_said(trace, moment))))


def _was_set(moment: Moment) -> bool:
    """Whether this was asked for: a timer, a reminder, a second wish, a session or a question that goes on."""
    before, after = moment.before, moment.after
    if before.walk or before.awaited or before.then:
        return True
    set_before = (Ring, EndTimer, SetReminder, EndReminder)
    return after.reminders != before.reminders or any(isinstance(action, set_before) for action in moment.actions)


def no_wish_met_with_silence(trace: Trace) -> Iterator[tuple[str, Moment | None]]:
    """A wish of a known kind that is said to Hearthside while nothing goes on is answered: by word, chime or deed."""
    noticed = (Say, Chime, Ring, Mute, StopSpeaking, *Storing.__args__)
    for line, moments in trace.windows():
        if not line.addressed or line.meant in NEEDS_NO_WORD or not moments:
            continue
        if moments[0].before.listening.mode not in (Mode.IDLE, Mode.QUESTION, Mode.RINGING):
            continue
        if not any(isinstance(action, noticed) for moment in moments for action in moment.actions):
            yield f"no answer to “{line.text}” ({line.meant})", moments[0]


def at_most_two_reprompts_in_a_row(trace: Trace) -> Iterator[tuple[str, Moment | None]]:
    """The same question is put again twice at most."""
    replies = (*trace.content.replies.items(), *trace.content.softer_replies.items())
    again = {text for key, texts in replies if REPROMPT.match(key) for text in texts}
    times = 0
    for moment in trace.moments:
        if moment.said:
            is_again = moment.said[0] in again
            same = moment.before.awaited and type(moment.before.awaited) is type(moment.after.awaited)
            times = times + 1 if is_again and same else int(is_again)
            if times > REPROMPTS:
                yield "asked again a third time", moment


def every_end_is_kind(trace: Trace) -> Iterator[tuple[str, Moment | None]]:
    """Whenever a session is over, something is said: a word for leaving it, or its last line just before."""
    starts, number_of_line = dict(trace.lines), 0
    for number, moment in enumerate(trace.moments):
        number_of_line = number if number in starts else number_of_line
        before, after = moment.before, moment.after
        if not before.walk or after.walk or after.aside:
            continue
        is_answer = isinstance(moment.event, Understood)
        window = trace.moments[number if is_answer else number_of_line : number + SOON]
        if not any(each.said for each in window):
            yield f"{before.walk.script.id} ended without a word", moment


def a_wish_in_between_is_done(trace: Trace) -> Iterator[tuple[str, Moment | None]]:
    """What can be done while a yes is awaited is done, and the question stays open and is put once more."""
    for line, moments in trace.windows():
        awaited = moments[0].before.awaited if moments else None
        if awaited is None or awaited.mode is not Mode.YES_NO or not line.addressed or line.meant not in IN_BETWEEN:
            continue
        if moments[0].before.speaking:
            continue
        if not any(_is_understood(each, line.meant) for each in moments):
            yield f"not done while a yes is awaited: “{line.text}” ({line.meant})", moments[0]
        elif not awaited.lets_go and not any(_is_put_again(each) for each in moments):
            yield f"the question was lost to “{line.text}” ({line.meant})", moments[0]


def their_own_words_end_nothing(trace: Trace) -> Iterator[tuple[str, Moment | None]]:
    """What one tells the other ends no session."""
    for moment in trace.moments:
        is_told = moment.line is not None and moment.line.meant == OWN and isinstance(moment.event, Understood)
        if is_told and moment.before.walk and not (moment.after.walk or moment.after.aside):
            yield f"ended by “{moment.line.text if moment.line else ''}”", moment


def an_agreed_return_is_kept(trace: Trace) -> Iterator[tuple[str, Moment | None]]:
    """A break that says that it will call them back does."""
    for number, moment in enumerate(trace.moments):
        if any(isinstance(action, MarkDone) and action.what == "cool_off" for action in moment.actions):
            after = trace.moments[min(number + 1, len(trace.moments) - 1)]
            if after.records.agreed_return is None:
                yield "a return that was told of is not kept", moment


def _is_put_again(moment: Moment) -> bool:
    return moment.after.awaited is not None and bool(moment.after.awaited.put_again)


def _is_understood(moment: Moment, intent: str) -> bool:
    return isinstance(moment.event, Understood) and moment.event.match.intent == intent


def _last_said(trace: Trace, moment: Moment) -> tuple[str, ...]:
    """What was said last until a moment."""
    said = tuple[str, ...]()
    for each in trace.moments:
        said = each.said or said
        if each is moment:
            break
    return said


def nothing_unfilled_is_said(trace: Trace) -> Iterator[tuple[str, Moment | None]]:
    """No reply has a brace in it, or a hole where a name or a number belongs."""
    for moment in trace.moments:
        for text in moment.said:
            if not text.strip() or UNFILLED.search(text):
                yield f"said: {text!r}", moment


def stand_ins_are_never_named(trace: Trace) -> Iterator[tuple[str, Moment | None]]:
    """Two who gave no names are not called by any."""
    for moment in trace.moments if not trace.named else ():
        for text in moment.said:
            if STAND_INS.search(text):
                yield f"said: {text!r}", moment


def nothing_kept_is_read_to_guests(trace: Trace) -> Iterator[tuple[str, Moment | None]]:
    """From "we have guests" until they have gone, no line that was kept before is said."""
    hidden = set[str]()
    for moment in trace.moments:
        for text in moment.said:
            if told := next((line for line in hidden if line in plainly(text)), ""):
                yield f"read while guests are there: {told!r}", moment
        for action in moment.actions:
            if isinstance(action, SetSetting) and action.key == GUESTS:
                hidden = (
                    {found for note in moment.records.notes if (found := _telling(note.text))}
                    if action.value
                    else set()
                )


def _telling(text: str) -> str:
    words = plainly(text).split()
    return " ".join(words[-TELLING:]) if len(words) >= TELLING else ""


def plainly(text: str) -> str:
    """The words alone."""
    return " ".join(re.findall(r"[\w']+", text.lower()))


def nothing_crashes(trace: Trace) -> Iterator[tuple[str, Moment | None]]:
    """Every evening comes to its end."""
    if trace.crash:
        yield trace.crash, None


INVARIANTS: dict[str, Invariant] = {
    "the right owner of every kept line": right_owner_of_every_line,
    "no gate passed without its yes": no_gate_passed_without_its_yes,
    "no line kept without its own yes": no_line_kept_without_its_own_yes,
    "nothing unasked after goodnight": nothing_said_after_goodnight,
    "no wish met with silence": no_wish_met_with_silence,
    "at most two reprompts in a row": at_most_two_reprompts_in_a_row,
    "every session's end is kind": every_end_is_kind,
    "a wish in between is done": a_wish_in_between_is_done,
    "their own words end no session": their_own_words_end_nothing,
    "an agreed return is kept": an_agreed_return_is_kept,
    "nothing unfilled is said": nothing_unfilled_is_said,
    "the nameless are called by no name": stand_ins_are_never_named,
    "nothing kept is read to guests": nothing_kept_is_read_to_guests,
    "nothing crashes": nothing_crashes,
}
