"""Says reminders when their time has come: softly, in a quiet moment, not into quiet hours, at most twice."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from voice.content.steps import Period
from voice.dialogue.decision import REACTION, Decision
from voice.dialogue.night import NIGHT_ENDS
from voice.dialogue.private import has_guests
from voice.dialogue.skill import Answers
from voice.dialogue.state import Household, Reminded
from voice.language import calendar
from voice.language.calendar import following
from voice.language.second_person import in_second_person
from voice.language.slots import DURATION
from voice.language.text import speak_duration
from voice.messages.actions import EndReminder, ReminderStatus, SetReminder, SetTimer, TimerStatus
from voice.messages.delivery import ChimeName
from voice.messages.meaning import Match, Slots
from voice.messages.records import Reminder, ReminderKind, Timer, TimerKind
from voice.skills.reminders.reminders import AboutReminder

SETTLED = 10.0  # seconds of quiet before anything is said by itself
AGAIN = 5 * 60.0  # seconds after which a reminder that nobody reacted to is said once more
SNOOZE = 10 * 60.0  # seconds
ON_TIME = timedelta(minutes=15)  # so late a reminder is still simply said, even by a program that was off
TOO_LATE = timedelta(hours=2)  # so late one that comes again is not said any more, but the next time
NIGHT_BEGINS = 21  # o'clock: from then on what is said by itself is said as at bedtime
REVIEW = timedelta(weeks=6)  # after which a ritual is asked about; practices row 77
REVIEW_FROM, REVIEW_TO = 9, 21  # o'clock
UNPLUGGED_SECONDS = 3 * 3600.0
OFFERED_WITH: dict[str, Slots] = {"recap": {"period": Period.TONIGHT}}  # intent -> the slots with which it is offered


@dataclass(frozen=True, slots=True)
class Offer(AboutReminder):
    """Whether to run the intent that a reminder offers."""


@dataclass(frozen=True, slots=True)
class RitualTimer(AboutReminder):
    """Whether a timer is to run for a ritual."""


@dataclass(frozen=True, slots=True)
class RitualFits(AboutReminder):
    """Whether a ritual still fits."""


# ---- when to say what ---------------------------------------------------------------------------------


def catch_up(decision: Decision) -> None:
    """Reminders came while the program was off: recurring ones go on without a word, the others are told kindly."""
    late = [each for each in decision.records.reminders if each.at < decision.now - ON_TIME]
    for reminder in late:
        if reminder.every:
            _move_on(decision, reminder)
    missed = frozenset(reminder.id for reminder in late if not reminder.every)
    decision.change(reminders=replace(decision.state.reminders, missed=missed))


def follow_the_clock(decision: Decision, seconds: float) -> None:
    """The wall clock was set: an agreed break lasts as long as before. What is for a time of day stays there."""
    if agreed := decision.records.agreed_return:
        moved = replace(agreed, at=agreed.at + timedelta(seconds=seconds))
        decision.act(SetReminder(moved, ReminderStatus.MOVED))


def deliver(decision: Decision) -> None:
    """Say what is due, when it is quiet: the next reminder, the last one once more, or a question about a ritual."""
    if not decision.is_quiet_for(SETTLED):
        return
    due = next((each for each in decision.records.reminders if _is_due(decision, each)), None)
    if due and due.every and decision.now - due.at > TOO_LATE:
        _move_on(decision, due)
    elif due:
        _let_go(decision)
        _tell(decision, due)
    elif last := decision.state.reminders.last:
        _say_once_more(decision, last)
    elif not decision.has_said_goodnight:
        _review(decision)


def _is_due(decision: Decision, reminder: Reminder) -> bool:
    return (
        reminder.at <= decision.now
        and not (reminder.offers and has_guests(decision))
        and decision.state.reminders.told.get(reminder.id) != reminder.at
        and may_come(decision.manners, reminder, decision.here)
    )


def may_come(manners: Household, reminder: Reminder, now: datetime) -> bool:
    """Not in quiet hours, but for what the couple themselves put there, and for the return they agreed on."""
    quiet = manners.quiet_hours
    if quiet is None or reminder.kind == ReminderKind.RETURN or not calendar.inside(quiet, now.time()):
        return True
    return calendar.inside(quiet, reminder.at.time())


def _move_on(decision: Decision, reminder: Reminder) -> None:
    """On to its next time; after the last one it is over."""
    at = following(reminder.at, reminder.every, decision.here)
    _note_told(decision, reminder)
    if at:
        decision.act(SetReminder(replace(reminder, at=at), ReminderStatus.MOVED))
    else:
        decision.act(EndReminder(reminder, ReminderStatus.DONE))


def _note_told(decision: Decision, reminder: Reminder) -> None:
    state = decision.state.reminders
    decision.change(reminders=replace(state, told={**state.told, reminder.id: reminder.at}))


# ---- saying it ----------------------------------------------------------------------------------------


def _tell(decision: Decision, reminder: Reminder) -> None:
    """The first time; one that comes again is already on its way to the next time."""
    _note_told(decision, reminder)
    _set_last(decision, Reminded(reminder, decision.at))
    _say(decision, reminder)
    if reminder.every:
        _move_on(decision, reminder)


def _set_last(decision: Decision, reminded: Reminded | None) -> None:
    decision.change(reminders=replace(decision.state.reminders, last=reminded))


def _say_once_more(decision: Decision, reminded: Reminded) -> None:
    """After some minutes without a word from anybody; then it is left."""
    waited = decision.at - reminded.since
    comes = reminded.times == 1 and may_come(decision.manners, reminded.reminder, decision.here)
    comes = comes and not decision.has_said_goodnight
    if comes and waited >= AGAIN:
        _set_last(decision, replace(reminded, since=decision.at, times=reminded.times + 1))
        _say(decision, reminded.reminder)
    elif not comes and waited > REACTION:
        _let_go(decision)


def _say(decision: Decision, reminder: Reminder) -> None:
    if decision.here.hour >= NIGHT_BEGINS or decision.here.hour < NIGHT_ENDS:
        decision.soften()
    decision.chime(ChimeName.TIME)
    text = in_second_person(reminder.text)
    script = next((each for each in decision.content.scripts if each.id == reminder.offers), None)
    if reminder.id in decision.state.reminders.missed:
        decision.say("reminder_missed", text=text, name=reminder.who)
    elif script:
        decision.say("reminder_offer", text=text, session=script.name)
        decision.change(awaited=Offer(reminder))
    elif (key := f"reminder_offer_{reminder.offers}") in decision.content.replies:
        decision.say(key)
        decision.change(awaited=Offer(reminder))
    elif reminder.kind == ReminderKind.RITUAL and reminder.seconds:
        decision.say("ritual_time_timer", text=text, time=speak_duration(reminder.seconds))
        decision.change(awaited=RitualTimer(reminder))
    else:
        decision.say(_key(reminder), text=text, name=reminder.who)
        if reminder.kind == ReminderKind.UNPLUGGED:
            _unplug(decision, reminder)


def _key(reminder: Reminder) -> str:
    keys: dict[str, str] = {
        ReminderKind.RITUAL: "ritual_time",
        ReminderKind.PROMISE: "promise_due",
        ReminderKind.UNPLUGGED: "unplugged_begins",
        ReminderKind.DATE_NIGHT: "date_night_due",
    }
    usual = "reminder_due_named" if reminder.who else "reminder_due"
    return keys.get(reminder.kind, usual)


def _unplug(decision: Decision, reminder: Reminder) -> None:
    """The evening without screens ends with a chime too."""
    ends_at = decision.now + timedelta(seconds=UNPLUGGED_SECONDS)
    timer = Timer(TimerKind.UNPLUGGED, in_second_person(reminder.text), UNPLUGGED_SECONDS, ends_at)
    decision.act(SetTimer(timer, TimerStatus.STARTED))
    _set_last(decision, None)


# ---- what people answer -------------------------------------------------------------------------------


def take_as_done(decision: Decision, match: Match) -> None:
    """ "Thanks", "okay", "done": that was the reminder."""
    if decision.state.reminders.last:
        _let_go(decision)
        decision.say("reminder_done")


def stop(decision: Decision) -> bool:
    """ "Stop", just after a reminder: whether it was about that."""
    reminded = decision.state.reminders.last
    if reminded is None or decision.at - reminded.since >= REACTION:
        return False
    _let_go(decision)
    return True


def snooze(decision: Decision, match: Match) -> None:
    """ "Later", "in ten minutes again": what was said last comes again then."""
    reminded = decision.state.reminders.last
    if reminded is None:
        decision.say("no_reminder")
        return
    at = decision.now + timedelta(seconds=DURATION.amount_in(match.slots, SNOOZE))
    # What comes again anyway keeps its own time of day: only a copy of it comes later this once.
    again = replace(reminded.reminder, at=at, every="", id=0 if reminded.reminder.every else reminded.reminder.id)
    awaited = decision.state.awaited
    _set_last(decision, None)
    decision.change(awaited=None if isinstance(awaited, AboutReminder) else awaited)
    decision.act(SetReminder(again, ReminderStatus.SNOOZED))


def end_break(decision: Decision, match: Match) -> None:
    """ "We're ready": an agreed break is over sooner, and what was to come at its end comes now."""
    if agreed := decision.records.agreed_return:
        decision.run(Match(agreed.offers, {}, "", ""))


def answer_offer(decision: Decision, awaited: Offer, yes: bool) -> None:
    """Run the intent that the reminder offers, or let go of it."""
    decision.change(awaited=None)
    _let_go(decision)
    if yes:
        intent = awaited.reminder.offers
        decision.run(Match(intent, OFFERED_WITH.get(intent, {}), "", ""))
    else:
        decision.say("let_go")


def answer_timer(decision: Decision, awaited: RitualTimer, yes: bool) -> None:
    """Start a timer for the ritual, or let it be."""
    decision.change(awaited=None)
    _let_go(decision)
    if yes:
        seconds, ends_at = awaited.reminder.seconds, decision.now + timedelta(seconds=awaited.reminder.seconds)
        timer = Timer(TimerKind.TIMER, in_second_person(awaited.reminder.text), seconds, ends_at)
        decision.act(SetTimer(timer, TimerStatus.STARTED))
    else:
        decision.say("let_go")


def _let_go(decision: Decision) -> None:
    """The reminder that was said last is over; what comes only once is gone, done or missed, and nobody counts."""
    reminded = decision.state.reminders.last
    _set_last(decision, None)
    if reminded and any(each.id == reminded.reminder.id and not each.every for each in decision.records.reminders):
        decision.act(EndReminder(reminded.reminder, ReminderStatus.DONE))


# ---- rituals after six weeks --------------------------------------------------------------------------


def _review(decision: Decision) -> None:
    """Ask once whether a ritual still fits, in the daytime; in six weeks again."""
    if not REVIEW_FROM <= decision.here.hour < REVIEW_TO:
        return
    for reminder in decision.records.reminders:
        is_old = reminder.kind == ReminderKind.RITUAL and decision.now - reminder.made_at >= REVIEW
        state = decision.state.reminders
        if is_old and reminder.id not in state.reviewed:
            decision.change(reminders=replace(state, reviewed=state.reviewed | {reminder.id}))
            renewed = replace(reminder, made_at=decision.now)
            decision.act(SetReminder(renewed, ReminderStatus.RENEWED))
            decision.change(awaited=RitualFits(renewed))
            decision.chime(ChimeName.HELLO)
            decision.say("ritual_fits", text=in_second_person(reminder.text))
            return


def answer_fits(decision: Decision, awaited: RitualFits, yes: bool) -> None:
    """Keep the ritual, or cancel it after a no that was said; silence lets it be."""
    decision.change(awaited=None)
    if yes:
        decision.say("ritual_stays", text=in_second_person(awaited.reminder.text))
    elif decision.state.voices_at >= decision.at:
        decision.act(EndReminder(awaited.reminder, ReminderStatus.CANCELLED))


ANSWERS = (
    Answers(Offer, answer_offer),
    Answers(RitualTimer, answer_timer),
    Answers(RitualFits, answer_fits),
)
