"""Registers the reminders and rituals."""

from voice.dialogue.decision import Decision
from voice.dialogue.skill import Skill
from voice.messages.actions import Action, EndReminder, ReminderStatus, SetReminder
from voice.skills.reminders import delivery, lists, reminders

BY_ITSELF = (ReminderStatus.MOVED, ReminderStatus.RENEWED, ReminderStatus.DONE)
"""Nobody asked for these, so nobody is told when the disk refuses them."""


def _stored(decision: Decision, action: Action) -> bool:
    match action:
        case SetReminder(reminder, state):
            reminders.confirm_stored(decision, reminder, state)
        case EndReminder(reminder, state):
            reminders.confirm_ended(decision, reminder, state)
        case _:
            return False
    return True


def _failed(decision: Decision, action: Action) -> bool:
    match action:
        case SetReminder(_, state) | EndReminder(_, state):
            if state not in BY_ITSELF:
                decision.say("could_not_remind")
        case _:
            return False
    return True


SKILL = Skill(
    "reminders",
    commands={
        "remind": reminders.set_reminder,
        "remind_practice": reminders.set_named_practice,
        "reminders": lists.name_reminders,
        "rituals": lists.name_rituals,
        "change_rituals": lists.change_rituals,
        "cancel_reminder": reminders.cancel,
        "move_reminder": reminders.move,
        "ready_early": delivery.end_break,
        "snooze": delivery.snooze,
        "snooze_now": delivery.snooze,
        "noticed": delivery.take_as_done,
        "thanks_for_it": delivery.take_as_done,
    },
    needs={"ready_early": lambda match, records: records.agreed_return is not None},
    answers=(*reminders.ANSWERS, *lists.ANSWERS, *delivery.ANSWERS),
    stop=delivery.stop,
    started=delivery.catch_up,
    clock_set=delivery.follow_the_clock,
    idle=delivery.deliver,
    stored=_stored,
    failed=_failed,
)
