"""Says reminders when their time has come: softly, in a quiet moment, not into quiet hours, at most twice."""

from dataclasses import replace
from datetime import datetime, timedelta

from voice.dialogue.decision import REACTION, Decision
from voice.dialogue.state import Household, PendingQuestion, Reminded
from voice.language import calendar
from voice.language.calendar import following
from voice.language.second_person import in_second_person
from voice.language.text import speak_duration
from voice.messages.actions import EndReminder, SetReminder, SetTimer
from voice.messages.meaning import Match
from voice.messages.records import Reminder, Timer
from voice.skills.reminders.reminders import PROMISE, QUESTION, RECAP, RETURN, RITUAL, UNPLUGGED

SETTLED = 10.0  # seconds of quiet before anything is said by itself
AGAIN = 5 * 60.0  # seconds after which a reminder that nobody reacted to is said once more
SNOOZE = 10 * 60.0  # seconds
ON_TIME = timedelta(minutes=15)  # so late a reminder is still simply said, even by a program that was off
TOO_LATE = timedelta(hours=2)  # so late one that comes again is not said any more, but the next time
NIGHT_FROM, NIGHT_TO = 21, 5  # o'clock: what is said by itself is said as at bedtime
REVIEW = timedelta(weeks=6)  # after which a ritual is asked about; practices row 77
REVIEW_FROM, REVIEW_TO = 9, 21  # o'clock
UNPLUGGED_SECONDS = 3 * 3600.0


# ---- when to say what ---------------------------------------------------------------------------------


def started(decision: Decision) -> None:
    """What came while the program was off: what comes again goes on without a word, the rest is told kindly."""
    late = [each for each in decision.records.reminders if each.at < decision.now - ON_TIME]
    for reminder in late:
        if reminder.every:
            _move_on(decision, reminder)
    decision.change(missed=frozenset(reminder.id for reminder in late if not reminder.every))


def tick(decision: Decision) -> None:
    """Say what is due, when it is quiet: the next reminder, the last one once more, or a question about a ritual."""
    if decision.state.speaking or decision.state.ringing:
        return
    if decision.at - decision.state.voices_at < SETTLED:
        return
    due = next((each for each in decision.records.reminders if _is_due(decision, each)), None)
    if due and due.every and decision.now - due.at > TOO_LATE:
        _move_on(decision, due)
    elif due:
        _let_go(decision)
        _tell(decision, due)
    elif decision.state.reminded:
        _once_more(decision, decision.state.reminded)
    else:
        _review(decision)


def _is_due(decision: Decision, reminder: Reminder) -> bool:
    return (
        reminder.at <= decision.now
        and decision.state.told.get(reminder.id) != reminder.at
        and may_come(decision.manners, reminder, decision.here)
    )


def may_come(manners: Household, reminder: Reminder, now: datetime) -> bool:
    """Not in quiet hours, but for what the couple themselves put there, and for the return they agreed on."""
    quiet = manners.quiet_hours
    if quiet is None or reminder.kind == RETURN or not calendar.inside(quiet, now.time()):
        return True
    return calendar.inside(quiet, reminder.at.time())


def _move_on(decision: Decision, reminder: Reminder) -> None:
    """On to its next time; after the last one it is over."""
    at = following(reminder.at, reminder.every, decision.here)
    decision.change(told={**decision.state.told, reminder.id: reminder.at})
    decision.act(SetReminder(replace(reminder, at=at), "moved") if at else EndReminder(reminder, "done"))


# ---- saying it ----------------------------------------------------------------------------------------


def _tell(decision: Decision, reminder: Reminder) -> None:
    """The first time; one that comes again is already on its way to the next time."""
    said_before = Reminded(reminder, decision.at)
    decision.change(reminded=said_before, told={**decision.state.told, reminder.id: reminder.at})
    _say(decision, reminder)
    if reminder.every:
        _move_on(decision, reminder)


def _once_more(decision: Decision, reminded: Reminded) -> None:
    """After some minutes without a word from anybody; then it is left."""
    waited = decision.at - reminded.since
    comes = reminded.times == 1 and may_come(decision.manners, reminded.reminder, decision.here)
    if comes and waited >= AGAIN:
        decision.change(reminded=replace(reminded, since=decision.at, times=reminded.times + 1))
        _say(decision, reminded.reminder)
    elif not comes and waited > REACTION:
        _let_go(decision)


def _say(decision: Decision, reminder: Reminder) -> None:
    if decision.here.hour >= NIGHT_FROM or decision.here.hour < NIGHT_TO:
        decision.soften()
    decision.chime("time")
    text = in_second_person(reminder.text)
    script = next((each for each in decision.content.scripts if each.id == reminder.offers), None)
    if reminder.id in decision.state.missed:
        decision.say("reminder_missed", text=text, name=reminder.who)
    elif script:
        decision.say("reminder_offer", text=text, session=script.name)
        decision.change(awaited=PendingQuestion("offer", about=script.id, reminder=reminder))
    elif reminder.offers in (QUESTION, RECAP):
        decision.say(f"reminder_offer_{reminder.offers}")
        decision.change(awaited=PendingQuestion("offer", about=reminder.offers, reminder=reminder))
    elif reminder.kind == RITUAL and reminder.seconds:
        decision.say("ritual_time_timer", text=text, time=speak_duration(reminder.seconds))
        decision.change(awaited=PendingQuestion("ritual timer", reminder=reminder))
    else:
        decision.say(_key(reminder), text=text, name=reminder.who)
        if reminder.kind == UNPLUGGED:
            _unplug(decision, reminder)


def _key(reminder: Reminder) -> str:
    keys = {
        RITUAL: "ritual_time",
        PROMISE: "promise_due",
        UNPLUGGED: "unplugged_begins",
        "date night": "date_night_due",
    }
    usual = "reminder_due_named" if reminder.who else "reminder_due"
    return keys.get(reminder.kind, usual)


def _unplug(decision: Decision, reminder: Reminder) -> None:
    """The evening without screens ends with a chime too."""
    ends_at = decision.now + timedelta(seconds=UNPLUGGED_SECONDS)
    decision.act(SetTimer(Timer(UNPLUGGED, in_second_person(reminder.text), UNPLUGGED_SECONDS, ends_at), "started"))
    decision.change(reminded=None)


# ---- what people answer -------------------------------------------------------------------------------


def done(decision: Decision, match: Match) -> None:
    """ "Thanks", "okay", "done": that was the reminder."""
    if decision.state.reminded:
        _let_go(decision)
        decision.say("reminder_done")


def stop(decision: Decision) -> bool:
    """ "Stop", just after a reminder: whether it was about that."""
    reminded = decision.state.reminded
    if reminded is None or decision.at - reminded.since >= REACTION:
        return False
    _let_go(decision)
    return True


def snooze(decision: Decision, match: Match) -> None:
    """ "Later", "in ten minutes again": what was said last comes again then."""
    reminded = decision.state.reminded
    if reminded is None:
        decision.say("no_reminder")
        return
    at = decision.now + timedelta(seconds=float(match.slots.get("duration", SNOOZE)))
    # What comes again anyway keeps its own time of day: only a copy of it comes later this once.
    again = replace(reminded.reminder, at=at, every="", id=0 if reminded.reminder.every else reminded.reminder.id)
    awaited = decision.state.awaited
    decision.change(reminded=None, awaited=None if awaited and awaited.reminder else awaited)
    decision.act(SetReminder(again, "snoozed"))


def answered_offer(decision: Decision, awaited: PendingQuestion, yes: bool) -> bool:
    """What a reminder offered; True: begin it."""
    decision.change(awaited=None)
    _let_go(decision)
    if not yes:
        decision.say("let_go")
    return yes


def answered_timer(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """Whether a timer is to run for a ritual."""
    assert awaited.reminder is not None, "it was asked about one"
    decision.change(awaited=None)
    _let_go(decision)
    if yes:
        seconds, ends_at = awaited.reminder.seconds, decision.now + timedelta(seconds=awaited.reminder.seconds)
        decision.act(SetTimer(Timer("timer", in_second_person(awaited.reminder.text), seconds, ends_at), "started"))
    else:
        decision.say("let_go")


def _let_go(decision: Decision) -> None:
    """The reminder that was said last is over; what comes only once is gone, done or missed, and nobody counts."""
    reminded = decision.state.reminded
    decision.change(reminded=None)
    if reminded and any(each.id == reminded.reminder.id and not each.every for each in decision.records.reminders):
        decision.act(EndReminder(reminded.reminder, "done"))


# ---- rituals after six weeks --------------------------------------------------------------------------


def _review(decision: Decision) -> None:
    """Ask once whether a ritual still fits, in the daytime; in six weeks again."""
    if not REVIEW_FROM <= decision.here.hour < REVIEW_TO:
        return
    for reminder in decision.records.reminders:
        is_old = reminder.kind == RITUAL and decision.now - reminder.made_at >= REVIEW
        if is_old and reminder.id not in decision.state.reviewed:
            decision.change(reviewed=decision.state.reviewed | {reminder.id})
            renewed = replace(reminder, made_at=decision.now)
            decision.act(SetReminder(renewed, "renewed"))
            decision.change(awaited=PendingQuestion("ritual fits", reminder=renewed))
            decision.chime("hello")
            decision.say("ritual_fits", text=in_second_person(reminder.text))
            return


def answered_fits(decision: Decision, awaited: PendingQuestion, yes: bool) -> None:
    """Whether a ritual still fits; silence lets it be."""
    assert awaited.reminder is not None, "it was asked about one"
    decision.change(awaited=None)
    if yes:
        decision.say("ritual_stays", text=in_second_person(awaited.reminder.text))
    elif decision.state.voices_at >= decision.at:
        decision.act(EndReminder(awaited.reminder, "cancelled"))
