"""Reminders by voice: set, read back, moved and cancelled; delivery.py says them when their time comes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from rapidfuzz import fuzz

from voice.content.steps import Remind
from voice.dialogue import consent
from voice.dialogue.decision import Decision
from voice.dialogue.kept_lines import named_in
from voice.dialogue.skill import Answers
from voice.dialogue.state import PendingQuestion
from voice.language.calendar import speak_when
from voice.language.moments.reading import Moment, completed
from voice.language.moments.speech import speak_clock, speak_date
from voice.language.moments.unclear import Unclear
from voice.language.second_person import in_second_person
from voice.language.slots import NAME, TEXT, moment_said
from voice.language.text import FILLERS, plain, speak_duration
from voice.language.times import IN
from voice.messages.actions import EndReminder, ReminderStatus, SetReminder
from voice.messages.meaning import Match
from voice.messages.recognition import Mode
from voice.messages.records import Reminder, ReminderKind
from voice.skills.reminders import schedule
from voice.skills.reminders.parser import is_promise, parse_request
from voice.skills.reminders.schedule import Every


@dataclass(frozen=True, slots=True)
class ReminderPractice:
    """A reminder that has a name of its own."""

    kind: str = ReminderKind.REMINDER
    """The kind of the reminder."""
    offers: str = ""
    """The intent that it offers to run; "" for none."""
    every: Every | None = None
    """How often it comes when nothing else is said; None: once."""
    time: int | None = None
    """Minutes since midnight at which it comes when nothing else is said; None: it is asked for."""


@dataclass(frozen=True, slots=True)
class AboutReminder(PendingQuestion):
    """A question about a reminder."""

    reminder: Reminder
    """The reminder."""


@dataclass(frozen=True, slots=True)
class WhenWanted(AboutReminder):
    """At what time or on what day a new reminder is to come."""

    said: str
    """The words that were said of it before."""
    mode: Mode = field(default=Mode.ANSWER, kw_only=True)
    """It listens for a time or a day."""


UNPLUGGED_EVENING = "the unplugged evening"
PRACTICES = {  # the values of the slot {practice}
    "date night": ReminderPractice(ReminderKind.DATE_NIGHT),
    "the dinner question": ReminderPractice("question", "ask", Every.DAY, 19 * 60),
    "a kind word": ReminderPractice("kind word", "", Every.DAY, 12 * 60),
    "the nightly check-in": ReminderPractice("check-in", "bedtime", Every.DAY),
    "the nightly recap": ReminderPractice("recap", "recap", Every.DAY),
    "the weekly check-in": ReminderPractice("check-in", "weekly", Every.WEEK),
    "the monthly talk": ReminderPractice("check-in", "monthly", Every.MONTH),
    UNPLUGGED_EVENING: ReminderPractice(ReminderKind.UNPLUGGED, "", Every.WEEK, 19 * 60),
}
ARTICLES = frozenset("the our a an".split())
REPEATED = (Every.WEEK, Every.MONTH)  # these come again even when a day was named
AS_AN_ANSWER = frozenset("maybe then lets say how about make it perhaps yes would be good fine".split())  # with a time
OR = " or "  # between the two times that an hour can be
FORGOTTEN = (Unclear.PAST, Unclear.IMPOSSIBLE, Unclear.UNSUPPORTED)  # of these nothing stays for the answer
ASKED = {  # what is unclear -> the reply that asks for it
    Unclear.NO_DAY: "reminder_day",
    Unclear.PAST: "reminder_past",
    Unclear.IMPOSSIBLE: "reminder_no_such_time",
    Unclear.UNSUPPORTED: "reminder_cannot",
}

ALIKE = 60  # rapidfuzz token_set_ratio from which on a reminder is the one that was named
SOON = timedelta(hours=4)  # what is asked for so near is gone tonight, when it was said: nobody need agree to that
SHORTEST, LONGEST = 5.0, 366 * 24 * 3600.0  # seconds ahead


def keep(decision: Decision, action: SetReminder) -> None:
    """Store a new reminder. Words of the couple need the consent of both."""
    consent.store(decision, action)


# ---- setting one --------------------------------------------------------------------------------------


def set_reminder(decision: Decision, match: Match) -> None:
    """ "Remind us every night at nine to breathe together", "remind me to call my mother"."""
    found = parse_request(_wish(match), decision.here, match.text)
    if not found.text:
        decision.say("reminder_what")
        return
    if text := _practice(found.text):
        set_practice(decision, text, found.moment.words)
        return
    who = NAME.said_in(match.slots)
    if not who and match.slots.get("whom") == "me":
        named = named_in(found.text, decision.manners.partners)
        who = decision.manners.other(named) if named else ""
    kind = ReminderKind.PROMISE if is_promise(found.text) else ReminderKind.REMINDER
    reminder = Reminder(found.text, decision.now, decision.now, who=who, kind=kind)
    set_up(decision, reminder, found.moment)


def _wish(match: Match) -> str:
    """What is to be reminded of, and when: with the word that led to it, as it was said."""
    text = str(match.slots[TEXT.name])
    before, found, _ = match.text.partition(text)
    if "lead" not in match.slots or (found and not before):
        return text
    lead = before.split()[-1] if found and before.strip() else match.slots["lead"]
    return f"{lead} {text}"


def set_up(decision: Decision, reminder: Reminder, moment: Moment, state: ReminderStatus = ReminderStatus.SET) -> None:
    """Keep a reminder for then; ask for what of it is not clear. state: CHANGED for one that is moved."""
    if moment.first is None:
        ask_when(decision, reminder, moment)
    elif moment.counted and not SHORTEST <= (moment.first - decision.now).total_seconds() <= LONGEST:
        decision.say("reminder_odd")
    elif moment.counted and not moment.rule and moment.first - decision.now <= SOON:
        decision.act(SetReminder(replace(reminder, at=moment.first), state))
    else:
        keep(decision, SetReminder(replace(reminder, at=moment.first, every=moment.rule), state))


def ask_when(decision: Decision, reminder: Reminder, moment: Moment) -> None:
    """Ask for the time or the day that was not said, or say why there is none; what is clear stays as it was said."""
    about = "" if moment.unclear in FORGOTTEN else moment.words
    decision.change(awaited=WhenWanted(reminder, about))
    text, key = in_second_person(reminder.text), ASKED.get(moment.unclear or Unclear.NO_TIME, "reminder_when")
    if moment.choices:
        decision.say("reminder_which", text=text, when=OR.join(speak_clock(each) for each in moment.choices))
    elif moment.unclear is Unclear.NO_TIME and moment.day:
        decision.say("reminder_hour", text=text, when=speak_date(moment.day, decision.here))
    else:
        decision.say(key, text=text)


def answer_when(decision: Decision, awaited: WhenWanted, match: Match) -> bool:
    """The time or the day that was asked for, and what was said of it before; False: nothing of that was said."""
    return any(answer_in_words(decision, awaited, words) for words in (match.text, moment_said(match.slots)))


def answer_in_words_alone(decision: Decision, awaited: WhenWanted, words: str) -> bool:
    """Set the reminder where an utterance says when, and nothing else; False: it does not."""
    return answer_in_words(decision, awaited, words, alone=True)


def answer_in_words(decision: Decision, awaited: WhenWanted, words: str, *, alone: bool = False) -> bool:
    """Set the reminder where some words say when; False: they do not. alone: they must say nothing else."""
    usual = schedule.EVENING if awaited.reminder.text in PRACTICES else None
    moment = completed(awaited.said, words, decision.here, usual)
    if moment.words == awaited.said or (alone and set(plain(moment.rest).split()) - FILLERS - AS_AN_ANSWER):
        return False
    decision.change(awaited=None)
    set_up(decision, awaited.reminder, moment)
    return True


def set_named_practice(decision: Decision, match: Match) -> None:
    """ "Set date night for Friday at seven": one with a name of its own, in place of the one that was set before."""
    practice = str(match.slots.get("practice", UNPLUGGED_EVENING))
    set_practice(decision, practice, schedule.words_of_when(match, _bare(practice), decision.here))


def set_practice(decision: Decision, text: str, words: str) -> None:
    """Set the one of this name; what was not said of when is as usual. words: those that say when."""
    usual = PRACTICES[text]
    again = usual.every in REPEATED
    moment = schedule.practice_moment(words, usual.every, usual.time, decision.here, again=again)
    before = next((each for each in decision.records.reminders if each.text == text), None)
    reminder = Reminder(text, decision.now, decision.now, kind=usual.kind, offers=usual.offers)
    set_up(decision, replace(reminder, id=before.id) if before else reminder, moment)


def _practice(text: str) -> str:
    """The name of the practice that a text is, with whatever article; "" for none."""
    bare = {_bare(name): name for name in PRACTICES}
    return bare.get(_bare(text), "")


def _bare(name: str) -> str:
    return " ".join(word for word in plain(name).split() if word not in ARTICLES)


def confirm_stored(decision: Decision, reminder: Reminder, state: ReminderStatus) -> None:
    """Read a stored reminder back, with its next time and how to undo it."""
    ahead = reminder.at - decision.here
    soon = bool(reminder.at.second) and ahead < timedelta(hours=1)  # it was said in minutes, not by the clock
    at = speak_when(reminder.at, reminder.every, decision.here)
    when = f"{IN} {speak_duration(_to_ten_seconds(ahead))}" if soon else at
    if state in (ReminderStatus.SET, ReminderStatus.CHANGED, ReminderStatus.SNOOZED):
        decision.say(f"reminder_{state}", text=in_second_person(reminder.text), when=when)


def _to_ten_seconds(length: timedelta) -> float:
    return 10.0 * round(length.total_seconds() / 10)


def confirm_ended(decision: Decision, reminder: Reminder, state: ReminderStatus) -> None:
    """Say that a reminder is gone, when they asked for that."""
    if state is ReminderStatus.CANCELLED:
        key = "ritual_retired" if reminder.kind == ReminderKind.RITUAL else "reminder_cancelled"
        decision.say(key, text=in_second_person(reminder.text))


# ---- what people may do to them -----------------------------------------------------------------------


def find(reminders: Sequence[Reminder], name: str) -> Reminder | None:
    """The one that these words mean; without any, the one that was set last."""
    if not name:
        return max(reminders, key=lambda reminder: reminder.id, default=None)
    wanted = plain(name)

    def likeness(reminder: Reminder) -> float:
        return fuzz.token_set_ratio(wanted, plain(f"{reminder.kind} {reminder.text} {in_second_person(reminder.text)}"))

    best = max(reminders, key=likeness, default=None)
    return best if best and likeness(best) >= ALIKE else None


def cancel(decision: Decision, match: Match) -> None:
    """ "Cancel that reminder": the one that was just said, else the one set last; or the one that was named."""
    name = TEXT.said_in(match.slots) or str(match.slots.get("practice", ""))
    just_said = decision.state.reminders.last
    known = {reminder.id: reminder for reminder in decision.records.reminders}
    if not name and just_said and just_said.reminder.id in known:
        reminder = known.get(just_said.reminder.id)
    else:
        reminder = find(decision.records.reminders, name)
    if reminder is None:
        decision.say("no_reminder")
    else:
        decision.change(reminders=replace(decision.state.reminders, last=None))
        decision.act(EndReminder(reminder, ReminderStatus.CANCELLED))


def move(decision: Decision, match: Match) -> None:
    """ "Move date night to Saturday": what was not said of when stays as it is."""
    reminder = find(decision.records.reminders, TEXT.said_in(match.slots))
    if reminder is None:
        decision.say("no_reminder")
        return
    words = schedule.words_of_when(match, TEXT.said_in(match.slots), decision.here)
    moment = schedule.moved_moment(words, reminder.at, reminder.every, decision.here)
    if moment.first is None:
        ask_when(decision, reminder, moment)
    else:
        decision.act(SetReminder(replace(reminder, at=moment.first, every=moment.rule), ReminderStatus.CHANGED))


# ---- for sessions -------------------------------------------------------------------------------------


def from_step(decision: Decision, step: Remind, values: Mapping[str, str | float]) -> None:
    """Set the reminder that a step of a session asks for. When its time is not known, that is said; where none was
    asked for, nothing is.

    `name`, `at`, `every` and `offers` may each be the name of a variable of the session (values), or stand as they are.
    What is said of when is words that `voice.language.moments` understands: "tomorrow at half past seven in the
    evening", "every friday at six"; so the value of a variable that a "time" was asked into is
    `moment_said(match.slots)`. `at` may also be a length in seconds (a float), as may `seconds` where `at` is
    "". Of a ritual, a length in the variable "length" is how long it takes. A reminder that has only words of the
    script, such as the agreed return from a break, needs no consent.
    """
    text, at, every, offers = (values.get(word, word) for word in (step.name, step.at, step.every, step.offers))
    every = step.every if step.every in frozenset(Every) else every  # "day" is also which day of several it is
    length = values.get("length", 0.0)
    takes = length if step.note == ReminderKind.RITUAL and isinstance(length, float) else 0.0
    reminder = Reminder(str(text), decision.now, decision.now, kind=step.note, offers=str(offers), seconds=takes)
    seconds = at if isinstance(at, float) else 0.0 if at else step.seconds
    set_it = keep if step.name in values else Decision.act
    if seconds:
        begun = replace(reminder, at=decision.now + timedelta(seconds=seconds))
        set_it(decision, SetReminder(begun, ReminderStatus.BEGUN))
        return
    moment = schedule.session_moment("" if isinstance(at, float) else str(at), str(every), decision.here)
    if moment.first:
        set_it(decision, SetReminder(replace(reminder, at=moment.first, every=moment.rule), ReminderStatus.BEGUN))
    elif at:
        decision.say("reminder_not_set")


ANSWERS = (Answers(WhenWanted, chosen=answer_when, in_words=answer_in_words_alone),)
